#include "basic/directory_profile.h"

#include "history_file.h"
#include "profile_folder.h"

namespace basic {
namespace {

using Added = base::Result<std::vector<bool>>;

base::Error not_open() { return base::fail(base::Errc::closed, "no user's profile is open"); }

base::Bytes place_of(const TextId& id, bool outgoing, base::ByteView peer_tag) {
  base::Writer place;
  place.bytes(base::view("text")).bytes(id).u8(outgoing ? 1 : 0).bytes(peer_tag);
  return place.take();
}

SealedText seal(const SealedBox& box, const StoredText& text, base::Entropy& entropy) {
  SealedText sealed{text.id, box.tag(text.peer.str()), text.outgoing, {}};
  base::Writer content;
  content.u64(static_cast<std::uint64_t>(text.sent_at.time_since_epoch().count()));
  content.bytes(base::view(text.text));
  const base::Bytes place = place_of(text.id, text.outgoing, sealed.peer_tag);
  sealed.box = box.seal(content.view(), place, entropy);
  return sealed;
}

/// Empty for what was not sealed by us, or was tampered with.
std::optional<StoredText> unseal(const SealedBox& box, const SealedText& text,
                                 const ohim::Name& peer) {
  const auto content = box.open(text.box, place_of(text.id, text.outgoing, text.peer_tag));
  if (!content) return std::nullopt;
  base::Reader in(*content);
  const auto seconds = std::chrono::seconds(in.u64());
  if (!in.ok()) return std::nullopt;
  return StoredText{text.id, peer, text.outgoing, base::to_string(in.rest()),
                    base::WallTime(seconds)};
}

SealedRow seal(const SealedBox& box, const ohim::Name& buddy, const openhash::PublicKey& key,
               base::Entropy& entropy) {
  SealedRow sealed{box.tag(buddy.str()), {}};
  base::Writer content;
  content.bytes(key).text8(buddy.str());
  sealed.box = box.seal(content.view(), sealed.tag, entropy);
  return sealed;
}

constexpr std::uint8_t kTellWhenOnline = 1;
constexpr std::uint8_t kListsUs = 2;

/// Whatever else is sealed under a buddy's tag has a word before it in its place.
base::Bytes place_of_notes(base::ByteView tag) {
  base::Writer place;
  place.bytes(base::view("notes")).bytes(tag);
  return place.take();
}

SealedRow seal(const SealedBox& box, const ohim::Name& buddy, const BuddyNotes& notes,
               base::Entropy& entropy) {
  SealedRow sealed{box.tag(buddy.str()), {}};
  base::Writer content;
  content.u64(static_cast<std::uint64_t>(notes.last_seen.time_since_epoch().count()));
  std::uint8_t flags = 0;
  if (notes.tell_when_online) flags |= kTellWhenOnline;
  if (notes.lists_us) flags |= kListsUs;
  content.u8(flags).text8(buddy.str());
  sealed.box = box.seal(content.view(), place_of_notes(sealed.tag), entropy);
  return sealed;
}

using Pins = std::map<ohim::Name, openhash::PublicKey>;

Pins unseal_pins(const SealedBox& box, const std::vector<SealedRow>& sealed) {
  Pins pins;
  for (const SealedRow& pin : sealed) {
    const auto content = box.open(pin.box, pin.tag);
    if (!content) continue;
    base::Reader in(*content);
    const auto key = in.array<32>();
    const auto name = ohim::Name::parse(in.text8());
    if (in.finished() && name) pins.emplace(*name, key);
  }
  return pins;
}

NotesByBuddy unseal_notes(const SealedBox& box, const std::vector<SealedRow>& sealed) {
  NotesByBuddy all;
  for (const SealedRow& row : sealed) {
    const auto content = box.open(row.box, place_of_notes(row.tag));
    if (!content) continue;
    base::Reader in(*content);
    BuddyNotes notes;
    notes.last_seen = base::WallTime(std::chrono::seconds(in.u64()));
    const std::uint8_t flags = in.u8();
    notes.tell_when_online = (flags & kTellWhenOnline) != 0;
    notes.lists_us = (flags & kListsUs) != 0;
    const auto name = ohim::Name::parse(in.text8());
    if (in.finished() && name) all.emplace(*name, notes);
  }
  return all;
}

}  // namespace

struct DirectoryProfile::User {
  explicit User(const base::Secret& key) : box(key) {}

  SealedBox box;
  std::shared_ptr<HistoryFile> file;  // shared with work under way
  Pins pins;
  NotesByBuddy notes;
};

/// Something to be written, and who waits for it.
struct DirectoryProfile::Write {
  std::shared_ptr<HistoryFile> file;
  std::vector<SealedText> texts;
  Rows rows;
  base::Completion<Added>* waiting = nullptr;
};

/// What goes to the disk in one transaction.
struct DirectoryProfile::Batch {
  std::vector<std::shared_ptr<Write>> writes;
  std::vector<SealedText> texts;
  Rows rows;
  Added added = std::vector<bool>();

