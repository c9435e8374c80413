#pragma once
// How two clients find out who the other is: security.md section 6. Both sign, with their identity
// keys, the TLS session they share and each other's hellos; then both consent. The paper's
// BasicHandshake.
//
//   initiator                     responder
//   HELLO PROOF           ->
//                         <-      HELLO PROOF ACCEPT, or DECLINE, or silence and the end
//   ACCEPT                ->

#include "base/world.h"
#include "basic/hello.h"
#include "ohim/presence_detection.h"

namespace basic {

/// Who we are on every link of one run. `key` is borrowed: by respond() until it is over, by
/// initiate() only until its first wait.
struct Self {
  std::string name;
  const openhash::SigningKey* key = nullptr;
  std::uint32_t network = 0;
  std::uint64_t device = 0;
  std::vector<Epoch> epochs;  ///< that we speak
};

/// What a handshake has established.
struct Session {
  ohim::Peer peer;            ///< proven
  ohim::PlaceId device = 0;   ///< as she says: which of her places this is
  std::vector<Epoch> theirs;  ///< epochs that she speaks, as her hello said
  std::vector<Epoch> ours;    ///< that we speak, as ours said
  bool opened_by_us = false;
  std::uint64_t mark = 0;        ///< what both ends know the link by
  std::uint64_t instead_of = 0;  ///< the mark of the link that it takes the place of, or 0
  base::Bytes early;  ///< received beyond the handshake: the first frames of the link
};

/// What somebody wants who has proven who she is.
struct Caller {
  ohim::Peer peer;
  ohim::PlaceId device = 0;
  std::uint64_t instead_of = 0;
};

/// Whether we talk to somebody who has proven to own `peer.key`.
class Gate {
 public:
  virtual ~Gate() = default;
  /// `refused`: we do not talk to her, or the key is not that name's. `conflict`: there is a link
  /// to her already which stays; she is told so. `not_found`: to her we are off line; she is told
  /// that.
  virtual base::Task<base::Result<void>> admit(Caller caller) = 0;
};

/// Speaks over any stream, e.g. one in memory; `exporter` is what binds the proofs to it. The
/// caller bounds the time with within(), and closes the stream after an error.
class Handshake {
 public:
  Handshake(base::Entropy& entropy, Self self)
      : entropy_(entropy), self_(std::move(self)), own_key_(self_.key->public_key()) {}

  /// What hellos say from now on.
  void set_epochs(std::vector<Epoch> epochs) { self_.epochs = std::move(epochs); }

  /// As the side that connected, to reach `peer` and nobody else, if need be in the place of an
  /// older link (Hello::instead_of). `refused`: she closed without a
  /// word. `conflict`: she declined, because another link to her stays. `not_found`: somebody else
  /// answered, or she is not on line for us. `malformed`, `too_large`, `closed`.
  base::Task<base::Result<Session>> initiate(base::Stream& stream, Exporter exporter,
                                             ohim::Peer peer, std::uint64_t instead_of = 0) const;
  /// As the side that accepted. `gate` is asked after the initiator's proof held. Nothing was sent
  /// if the error is `refused`: so all refusals look alike.
  base::Task<base::Result<Session>> respond(base::Stream& stream, Exporter exporter,
                                            Gate& gate) const;

 private:
  [[nodiscard]] Hello make_hello() const;
  /// Checks what can be said of any hello: its version, and that it is not our own.
  [[nodiscard]] base::Result<ohim::Peer> examine(const Hello& theirs) const;
  [[nodiscard]] ProofInput proof_input(Role role, const Exporter& exporter) const;

  base::Entropy& entropy_;
  Self self_;
  openhash::PublicKey own_key_;
};

}  // namespace basic
