#pragma once
// OpenSSL's objects with owners. Brings OpenSSL's headers along: for those .cpp files that set up
// contexts of their own.

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>

#include "base/result.h"

namespace tls {

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using ContextPointer = std::unique_ptr<SSL_CTX, Freer<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Freer<SSL_free>>;

/// "... failed" with OpenSSL's own reason, whose queue of errors is empty afterwards.
base::Error library_error(base::Errc code, const char* what);

}  // namespace tls
