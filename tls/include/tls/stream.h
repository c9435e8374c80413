#pragma once
// TLS over any base::Stream: OpenSSL's state machine between two streams, never on a socket. What
// certificates and protocols are good is the matter of the context it is made from.

#include <memory>

#include "base/transport.h"

struct ssl_st;      // OpenSSL's SSL
struct ssl_ctx_st;  // and SSL_CTX

namespace tls {

/// A TLS session. Read and written like any stream; an end without TLS's own goodbye is `closed`.
class Stream final : public base::Stream {
 public:
  enum class Role { connects, accepts };

  /// A session that has not begun yet; it may outlive its context. `failed`: out of memory.
  static base::Result<std::unique_ptr<Stream>> make(ssl_ctx_st* context, Role role,
                                                    std::unique_ptr<base::Stream> inner);
  ~Stream() override;

  /// Comes first. Bound the wait with within(). `refused`: the other side speaks no TLS of ours, or
  /// its certificate is no good; `closed`.
  base::Task<base::Result<void>> shake_hands();
  /// OpenSSL's session, for what is asked of it once.
  [[nodiscard]] ssl_st* session() const;

  base::Task<base::Result<std::size_t>> read(std::span<std::uint8_t> into) override;
  base::Result<void> write(base::ByteView bytes) override;
  base::Task<void> flushed() override;
  void close() override;
  [[nodiscard]] base::Endpoint remote() const override;

 private:
  struct Impl;
  explicit Stream(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tls
