#include "list_store.h"

#include <algorithm>

#include "base/gather.h"
#include "ohim/errc.h"
#include "ohim/presence_detection.h"
#include "openhash/replicas.h"
#include "records.h"
#include "store_error.h"
#include "work.h"

namespace ohim {
namespace {

constexpr std::size_t kChunksAtOnce = 8;  // each at three keys
constexpr int kTries = 4;
constexpr std::string_view kSaving = "storing the buddy list";
constexpr std::string_view kLoading = "fetching the buddy list";

}  // namespace

ListStore::ListStore(base::World& world, openhash::Store& store, const UserKeys& keys,
                     std::uint64_t device)
    : world_(world), store_(store), keys_(keys), device_(device) {}

base::Task<std::vector<ListStore::Found>> ListStore::read_chunks(std::uint8_t set,
                                                                 std::uint16_t count) {
  std::vector<base::Task<Found>> reads;
  reads.reserve(count);
  for (std::uint16_t i = 0; i < count; ++i) {
    reads.push_back(openhash::get_replicas(store_, keys_.list_chunk(set, i).keys));
  }
  return base::gather(std::move(reads), kChunksAtOnce);
}

// A version grows with time, so that one crashed run's half-written chunks are not in the way of
// the next run's, and it never shares the set of places with the valid one.
std::uint64_t ListStore::next_version() const {
  const std::uint64_t version = next_sequence(std::max(live_, floor_), world_.clock.wall());
  return version % 2 == live_ % 2 ? version + 1 : version;
}

base::Task<base::Result<base::Bytes>> ListStore::load(std::vector<openhash::Record> found) {
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const openhash::Record* const record =
        newest_of(found, openhash::Kind::list, keys_.identity().public_key());
    if (record == nullptr) co_return base::fail(base::Errc::not_found, "no buddy list is stored");
    auto manifest = open_manifest(keys_, *record);
    if (!manifest) co_return manifest.error();
    auto list = co_await load_chunks(*manifest);
    if (list) {
      is_live(*manifest);
      co_return list;
    }
    // Another machine of this user may be storing a newer list at this moment.
    co_await base::sleep_for(world_.clock, std::chrono::seconds(1));
    const openhash::ReplicaKeys list_keys = named_keys(openhash::Kind::list, keys_.name());
    auto again = co_await openhash::get_replicas(store_, list_keys);
    if (again && !again->empty()) found = std::move(*again);
  }
  co_return base::fail(Errc::store_unavailable,
                       "parts of the buddy list cannot be found at the moment; nothing was lost, "
                       "try again in a minute");
}

void ListStore::is_live(const ListManifest& manifest) {
  live_ = manifest.version;
  live_hash_ = manifest.hash;
}

bool ListStore::is_news(const openhash::Record& record) const {
  return record.kind == openhash::Kind::list && record.owner == keys_.identity().public_key() &&
         record.sequence > live_;
}

bool ListStore::is_stored(base::ByteView list) const {
  return live_hash_ == describe_list(list, live_, device_, keys_.network()).hash;
}

base::Task<base::Result<std::optional<base::Bytes>>> ListStore::look() {
  const openhash::ReplicaKeys list_keys = named_keys(openhash::Kind::list, keys_.name());
  auto found = co_await openhash::get_replicas(store_, list_keys);
  if (!found) co_return store_error(found.error(), kLoading);
  const auto news = [this](const openhash::Record& record) { return is_news(record); };
  if (std::ranges::none_of(*found, news)) co_return std::optional<base::Bytes>();
  auto list = co_await load(std::move(*found));
  if (!list) co_return list.error();
  co_return std::optional(std::move(*list));
}

base::Task<base::Result<base::Bytes>> ListStore::load_chunks(ListManifest manifest) {
  base::Bytes list = std::move(manifest.bytes);
  if (manifest.chunks > 0) {
    const std::uint8_t set = chunk_set(manifest.version, manifest.device);
    const auto answers = co_await read_chunks(set, manifest.chunks);
    for (std::uint16_t i = 0; i < manifest.chunks; ++i) {
      if (!answers[i]) co_return store_error(answers[i].error(), kLoading);
      const ChunkPlace place = keys_.list_chunk(set, i);
      const openhash::PublicKey owner = place.owner.public_key();
      const auto* const record = newest_of(*answers[i], openhash::Kind::opaque, owner);
      if (record == nullptr || record->sequence != manifest.version) {
        co_return base::fail(base::Errc::not_found, "a part of the buddy list is missing");
      }
      work_[owner] = record->work;
      const auto part = open_chunk(keys_, place, *record);
      if (!part) co_return part.error();
      list.insert(list.end(), part->begin(), part->end());
    }
  }
  if (!matches(manifest, list, keys_.network())) {
    co_return base::fail(base::Errc::malformed, "the parts of the buddy list do not fit together");
  }
  co_return list;
}

