#include "gateway_reads.h"

#include <algorithm>

#include "openhash/newest.h"

namespace openhash::gateway {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using base::fail;

constexpr std::size_t kRequestsAtOnce = 6;
constexpr base::Duration kLimit = 10s;      // of a read; a gateway gives up after 5
constexpr std::size_t kMostLine = 4 << 10;  // a record in base64, and what is said about it
constexpr std::size_t kMostRecords = 64;    // of one key

}  // namespace

/// One read that somebody waits for, until she destroys its task.
struct GatewayReads::Wish {
  Wish(const Rules& rules, const Key& the_key, OnRecord on_early)
      : key(the_key), early(std::move(on_early)), newest(rules, key) {}

  Key key;
  OnRecord early;
  Newest newest;
  std::size_t seen = 0;  ///< records, valid or not
  bool over = false;
  base::Completion<Found> found;
  base::Timer finish;  ///< goes before what it refers to
};

base::Task<GatewayReads::Found> GatewayReads::get(Key key, OnRecord early) {
  const auto wish = std::make_shared<Wish>(rules_, key, std::move(early));
  /// So that nobody is called who is gone.
  struct Leaving {
    Wish& wish;
    ~Leaving() {
      wish.over = true;
      wish.finish.cancel();  // the answer may be on its way to her already
    }
  } leaving{*wish};
  const base::Timer limit = world_.clock.call_after(kLimit, [this, wish = wish.get()] {
    finish(*wish, fail(Errc::unreachable, "the gateway did not answer in time"));
  });
  waiting_.push_back(wish);
  ask_soon();
  base::Completion<Found>& found = wish->found;
  co_return co_await found;
}

/// When what runs now has returned, so that reads that begin together are asked for together.
void GatewayReads::ask_soon() {
  soon_ = world_.clock.call_after(0ns, [this] { ask_some(); });
}

void GatewayReads::ask_some() {
  while (running_ < kRequestsAtOnce && !waiting_.empty()) {
    Wishes wishes;
    while (wishes.size() < kMaxBatch && !waiting_.empty()) {
      if (!waiting_.front()->over) wishes.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    if (!wishes.empty()) tasks_.start(ask(std::move(wishes)));
  }
}

base::Task<void> GatewayReads::ask(Wishes wishes) {
  ++running_;
  std::vector<Key> keys;
  for (const auto& wish : wishes) keys.push_back(wish->key);
  HttpMessage request;
  request.method = "POST";
  request.target = "/v1/get?stream=1";
  request.headers = {{"content-type", "application/json"}};
  request.body = get_many_text(keys);
  std::string text;  // what came, and is not yet a whole line
  const HttpClient::OnPiece on_piece = [&](std::string_view piece) {
    text += piece;
    std::size_t from = 0;
    for (std::size_t end; (end = text.find('\n', from)) != std::string::npos; from = end + 1)
      take_line(wishes, std::string_view(text).substr(from, end - from));
    text.erase(0, from);
    if (text.size() > kMostLine) text.clear();  // then nothing in it is believed
  };
  auto asking = http_.ask(std::move(request), on_piece);
  const auto answer = co_await base::within(world_.clock, kLimit, std::move(asking));
  base::Error error = fail(Errc::unreachable, "the gateway ended without an answer");
  if (!answer) error = answer.error();
  if (answer && answer->status != 200) {
    const auto said = parse_answer(answer->body);
    if (said && said->error) error = *said->error;
  }
  for (const auto& wish : wishes) finish(*wish, error);
  --running_;
  ask_soon();
}

void GatewayReads::take_line(const Wishes& wishes, std::string_view line) {
  const auto answer = parse_answer(line);
  if (!answer || !answer->key) return;
  judge_.heard();
  for (const auto& wish : wishes) {
    if (wish->key == *answer->key && !wish->over) take(*wish, *answer);
  }
}

void GatewayReads::take(Wish& wish, const Answer& answer) {
  for (const base::Bytes& bytes : answer.records) {
    if (++wish.seen > kMostRecords) {
      return finish(wish, fail(Errc::malformed, "the gateway sent too much"));
    }
    const auto record = judge_.open(wish.key, bytes);
    if (!record) return finish(wish, record.error());
    if (!*record || wish.newest.add(**record) == nullptr || !wish.early) continue;
    const OnRecord early = wish.early;  // may end the read
    early(**record);
    if (wish.over) return;
  }
  if (answer.error) return finish(wish, *answer.error);
  if (!answer.end) return;
  const auto wrong =
      wish.seen > 0 && wish.newest.empty() ? judge_.why_nothing_is_valid() : std::nullopt;
  if (wrong) return finish(wish, *wrong);
  finish(wish, wish.newest.all());
}

/// By post: whoever waits may end this very request.
void GatewayReads::finish(Wish& wish, Found found) {
  if (std::exchange(wish.over, true)) return;
  wish.finish =
      world_.clock.call_after(0ns, [&wish, found = std::move(found)] { wish.found.set(found); });
}

}  // namespace openhash::gateway
