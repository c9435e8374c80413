#pragma once
// TLS 1.3 over any base::Stream, with a key of its own for each run. It keeps others from reading;
// who is there is proven by the handshake above it (handshake.h), bound to this very session by
// the exporter. Settings: security.md 6.

#include <memory>

#include "base/entropy.h"
#include "base/transport.h"
#include "basic/location.h"

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace basic {

/// 32 bytes that both ends of one TLS session share, and nobody else (RFC 8446 section 7.5).
using Exporter = std::array<std::uint8_t, 32>;

/// A TLS session. Read and written like any stream; an end without TLS's own goodbye is `closed`.
class TlsStream final : public base::Stream {
 public:
  ~TlsStream() override;

  [[nodiscard]] const Exporter& exporter() const;
  /// SHA-256 of the other side's public key (its SubjectPublicKeyInfo); zeros on the side that
  /// accepted.
  [[nodiscard]] const Digest& peer_key_hash() const;

  base::Task<base::Result<std::size_t>> read(std::span<std::uint8_t> into) override;
  base::Result<void> write(base::ByteView bytes) override;
  base::Task<void> flushed() override;
  void close() override;
  [[nodiscard]] base::Endpoint remote() const override;

 private:
  friend class TlsContext;
  struct Impl;
  explicit TlsStream(std::unique_ptr<Impl> impl);
  static base::Task<base::Result<std::unique_ptr<TlsStream>>> open(
      ssl_ctx_st* context, std::unique_ptr<base::Stream> inner, bool accepts);
  std::unique_ptr<Impl> impl_;
};

/// The TLS key of one run of a client, and the settings for both roles.
class TlsContext {
 public:
  using Opened = base::Result<std::unique_ptr<TlsStream>>;

  /// Draws a fresh Ed25519 key. `failed`: the library below us did not do its work.
  static base::Result<TlsContext> make(base::Entropy& entropy);
  TlsContext(TlsContext&&) noexcept;
  TlsContext& operator=(TlsContext&&) noexcept;
  ~TlsContext();

  [[nodiscard]] const Digest& key_hash() const;

  /// TLS over `inner`, as the side that connected or that accepted. Streams outlive the context if
  /// they must. Bound the wait with within(). `refused`: the other side speaks no TLS of ours;
  /// `closed`.
  base::Task<Opened> connect(std::unique_ptr<base::Stream> inner);
  base::Task<Opened> accept(std::unique_ptr<base::Stream> inner);

 private:
  struct Impl;
  explicit TlsContext(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace basic
