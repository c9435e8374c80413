// The one file that includes wslay, which frames and unframes; what it reads and writes is here.

#include "gateway/websocket.h"

#include <wslay/wslay.h>

#include <algorithm>
#include <cstring>
#include <deque>

#include "gateway/wire.h"

namespace openhash::gateway {
namespace {

using base::Errc;
using base::fail;

/// RFC 6455 section 1.3.
constexpr std::string_view kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr std::size_t kNonce = 16;
constexpr std::size_t kReadAtOnce = 4096;
constexpr std::size_t kWriteAtOnce = 16 << 10;
/// A peer that sends pings and reads no pongs has so many waiting, then it is cut.
constexpr std::size_t kMostQueued = 4096;

bool same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

HttpMessage refusal(int status, const char* why) {
  HttpMessage response;
  response.status = status;
  response.headers = {{"content-type", "application/json"}};
  if (status == 426) {
    response.headers.insert(response.headers.end(),
                            {{"upgrade", "websocket"}, {"sec-websocket-version", "13"}});
  }
  response.body = error_text(fail(http_status(status), why)) + "\n";
  return response;
}

}  // namespace

std::string websocket_accept(std::string_view client_key) {
  // SHA-1 of a text, as the RFC wants it: what a key of ours is, too.
  return base::to_base64(Key::of(std::string(client_key).append(kGuid)).bytes);
}

HttpMessage websocket_request(std::string_view host, std::string_view target, base::ByteView key) {
  HttpMessage request;
  request.method = "GET";
  request.target = target;
  request.headers = {{"host", std::string(host)},
                     {"upgrade", "websocket"},
                     {"connection", "Upgrade"},
                     {"sec-websocket-version", "13"},
                     {"sec-websocket-key", base::to_base64(key)}};
  return request;
}

HttpMessage websocket_response(const HttpMessage& request) {
  if (!request.upgrade || !same_word(request.header("upgrade"), "websocket")) {
    return refusal(426, "this is a WebSocket: connect to it as one (RFC 6455)");
  }
  if (request.header("sec-websocket-version") != "13") {
    return refusal(426, "only version 13 of WebSocket is spoken here");
  }
  const std::string_view key = request.header("sec-websocket-key");
  const auto nonce = base::from_base64(key);
  if (!nonce || nonce->size() != kNonce) {
    return refusal(400, "sec-websocket-key must be 16 bytes in base64");
  }
  HttpMessage response;
  response.status = 101;
  response.headers = {{"upgrade", "websocket"},
                      {"connection", "Upgrade"},
                      {"sec-websocket-accept", websocket_accept(key)}};
  return response;
}

base::Result<void> check_websocket(const HttpMessage& response, base::ByteView key) {
  if (response.status != 101 || !same_word(response.header("upgrade"), "websocket") ||
      response.header("sec-websocket-accept") != websocket_accept(base::to_base64(key))) {
    return fail(Errc::refused, "the other side does not speak WebSocket");
  }
  return {};
}

struct WebSocket::Impl {
  struct Free {
    void operator()(wslay_event_context* context) const { wslay_event_context_free(context); }
  };

  Impl(base::World& the_world, std::unique_ptr<base::Stream> the_stream, WebSocketLimits bounds)
      : world(the_world), stream(std::move(the_stream)), limits(bounds) {}

  base::World& world;
  std::unique_ptr<base::Stream> stream;
  WebSocketLimits limits;
  std::unique_ptr<wslay_event_context, Free> context;
  base::ByteView in;  // received, not yet taken by wslay
  base::Bytes out;    // from wslay, not yet with the stream
  std::deque<std::string> messages;
  base::Bytes buffer = base::Bytes(kReadAtOnce);
  base::Instant heard = world.clock.now();
  base::Instant pinged = heard;
  bool broken = false;
  bool writing = false;
  base::Tasks tasks;

