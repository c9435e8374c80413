#include "batch.h"

#include "gateway/wire.h"

namespace openhash::gateway {
namespace {

constexpr std::size_t kAtOnce = 64;
constexpr std::size_t kMostWaiting = 256 << 10;

}  // namespace

base::Task<void> Batch::run() {
  exchange_.begin(form_ == Form::lines ? "application/x-ndjson" : "application/json");
  if (form_ == Form::list) exchange_.piece("{\"results\":[");
  for (;;) {
    read_some();
    const std::string text = sayable();
    exchange_.piece(text);
    if (exchange_.full() && !co_await exchange_.taken()) co_return;
    if (exchange_.broken()) co_return;
    if (text.empty() && ended_ == keys_.size()) break;
    if (text.empty()) co_await news();
  }
  exchange_.piece(form_ == Form::lines ? "{\"end\":true}\n" : "]}\n");
  exchange_.end();
}

void Batch::read_some() {
  while (begun_ < keys_.size() && begun_ - ended_ < kAtOnce && waiting_ < kMostWaiting) {
    tasks_.start(read(begun_++));
  }
}

base::Task<void> Batch::read(std::size_t index) {
  const Key key = keys_[index];
  OnRecord early;
  if (form_ == Form::lines) {
    early = [this, index](const Record& record) { say(index, news_text(keys_[index], record)); };
  }
  const Reads::Found found = co_await reads_.get(&exchange_.visitor(), key, early);
  ++ended_;
  if (!found) {
    say(index, error_text(found.error(), &key));
  } else {
    say(index, form_ == Form::lines ? end_text(key) : found_text(key, *found));
  }
}

void Batch::say(std::size_t index, std::string text) {
  waiting_ += text.size();
  if (form_ == Form::lines) {
    lines_.append(text).append("\n");
  } else {
    entries_[index] = std::move(text);
  }
  if (!news_) return;
  // By post: whoever waits may end all this, the task that says it as well.
  world_.clock.post([told = std::weak_ptr(news_)] {
    if (const auto news = told.lock()) news->set(true);
  });
}

/// What may be said now: of a list, the entries whose turn it is.
std::string Batch::sayable() {
  std::string text = std::exchange(lines_, {});
  while (said_ < entries_.size() && entries_[said_]) {
    if (said_ > 0) text += ',';
    text += *entries_[said_];
    waiting_ -= entries_[said_]->size();
    entries_[said_++].reset();
  }
  if (form_ == Form::lines) waiting_ = 0;
  return text;
}

base::Task<void> Batch::news() {
  const auto news = std::make_shared<base::Completion<bool>>();
  news_ = news;
  base::Completion<bool>& told = *news;
  co_await told;
  news_.reset();
}

}  // namespace openhash::gateway
