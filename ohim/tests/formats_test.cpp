// The stored formats against the vectors in docs/: who changes one has to change the other, and
// knows then that old records will not be read.

#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "directory.h"
#include "labelled.h"
#include "list_record.h"
#include "location_record.h"
#include "records.h"
#include "seal.h"
#include "vault.h"

namespace ohim {
namespace {

/// 0, 1, 2, ...: what the vectors take for random.
class CountingEntropy final : public base::Entropy {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) byte = next_++;
  }

 private:
  std::uint8_t next_ = 0;
};

/// The lines "    name = value" of a page.
std::map<std::string, std::string> vectors_in(const std::string& page) {
  std::map<std::string, std::string> vectors;
  std::ifstream in(std::string(OHIM_DOCS) + "/" + page);
  for (std::string line; std::getline(in, line);) {
    const std::size_t equals = line.find(" = ");
    if (line.rfind("    ", 0) != 0 || equals == std::string::npos) continue;
    vectors[line.substr(4, equals - 4)] = line.substr(equals + 3);
  }
  return vectors;
}

/// Long bodies are given by their BLAKE2b-256.
std::string hash_of(base::ByteView bytes) {
  std::array<std::uint8_t, 32> digest;
  crypto_generichash(digest.data(), digest.size(), bytes.data(), bytes.size(), nullptr, 0);
  return base::to_hex(digest);
}