base::Task<base::Result<void>> ListStore::save(base::Bytes list) {
  if (list.size() > kMaxBuddyList) {
    co_return base::fail(base::Errc::too_large,
                         "the buddy list has " + std::to_string(list.size()) +
                             " bytes of at most " + std::to_string(kMaxBuddyList) +
                             "; remove some buddies");
  }
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const std::uint64_t version = next_version();
    auto saved = co_await save_as(list, version);
    const ListManifest tried = describe_list(list, version, device_, keys_.network());
    if (saved) {
      is_live(tried);
      co_return saved;
    }
    if (saved.error().code != base::Errc::conflict) co_return store_error(saved.error(), kSaving);
    auto learned = co_await learn_from_conflict(version, tried.chunks);
    if (!learned) co_return learned;
  }
  co_return base::fail(Errc::store_unavailable,
                       "parts of the buddy list cannot be stored at the moment; nothing was lost, "
                       "try again in a minute");
}

base::Task<base::Result<void>> ListStore::save_as(const base::Bytes& list, std::uint64_t version) {
  const ListManifest manifest = describe_list(list, version, device_, keys_.network());
  const std::uint8_t set = chunk_set(version, device_);
  std::vector<base::Task<base::Result<void>>> chunks;
  for (std::uint16_t i = 0; i < manifest.chunks; ++i) {
    chunks.push_back(save_chunk({set, i}, chunk_of(list, i), version));
  }
  const auto stored = co_await base::gather(std::move(chunks), kChunksAtOnce);
  for (const auto& chunk : stored) {
    if (!chunk) co_return chunk.error();
  }
  const openhash::ReplicaKeys list_keys = named_keys(openhash::Kind::list, keys_.name());
  const openhash::Record record =
      make_manifest(keys_, manifest, world_.clock.wall(), world_.entropy);
  const auto made_valid = co_await openhash::put_replicas(store_, world_.clock, list_keys, record,
                                                          keys_.identity());
  // An edit in place is not pushed (docs/engine.md): this wakes our other machines.
  if (made_valid) {
    store_.announce(list_keys[0], openhash::make_notice(record, store_.rules(), list_keys[0],
                                                        keys_.identity(), world_.clock.wall()));
  }
  co_return made_valid;
}

base::Task<base::Result<void>> ListStore::save_chunk(ChunkName name, base::ByteView part,
                                                     std::uint64_t version) {
  const ChunkPlace place = keys_.list_chunk(name.set, name.index);
  const openhash::PublicKey owner = place.owner.public_key();
  if (!work_.contains(owner)) {
    const std::string nameless;
    const std::uint64_t nonce = co_await find_work_on(world_.workers, store_.rules(),
                                                      openhash::Kind::opaque, nameless, owner);
    work_[owner] = nonce;
  }
  openhash::Record record =
      make_chunk(keys_, place, part, version, work_[owner], world_.clock.wall(), world_.entropy);
  co_return co_await openhash::put_replicas(store_, world_.clock, place.keys, std::move(record),
                                            place.owner);
}

base::Task<base::Result<void>> ListStore::learn_from_conflict(std::uint64_t version,
                                                              std::uint16_t chunks) {
  floor_ = std::max(floor_, version);
  const std::uint8_t set = chunk_set(version, device_);
  const auto answers = co_await read_chunks(set, chunks);
  for (const Found& answer : answers) {
    if (!answer) co_return store_error(answer.error(), kSaving);
  }
  const openhash::ReplicaKeys list_keys = named_keys(openhash::Kind::list, keys_.name());
  const auto lists = co_await openhash::get_replicas(store_, list_keys, openhash::Reading::all);
  if (!lists) co_return store_error(lists.error(), kSaving);
  for (std::uint16_t i = 0; i < chunks; ++i) {
    const openhash::PublicKey owner = keys_.list_chunk(set, i).owner.public_key();
    const auto* const chunk = newest_of(*answers[i], openhash::Kind::opaque, owner);
    if (chunk != nullptr) floor_ = std::max(floor_, chunk->sequence);
  }
  const auto news = [this](const openhash::Record& record) { return is_news(record); };
  if (std::ranges::any_of(*lists, news)) {
    co_return base::fail(base::Errc::conflict, "another machine has stored a buddy list meanwhile");
  }
  co_return base::Result<void>();
}

base::Task<base::Result<void>> ListStore::save_first() {
  constexpr std::uint64_t kFirst = 1;
  const base::Bytes blank;
  auto saved = co_await save_as(blank, kFirst);
  if (saved || saved.error().code == base::Errc::conflict) co_return base::Result<void>();
  co_return store_error(saved.error(), kSaving);
}

}  // namespace ohim
