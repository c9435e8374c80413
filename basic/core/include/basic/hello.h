#pragma once
// The messages of the handshake: who I am, what I speak, and the proof of it. docs/link.md has the
// bytes and test vectors.

#include <vector>

#include "basic/frame.h"
#include "basic/tls.h"
#include "openhash/record.h"

namespace basic {

/// The handshake's own epoch: its messages are frames like any others.
inline constexpr Epoch kHandshakeEpoch{0x5e, 0x0b, 0x8b, 0x0d, 0x91, 0x4c, 0x5f, 0x3d,
                                       0xa4, 0x27, 0xe6, 0x70, 0x1c, 0xd3, 0x88, 0x42};
inline constexpr std::uint16_t kLinkVersion = 1;
inline constexpr std::size_t kMaxEpochs = 32;
inline constexpr std::size_t kMaxVersions = 8;

struct Hello {
  std::vector<std::uint16_t> versions;  ///< of this protocol that the sender speaks; 1 to 8
  std::string name;
  openhash::PublicKey key{};
  std::uint64_t device = 0;   ///< random for each run of a client
  std::vector<Epoch> epochs;  ///< of the modules; at most 32
  std::uint32_t capabilities = 0;
  std::array<std::uint8_t, 32> nonce{};
  /// Highest sequences the sender has seen of the receiver's identity, location and list; 0 says
  /// nothing.
  std::array<std::uint64_t, 3> seen{};
  /// The mark of a link between the two places that its sender has given up, and that this one
  /// takes the place of, whether the receiver knows already that it is dead or not. 0: of none.
  std::uint64_t instead_of = 0;

  bool operator==(const Hello&) const = default;
};

/// Both ends of a link know it by this: by the nonce of the side that opened it. Never 0.
std::uint64_t mark_of(const Hello& initiators);

/// The first byte of each message.
enum class HandshakeMessage : std::uint8_t {
  hello = 1,
  proof = 2,
  accept = 3,
  decline = 4,  ///< another link between the two stays
  absent = 5,   ///< not on line, as far as the initiator is concerned
};

base::Bytes encode(const Hello& hello);
/// The whole message, type included. `malformed`.
base::Result<Hello> decode_hello(base::ByteView message);

/// Who signs a proof.
enum class Role : char { initiator = 'I', responder = 'R' };
using HelloHash = std::array<std::uint8_t, 32>;
/// BLAKE2b-256 of an encoded hello.
HelloHash hash_hello(base::ByteView message);

/// What a proof is about. The initiator signs before it knows the responder's hello.
struct ProofInput {
  Role role = Role::initiator;
  std::uint32_t network = 0;
  Exporter exporter{};
  openhash::PublicKey own{};
  openhash::PublicKey peer{};
  HelloHash initiator_hello{};
  HelloHash responder_hello{};  ///< ignored in the initiator's proof
};
base::Bytes to_be_signed(const ProofInput& input);

base::Bytes encode_proof(const openhash::Signature& signature);
base::Result<openhash::Signature> decode_proof(base::ByteView message);

}  // namespace basic
