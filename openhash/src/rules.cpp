#include "openhash/rules.h"

#include <algorithm>
#include <bit>

#include "labelled_hash.h"

namespace openhash {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using base::fail;

constexpr std::chrono::seconds kFutureGrace = 10min;  // for clocks that run ahead
constexpr std::chrono::seconds kExpiryGrace = 5min;
constexpr std::chrono::seconds kNoticeGrace = 1min;

/// What this version keeps, of the table in security.md, section 4. Ring and inbox are not kept
/// yet; a notice stands at the key of the kind that it speaks of.
struct KindRule {
  Kind kind;
  std::chrono::seconds validity_cap;
  std::string_view key_suffix;  // after the name; empty: the key tells nothing
  std::size_t keys;             // at how many it stands, as far as the rules know
};
constexpr KindRule kKindRules[] = {
    {Kind::identity, 180 * 24h, "'s identity", kReplicaKeys},
    {Kind::location, 120s, "'s location", 1},
    {Kind::list, 180 * 24h, "'s buddy list", kReplicaKeys},
    {Kind::opaque, 400 * 24h, "", 0},
    {Kind::revoke, 730 * 24h, "'s identity", kReplicaKeys},
    {Kind::notice, 15s, "", 0},
};

const KindRule* rule_of(Kind kind) {
  const auto* const rule = std::ranges::find(kKindRules, kind, &KindRule::kind);
  return rule == std::end(kKindRules) ? nullptr : rule;
}

/// [a-z][a-z0-9._-]{2,31} (security.md, section 5).
bool is_name(std::string_view text) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto allowed = [&letter](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return text.size() >= 3 && text.size() <= kMaxName && letter(text[0]) &&
         std::ranges::all_of(text, allowed);
}

/// The kind at whose key a record stands: a notice at that of the kind it speaks of.
Kind place_of(const Record& record) {
  return record.kind == Kind::notice ? static_cast<Kind>(record.body[0]) : record.kind;
}

bool may_be_noticed(Kind kind) {
  return kind == Kind::identity || kind == Kind::location || kind == Kind::list;
}

base::Result<void> check_form(const Record& record) {
  if (rule_of(record.kind) == nullptr) {
    return fail(Errc::refused, "records of this kind are not kept yet");
  }
  if (record.kind == Kind::opaque) {
    if (!record.name.empty()) return fail(Errc::malformed, "an opaque record bears no name");
  } else if (!is_name(record.name)) {
    return fail(Errc::malformed, "the record bears a name that nobody can have");
  }
  if (record.kind == Kind::notice &&
      (record.body.size() != 1 || !may_be_noticed(static_cast<Kind>(record.body[0])))) {
    return fail(Errc::malformed, "the notice does not say what has changed");
  }
  return {};
}

Key replica_key(const KindRule& rule, std::string_view name, std::size_t replica) {
  std::string text = replica == 0 ? std::string() : std::to_string(replica) + "/";
  return Key::of(text.append(name).append(rule.key_suffix));
}

base::Result<void> check_key(const Record& record, const Key& key) {
  const KindRule& rule = *rule_of(place_of(record));
  for (std::size_t replica = 0; replica < rule.keys; ++replica) {
    if (replica_key(rule, record.name, replica) == key) return {};
  }
  if (rule.keys == 0) return {};
  return fail(Errc::refused, "a record of " + record.name + " cannot stand at this key");
}

base::Result<void> check_times(const Record& record, base::WallTime now) {
  if (record.issued > now + kFutureGrace) {
    return fail(Errc::refused, "issued in the future: a clock is wrong, the writer's or ours");
  }
  if (record.valid_for > validity_cap(record.kind)) {
    return fail(Errc::refused, "valid for longer than its kind may be");
  }
  return {};
}

LabelledHash work_hash(const Rules& rules, std::string_view name, const PublicKey& owner) {
  LabelledHash hash("ohim/1/work", rules.network);
  hash.add(base::view(name)).add(owner);
  return hash;
}

unsigned work_in(const LabelledHash& prepared, std::uint64_t nonce) {
  LabelledHash hash = prepared;
  return static_cast<unsigned>(std::countl_zero(hash.add_u64(nonce).finish_u64()));
}

unsigned work_needed(const Rules& rules, Kind kind) {
  return kind == Kind::opaque ? rules.work_opaque : rules.work_named;
}

}  // namespace

std::optional<Key> key_of(Kind kind, std::string_view name) {
  const KindRule* const rule = rule_of(kind);
  if (rule == nullptr || rule->key_suffix.empty()) return std::nullopt;
  return replica_key(*rule, name, 0);
}

std::optional<ReplicaKeys> replica_keys(Kind kind, std::string_view name) {
  const KindRule* const rule = rule_of(kind);
  if (rule == nullptr || rule->keys < kReplicaKeys) return std::nullopt;
  ReplicaKeys keys;
  for (std::size_t replica = 0; replica < keys.size(); ++replica) {
    keys[replica] = replica_key(*rule, name, replica);
  }
  return keys;
}

std::chrono::seconds validity_cap(Kind kind) {
  const KindRule* const rule = rule_of(kind);
  return rule == nullptr ? 0s : rule->validity_cap;
}

std::optional<std::uint64_t> find_work(const Rules& rules, Kind kind, std::string_view name,
                                       const PublicKey& owner, const std::atomic<bool>& stop) {
  const LabelledHash prepared = work_hash(rules, name, owner);
  const unsigned needed = work_needed(rules, kind);
  for (std::uint64_t nonce = 0; !stop.load(std::memory_order_relaxed); ++nonce) {
    if (work_in(prepared, nonce) >= needed) return nonce;
  }
  return std::nullopt;
}

bool has_work(const Rules& rules, const Record& record) {
  const unsigned done = work_in(work_hash(rules, record.name, record.owner), record.work);
  return done >= work_needed(rules, record.kind);
}

base::Result<Record> open_record(const Rules& rules, const Key& key, base::ByteView bytes,
                                 base::WallTime now) {
  base::Result<Record> record = decode(bytes);
  if (!record) return record;
  // From cheap to dear, so that a flood of bad records costs little.
  if (auto form = check_form(*record); !form) return form.error();
  if (auto place = check_key(*record, key); !place) return place.error();
  if (auto times = check_times(*record, now); !times) return times.error();
  if (!has_work(rules, *record)) {
    return fail(Errc::refused, "the proof of work is missing or too small for this network");
  }
  if (!verify(*record, rules.network, key)) {
    return fail(Errc::refused, "the signature is not the owner's, or not for this key and network");
  }
  return record;
}

bool is_current(const Record& record, base::WallTime now) {
  std::chrono::seconds grace{0};
  if (record.valid_for > 1h) grace = kExpiryGrace;
  if (record.kind == Kind::notice) grace = kNoticeGrace;
  return now <= record.valid_until() + grace;
}

bool supersedes(const Record& offered, const Record& held) {
  return offered.owner == held.owner && offered.kind == held.kind &&
         offered.sequence > held.sequence;
}

Record make_notice(const Record& changed, const Rules& rules, const Key& key,
                   const SigningKey& signer, base::WallTime now) {
  Record notice;
  notice.kind = Kind::notice;
  notice.name = changed.name;
  notice.sequence = changed.sequence;
  notice.issued = now;
  notice.valid_for = validity_cap(Kind::notice);
  notice.work = changed.work;
  notice.body = {static_cast<std::uint8_t>(changed.kind)};
  sign(notice, rules.network, key, signer);
  return notice;
}

}  // namespace openhash
