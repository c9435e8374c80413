// The one file that includes http_parser.h, Node's parser, which comes with the engine.

#include <http_parser.h>

#include <algorithm>

#include "gateway/http.h"

namespace openhash::gateway {
namespace {

constexpr std::size_t kMostHeaders = 100;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

}  // namespace

struct HttpReader::Impl {
  Side side = Side::requests;
  HttpLimits limits;
  http_parser parser{};
  HttpMessage message;
  std::size_t head = 0;
  bool begun = false;
  bool head_done = false;
  bool done = false;
  bool in_value = false;  // the header being read: its name, or its value already
  int refusal = 0;        // the status of a limit that was met
  const char* why = "";

  void restart() {
    http_parser_init(&parser, side == Side::requests ? HTTP_REQUEST : HTTP_RESPONSE);
    parser.data = this;
    message = {};
    head = 0;
    begun = head_done = done = in_value = false;
  }

  int refuse(int status, const char* sentence) {
    refusal = status;
    why = sentence;
    return 1;
  }

  int add_to_head(std::string& part, const char* at, std::size_t size) {
    head += size;
    if (head > limits.head) return refuse(431, "the headers are too large");
    part.append(at, size);
    return 0;
  }
  int on_url(const char* at, std::size_t size) {
    if (message.target.size() + size > limits.target) return refuse(414, "the path is too long");
    return add_to_head(message.target, at, size);
  }
  int on_name(const char* at, std::size_t size) {
    if (head_done) return add_to_head(trailer, at, size);  // of a trailer: of no use to us
    if (in_value || message.headers.empty()) {
      if (message.headers.size() == kMostHeaders) return refuse(431, "there are too many headers");
      message.headers.emplace_back();
      in_value = false;
    }
    return add_to_head(message.headers.back().first, at, size);
  }
  int on_value(const char* at, std::size_t size) {
    if (head_done) return add_to_head(trailer, at, size);
    in_value = true;
    return add_to_head(message.headers.back().second, at, size);
  }
  int on_head() {
    head_done = true;
    if (side == Side::requests) {
      message.method = http_method_str(static_cast<http_method>(parser.method));
    }
    message.status = parser.status_code;
    message.minor = parser.http_minor;
    message.keep_alive = http_should_keep_alive(&parser) != 0;
    message.upgrade = parser.upgrade != 0;
    for (auto& [name, value] : message.headers) name = lower(std::move(name));
    constexpr std::uint64_t kNoLength = ~std::uint64_t{0};
    const bool has_length = parser.content_length != kNoLength;
    if (side != Side::responses_to_head && has_length && parser.content_length > limits.body) {
      refuse(413, "the body is too large");
    }
    if (parser.http_major != 1) refuse(505, "only HTTP/1 is spoken here");
    // To this callback 1 means: there is no body.
    if (refusal != 0) return -1;
    return side == Side::responses_to_head ? 1 : 0;
  }
  int on_body(const char* at, std::size_t size) {
    if (message.body.size() + size > limits.body) return refuse(413, "the body is too large");
    message.body.append(at, size);
    return 0;
  }
  int on_done() {
    done = true;
    http_parser_pause(&parser, 1);
    return 0;
  }

  std::string trailer;
};

namespace {

template <auto Member>
int text_callback(http_parser* parser, const char* at, std::size_t size) {
  return (static_cast<HttpReader::Impl*>(parser->data)->*Member)(at, size);
}
template <auto Member>
int event_callback(http_parser* parser) {
  return (static_cast<HttpReader::Impl*>(parser->data)->*Member)();
}

const http_parser_settings& settings() {
  using Impl = HttpReader::Impl;
  static const http_parser_settings all = [] {
    http_parser_settings made;
    http_parser_settings_init(&made);
    made.on_url = text_callback<&Impl::on_url>;
    made.on_header_field = text_callback<&Impl::on_name>;
    made.on_header_value = text_callback<&Impl::on_value>;
    made.on_headers_complete = event_callback<&Impl::on_head>;
    made.on_body = text_callback<&Impl::on_body>;
    made.on_message_complete = event_callback<&Impl::on_done>;
    return made;
  }();
  return all;
}

/// The status that answers what the parser could not read.
int status_of_fault(http_errno fault) {
  switch (fault) {
    case HPE_HEADER_OVERFLOW:
      return 431;
    case HPE_INVALID_VERSION:
      return 505;
    case HPE_INVALID_METHOD:
    case HPE_INVALID_TRANSFER_ENCODING:
      return 501;
    default:
      return 400;
  }
}

}  // namespace

HttpReader::HttpReader(Side side, HttpLimits limits) : impl_(std::make_unique<Impl>()) {
  impl_->side = side;
  impl_->limits = limits;
  impl_->restart();
}
HttpReader::HttpReader(HttpReader&&) noexcept = default;
HttpReader& HttpReader::operator=(HttpReader&&) noexcept = default;
HttpReader::~HttpReader() = default;

base::Result<std::size_t> HttpReader::feed(base::ByteView bytes) {
  Impl& me = *impl_;
  if (me.refusal != 0) return base::fail(http_status(me.refusal), me.why);
  if (me.done || bytes.empty()) return std::size_t{0};
  me.begun = true;
  const std::size_t taken = http_parser_execute(
      &me.parser, &settings(), reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const http_errno fault = HTTP_PARSER_ERRNO(&me.parser);
  if (me.done) return taken;
  if (fault != HPE_OK && me.refusal == 0) {
    me.refuse(status_of_fault(fault), http_errno_description(fault));
  }
  if (me.refusal != 0) return base::fail(http_status(me.refusal), me.why);
  return taken;
}

base::Result<void> HttpReader::end() {
  Impl& me = *impl_;
  if (!me.begun || me.done) return {};
  http_parser_execute(&me.parser, &settings(), nullptr, 0);
  if (me.done) return {};
  return base::fail(base::Errc::closed, "the connection ended within a message");
}

bool HttpReader::begun() const { return impl_->begun; }
bool HttpReader::head_done() const { return impl_->head_done; }
bool HttpReader::done() const { return impl_->done; }
const HttpMessage& HttpReader::message() const { return impl_->message; }
std::string HttpReader::take_body() { return std::exchange(impl_->message.body, {}); }

HttpMessage HttpReader::take() {
  HttpMessage message = std::move(impl_->message);
  impl_->restart();
  return message;
}

}  // namespace openhash::gateway
