#include "gate.h"

#include <algorithm>

#include "guard_msgpack.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMany = 65'536;
constexpr std::size_t kFew = 4096;
constexpr std::size_t kIdSize = 20;
constexpr std::size_t kNode4Size = kIdSize + 4 + 2;
constexpr std::size_t kNode6Size = kIdSize + 16 + 2;

// The engine asks three times, at most 4 s and a little apart, and may be answered a while later.
constexpr AllotmentLimits kQuestions{kMany, kMany, 15s};
// Of what is pushed to watchers. One who never answers, and whose address may be another's, gets
// few.
constexpr AllotmentLimits kPushes{64, kMany, 15s};
constexpr AllotmentLimits kPartial{64, 16'384, 10s};  // the engine's time for all parts to come
constexpr AllotmentLimits kIds{8, kMany, 10min};
// Of the eight, so many with one beginning: else a host would put all eight beside a key that is
// near one of its beginnings, which is likely enough in a small network.
constexpr AllotmentLimits kIdsAlike{2, kMany, 10min};
// The engine forgets a listen that is not renewed after 10 minutes, 6 minutes late at worst. Each
// costs it about a kilobyte, and each change at the key a datagram or three.
constexpr AllotmentLimits kListens{2000, kMany, 16min};
constexpr AllotmentLimits kListensAtKey{512, kMany, 16min};
constexpr AllotmentLimits kListensOfHostAtKey{64, kMany, 16min};

AllotmentLimits limits_of(const GateOptions& options, AllotmentLimits limits) {
  if (options.small) limits.in_all = std::min(limits.in_all, kFew);
  return limits;
}

/// Which of its host's eight beginnings a fitting id has.
int beginning_of(base::ByteView id) { return id.back() & 7; }

NodeId to_array(base::ByteView bytes) {
  NodeId id{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), id.size()), id.begin());
  return id;
}

/// Address and port of a node entry of either family.
base::Endpoint endpoint_in(base::ByteView entry) {
  const base::ByteView place = entry.subspan(kIdSize);
  base::Endpoint endpoint;
  if (entry.size() == kNode4Size) {
    endpoint = base::Endpoint::v4(place[0], place[1], place[2], place[3], 0);
  } else {
    std::copy_n(place.begin(), endpoint.address.size(), endpoint.address.begin());
  }
  const base::ByteView port = place.last(2);
  endpoint.port = static_cast<std::uint16_t>(port[0] << 8 | port[1]);
  return endpoint;
}

}  // namespace

std::string_view to_string(Refusal refusal) {
  switch (refusal) {
    case Refusal::none:
      return "none";
    case Refusal::too_fast:
      return "too fast";
    case Refusal::unasked:
      return "unasked";
    case Refusal::wrong_id:
      return "wrong id";
    case Refusal::too_many:
      return "too many";
  }
  return "unknown refusal";
}

Gate::Gate(const GateOptions& options, std::uint64_t salt)
    : options_(options),
      rates_(options.small ? kFew : kMany, salt),
      questions_(limits_of(options, kQuestions)),
      pushes_(limits_of(options, kPushes)),
      partial_(limits_of(options, kPartial)),
      ids_(limits_of(options, kIds)),
      ids_alike_(limits_of(options, kIdsAlike)),
      listens_(limits_of(options, kListens)),
      listens_at_key_(limits_of(options, kListensAtKey)),
      listens_of_host_at_key_(limits_of(options, kListensOfHostAtKey)) {}

bool Gate::let_out(base::ByteView datagram, const base::Endpoint& to, const base::Endpoint* cause,
                   base::Instant now) {
  const auto heading = heading_of(datagram);
  if (!heading) return true;
  const Call call{to, heading->transaction};
  if (heading->kind == Facts::Kind::reply && asked_to_listen_ && asked_to_listen_->call == call) {
    count_listen(now);
  }
  if (heading->kind != Facts::Kind::request) return true;
  if (!heading->is_update) return questions_.take(to, call, now);
  if (cause != nullptr && is_checked(*cause) &&
      !rates_.take(Rates::What::echo, prefix_of(*cause), now)) {
    return false;
  }
  return pushes_.take(to, call, now);
}

bool Gate::may_speak(const base::Endpoint& from, base::Instant now) {
  return !is_checked(from) || rates_.take(Rates::What::datagram, prefix_of(from), now);
}

Refusal Gate::admit(const Facts& facts, const base::Endpoint& from, base::Instant now) {
  asked_to_listen_.reset();
  const Call call{from, facts.transaction};
  if (facts.kind == Facts::Kind::part) {
    return expects(facts, call, now) ? Refusal::none : Refusal::unasked;
  }
  const bool answer = facts.kind != Facts::Kind::request;
  if (answer && !questions_.give_back(call, now) && !pushes_.give_back(call, now)) {
    return Refusal::unasked;
  }
  if (is_checked(from) && !id_is_right(facts, from, now)) return Refusal::wrong_id;
  if (!answer) {
    if (const Refusal refusal = admit_request(facts, from, now); refusal != Refusal::none) {
      return refusal;
    }
  }
  if (!facts.parts_follow) return Refusal::none;
  const base::Endpoint host = is_checked(from) ? host_of(from) : from;
  if (!partial_.take(host, call, now)) return Refusal::too_many;
  *partial_.find(call, now) = (1U << facts.parts_follow) - 1;
  return Refusal::none;
}

