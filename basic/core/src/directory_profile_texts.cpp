// Texts read from the disk: by the page, counted, searched. All of it, unsealing included, is done
// by a worker.
#include <algorithm>

#include "directory_profile_user.h"
#include "search_words.h"

namespace basic {
namespace {

/// What a search reads before it lets other work in.
constexpr std::size_t kStep = 500;

/// What a worker needs to look through a history.
struct Search {
  std::shared_ptr<HistoryFile> file;
  std::shared_ptr<const SealedBox> box;
  SearchWords words;
  base::Bytes peer_tag;  // empty: all
  std::map<base::Bytes, ohim::Name> names;

  struct Step {
    Texts found;
    TextNumber next = 0;  // look on before that one; 0: that was all
  };
  /// Looks through the kStep texts before that number for up to `count`.
  [[nodiscard]] base::Result<Step> look(TextNumber before, std::size_t count) const {
    const auto sealed = file->before(peer_tag, before, kStep);
    if (!sealed) return sealed.error();
    Step step;
    for (const SealedText& text : *sealed) {
      const auto name = names.find(text.peer_tag);
      if (name == names.end()) continue;
      auto opened = rows::unseal(*box, text, name->second);
      if (!opened || !words.all_in(opened->text)) continue;
      step.found.push_back(std::move(*opened));
      if (step.found.size() == count) return step;
    }
    if (sealed->size() == kStep) step.next = sealed->back().number;
    return step;
  }
};

}  // namespace

base::Task<base::Result<Texts>> DirectoryProfile::texts_before(ohim::Name buddy, TextNumber before,
                                                               std::size_t count) {
  if (!user_) co_return not_open();
  auto job = [file = user_->file, box = user_->box, tag = user_->tag_of(buddy), buddy, before,
              count]() -> base::Result<Texts> {
    auto sealed = file->before(tag, before, count);
    if (!sealed) return sealed.error();
    std::ranges::reverse(*sealed);
    return rows::unseal(*box, *sealed, buddy);
  };
  co_return co_await base::run_on(world_.workers, std::move(job));
}

base::Task<base::Result<Texts>> DirectoryProfile::texts_after(ohim::Name buddy, TextNumber after,
                                                              std::size_t count) {
  if (!user_) co_return not_open();
  auto job = [file = user_->file, box = user_->box, tag = user_->tag_of(buddy), buddy, after,
              count]() -> base::Result<Texts> {
    const auto sealed = file->after(tag, after, count);
    if (!sealed) return sealed.error();
    return rows::unseal(*box, *sealed, buddy);
  };
  co_return co_await base::run_on(world_.workers, std::move(job));
}

base::Task<base::Result<std::size_t>> DirectoryProfile::count_after(ohim::Name buddy,
                                                                    TextNumber after) {
  if (!user_) co_return not_open();
  auto job = [file = user_->file, tag = user_->tag_of(buddy), after] {
    return file->received_after(tag, after, kMostCounted);
  };
  co_return co_await base::run_on(world_.workers, std::move(job));
}

base::Task<base::Result<Texts>> DirectoryProfile::search(std::string words,
                                                         std::optional<ohim::Name> buddy,
                                                         std::size_t count) {
  if (!user_) co_return not_open();
  const base::Result<SearchWords> wanted = SearchWords::parse(words);
  if (!wanted) co_return wanted.error();
  Texts found;
  if (wanted->empty() || count == 0) co_return found;
  auto search = std::make_shared<Search>(Search{user_->file, user_->box, *wanted, {}, {}});
  if (buddy) search->peer_tag = user_->tag_of(*buddy);
  search->names = user_->names_by_tag();
  TextNumber before = 0;
  for (std::size_t looked = 0; looked < kMostSearched; looked += kStep) {
    auto job = [search, before, left = count - found.size()] { return search->look(before, left); };
    base::Result<Search::Step> step = co_await base::run_on(world_.workers, std::move(job));
    if (!step) co_return step.error();
    for (StoredText& text : step->found) found.push_back(std::move(text));
    before = step->next;
    if (before == 0) break;
  }
  co_return found;
}

}  // namespace basic