class FormatsTest : public ::testing::Test {
 protected:
  static constexpr std::uint32_t kNetwork = 7;
  static constexpr base::WallTime kNow{std::chrono::seconds(1'800'000'000)};

  static base::Secret filled(std::uint8_t byte) {
    base::Secret key(32);
    std::ranges::fill(key.bytes(), byte);
    return key;
  }
  static VaultContent content() {
    VaultContent content;
    content.identity_seed = filled(1);
    content.agreement_key = filled(2);
    content.data_key = filled(3);
    content.work = 12345;
    return content;
  }
  PasswordKeys password_keys() {
    const auto password = base::Secret::copy_of(base::view("four quiet purple herons"));
    return std::move(*hash_password(lisa, password, {8 << 10, 1, 0}, kNetwork));
  }
  void expect(const std::string& vector, const std::string& value) {
    EXPECT_EQ(vectors[vector], value) << vector << " = " << value;
  }

  const Name lisa = *Name::parse("lisa");
  const openhash::Rules rules{.network = kNetwork, .work_named = 0, .work_opaque = 0};
  UserKeys keys{lisa, kNetwork, content()};
  CountingEntropy entropy;
  std::map<std::string, std::string> vectors;
};

TEST_F(FormatsTest, names_and_keys) {
  vectors = vectors_in("presence.md");
  const openhash::PublicKey& me = keys.identity().public_key();
  expect("identity key", base::to_hex(me));
  expect("fingerprint", fingerprint(lisa, me));
  openhash::PublicKey barts{};
  barts.fill(0x42);
  const Name bart = *Name::parse("bart");
  expect("safety number", safety_number(lisa, me, bart, barts));
  EXPECT_EQ(safety_number(lisa, me, bart, barts), safety_number(bart, barts, lisa, me));
  expect("claim rank", base::to_hex(rank_of(lisa, me, kNetwork)));
  expect("purpose key \"history\"", base::to_hex(keys.derive("history").view()));
  expect("claim body hash", hash_of(make_claim(keys, 1, 0, kNow).body));
}

TEST_F(FormatsTest, vault) {
  vectors = vectors_in("presence.md");
  const PasswordKeys from_password = password_keys();
  expect("vault locator", from_password.vault[0].hex());
  expect("vault locator 1", from_password.vault[1].hex());
  expect("vault locator 2", from_password.vault[2].hex());
  expect("vault owner seed", base::to_hex(from_password.vault_owner.view()));
  expect("vault sealing key", base::to_hex(from_password.vault_sealing.view()));
  expect("vault plain text", base::to_hex(encode(content()).view()));
  const openhash::Record vault =
      make_vault(from_password, lisa, content(), rules, kFirstVault, 0, kNow, entropy);
  expect("vault body hash", hash_of(vault.body));

  const auto opened = open_vault(from_password, lisa, rules, {vault});
  ASSERT_TRUE(opened);
  EXPECT_TRUE(base::equal(opened->data_key.view(), content().data_key.view()));
  EXPECT_EQ(opened->work, 12345);
}

TEST_F(FormatsTest, location) {
  vectors = vectors_in("presence.md");
  const base::ByteView where = base::view("10.0.0.1:4000");
  const openhash::Record record =
      make_location(keys, where, 99, 0, std::chrono::seconds(60), kNow, entropy);
  expect("location body hash", hash_of(record.body));
  EXPECT_EQ(open_location(record, kNetwork).value_or({}), base::to_bytes(where));
}

TEST_F(FormatsTest, buddy_list) {
  vectors = vectors_in("buddy_list.md");
  const base::ByteView list = base::view("bart,milhouse,");
  const openhash::Record manifest =
      make_manifest(keys, describe_list(list, 1001, 5, kNetwork), kNow, entropy);
  expect("list key", base::to_hex(keys.list_key().view()));
  expect("manifest body hash", hash_of(manifest.body));
  const ChunkPlace place = keys.list_chunk(chunk_set(1001, 5), 2);
  expect("chunk locator", place.keys[0].hex());
  expect("chunk locator 1", place.keys[1].hex());
  expect("chunk locator 2", place.keys[2].hex());
  expect("chunk owner", base::to_hex(place.owner.public_key()));
  const openhash::Record chunk = make_chunk(keys, place, list, 1001, 0, kNow, entropy);
  expect("chunk body hash", hash_of(chunk.body));

  const auto opened = open_manifest(keys, manifest);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->bytes, base::to_bytes(list));
  EXPECT_EQ(opened->device, 5);
  EXPECT_EQ(open_chunk(keys, place, chunk).value_or({}), base::to_bytes(list));
}

class SealTest : public FormatsTest {
 protected:
  SealedPlace place(std::string_view label = "test", std::uint64_t sequence = 1) const {
    return {label, kNetwork, "lisa", openhash::Key::of("here"), {}, sequence};
  }
};

TEST_F(SealTest, opens_only_with_its_key_at_its_place) {
  const base::Bytes body = seal(filled(1), place(), base::view("hello"), entropy);
  EXPECT_EQ(body.size(), openhash::kMaxBody);
  const auto plain = unseal(filled(1), place(), body);
  ASSERT_TRUE(plain);
  EXPECT_EQ(base::to_string(plain->view().first(6)), std::string("hello\0", 6));
  EXPECT_FALSE(unseal(filled(2), place(), body));
  EXPECT_FALSE(unseal(filled(1), place("other"), body));
  EXPECT_FALSE(unseal(filled(1), place("test", 2), body));
}

TEST_F(SealTest, any_flipped_bit_and_any_other_length_is_malformed) {
  base::Bytes body = seal(filled(1), place(), base::view("hello"), entropy);
  for (std::size_t i = 0; i < body.size(); ++i) {
    body[i] ^= 1;
    EXPECT_FALSE(unseal(filled(1), place(), body)) << i;
    body[i] ^= 1;
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{40}, body.size() - 1}) {
    EXPECT_FALSE(unseal(filled(1), place(), base::ByteView(body).first(size)));
  }
}

TEST_F(SealTest, location_moved_to_another_sequence_or_owner_does_not_open) {
  openhash::Record record =
      make_location(keys, base::view("here"), 5, 0, std::chrono::seconds(60), kNow, entropy);
  record.sequence = 6;
  EXPECT_FALSE(open_location(record, kNetwork));
  record.sequence = 5;
  EXPECT_TRUE(open_location(record, kNetwork));
  record.owner[0] ^= 1;
  EXPECT_FALSE(open_location(record, kNetwork));
}

}  // namespace
}  // namespace ohim