bool Gate::expects(const Facts& part, const Call& call, base::Instant now) {
  std::uint32_t* const awaited = partial_.find(call, now);
  const std::uint32_t bit = 1U << part.part;
  if (awaited == nullptr || (*awaited & bit) == 0) return false;
  *awaited &= ~bit;
  if (*awaited == 0) (void)partial_.give_back(call, now);
  return true;
}

/// An answer proves the address, so it counts among the ids that live there.
bool Gate::id_is_right(const Facts& facts, const base::Endpoint& from, base::Instant now) {
  if (facts.client) return is_client_id(facts.id);
  return may_live(facts.id, from, facts.kind != Facts::Kind::request, now);
}

bool Gate::may_live(base::ByteView id, const base::Endpoint& at, bool proven, base::Instant now) {
  if (!fits(id, at)) return false;
  const base::Endpoint host = host_of(at);
  const HostedId hosted{host, to_array(id)};
  const std::pair alike{host, beginning_of(id)};
  if (!ids_.has_room(host, hosted, now) || !ids_alike_.has_room(alike, hosted, now)) return false;
  return !proven || (ids_.take(host, hosted, now) && ids_alike_.take(alike, hosted, now));
}

Refusal Gate::admit_request(const Facts& facts, const base::Endpoint& from, base::Instant now) {
  using enum Facts::Ask;
  if (facts.ask == listen) {
    return may_listen(facts, from, now) ? Refusal::none : Refusal::too_many;
  }
  if (!is_checked(from)) return Refusal::none;
  const Prefix prefix = prefix_of(from);
  if (facts.ask == put && !rates_.take(Rates::What::put, prefix, now)) return Refusal::too_fast;
  if (facts.ask == update && !rates_.take(Rates::What::push, prefix, now)) {
    return Refusal::too_fast;
  }
  return Refusal::none;
}

bool Gate::may_listen(const Facts& facts, const base::Endpoint& from, base::Instant now) {
  const Hash key = to_array(facts.key);
  const Subscription subscription{to_array(facts.id), key, facts.socket};
  if (!listens_at_key_.has_room(key, subscription, now)) return false;
  const base::Endpoint host = host_of(from);
  if (is_checked(from) && (!listens_.has_room(host, subscription, now) ||
                           !listens_of_host_at_key_.has_room({host, key}, subscription, now))) {
    return false;
  }
  asked_to_listen_ = Listen{{from, facts.transaction}, subscription};
  return true;
}

void Gate::count_listen(base::Instant now) {
  const auto& [call, subscription] = *asked_to_listen_;
  const Hash& key = std::get<1>(subscription);
  (void)listens_at_key_.take(key, subscription, now);
  if (is_checked(call.first)) {
    const base::Endpoint host = host_of(call.first);
    (void)listens_.take(host, subscription, now);
    (void)listens_of_host_at_key_.take({host, key}, subscription, now);
  }
  asked_to_listen_.reset();
}

/// The engine takes a loopback address for the sender's own.
bool Gate::is_followed(base::ByteView entry, const base::Endpoint& from, base::Instant now) {
  const base::ByteView id = entry.first(kIdSize);
  base::Endpoint endpoint = endpoint_in(entry);
  if (endpoint.is_loopback()) endpoint.address = from.address;
  if (!is_checked(endpoint)) return !is_checked(from);  // strangers know nobody in here
  return may_live(id, endpoint, false, now);
}

base::ByteView Gate::strip(base::ByteView datagram, const Facts& facts, const base::Endpoint& from,
                           base::Bytes& buffer, base::Instant now) {
  base::ByteView out = datagram;
  // The later list first, so that the place of the other one stays.
  base::ByteView lists[] = {facts.nodes4, facts.nodes6};
  if (lists[0].data() < lists[1].data()) std::swap(lists[0], lists[1]);
  for (const base::ByteView list : lists) {
    const std::size_t size = list.data() == facts.nodes4.data() ? kNode4Size : kNode6Size;
    base::Bytes kept;
    for (std::size_t at = 0; at < list.size(); at += size) {
      const base::ByteView entry = list.subspan(at, size);
      if (is_followed(entry, from, now)) kept.insert(kept.end(), entry.begin(), entry.end());
    }
    if (kept.size() == list.size()) continue;
    const auto at = static_cast<std::size_t>(list.data() - datagram.data());
    buffer = msgpack::with_binary(out, at, list.size(), kept);
    out = buffer;
  }
  return out;
}

}  // namespace openhash