  void open(Side side);
  void take(base::ByteView bytes);
  void write_soon();
  base::Task<void> write();
  void ping();
  base::Result<void> queue(std::uint8_t opcode, std::string_view text);
  [[nodiscard]] bool over() const {
    return broken || wslay_event_get_close_received(context.get()) != 0 ||
           wslay_event_get_read_enabled(context.get()) == 0;
  }
};

namespace {

ssize_t give_bytes(wslay_event_context* context, std::uint8_t* into, std::size_t size, int,
                   void* self) {
  base::ByteView& in = static_cast<WebSocket::Impl*>(self)->in;
  if (in.empty()) {
    wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
    return -1;
  }
  const std::size_t count = std::min(size, in.size());
  std::memcpy(into, in.data(), count);
  in = in.subspan(count);
  return static_cast<ssize_t>(count);
}

ssize_t take_bytes(wslay_event_context* context, const std::uint8_t* bytes, std::size_t size, int,
                   void* self) {
  base::Bytes& out = static_cast<WebSocket::Impl*>(self)->out;
  if (out.size() >= kWriteAtOnce) {
    wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
    return -1;
  }
  out.insert(out.end(), bytes, bytes + size);
  return static_cast<ssize_t>(size);
}

int draw_mask(wslay_event_context*, std::uint8_t* into, std::size_t size, void* self) {
  static_cast<WebSocket::Impl*>(self)->world.entropy.fill({into, size});
  return 0;
}

void on_message(wslay_event_context* context, const wslay_event_on_msg_recv_arg* message,
                void* self) {
  if (message->opcode == WSLAY_TEXT_FRAME) {
    static_cast<WebSocket::Impl*>(self)->messages.push_back(
        base::to_string({message->msg, message->msg_length}));
  } else if (message->opcode == WSLAY_BINARY_FRAME) {
    wslay_event_queue_close(context, WSLAY_CODE_UNSUPPORTED_DATA, nullptr, 0);
    wslay_event_shutdown_read(context);
  }
}

}  // namespace

void WebSocket::Impl::open(Side side) {
  wslay_event_callbacks callbacks{};
  callbacks.recv_callback = give_bytes;
  callbacks.send_callback = take_bytes;
  callbacks.genmask_callback = draw_mask;
  callbacks.on_msg_recv_callback = on_message;
  wslay_event_context* made = nullptr;
  const auto init =
      side == Side::server ? wslay_event_context_server_init : wslay_event_context_client_init;
  if (init(&made, &callbacks, this) != 0) throw std::bad_alloc();
  context.reset(made);
  wslay_event_config_set_max_recv_msg_length(made, limits.message);
}

void WebSocket::Impl::take(base::ByteView bytes) {
  heard = world.clock.now();
  in = bytes;
  if (wslay_event_recv(context.get()) != 0) broken = true;
  in = {};
  if (wslay_event_get_queued_msg_count(context.get()) > kMostQueued) broken = true;
  write_soon();
}

void WebSocket::Impl::write_soon() {
  if (!writing && !broken && wslay_event_want_write(context.get()) != 0) tasks.start(write());
}

/// Hands on what is queued, a piece at a time: the next when the last is out.
base::Task<void> WebSocket::Impl::write() {
  writing = true;
  while (!broken && wslay_event_want_write(context.get()) != 0) {
    if (wslay_event_send(context.get()) != 0 || !stream->write(out)) broken = true;
    out.clear();
    // At once: whoever said goodbye may be gone before it is sent.
    if (wslay_event_get_close_sent(context.get()) != 0) stream->close();
    co_await stream->flushed();
  }
  writing = false;
}

base::Result<void> WebSocket::Impl::queue(std::uint8_t opcode, std::string_view text) {
  if (broken) return fail(Errc::closed);
  const base::ByteView bytes = base::view(text);
  const wslay_event_msg message{opcode, bytes.data(), bytes.size()};
  if (wslay_event_queue_msg(context.get(), &message) != 0) return fail(Errc::closed);
  write_soon();
  return {};
}

void WebSocket::Impl::ping() {
  const base::Instant now = world.clock.now();
  if (now - heard >= limits.dead) {
    broken = true;
  } else if (now - heard >= limits.ping && now - pinged >= limits.ping) {
    pinged = now;
    (void)queue(WSLAY_PING, {});
  }
}

WebSocket::WebSocket(base::World& world, Side side, std::unique_ptr<base::Stream> stream,
                     base::ByteView early, WebSocketLimits limits)
    : impl_(std::make_unique<Impl>(world, std::move(stream), limits)) {
  impl_->open(side);
  if (!early.empty()) impl_->take(early);
}
WebSocket::~WebSocket() = default;

base::Task<base::Result<std::string>> WebSocket::read() {
  Impl& me = *impl_;
  for (;;) {
    if (!me.messages.empty()) {
      std::string message = std::move(me.messages.front());
      me.messages.pop_front();
      co_return message;
    }
    if (me.over()) co_return fail(Errc::closed, "the WebSocket was closed");
    const std::span<std::uint8_t> room(me.buffer);
    auto got = co_await base::within(me.world.clock, me.limits.ping, me.stream->read(room));
    if (got && *got > 0) {
      me.take(base::ByteView(me.buffer).first(*got));
    } else if (!got && got.error() == make_error_code(Errc::timed_out)) {
      me.ping();
    } else {
      me.broken = true;
    }
  }
}

base::Result<void> WebSocket::send(std::string_view text) {
  if (queued() + text.size() > impl_->limits.queue) {
    return fail(Errc::too_large, "the other side reads too slowly");
  }
  return impl_->queue(WSLAY_TEXT_FRAME, text);
}

void WebSocket::close(unsigned code, std::string_view reason) {
  const base::ByteView bytes = base::view(reason);
  wslay_event_queue_close(impl_->context.get(), static_cast<std::uint16_t>(code), bytes.data(),
                          bytes.size());
  impl_->write_soon();
}

base::Instant WebSocket::heard() const { return impl_->heard; }

std::size_t WebSocket::queued() const {
  return wslay_event_get_queued_msg_length(impl_->context.get());
}

}  // namespace openhash::gateway
