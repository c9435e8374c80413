#include "basic/handshake.h"

#include <algorithm>

namespace basic {
namespace {

constexpr std::size_t kReadAtOnce = 2048;

/// Reads the handshake's messages off a stream, one after another.
class Messages {
 public:
  explicit Messages(base::Stream& stream) : stream_(stream) {}

  base::Task<base::Result<base::Bytes>> next() {
    for (;;) {
      const base::Result<std::optional<Frame>> frame = decoder_.next();
      if (!frame) co_return frame.error();
      if (frame->has_value()) {
        if ((*frame)->epoch != kHandshakeEpoch) {
          co_return base::fail(base::Errc::malformed, "a frame before the handshake was over");
        }
        co_return base::to_bytes((*frame)->body);
      }
      std::array<std::uint8_t, kReadAtOnce> buffer;
      const std::span<std::uint8_t> room(buffer);
      const base::Result<std::size_t> got = co_await stream_.read(room);
      if (!got) co_return got.error();
      if (*got == 0) co_return base::fail(base::Errc::refused, "the other side hung up");
      decoder_.append(base::ByteView(buffer).first(*got));
    }
  }
  base::Bytes take_rest() { return decoder_.take_rest(); }

 private:
  base::Stream& stream_;
  FrameDecoder decoder_{kMaxBodyBeforeAccept};
};

void append(base::Bytes& out, base::ByteView message) {
  append_frame(out, kHandshakeEpoch, message);
}

void append(base::Bytes& out, HandshakeMessage bare) {
  const auto type = static_cast<std::uint8_t>(bare);
  append(out, base::ByteView(&type, 1));
}

bool is(base::ByteView message, HandshakeMessage bare) {
  return message.size() == 1 && message[0] == static_cast<std::uint8_t>(bare);
}

base::Error somebody_else() {
  return base::fail(base::Errc::not_found, "somebody else answered there");
}
base::Error refused(const char* what) { return base::fail(base::Errc::refused, what); }

Session make_session(ohim::Peer peer, const Hello& theirs, const Hello& ours, bool opened_by_us) {
  const Hello& initiators = opened_by_us ? ours : theirs;
  return {std::move(peer), theirs.device,       theirs.epochs,         ours.epochs,
          opened_by_us,    mark_of(initiators), initiators.instead_of, {}};
}

}  // namespace

Hello Handshake::make_hello() const {
  Hello hello;
  hello.versions = {kLinkVersion};
  hello.name = self_.name;
  hello.key = own_key_;
  hello.device = self_.device;
  hello.epochs = self_.epochs;
  entropy_.fill(hello.nonce);
  return hello;
}

base::Result<ohim::Peer> Handshake::examine(const Hello& theirs) const {
  if (std::ranges::find(theirs.versions, kLinkVersion) == theirs.versions.end()) {
    return refused("the other side speaks no version of the protocol that we speak");
  }
  if (theirs.key == own_key_) return refused("that is ourselves");
  const base::Result<ohim::Name> name = ohim::Name::parse(theirs.name);
  if (!name || name->str() != theirs.name) return refused("the other side has no valid name");
  return ohim::Peer{*name, theirs.key};
}

ProofInput Handshake::proof_input(Role role, const Exporter& exporter) const {
  ProofInput input;
  input.role = role;
  input.network = self_.network;
  input.exporter = exporter;
  return input;
}

base::Task<base::Result<Session>> Handshake::initiate(base::Stream& stream, Exporter exporter,
                                                      ohim::Peer peer,
                                                      std::uint64_t instead_of) const {
  if (peer.key == own_key_) co_return refused("that is ourselves");
  Hello ours = make_hello();
  ours.instead_of = instead_of;
  const base::Bytes hello = encode(ours);
  ProofInput proof = proof_input(Role::initiator, exporter);
  proof.own = own_key_;
  proof.peer = peer.key;
  proof.initiator_hello = hash_hello(hello);
  base::Bytes flight;
  append(flight, hello);
  append(flight, encode_proof(self_.key->sign(to_be_signed(proof))));
  const base::Result<void> sent = stream.write(flight);
  if (!sent) co_return sent.error();

  Messages messages(stream);
  const base::Result<base::Bytes> answer = co_await messages.next();
  if (!answer) co_return answer.error();
  if (is(*answer, HandshakeMessage::decline)) {
    co_return base::fail(base::Errc::conflict, "another link to her stays");
  }
  if (is(*answer, HandshakeMessage::absent)) {
    co_return base::fail(base::Errc::not_found, "she says that she is not on line");
  }
  const base::Result<Hello> theirs = decode_hello(*answer);
  if (!theirs) co_return theirs.error();
  const base::Result<ohim::Peer> claimed = examine(*theirs);
  if (!claimed) co_return claimed.error();
  if (claimed->name != peer.name || claimed->key != peer.key) {
    co_return somebody_else();
  }
  const base::Result<base::Bytes> proven = co_await messages.next();
  if (!proven) co_return proven.error();
  const base::Result<openhash::Signature> signature = decode_proof(*proven);
  if (!signature) co_return signature.error();
  proof.role = Role::responder;
  std::swap(proof.own, proof.peer);
  proof.responder_hello = hash_hello(*answer);
  if (!openhash::verify(peer.key, to_be_signed(proof), *signature)) co_return somebody_else();
  const base::Result<base::Bytes> consent = co_await messages.next();
  if (!consent) co_return consent.error();
  if (!is(*consent, HandshakeMessage::accept)) co_return refused("the other side declined");

  base::Bytes accept;
  append(accept, HandshakeMessage::accept);
  const base::Result<void> accepted = stream.write(accept);
  if (!accepted) co_return accepted.error();
  Session session = make_session(peer, *theirs, ours, true);
  session.early = messages.take_rest();
  co_return session;
}

base::Task<base::Result<Session>> Handshake::respond(base::Stream& stream, Exporter exporter,
                                                     Gate& gate) const {
  Messages messages(stream);
  const base::Result<base::Bytes> first = co_await messages.next();
  if (!first) co_return first.error();
  const base::Result<Hello> theirs = decode_hello(*first);
  if (!theirs) co_return theirs.error();
  const base::Result<base::Bytes> second = co_await messages.next();
  if (!second) co_return second.error();
  const base::Result<openhash::Signature> signature = decode_proof(*second);
  if (!signature) co_return signature.error();
  const base::Result<ohim::Peer> peer = examine(*theirs);
  if (!peer) co_return peer.error();
  ProofInput proof = proof_input(Role::initiator, exporter);
  proof.own = peer->key;
  proof.peer = own_key_;
  proof.initiator_hello = hash_hello(*first);
  if (!openhash::verify(peer->key, to_be_signed(proof), *signature)) {
    co_return refused("the other side could not prove who she is");
  }
  base::Bytes flight;
  Caller caller{*peer, theirs->device, theirs->instead_of};
  const base::Result<void> admitted = co_await gate.admit(std::move(caller));
  if (!admitted) {
    const bool declined = admitted.error() == base::Errc::conflict;
    const bool absent = admitted.error() == base::Errc::not_found;
    if (declined) append(flight, HandshakeMessage::decline);
    if (absent) append(flight, HandshakeMessage::absent);
    if (!flight.empty()) (void)stream.write(flight);  // or she hears of the end of the stream
    co_return admitted.error();
  }

  const Hello ours = make_hello();
  const base::Bytes hello = encode(ours);
  proof.role = Role::responder;
  std::swap(proof.own, proof.peer);
  proof.responder_hello = hash_hello(hello);
  append(flight, hello);
  append(flight, encode_proof(self_.key->sign(to_be_signed(proof))));
  append(flight, HandshakeMessage::accept);
  const base::Result<void> sent = stream.write(flight);
  if (!sent) co_return sent.error();
  const base::Result<base::Bytes> consent = co_await messages.next();
  if (!consent) co_return consent.error();
  if (!is(*consent, HandshakeMessage::accept)) co_return refused("the other side declined");
  Session session = make_session(*peer, *theirs, ours, false);
  session.early = messages.take_rest();
  co_return session;
}

}  // namespace basic
