#include "tls_library.h"

#include "base/secret.h"

namespace basic::link_tls {
namespace {

// One protocol name, as ALPN wants it: length and bytes (RFC 7301 section 3.1).
constexpr unsigned char kProtocol[] = {6, 'o', 'h', 'i', 'm', '/', '1'};

int select_protocol(SSL*, const unsigned char** out, unsigned char* out_length,
                    const unsigned char* in, unsigned in_length, void*) {
  unsigned char* selected = nullptr;
  const int outcome =
      SSL_select_next_proto(&selected, out_length, kProtocol, sizeof kProtocol, in, in_length);
  *out = selected;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

/// Whose key it is, is checked by its hash; no chain is to be built.
int accept_any_certificate(X509_STORE_CTX*, void*) { return 1; }

Context make_context(const SSL_METHOD* method) {
  Context context(SSL_CTX_new(method));
  if (!context) return nullptr;
  SSL_CTX* ctx = context.get();
  SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_clear_options(ctx, SSL_OP_ENABLE_MIDDLEBOX_COMPAT);
  SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);  // an idle link holds no 16 KiB records
  SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_cert_verify_callback(ctx, accept_any_certificate, nullptr);
  const bool set =
      SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION) == 1 &&
      SSL_CTX_set_max_proto_version(ctx, TLS1_3_VERSION) == 1 &&
      SSL_CTX_set_num_tickets(ctx, 0) == 1 && SSL_CTX_set1_groups_list(ctx, "X25519") == 1 &&
      SSL_CTX_set1_sigalgs_list(ctx, "ed25519") == 1 &&
      SSL_CTX_set_ciphersuites(ctx, "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384") == 1;
  return set ? std::move(context) : nullptr;
}

}  // namespace

Key make_key(base::Entropy& entropy) {
  std::array<std::uint8_t, 32> seed{};
  entropy.fill(seed);
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  base::wipe(seed);
  return key;
}

Certificate make_certificate(EVP_PKEY* key) {
  Certificate certificate(X509_new());
  if (!certificate) return nullptr;
  X509* x509 = certificate.get();
  const bool made = X509_set_version(x509, X509_VERSION_3) == 1 &&
                    ASN1_INTEGER_set(X509_get_serialNumber(x509), 1) == 1 &&
                    ASN1_TIME_set_string(X509_getm_notBefore(x509), "20000101000000Z") == 1 &&
                    ASN1_TIME_set_string(X509_getm_notAfter(x509), "99991231235959Z") == 1 &&
                    X509_set_pubkey(x509, key) == 1 && X509_sign(x509, key, nullptr) != 0;
  return made ? std::move(certificate) : nullptr;
}

bool hash_key(X509* certificate, Digest& digest) {
  unsigned char* der = nullptr;
  const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
  if (length <= 0) return false;
  const int hashed = EVP_Digest(der, static_cast<std::size_t>(length), digest.data(), nullptr,
                                EVP_sha256(), nullptr);
  OPENSSL_free(der);
  return hashed == 1;
}

Context client_context() {
  Context context = make_context(TLS_client_method());
  // This one function of OpenSSL answers 0 for success.
  if (!context || SSL_CTX_set_alpn_protos(context.get(), kProtocol, sizeof kProtocol) != 0) {
    return nullptr;
  }
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  return context;
}

Context server_context(EVP_PKEY* key, X509* certificate) {
  Context context = make_context(TLS_server_method());
  if (!context || SSL_CTX_use_certificate(context.get(), certificate) != 1 ||
      SSL_CTX_use_PrivateKey(context.get(), key) != 1) {
    return nullptr;
  }
  SSL_CTX_set_alpn_select_cb(context.get(), select_protocol, nullptr);
  return context;
}

}  // namespace basic::link_tls
