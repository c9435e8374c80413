#include "exchange.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "gateway/wire.h"

namespace openhash::gateway {
namespace {

using base::fail;

bool wants_body(std::string_view method) { return method == "PUT" || method == "POST"; }

base::Task<base::Result<void>> all_sent(base::Stream& stream) {
  co_await stream.flushed();
  co_return base::Result<void>();
}

}  // namespace

/// What can be said before the body is there.
base::Result<void> Exchange::check_head() {
  const HttpMessage& head = reader_.message();
  if (head.minor >= 1 && head.header("host").empty()) {
    return fail(http_status(400), "HTTP/1.1 wants a Host header");
  }
  const bool sized =
      !head.header("content-length").empty() || !head.header("transfer-encoding").empty();
  if (wants_body(head.method) && !sized) {
    return fail(http_status(411), "say how long the body is (Content-Length)");
  }
  const std::string_view expected = head.header("expect");
  if (expected.empty() || reader_.done()) return {};
  if (expected != "100-continue") return fail(http_status(417), "only 100-continue is known here");
  if (!std::exchange(continued_, true)) write("HTTP/1.1 100 Continue\r\n\r\n");
  return {};
}

/// Reads what is in the buffer.
base::Result<void> Exchange::feed() {
  const base::ByteView bytes = base::ByteView(buffer_).subspan(from_, to_ - from_);
  const bool had_head = reader_.head_done();
  const base::Result<std::size_t> taken = reader_.feed(bytes);
  if (!taken) return taken.error();
  from_ += *taken;
  if (had_head || !reader_.head_done()) return {};
  return check_head();
}

base::Task<bool> Exchange::read_more(base::Instant until) {
  const base::Duration left = until - world_.clock.now();
  if (left <= base::Duration::zero()) co_return false;
  const std::span<std::uint8_t> room(buffer_);
  const auto got = co_await base::within(world_.clock, left, stream_->read(room));
  from_ = 0;
  to_ = got ? *got : 0;
  if (got && *got == 0) keep_ = false;  // no more requests; and none that is whole, see next()
  co_return got&&* got > 0;
}

base::Task<bool> Exchange::next() {
  base::Instant until = world_.clock.now() + limits_.idle;
  bool begun = false;
  bool headed = false;
  continued_ = false;
  keep_ = true;
  for (;;) {
    if (const auto read = feed(); !read) {
      keep_ = false;
      refuse(read.error());
      co_return false;
    }
    if (reader_.done()) break;
    if (!begun && reader_.begun()) until = world_.clock.now() + limits_.head;
    if (!headed && reader_.head_done()) until = world_.clock.now() + limits_.body;
    begun = reader_.begun();
    headed = reader_.head_done();
    if (co_await read_more(until)) continue;
    const bool late = begun && world_.clock.now() >= until;
    keep_ = false;
    if (late) refuse(fail(http_status(408), "the request did not come whole in time"));
    co_return false;
  }
  request_ = reader_.take();
  keep_ = request_.keep_alive;
  co_return true;
}

void Exchange::write(std::string_view text) {
  unsent_ += text.size();
  if (!stream_->write(base::view(text))) broken_ = true;
  if (broken_) keep_ = false;
}

/// What every answer says beside its own.
void Exchange::complete(HttpMessage& response) {
  ++counters_.answers[response.status];
  std::ranges::move(std::exchange(extra_, {}), std::back_inserter(response.headers));
  response.headers.emplace_back("x-content-type-options", "nosniff");
  if (response.header("cache-control").empty()) {
    response.headers.emplace_back("cache-control", "no-store");
  }
  if (!keep_) {
    response.headers.emplace_back("connection", "close");
  } else if (request_.minor == 0) {
    response.headers.emplace_back("connection", "keep-alive");
  }
}

void Exchange::answer(HttpMessage response) {
  complete(response);
  if (request_.method == "HEAD" && response.status != 204) {
    response.headers.emplace_back("content-length", std::to_string(response.body.size()));
    response.body.clear();
  }
  write(encode_response(response));
}

void Exchange::answer_json(int status, std::string json) {
  HttpMessage response;
  response.status = status;
  response.headers = {{"content-type", "application/json"}};
  response.body = std::move(json) + "\n";
  answer(std::move(response));
}

void Exchange::refuse(const base::Error& error) {
  answer_json(status_of(error), error_text(error));
}

void Exchange::begin(std::string_view content_type) {
  HttpMessage response;
  response.status = 200;
  response.headers = {{"content-type", std::string(content_type)}};
  chunked_ = request_.minor >= 1;
  if (chunked_) {
    response.headers.emplace_back("transfer-encoding", "chunked");
  } else {
    keep_ = false;  // HTTP/1.0: the end of the stream is the end of the answer
  }
  complete(response);
  write(encode_response(response, Length::open));
}

void Exchange::piece(std::string_view text) {
  if (text.empty() || request_.method == "HEAD") return;
  write(chunked_ ? encode_chunk(text) : std::string(text));
}

void Exchange::end() {
  if (chunked_ && request_.method != "HEAD") write(kLastChunk);
}

void Exchange::add_header(std::string name, std::string value) {
  extra_.emplace_back(std::move(name), std::move(value));
}

base::Task<bool> Exchange::taken() {
  const auto sent = co_await base::within(world_.clock, limits_.answer, all_sent(*stream_));
  unsent_ = 0;
  if (!sent) broken_ = true;
  co_return !broken_;
}

void Exchange::close() {
  if (stream_ && !broken_) stream_->close();
}

base::Bytes Exchange::take_rest() {
  const base::ByteView rest = base::ByteView(buffer_).subspan(from_, to_ - from_);
  return base::to_bytes(rest);
}

}  // namespace openhash::gateway
