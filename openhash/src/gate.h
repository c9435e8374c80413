#pragma once
// Who may say what to our engine, and how often. The guard (openhash/guard.h) reads a datagram; the
// gate knows who sent it, what was asked before, and what he has sent so far. Limits of
// security.md, section 8. No I/O; time is an argument; what strangers can fill has its end.

#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "allotment.h"
#include "node_id.h"
#include "openhash/guard.h"
#include "rates.h"

namespace openhash {

struct GateOptions {
  /// Local networks (is_local) are exempt: their addresses say nothing of who may use them, and
  /// whole networks run on one machine.
  bool trust_local = true;
  /// How many networks, listens and questions to keep track of: a storage node's, or a client's.
  bool small = false;
};

enum class Refusal : std::uint8_t {
  none,
  too_fast,  ///< more than its network may send
  unasked,   ///< an answer, or a part of one, that no question of ours is open for
  wrong_id,  ///< the sender's id does not fit its address, or too many come from there
  too_many,  ///< listens or partial messages
};
std::string_view to_string(Refusal refusal);

class Gate {
 public:
  Gate(const GateOptions& options, std::uint64_t salt);

  /// A datagram of ours is about to leave. False: it must not be sent, too many like it are
  /// unanswered.
  /// `cause`: whose datagram made us send it, null if time did.
  bool let_out(base::ByteView datagram, const base::Endpoint& to, const base::Endpoint* cause,
               base::Instant now);

  /// Before a datagram is read at all.
  bool may_speak(const base::Endpoint& from, base::Instant now);
  /// Afterwards.
  Refusal admit(const Facts& facts, const base::Endpoint& from, base::Instant now);
  /// The datagram that `facts` were told of, without the node entries that we must not follow; in
  /// place if there are none. `buffer` is room for it.
  base::ByteView strip(base::ByteView datagram, const Facts& facts, const base::Endpoint& from,
                       base::Bytes& buffer, base::Instant now);

  /// Whether the rules for strangers hold for this address.
  [[nodiscard]] bool is_checked(const base::Endpoint& endpoint) const {
    return !options_.trust_local || !is_local(endpoint);
  }

 private:
  using Call = std::pair<base::Endpoint, std::uint32_t>;       // with whom, and its transaction
  using Hash = NodeId;                                         // a node's id, or a key
  using Subscription = std::tuple<Hash, Hash, std::uint32_t>;  // who, key, socket
  using HostedId = std::pair<base::Endpoint, Hash>;
  using HostAndKey = std::pair<base::Endpoint, Hash>;

  /// Whether this id may live at that host. `proven`: it answered from there, so it does now.
  bool may_live(base::ByteView id, const base::Endpoint& at, bool proven, base::Instant now);
  bool id_is_right(const Facts& facts, const base::Endpoint& from, base::Instant now);
  bool expects(const Facts& part, const Call& call, base::Instant now);
  void count_listen(base::Instant now);
  bool is_followed(base::ByteView entry, const base::Endpoint& from, base::Instant now);
  Refusal admit_request(const Facts& facts, const base::Endpoint& from, base::Instant now);
  bool may_listen(const Facts& facts, const base::Endpoint& from, base::Instant now);

  GateOptions options_;
  Rates rates_;
  Allotment<base::Endpoint, Call> questions_;
  Allotment<base::Endpoint, Call> pushes_;
  Allotment<base::Endpoint, Call, std::uint32_t> partial_;  // a bit for each part that is awaited
  // Ids of storage nodes that answered a question, by host, and by one of its eight beginnings.
  Allotment<base::Endpoint, HostedId> ids_;
  Allotment<std::pair<base::Endpoint, int>, HostedId> ids_alike_;
  Allotment<base::Endpoint, Subscription> listens_;
  struct Listen {
    Call call;
    Subscription subscription;
  };
  /// Counts when the engine says that it took it, for that proves the address.
  std::optional<Listen> asked_to_listen_;
  Allotment<Hash, Subscription> listens_at_key_;
  Allotment<HostAndKey, Subscription> listens_of_host_at_key_;
};

}  // namespace openhash
