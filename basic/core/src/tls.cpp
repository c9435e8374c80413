#include "basic/tls.h"

#include "tls/stream.h"
#include "tls_library.h"

namespace basic {
namespace {

constexpr char kExporterLabel[] = "EXPORTER-ohim-1";
constexpr std::string_view kProtocolName = "ohim/1";

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
  return certificate != nullptr && link_tls::hash_key(certificate, digest);
}

}  // namespace

struct TlsStream::Impl {
  std::unique_ptr<tls::Stream> session;
  Exporter exporter{};
  Digest peer_key{};
};

TlsStream::TlsStream(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsStream::~TlsStream() = default;

const Exporter& TlsStream::exporter() const { return impl_->exporter; }
const Digest& TlsStream::peer_key_hash() const { return impl_->peer_key; }

base::Task<base::Result<std::size_t>> TlsStream::read(std::span<std::uint8_t> into) {
  return impl_->session->read(into);
}
base::Result<void> TlsStream::write(base::ByteView bytes) { return impl_->session->write(bytes); }
base::Task<void> TlsStream::flushed() { return impl_->session->flushed(); }
void TlsStream::close() { impl_->session->close(); }
base::Endpoint TlsStream::remote() const { return impl_->session->remote(); }

base::Task<base::Result<std::unique_ptr<TlsStream>>> TlsStream::open(
    ssl_ctx_st* context, std::unique_ptr<base::Stream> inner, bool accepts) {
  using Role = tls::Stream::Role;
  auto impl = std::make_unique<Impl>();
  auto session =
      tls::Stream::make(context, accepts ? Role::accepts : Role::connects, std::move(inner));
  if (!session) co_return session.error();
  impl->session = std::move(*session);
  const base::Result<void> shaken = co_await impl->session->shake_hands();
  if (!shaken) co_return shaken.error();
  SSL* const ssl = impl->session->session();
  if (!speaks_our_protocol(ssl) || !hash_of_peer(ssl, impl->peer_key) ||
      !export_secret(ssl, impl->exporter)) {
    co_return tls::library_error(base::Errc::refused, "the other side speaks another protocol");
  }
  co_return std::unique_ptr<TlsStream>(new TlsStream(std::move(impl)));
}

struct TlsContext::Impl {
  link_tls::Key key;
  link_tls::Certificate certificate;
  link_tls::Context client;
  link_tls::Context server;
  Digest key_hash{};
};

TlsContext::TlsContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TlsContext::TlsContext(TlsContext&&) noexcept = default;
TlsContext& TlsContext::operator=(TlsContext&&) noexcept = default;
TlsContext::~TlsContext() = default;

base::Result<TlsContext> TlsContext::make(base::Entropy& entropy) {
  auto impl = std::make_unique<Impl>();
  impl->key = link_tls::make_key(entropy);
  if (impl->key) impl->certificate = link_tls::make_certificate(impl->key.get());
  if (impl->certificate) {
    impl->client = link_tls::client_context();
    impl->server = link_tls::server_context(impl->key.get(), impl->certificate.get());
  }
  if (!impl->client || !impl->server ||
      !link_tls::hash_key(impl->certificate.get(), impl->key_hash)) {
    return tls::library_error(base::Errc::failed, "OpenSSL could not be set up for TLS 1.3");
  }
  return TlsContext(std::move(impl));
}

const Digest& TlsContext::key_hash() const { return impl_->key_hash; }

base::Task<TlsContext::Opened> TlsContext::connect(std::unique_ptr<base::Stream> inner) {
  return TlsStream::open(impl_->client.get(), std::move(inner), false);
}

base::Task<TlsContext::Opened> TlsContext::accept(std::unique_ptr<base::Stream> inner) {
  return TlsStream::open(impl_->server.get(), std::move(inner), true);
}

}  // namespace basic
