// The test vectors of docs/link.md.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <numeric>

#include "basic/buddy_list.h"
#include "basic/control.h"
#include "basic/hello.h"
#include "basic/location.h"
#include "basic/modules/plain_text_frames.h"
#include "basic/modules/status.h"

namespace basic {
namespace {

using base::Bytes;

/// Lines "word: hex" between the fences of the page's last section.
std::map<std::string, std::string> documented() {
  std::ifstream page(OHIM_DOCS "/link.md");
  std::map<std::string, std::string> vectors;
  bool in_section = false;
  std::string last;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("## ")) in_section = line == "## Test vectors";
    const auto colon = line.find(": ");
    if (in_section && line.starts_with("  ")) {
      vectors[last] += line.substr(2);
    } else if (in_section && colon != std::string::npos) {
      last = line.substr(0, colon);
      vectors[last] = line.substr(colon + 2);
    }
  }
  return vectors;
}

template <typename Array>
Array counting(std::uint8_t from) {
  Array bytes{};
  std::iota(bytes.begin(), bytes.end(), from);
  return bytes;
}

Hello sample_hello() {
  Hello hello;
  hello.versions = {1};
  hello.name = "lisa";
  hello.key = counting<openhash::PublicKey>(0x00);
  hello.device = 0x0102030405060708;
  hello.epochs = {Epoch{0xAA}, Epoch{0xBB}};
  hello.nonce = counting<std::array<std::uint8_t, 32>>(0x20);
  hello.instead_of = 0x3132333435363738;
  return hello;
}

ProofInput sample_proof(Role role) {
  ProofInput proof;
  proof.role = role;
  proof.network = 1001;
  proof.exporter = counting<Exporter>(0x40);
  proof.own = counting<openhash::PublicKey>(0x00);
  proof.peer = counting<openhash::PublicKey>(0x60);
  proof.initiator_hello = hash_hello(encode(sample_hello()));
  proof.responder_hello = counting<HelloHash>(0x80);
  return proof;
}

Location sample_location() {
  Location location;
  location.show = Show::away;
  location.device = 0x0102030405060708;
  location.tls_key = counting<Digest>(0x20);
  location.addresses = {base::Endpoint::v4(192, 0, 2, 7, 6824),
                        *base::Endpoint::parse("[2001:db8::1]:6825")};
  location.since = base::WallTime(std::chrono::seconds(1'700'000'000));
  location.text = "at lunch";
  return location;
}

Bytes sample_list() {
  BuddyList list;
  EXPECT_TRUE(list.add(*ohim::Name::parse("bart"), counting<openhash::PublicKey>(0x60), 7));
  EXPECT_TRUE(list.add(*ohim::Name::parse("milhouse"), counting<openhash::PublicKey>(0x00), 7));
  list.remove(*ohim::Name::parse("bart"), 8);
  return list.to_bytes();
}

Bytes sample_texts() {
  base::Writer out;
  plain_text::begin(out, plain_text::Type::texts);
  const base::WallTime sent{std::chrono::seconds(1'700'000'000)};
  plain_text::append(out, {counting<TextId>(0x00), sent, "My glasses!"});
  plain_text::append(out, {counting<TextId>(0x10), sent, "ok"});
  return out.take();
}

Bytes sample_answer(plain_text::Type type) {
  base::Writer out;
  plain_text::begin(out, type);
  out.bytes(counting<TextId>(0x00));
  return out.take();
}

Bytes framed(const Epoch& epoch, const Bytes& body) {
  Bytes frame;
  append_frame(frame, epoch, body);
  return frame;
}

std::map<std::string, Bytes> made_here() {
  return {
      {"hello", encode(sample_hello())},
      {"signed by I", to_be_signed(sample_proof(Role::initiator))},
      {"signed by R", to_be_signed(sample_proof(Role::responder))},
      {"proof", encode_proof(counting<openhash::Signature>(0x00))},
      {"goodbye frame", framed(kControlEpoch, encode({.type = ControlType::goodbye}))},
      {"ping", encode({.type = ControlType::ping, .nonce = 1})},
      {"pong", encode({.type = ControlType::pong, .nonce = 1})},
      {"unknown epoch", encode({.type = ControlType::unknown_epoch, .epoch = Epoch{0xAA}})},
      {"close", encode({.type = ControlType::close, .reason = CloseReason::replaced})},
      {"speaks", encode({.type = ControlType::speaks, .speaks = {2, 1, {Epoch{0xAA}}}})},
      {"texts", sample_texts()},
      {"acknowledged", sample_answer(plain_text::Type::acknowledged)},
      {"refused", sample_answer(plain_text::Type::refused)},
      {"status", encode(StatusFrame{{Show::busy, "grading"}, true})},
      {"status, list kept", encode(StatusFrame{{Show::online, ""}, std::nullopt})},
      {"location", sample_location().to_bytes()},
      {"buddy list", sample_list()},
  };
}

TEST(LinkPage, HasTheBytesThatWeMake) {
  const auto vectors = documented();
  for (const auto& [word, bytes] : made_here()) {
    const auto found = vectors.find(word);
    EXPECT_EQ(found == vectors.end() ? "" : found->second, base::to_hex(bytes)) << word;
  }
}

}  // namespace
}  // namespace basic
