#include "basic/tls.h"

#include <openssl/err.h>

#include <algorithm>

#include "tls_library.h"

namespace basic {
namespace {

constexpr char kExporterLabel[] = "EXPORTER-ohim-1";
constexpr std::string_view kProtocolName = "ohim/1";
constexpr std::uint64_t kWritesPerKey = 1 << 20;  // then the session's keys are renewed
constexpr std::size_t kSmallBuffer = 4 << 10;     // while a link idles
constexpr std::size_t kLargeBuffer = 32 << 10;    // while bytes come thick

bool export_secret(SSL* ssl, Exporter& exporter) {
  return SSL_export_keying_material(ssl, exporter.data(), exporter.size(), kExporterLabel,
                                    sizeof kExporterLabel - 1, nullptr, 0, 0) == 1;
}

bool speaks_our_protocol(SSL* ssl) {
  const unsigned char* name = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(ssl, &name, &length);
  return base::equal({name, length}, base::view(kProtocolName));
}

/// False if there is no certificate where there must be one.
bool hash_of_peer(SSL* ssl, Digest& digest) {
  if (SSL_is_server(ssl) == 1) return true;
  X509* certificate = SSL_get0_peer_certificate(ssl);
  return certificate != nullptr && tls::hash_key(certificate, digest);
}

}  // namespace

struct TlsStream::Impl {
  std::unique_ptr<base::Stream> inner;
  tls::Wire wire;
  tls::Session ssl;
  base::Bytes buffer = base::Bytes(kSmallBuffer);
  Exporter exporter{};
  Digest peer_key{};
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

TlsStream::TlsStream(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsStream::~TlsStream() = default;

const Exporter& TlsStream::exporter() const { return impl_->exporter; }
const Digest& TlsStream::peer_key_hash() const { return impl_->peer_key; }
base::Endpoint TlsStream::remote() const { return impl_->inner->remote(); }

base::Task<base::Result<void>> TlsStream::shake_hands() {
  SSL* ssl = impl_->ssl.get();
  for (;;) {
    ERR_clear_error();
    const int outcome = SSL_do_handshake(ssl);
    const int error = SSL_get_error(ssl, outcome);
    const base::Result<void> sent = impl_->send();
    if (outcome == 1) break;
    if (error != SSL_ERROR_WANT_READ) {
      co_return tls::library_error(base::Errc::refused, "no TLS session came about");
    }
    if (!sent) co_return sent.error();
    const base::Result<void> received = co_await impl_->receive();
    if (!received) co_return received.error();
  }
  if (!speaks_our_protocol(ssl) || !hash_of_peer(ssl, impl_->peer_key) ||
      !export_secret(ssl, impl_->exporter)) {
    co_return tls::library_error(base::Errc::refused, "the other side speaks another protocol");
  }
  co_return base::Result<void>();
}

base::Task<base::Result<std::size_t>> TlsStream::read(std::span<std::uint8_t> into) {
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
      co_return tls::library_error(base::Errc::closed, "the TLS session broke");
    }
    if (!sent) co_return sent.error();
    const base::Result<void> received = co_await impl_->receive();
    if (!received) co_return received.error();
  }
}

base::Result<void> TlsStream::write(base::ByteView bytes) {
  if (impl_->closed || impl_->broken) return base::fail(base::Errc::closed);
  if (bytes.empty()) return {};
  SSL* ssl = impl_->ssl.get();
  ERR_clear_error();
  if (++impl_->writes % kWritesPerKey == 0) SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED);
  std::size_t written = 0;
  if (SSL_write_ex(ssl, bytes.data(), bytes.size(), &written) != 1) {
    impl_->broken = true;
    return tls::library_error(base::Errc::closed, "the TLS session broke");
  }
  return impl_->send();
}

base::Task<void> TlsStream::flushed() { return impl_->inner->flushed(); }

void TlsStream::close() {
  if (std::exchange(impl_->closed, true)) return;
  ERR_clear_error();
  SSL_shutdown(impl_->ssl.get());
  // If the goodbye cannot be queued, the end of the stream still tells.
  (void)impl_->send();
  impl_->inner->close();
}

struct TlsContext::Impl {
  tls::Key key;
  tls::Certificate certificate;
  tls::Context client;
  tls::Context server;
  Digest key_hash{};

  std::unique_ptr<TlsStream::Impl> begin(SSL_CTX* context, std::unique_ptr<base::Stream> inner) {
    auto stream = std::make_unique<TlsStream::Impl>();
    stream->inner = std::move(inner);
    stream->ssl.reset(SSL_new(context));
    BIO* bio = stream->ssl ? tls::make_bio(stream->wire) : nullptr;
    if (bio == nullptr) return nullptr;
    SSL_set_bio(stream->ssl.get(), bio, bio);  // owned by the session from here on
    return stream;
  }
};

TlsContext::TlsContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsContext::TlsContext(TlsContext&&) noexcept = default;
TlsContext& TlsContext::operator=(TlsContext&&) noexcept = default;
TlsContext::~TlsContext() = default;

base::Result<TlsContext> TlsContext::make(base::Entropy& entropy) {
  auto impl = std::make_unique<Impl>();
  impl->key = tls::make_key(entropy);
  if (impl->key) impl->certificate = tls::make_certificate(impl->key.get());
  if (impl->certificate) {
    impl->client = tls::client_context();
    impl->server = tls::server_context(impl->key.get(), impl->certificate.get());
  }
  if (!impl->client || !impl->server || !tls::hash_key(impl->certificate.get(), impl->key_hash)) {
    return tls::library_error(base::Errc::failed, "OpenSSL could not be set up for TLS 1.3");
  }
  return TlsContext(std::move(impl));
}

const Digest& TlsContext::key_hash() const { return impl_->key_hash; }

base::Task<TlsContext::Opened> TlsContext::connect(std::unique_ptr<base::Stream> inner) {
  auto session = impl_->begin(impl_->client.get(), std::move(inner));
  if (!session) co_return tls::library_error(base::Errc::failed, "no TLS session could be made");
  SSL_set_connect_state(session->ssl.get());
  std::unique_ptr<TlsStream> stream(new TlsStream(std::move(session)));
  const base::Result<void> shaken = co_await stream->shake_hands();
  if (!shaken) co_return shaken.error();
  co_return stream;
}

base::Task<TlsContext::Opened> TlsContext::accept(std::unique_ptr<base::Stream> inner) {
  auto session = impl_->begin(impl_->server.get(), std::move(inner));
  if (!session) co_return tls::library_error(base::Errc::failed, "no TLS session could be made");
  SSL_set_accept_state(session->ssl.get());
  std::unique_ptr<TlsStream> stream(new TlsStream(std::move(session)));
  const base::Result<void> shaken = co_await stream->shake_hands();
  if (!shaken) co_return shaken.error();
  co_return stream;
}

}  // namespace basic
