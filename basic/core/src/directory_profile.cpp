#include "basic/directory_profile.h"

#include <iterator>

#include "directory_profile_user.h"
#include "profile_folder.h"

namespace basic {
namespace {

using Added = base::Result<std::vector<TextNumber>>;

template <typename T>
void move_all(std::vector<T>& from, std::vector<T>& to) {
  to.insert(to.end(), std::move_iterator(from.begin()), std::move_iterator(from.end()));
}

}  // namespace

/// Something to be written, and who waits for it.
struct DirectoryProfile::Write {
  std::shared_ptr<HistoryFile> file;
  Changes changes;
  base::Completion<Added>* waiting = nullptr;
};

/// What goes to the disk in one transaction.
struct DirectoryProfile::Batch {
  struct Waiting {
    std::shared_ptr<Write> write;
    std::size_t texts;  // how many of the numbers are for it
  };
  std::vector<Waiting> writes;
  Changes changes;
  Added added = std::vector<TextNumber>();

  void take(std::shared_ptr<Write> write) {
    Changes& more = write->changes;
    writes.push_back({write, more.texts.size()});
    move_all(more.texts, changes.texts);
    move_all(more.fates, changes.fates);
    move_all(more.rows.pins, changes.rows.pins);
    move_all(more.rows.notes, changes.rows.notes);
    move_all(more.rows.peers, changes.rows.peers);
    move_all(more.rows.settings, changes.rows.settings);
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

DirectoryProfile::~DirectoryProfile() {
  while (!waiting_.empty()) commit_waiting();  // nobody waits for the answer; the work is done
}

base::Task<base::Result<void>> DirectoryProfile::open(ohim::Name user, base::Secret key) {
  auto opened = std::make_unique<User>(key);
  // The tag keeps the history of a name's earlier owner apart, which this key could not read.
  const std::string tag = base::to_hex(opened->tag_of(user)).substr(0, 8);
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
  opened->take(found->second);
  user_ = std::move(opened);
  co_return base::Result<void>();
}

// --- what is kept in memory, too ---

std::optional<openhash::PublicKey> DirectoryProfile::pin(const ohim::Name& buddy) const {
  if (!user_ || !user_->pins.contains(buddy)) return std::nullopt;
  return user_->pins.at(buddy);
}

base::Task<base::Result<void>> DirectoryProfile::set_pin(ohim::Name buddy,
                                                         openhash::PublicKey key) {
  if (!user_) co_return not_open();
  user_->pins[buddy] = key;
  const std::shared_ptr<Write> write = new_write();
  write->changes.rows.pins.push_back(rows::seal_pin(*user_->box, buddy, key, world_.entropy));
  co_return co_await done(write);
}

const NotesByBuddy& DirectoryProfile::notes() const {
  static const NotesByBuddy kNone;
  return user_ ? user_->notes : kNone;
}

base::Task<base::Result<void>> DirectoryProfile::set_notes(NotesByBuddy notes) {
  if (!user_) co_return not_open();
  const std::shared_ptr<Write> write = new_write();
  for (const auto& [buddy, note] : notes) {
    user_->notes[buddy] = note;
    write->changes.rows.notes.push_back(rows::seal_notes(*user_->box, buddy, note, world_.entropy));
  }
  co_return co_await done(write);
}

std::optional<std::string> DirectoryProfile::setting(std::string_view key) const {
  if (!user_) return std::nullopt;
  const auto found = user_->settings.find(key);
  return found == user_->settings.end() ? std::nullopt : std::optional(found->second);
}

base::Task<base::Result<void>> DirectoryProfile::set_setting(std::string key,
                                                             std::optional<std::string> value) {
  if (!user_) co_return not_open();
  const base::Result<void> fits = check_setting(key, value);
  if (!fits) co_return fits.error();
  const std::shared_ptr<Write> write = new_write();
  write->changes.rows.settings.push_back(
      rows::seal_setting(*user_->box, key, value, world_.entropy));
  if (value) {
    user_->settings[key] = std::move(*value);
  } else {
    user_->settings.erase(key);
  }
  co_return co_await done(write);
}

// --- texts, in; directory_profile_texts.cpp has how they come out ---

base::Task<Added> DirectoryProfile::add_texts(Texts texts) {
  if (!user_) co_return not_open();
  const std::shared_ptr<Write> write = new_write();
  for (const StoredText& text : texts) {
    const base::Bytes& tag = user_->tag_of(text.peer);
    write->changes.texts.push_back(rows::seal(*user_->box, text, tag, world_.entropy));
    if (!user_->peers.insert(text.peer).second) continue;
    write->changes.rows.peers.push_back(rows::seal_peer(*user_->box, text.peer, world_.entropy));
  }
  co_return co_await written(write);
}

base::Task<base::Result<void>> DirectoryProfile::set_fates(std::vector<TextFate> fates) {
  if (!user_) co_return not_open();
  const std::shared_ptr<Write> write = new_write();
  for (const TextFate& known : fates) {
    write->changes.fates.push_back({user_->tag_of(known.buddy), known.id, known.fate});
  }
  co_return co_await done(write);
}

// --- group commit: while one transaction is on its way to the disk, the next one gathers ---

std::shared_ptr<DirectoryProfile::Write> DirectoryProfile::new_write() const {
  auto write = std::make_shared<Write>();
  write->file = user_->file;
  return write;
}

base::Task<base::Result<void>> DirectoryProfile::done(std::shared_ptr<Write> write) {
  const Added outcome = co_await written(std::move(write));
  if (!outcome) co_return outcome.error();
  co_return base::Result<void>();
}

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
  auto job = [batch, folder = folder_, file] { batch->added = file->commit(batch->changes); };
  committing_ = world_.workers.submit(std::move(job), [this, batch] { committed(batch); });
}

void DirectoryProfile::committed(const std::shared_ptr<Batch>& done) {
  const std::shared_ptr<Batch> batch = done;
  const std::shared_ptr<void> finished = std::move(committing_);
  committing_.reset();
  if (!waiting_.empty()) commit_waiting();
  std::size_t first = 0;
  for (const auto& [write, count] : batch->writes) {
    Added part = batch->added;
    if (part) {
      const auto begin = batch->added->begin() + static_cast<std::ptrdiff_t>(first);
      part = std::vector<TextNumber>(begin, begin + static_cast<std::ptrdiff_t>(count));
    }
    first += count;
    if (write->waiting != nullptr) write->waiting->set(std::move(part));
  }
}

}  // namespace basic
