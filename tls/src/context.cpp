#include "tls/context.h"

#include <openssl/x509v3.h>

#include <ctime>

#include "tls/library.h"
#include "tls/stream.h"

namespace tls {
namespace {

using base::Errc;

ContextPointer web_context(const SSL_METHOD* method) {
  ContextPointer context(SSL_CTX_new(method));
  if (!context) return nullptr;
  SSL_CTX* ctx = context.get();
  SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);  // an idle session holds no 16 KiB records
  SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
  if (SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_num_tickets(ctx, 0) != 1) {
    return nullptr;
  }
  return context;
}

/// The certificate must be for `host`, and valid at `now`.
bool expect(SSL* ssl, const std::string& host, base::WallTime now) {
  X509_VERIFY_PARAM* const wanted = SSL_get0_param(ssl);
  X509_VERIFY_PARAM_set_time(wanted, now.time_since_epoch().count());
  X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  if (X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str()) == 1) return true;
  return X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), 0) == 1 &&
         SSL_set_tlsext_host_name(ssl, host.c_str()) == 1;
}

/// What is wrong with the other side's certificate, if that is it.
base::Error reason(SSL* ssl, const base::Error& error) {
  const long verdict = SSL_get_verify_result(ssl);
  if (verdict == X509_V_OK) return error;
  return base::fail(Errc::refused, std::string("the server's certificate is not believed: ") +
                                       X509_verify_cert_error_string(verdict));
}

base::Task<Opened> shake(std::unique_ptr<Stream> stream) {
  const base::Result<void> shaken = co_await stream->shake_hands();
  if (!shaken) co_return reason(stream->session(), shaken.error());
  std::unique_ptr<base::Stream> open = std::move(stream);
  co_return open;
}

bool has_fingerprint(SSL* ssl, base::ByteView wanted) {
  base::Bytes digest(EVP_MAX_MD_SIZE);
  unsigned size = 0;
  const X509* const certificate = SSL_get0_peer_certificate(ssl);
  return certificate != nullptr &&
         X509_digest(certificate, EVP_sha256(), digest.data(), &size) == 1 &&
         base::equal(base::ByteView(digest).first(size), wanted);
}

base::Task<Opened> shake_pinned(std::unique_ptr<Stream> stream, base::Bytes pin) {
  const base::Result<void> shaken = co_await stream->shake_hands();
  if (!shaken) co_return shaken.error();
  if (!has_fingerprint(stream->session(), pin)) {
    co_return base::fail(Errc::refused, "the server's certificate is not the one that was named");
  }
  std::unique_ptr<base::Stream> open = std::move(stream);
  co_return open;
}

base::Task<Opened> give_up(base::Error error) { co_return error; }

}  // namespace

struct ServerContext::Impl {
  ContextPointer context;
};

ServerContext::ServerContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ServerContext::ServerContext(ServerContext&&) noexcept = default;
ServerContext& ServerContext::operator=(ServerContext&&) noexcept = default;
ServerContext::~ServerContext() = default;

base::Result<ServerContext> ServerContext::open(const std::string& certificate_file,
                                                const std::string& key_file) {
  auto impl = std::make_unique<Impl>();
  impl->context = web_context(TLS_server_method());
  if (!impl->context) return library_error(Errc::failed, "OpenSSL could not be set up");
  SSL_CTX* const context = impl->context.get();
  if (SSL_CTX_use_certificate_chain_file(context, certificate_file.c_str()) != 1) {
    const std::string what = "cannot use the certificate " + certificate_file;
    return library_error(Errc::failed, what.c_str());
  }
  if (SSL_CTX_use_PrivateKey_file(context, key_file.c_str(), SSL_FILETYPE_PEM) != 1 ||
      SSL_CTX_check_private_key(context) != 1) {
    const std::string what = "cannot use the key " + key_file + " for " + certificate_file;
    return library_error(Errc::failed, what.c_str());
  }
  return ServerContext(std::move(impl));
}

base::WallTime ServerContext::ends() const {
  const X509* const certificate = SSL_CTX_get0_certificate(impl_->context.get());
  std::tm parts{};
  ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts);
  return base::WallTime(std::chrono::seconds(::timegm(&parts)));
}

base::Task<Opened> ServerContext::accept(std::unique_ptr<base::Stream> inner) {
  auto stream = Stream::make(impl_->context.get(), Stream::Role::accepts, std::move(inner));
  if (!stream) return give_up(stream.error());
  return shake(std::move(*stream));
}

struct ClientContext::Impl {
  ContextPointer context;
  base::Bytes pin;  // empty: others vouch for the server
};

ClientContext::ClientContext(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ClientContext::ClientContext(ClientContext&&) noexcept = default;
ClientContext& ClientContext::operator=(ClientContext&&) noexcept = default;
ClientContext::~ClientContext() = default;

base::Result<ClientContext> ClientContext::open(const std::string& authorities) {
  auto impl = std::make_unique<Impl>();
  impl->context = web_context(TLS_client_method());
  if (!impl->context) return library_error(Errc::failed, "OpenSSL could not be set up");
  SSL_CTX* const context = impl->context.get();
  const int loaded = authorities.empty()
                         ? SSL_CTX_set_default_verify_paths(context)
                         : SSL_CTX_load_verify_locations(context, authorities.c_str(), nullptr);
  if (loaded != 1) {
    const std::string what = "cannot use the certificates in " + authorities;
    return library_error(Errc::failed, what.c_str());
  }
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  return ClientContext(std::move(impl));
}

base::Result<ClientContext> ClientContext::open_pinned(base::ByteView fingerprint) {
  auto impl = std::make_unique<Impl>();
  impl->context = web_context(TLS_client_method());
  if (!impl->context) return library_error(Errc::failed, "OpenSSL could not be set up");
  SSL_CTX_set_verify(impl->context.get(), SSL_VERIFY_NONE, nullptr);  // we do it ourselves
  impl->pin = base::to_bytes(fingerprint);
  return ClientContext(std::move(impl));
}

base::Task<Opened> ClientContext::connect(std::unique_ptr<base::Stream> inner, std::string host,
                                          base::WallTime now) {
  auto stream = Stream::make(impl_->context.get(), Stream::Role::connects, std::move(inner));
  if (!stream) return give_up(stream.error());
  if (!impl_->pin.empty()) {
    SSL_set_tlsext_host_name((*stream)->session(), host.c_str());
    return shake_pinned(std::move(*stream), impl_->pin);
  }
  if (!expect((*stream)->session(), host, now)) {
    return give_up(library_error(Errc::refused, "this is no name of a server"));
  }
  return shake(std::move(*stream));
}

}  // namespace tls
