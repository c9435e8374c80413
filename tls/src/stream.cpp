#include "tls/stream.h"

#include <openssl/bio.h>
#include <openssl/err.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "tls/library.h"

namespace tls {
namespace {

constexpr std::uint64_t kWritesPerKey = 1 << 20;  // then the session's keys are renewed
constexpr std::size_t kSmallBuffer = 4 << 10;     // while a session idles
constexpr std::size_t kLargeBuffer = 32 << 10;    // while bytes come thick

/// The bytes between OpenSSL and the stream below.
struct Wire {
  base::ByteView in;  ///< received, not yet taken by OpenSSL
  base::Bytes out;    ///< from OpenSSL, not yet sent
};

// --- the BIO: OpenSSL's reads and writes go straight to a Wire, never to a socket ---

Wire& wire_of(BIO* bio) { return *static_cast<Wire*>(BIO_get_data(bio)); }

int bio_read(BIO* bio, char* out, std::size_t size, std::size_t* taken) {
  Wire& wire = wire_of(bio);
  BIO_clear_retry_flags(bio);
  *taken = std::min(size, wire.in.size());
  if (*taken == 0) {
    BIO_set_retry_read(bio);
    return 0;
  }
  std::memcpy(out, wire.in.data(), *taken);
  wire.in = wire.in.subspan(*taken);
  return 1;
}

int bio_write(BIO* bio, const char* in, std::size_t size, std::size_t* written) {
  Wire& wire = wire_of(bio);
  BIO_clear_retry_flags(bio);
  wire.out.insert(wire.out.end(), in, in + size);
  *written = size;
  return 1;
}

long bio_control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

const BIO_METHOD* bio_method() {
  static const BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "base::Stream");
    if (made == nullptr) return made;
    BIO_meth_set_read_ex(made, bio_read);
    BIO_meth_set_write_ex(made, bio_write);
    BIO_meth_set_ctrl(made, bio_control);
    return made;
  }();
  return method;
}

/// A BIO on `wire`, which outlives it.
BIO* make_bio(Wire& wire) {
  const BIO_METHOD* method = bio_method();
  BIO* bio = method == nullptr ? nullptr : BIO_new(method);
  if (bio == nullptr) return nullptr;
  BIO_set_data(bio, &wire);
  BIO_set_init(bio, 1);
  return bio;
}

}  // namespace

base::Error library_error(base::Errc code, const char* what) {
  const unsigned long reason = ERR_peek_last_error();
  ERR_clear_error();
  const char* words = reason == 0 ? nullptr : ERR_reason_error_string(reason);
  return base::fail(code, words == nullptr ? what : std::string(what) + ": " + words);
}

struct Stream::Impl {
  std::unique_ptr<base::Stream> inner;
  Wire wire;
  Session ssl;
  base::Bytes buffer = base::Bytes(kSmallBuffer);
  std::uint64_t writes = 0;
  bool broken = false;  // what OpenSSL counted as sent was not: nothing more can be said
  bool closed = false;

  /// Hands what OpenSSL has written to the stream below, in one piece.
  base::Result<void> send() {
    if (wire.out.empty()) return {};
    base::Result<void> sent = inner->write(wire.out);
    wire.out.clear();
    if (wire.out.capacity() > kLargeBuffer) wire.out.shrink_to_fit();
    if (!sent) broken = true;
    return sent;
  }

  /// Waits for more bytes from below.
  base::Task<base::Result<void>> receive() {
    const std::span<std::uint8_t> room(buffer);
    base::Result<std::size_t> got = co_await inner->read(room);
    if (!got) co_return got.error();
    if (*got == 0) co_return base::fail(base::Errc::closed, "the connection was cut off");
    if (*got == buffer.size() && buffer.size() < kLargeBuffer) {
      base::Bytes larger(kLargeBuffer);
      std::ranges::copy(buffer, larger.begin());
      buffer.swap(larger);
    }
    wire.in = base::ByteView(buffer).first(*got);
    co_return base::Result<void>();
  }
};

Stream::Stream(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Stream::~Stream() = default;

ssl_st* Stream::session() const { return impl_->ssl.get(); }
base::Endpoint Stream::remote() const { return impl_->inner->remote(); }

base::Result<std::unique_ptr<Stream>> Stream::make(ssl_ctx_st* context, Role role,
                                                   std::unique_ptr<base::Stream> inner) {
  auto impl = std::make_unique<Impl>();
  impl->inner = std::move(inner);
  impl->ssl.reset(SSL_new(context));
  BIO* bio = impl->ssl ? make_bio(impl->wire) : nullptr;
  if (bio == nullptr) {
    return library_error(base::Errc::failed, "no TLS session could be made");
  }
  SSL* ssl = impl->ssl.get();
  SSL_set_bio(ssl, bio, bio);  // owned by the session from here on
  if (role == Role::connects) {
    SSL_set_connect_state(ssl);
  } else {
    SSL_set_accept_state(ssl);
  }
  return std::unique_ptr<Stream>(new Stream(std::move(impl)));
}

base::Task<base::Result<void>> Stream::shake_hands() {
  SSL* ssl = impl_->ssl.get();
  for (;;) {
    ERR_clear_error();
    const int outcome = SSL_do_handshake(ssl);
    const int error = SSL_get_error(ssl, outcome);
    const base::Result<void> sent = impl_->send();
    if (outcome == 1) break;
    if (error != SSL_ERROR_WANT_READ) {
      co_return library_error(base::Errc::refused, "no TLS session came about");
    }
    if (!sent) co_return sent.error();
    const base::Result<void> received = co_await impl_->receive();
    if (!received) co_return received.error();
  }
  co_return base::Result<void>();
}

base::Task<base::Result<std::size_t>> Stream::read(std::span<std::uint8_t> into) {
  SSL* ssl = impl_->ssl.get();
  for (;;) {
    ERR_clear_error();
    std::size_t got = 0;
    const int outcome = SSL_read_ex(ssl, into.data(), into.size(), &got);
    const int error = SSL_get_error(ssl, outcome);
    const base::Result<void> sent = impl_->send();  // answers of TLS's own: key updates, alerts
    if (outcome == 1) co_return got;
    if (error == SSL_ERROR_ZERO_RETURN) co_return std::size_t{0};
    if (error != SSL_ERROR_WANT_READ) {
      co_return library_error(base::Errc::closed, "the TLS session broke");
    }
    if (!sent) co_return sent.error();
    const base::Result<void> received = co_await impl_->receive();
    if (!received) co_return received.error();
  }
}

base::Result<void> Stream::write(base::ByteView bytes) {
  if (impl_->closed || impl_->broken) return base::fail(base::Errc::closed);
  if (bytes.empty()) return {};
  SSL* ssl = impl_->ssl.get();
  ERR_clear_error();
  if (++impl_->writes % kWritesPerKey == 0) SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED);
  std::size_t written = 0;
  if (SSL_write_ex(ssl, bytes.data(), bytes.size(), &written) != 1) {
    impl_->broken = true;
    return library_error(base::Errc::closed, "the TLS session broke");
  }
  return impl_->send();
}

base::Task<void> Stream::flushed() { return impl_->inner->flushed(); }

void Stream::close() {
  if (std::exchange(impl_->closed, true)) return;
  ERR_clear_error();
  SSL_shutdown(impl_->ssl.get());
  // If the goodbye cannot be queued, the end of the stream still tells.
  (void)impl_->send();
  impl_->inner->close();
}

}  // namespace tls
