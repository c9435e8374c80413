#include "basic/hello.h"

#include <sodium.h>

namespace basic {
namespace {

std::uint8_t type_byte(HandshakeMessage type) { return static_cast<std::uint8_t>(type); }

base::Error malformed(const char* what) { return base::fail(base::Errc::malformed, what); }

}  // namespace

base::Bytes encode(const Hello& hello) {
  base::Writer out;
  out.u8(type_byte(HandshakeMessage::hello));
  out.u8(static_cast<std::uint8_t>(hello.versions.size()));
  for (const std::uint16_t version : hello.versions) out.u16(version);
  out.text8(hello.name).bytes(hello.key).u64(hello.device);
  out.u8(static_cast<std::uint8_t>(hello.epochs.size()));
  for (const Epoch& epoch : hello.epochs) out.bytes(epoch);
  out.u32(hello.capabilities).bytes(hello.nonce);
  for (const std::uint64_t sequence : hello.seen) out.u64(sequence);
  out.u64(hello.instead_of);
  return out.take();
}

base::Result<Hello> decode_hello(base::ByteView message) {
  base::Reader in(message);
  if (in.u8() != type_byte(HandshakeMessage::hello)) return malformed("not a hello");
  Hello hello;
  const std::size_t versions = in.u8();
  if (versions == 0 || versions > kMaxVersions) return malformed("a hello without versions");
  for (std::size_t i = 0; i < versions; ++i) hello.versions.push_back(in.u16());
  hello.name = in.text8();
  hello.key = in.array<32>();
  hello.device = in.u64();
  const std::size_t epochs = in.u8();
  if (epochs > kMaxEpochs) return malformed("a hello with too many epochs");
  for (std::size_t i = 0; i < epochs; ++i) hello.epochs.push_back(in.array<16>());
  hello.capabilities = in.u32();
  hello.nonce = in.array<32>();
  for (std::uint64_t& sequence : hello.seen) sequence = in.u64();
  hello.instead_of = in.u64();
  if (!in.finished()) return malformed("a hello of the wrong length");
  return hello;
}

std::uint64_t mark_of(const Hello& initiators) {
  const std::uint64_t mark = base::Reader(initiators.nonce).u64();
  return mark == 0 ? 1 : mark;
}

HelloHash hash_hello(base::ByteView message) {
  HelloHash hash{};
  crypto_generichash(hash.data(), hash.size(), message.data(), message.size(), nullptr, 0);
  return hash;
}

base::Bytes to_be_signed(const ProofInput& input) {
  const bool initiator = input.role == Role::initiator;
  base::Writer out;
  out.bytes(base::view(initiator ? "ohim/1/proof I" : "ohim/1/proof R")).u32(input.network);
  out.bytes(input.exporter).bytes(input.own).bytes(input.peer).bytes(input.initiator_hello);
  if (!initiator) out.bytes(input.responder_hello);
  return out.take();
}

base::Bytes encode_proof(const openhash::Signature& signature) {
  base::Writer out;
  out.u8(type_byte(HandshakeMessage::proof)).bytes(signature);
  return out.take();
}

base::Result<openhash::Signature> decode_proof(base::ByteView message) {
  base::Reader in(message);
  const bool proof = in.u8() == type_byte(HandshakeMessage::proof);
  const openhash::Signature signature = in.array<64>();
  if (!proof || !in.finished()) return malformed("not a proof");
  return signature;
}

}  // namespace basic