  void take(std::shared_ptr<Write> write) {
    for (SealedText& text : write->texts) texts.push_back(std::move(text));
    for (SealedRow& pin : write->rows.pins) rows.pins.push_back(std::move(pin));
    for (SealedRow& note : write->rows.notes) rows.notes.push_back(std::move(note));
    writes.push_back(std::move(write));
  }
};

base::Result<std::unique_ptr<DirectoryProfile>> DirectoryProfile::at(
    base::World& world, const std::filesystem::path& folder) {
  auto locked = ProfileFolder::lock(folder);
  if (!locked) return locked.error();
  return std::unique_ptr<DirectoryProfile>(new DirectoryProfile(world, std::move(*locked)));
}

DirectoryProfile::DirectoryProfile(base::World& world, std::shared_ptr<ProfileFolder> folder)
    : world_(world), folder_(std::move(folder)) {}
DirectoryProfile::~DirectoryProfile() = default;

base::Task<base::Result<void>> DirectoryProfile::open(ohim::Name user, base::Secret key) {
  auto opened = std::make_unique<User>(key);
  // The tag keeps the history of a name's earlier owner apart, which this key could not read.
  const std::string tag = base::to_hex(opened->box.tag(user.str())).substr(0, 8);
  const std::filesystem::path path = folder_->path() / (user.str() + "-" + tag + ".db");
  using Found = base::Result<std::pair<std::shared_ptr<HistoryFile>, Rows>>;
  auto job = [folder = folder_, path]() -> Found {
    auto file = HistoryFile::open(path);
    if (!file) return file.error();
    auto rows = (*file)->rows();
    if (!rows) return rows.error();
    return std::pair(std::move(*file), std::move(*rows));
  };
  Found found = co_await base::run_on(world_.workers, std::move(job));
  if (!found) co_return found.error();
  opened->file = std::move(found->first);
  opened->pins = unseal_pins(opened->box, found->second.pins);
  opened->notes = unseal_notes(opened->box, found->second.notes);
  user_ = std::move(opened);
  co_return base::Result<void>();
}

std::optional<openhash::PublicKey> DirectoryProfile::pin(const ohim::Name& buddy) const {
  if (!user_ || !user_->pins.contains(buddy)) return std::nullopt;
  return user_->pins.at(buddy);
}

base::Task<base::Result<void>> DirectoryProfile::set_pin(ohim::Name buddy,
                                                         openhash::PublicKey key) {
  if (!user_) co_return not_open();
  user_->pins[buddy] = key;
  auto write = std::make_shared<Write>();
  write->file = user_->file;
  write->rows.pins.push_back(seal(user_->box, buddy, key, world_.entropy));
  const Added done = co_await written(write);
  if (!done) co_return done.error();
  co_return base::Result<void>();
}

const NotesByBuddy& DirectoryProfile::notes() const {
  static const NotesByBuddy kNone;
  return user_ ? user_->notes : kNone;
}

base::Task<base::Result<void>> DirectoryProfile::set_notes(NotesByBuddy notes) {
  if (!user_) co_return not_open();
  auto write = std::make_shared<Write>();
  write->file = user_->file;
  for (const auto& [buddy, note] : notes) {
    user_->notes[buddy] = note;
    write->rows.notes.push_back(seal(user_->box, buddy, note, world_.entropy));
  }
  const Added done = co_await written(write);
  if (!done) co_return done.error();
  co_return base::Result<void>();
}

base::Task<Added> DirectoryProfile::add_texts(std::vector<StoredText> texts) {
  if (!user_) co_return not_open();
  auto write = std::make_shared<Write>();
  write->file = user_->file;
  for (const StoredText& text : texts) {
    write->texts.push_back(seal(user_->box, text, world_.entropy));
  }
  co_return co_await written(write);
}

base::Task<base::Result<std::vector<StoredText>>> DirectoryProfile::recent(ohim::Name buddy,
                                                                           std::size_t count) {
  if (!user_) co_return not_open();
  auto job = [file = user_->file, tag = user_->box.tag(buddy.str()), count] {
    return file->recent(tag, count);
  };
  const auto sealed = co_await base::run_on(world_.workers, std::move(job));
  if (!sealed) co_return sealed.error();
  std::vector<StoredText> texts;
  for (const SealedText& text : *sealed) {
    if (auto opened = unseal(user_->box, text, buddy)) texts.push_back(std::move(*opened));
  }
  co_return texts;
}

// --- group commit: while one transaction is on its way to the disk, the next one gathers ---

base::Task<Added> DirectoryProfile::written(std::shared_ptr<Write> write) {
  base::Completion<Added> done;
  write->waiting = &done;
  struct Forget {
    Write& write;
    ~Forget() { write.waiting = nullptr; }
  };
  const Forget forget{*write};
  waiting_.push_back(write);
  if (!committing_) commit_waiting();
  co_return co_await done;
}

void DirectoryProfile::commit_waiting() {
  auto batch = std::make_shared<Batch>();
  const std::shared_ptr<HistoryFile> file = waiting_.front()->file;
  while (!waiting_.empty() && waiting_.front()->file == file) {
    batch->take(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  auto job = [batch, folder = folder_, file] {
    batch->added = file->commit(batch->texts, batch->rows);
  };
  committing_ = world_.workers.submit(std::move(job), [this, batch] { committed(batch); });
}

void DirectoryProfile::committed(const std::shared_ptr<Batch>& done) {
  const std::shared_ptr<Batch> batch = done;
  const std::shared_ptr<void> finished = std::move(committing_);
  committing_.reset();
  if (!waiting_.empty()) commit_waiting();
  std::size_t first = 0;
  for (const auto& write : batch->writes) {
    const std::size_t count = write->texts.size();
    Added part = batch->added;
    if (part) {
      const auto begin = batch->added->begin() + static_cast<std::ptrdiff_t>(first);
      part = std::vector<bool>(begin, begin + static_cast<std::ptrdiff_t>(count));
    }
    first += count;
    if (write->waiting != nullptr) write->waiting->set(std::move(part));
  }
}

}  // namespace basic
