#pragma once
// OpenSSL's objects with owners, and what we set on them. Included by tls.cpp alone.

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

#include "base/entropy.h"
#include "base/result.h"
#include "basic/location.h"

namespace basic::tls {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freer<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Freer<SSL_free>>;

/// "... failed" with OpenSSL's own reason, whose queue of errors is empty afterwards.
base::Error library_error(base::Errc code, const char* what);

Key make_key(base::Entropy& entropy);
/// Self-signed and valid for ever: it is known by the hash of its key, not by what it says.
Certificate make_certificate(EVP_PKEY* key);
/// SHA-256 of the certificate's SubjectPublicKeyInfo.
bool hash_key(X509* certificate, Digest& digest);

/// Null if OpenSSL refuses a setting.
Context client_context();
Context server_context(EVP_PKEY* key, X509* certificate);

/// The bytes between OpenSSL and the stream below.
struct Wire {
  base::ByteView in;  ///< received, not yet taken by OpenSSL
  base::Bytes out;    ///< from OpenSSL, not yet sent
};
/// A BIO on `wire`, which outlives it.
BIO* make_bio(Wire& wire);

}  // namespace basic::tls
