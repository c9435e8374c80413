#include "conversation_log.h"

#include <algorithm>

#include "base/bytes.h"
#include "core_words.h"
#include "words.h"

namespace basic::gui {
namespace {

constexpr TextNumber kNoNumber = std::numeric_limits<TextNumber>::max();

/// Those without a number come last.
TextNumber rank(TextNumber number) { return number == 0 ? kNoNumber : number; }

std::optional<StoredText> stored(const Text& text) {
  const auto bytes = base::from_hex(text.id);
  TextId id{};
  if (!bytes || bytes->size() != id.size()) return std::nullopt;
  std::ranges::copy(*bytes, id.begin());
  return StoredText{id, text.from, false, text.text, text.sent_at, Fate::delivered, text.number};
}

}  // namespace

ConversationLog::ConversationLog(Bridge& bridge, QString buddy, Limits limits, QObject* parent)
    : QObject(parent), bridge_(bridge), buddy_(std::move(buddy)), limits_(limits) {
  connect(&bridge_, &Bridge::text_arrived, this, [this](const Text& text) {
    if (qt(text.from) != buddy_) return;
    if (const auto taken = stored(text)) take_news(*taken);
  });
  connect(&bridge_, &Bridge::text_stored, this, [this](const StoredText& text) {
    if (qt(text.peer) == buddy_) take_news(text);
  });
  connect(&bridge_, &Bridge::fate_changed, this,
          [this](const QString& whose, const TextId& id, Fate fate) {
            if (whose == buddy_) take_fate(id, fate);
          });
}

// --- what is here --------------------------------------------------------------------------------

int ConversationLog::index_of(TextNumber number) const {
  const auto found = std::ranges::lower_bound(texts_, rank(number), {},
                                              [](const auto& t) { return rank(t.number); });
  if (number == 0 || found == texts_.end() || found->number != number) return -1;
  return static_cast<int>(found - texts_.begin());
}

int ConversationLog::index_of_serial(std::uint64_t serial) const {
  const auto found = std::ranges::find(texts_, serial, &ShownText::serial);
  return found == texts_.end() ? -1 : static_cast<int>(found - texts_.begin());
}

void ConversationLog::set_read_up_to(std::optional<TextNumber> number) {
  if (read_up_to_ == number) return;
  read_up_to_ = number;
  emit unread_changed();
}

int ConversationLog::first_unread() const {
  if (!read_up_to_) return -1;
  auto found = std::ranges::upper_bound(texts_, *read_up_to_, {},
                                        [](const auto& text) { return rank(text.number); });
  found = std::find_if(found, texts_.end(), [](const ShownText& text) { return !text.outgoing; });
  if (found == texts_.end()) return -1;
  // If there are older ones, the first unread may be among those.
  if (found == texts_.begin() && has_older_) return -1;
  return static_cast<int>(found - texts_.begin());
}

void ConversationLog::set_reason(const TextId& id, const QString& reason) {
  const auto found = std::ranges::find_if(
      texts_, [&id](const ShownText& text) { return text.outgoing && text.id == id; });
  if (found == texts_.end()) return;
  found->reason = reason;
  emit changed(static_cast<int>(found - texts_.begin()));
}

void ConversationLog::set_sent_again(std::uint64_t serial) {
  const int index = index_of_serial(serial);
  if (index < 0) return;
  texts_[static_cast<std::size_t>(index)].sent_again = true;
  emit changed(index);
}

// --- loading -------------------------------------------------------------------------------------

void ConversationLog::forget() {
  ++opened_;
  texts_.clear();
  known_.clear();
  held_.clear();
  fates_meanwhile_.clear();
  has_older_ = has_newer_ = loading_older_ = loading_newer_ = false;
  emit reset();
}

void ConversationLog::open_at_end() {
  forget();
  ask_older(0);
}

void ConversationLog::open_at(TextNumber number) {
  forget();
  has_newer_ = true;  // as long as nothing else is known
  ask_older(number + 1);
  ask_newer(number);
}

void ConversationLog::load_older() {
  if (!has_older_ || loading_older_ || texts_.empty()) return;
  ask_older(texts_.front().number);
}

void ConversationLog::load_newer() {
  if (!has_newer_ || loading_newer_ || texts_.empty()) return;
  ask_newer(texts_.back().number);
}

void ConversationLog::ask_older(TextNumber before) {
  loading_older_ = true;
  bridge_.ask(
      this,
      [buddy = buddy_.toStdString(), before, count = limits_.page](Client& client) {
        return client.history(buddy, before, count);
      },
      [this, opened = opened_](const Page& page) {
        if (opened == opened_) take_older(page);
      });
}

void ConversationLog::ask_newer(TextNumber after) {
  loading_newer_ = true;
  bridge_.ask(
      this,
      [buddy = buddy_.toStdString(), after, count = limits_.page](Client& client) {
        return client.history_after(buddy, after, count);
      },
      [this, opened = opened_](const Page& page) {
        if (opened == opened_) take_newer(page);
      });
}

void ConversationLog::take_older(const Page& page) {
  loading_older_ = false;
  if (!page) {
    emit load_failed(said(page.error()));
    return;
  }
  has_older_ = page->size() >= limits_.page;
  merge(*page);
  drop_newest();
  page_done();
}

void ConversationLog::take_newer(const Page& page) {
  loading_newer_ = false;
  const std::vector<StoredText> held = std::exchange(held_, {});
  if (!page) {
    emit load_failed(said(page.error()));
    return;
  }
  has_newer_ = page->size() >= limits_.page;
  merge(*page);
  if (!has_newer_) merge(held);
  drop_oldest();
  page_done();
}

void ConversationLog::page_done() {
  if (!loading()) fates_meanwhile_.clear();
  emit unread_changed();  // its line may have come into what is here
}

// --- news ----------------------------------------------------------------------------------------

void ConversationLog::take_news(const StoredText& text) {
  if (has_newer_) {
    if (loading_newer_) held_.push_back(text);
  } else if (!following_ && texts_.size() >= limits_.most) {
    has_newer_ = true;  // rather a gap at the end than none of what the user looks at
  } else {
    merge({text});
    drop_oldest();
  }
  emit arrived(text.outgoing);
}

void ConversationLog::take_fate(const TextId& id, Fate fate) {
  if (loading()) fates_meanwhile_[id] = fate;
  const auto found = std::find_if(texts_.rbegin(), texts_.rend(), [&id](const ShownText& text) {
    return text.outgoing && text.id == id;
  });
  if (found == texts_.rend() || found->fate == fate) return;
  found->fate = fate;
  emit changed(static_cast<int>(texts_.rend() - found) - 1);
}

// --- keeping order -------------------------------------------------------------------------------

bool ConversationLog::is_known(const StoredText& text) const {
  return known_.contains({text.outgoing, text.id});
}

ShownText ConversationLog::shown(const StoredText& text) {
  ShownText result;
  result.serial = ++last_serial_;
  result.number = text.number;
  result.id = text.id;
  result.outgoing = text.outgoing;
  result.text = qt(text.text);
  result.sent_at = to_local(text.sent_at);
  result.day = result.sent_at.date();
  result.fate = text.fate;
  const auto meanwhile = fates_meanwhile_.find(text.id);
  if (text.outgoing && meanwhile != fates_meanwhile_.end()) result.fate = meanwhile->second;
  return result;
}

std::size_t ConversationLog::place_of(const StoredText& text) const {
  const auto found = std::ranges::upper_bound(texts_, rank(text.number), {},
                                              [](const auto& t) { return rank(t.number); });
  return static_cast<std::size_t>(found - texts_.begin());
}

void ConversationLog::merge(const std::vector<StoredText>& texts) {
  std::size_t next = 0;
  while (next < texts.size()) {
    if (is_known(texts[next])) {
      ++next;
      continue;
    }
    // As many as come to stand side by side go in at once.
    const std::size_t place = place_of(texts[next]);
    std::vector<ShownText> run;
    for (; next < texts.size() && place_of(texts[next]) == place; ++next) {
      if (is_known(texts[next])) continue;
      known_.insert({texts[next].outgoing, texts[next].id});
      run.push_back(shown(texts[next]));
    }
    texts_.insert(texts_.begin() + static_cast<std::ptrdiff_t>(place), run.begin(), run.end());
    emit inserted(static_cast<int>(place), static_cast<int>(run.size()));
  }
}

void ConversationLog::drop_oldest() {
  if (texts_.size() <= limits_.most) return;
  drop(0, texts_.size() - limits_.most);
  has_older_ = true;
}

void ConversationLog::drop_newest() {
  if (texts_.size() <= limits_.most) return;
  drop(limits_.most, texts_.size() - limits_.most);
  has_newer_ = true;
}

void ConversationLog::drop(std::size_t first, std::size_t count) {
  const auto begin = texts_.begin() + static_cast<std::ptrdiff_t>(first);
  const auto end = begin + static_cast<std::ptrdiff_t>(count);
  for (auto text = begin; text != end; ++text) known_.erase({text->outgoing, text->id});
  texts_.erase(begin, end);
  emit removed(static_cast<int>(first), static_cast<int>(count));
}

}  // namespace basic::gui
