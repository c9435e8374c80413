#pragma once
// What links between buddies want of OpenSSL. Included by tls.cpp alone.

#include "base/entropy.h"
#include "basic/location.h"
#include "tls/library.h"

namespace basic::link_tls {

using Certificate = tls::Certificate;
using Context = tls::ContextPointer;
using Key = tls::Key;

Key make_key(base::Entropy& entropy);
/// Self-signed and valid for ever: it is known by the hash of its key, not by what it says.
Certificate make_certificate(EVP_PKEY* key);
/// SHA-256 of the certificate's SubjectPublicKeyInfo.
bool hash_key(X509* certificate, Digest& digest);

/// Null if OpenSSL refuses a setting.
Context client_context();
Context server_context(EVP_PKEY* key, X509* certificate);

}  // namespace basic::link_tls
