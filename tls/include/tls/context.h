#pragma once
// TLS as the web has it: servers with a certificate from a file, clients that check it. (Links
// between buddies have settings of their own: basic/core/src/tls_library.cpp.)

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/transport.h"

namespace tls {

using Opened = base::Result<std::unique_ptr<base::Stream>>;

/// A server's certificate and key. TLS 1.2 and 1.3.
class ServerContext {
 public:
  /// PEM files: the certificate with its chain, and its private key. `failed`: they cannot be
  /// read, or do not belong together; the sentence says which.
  static base::Result<ServerContext> open(const std::string& certificate_file,
                                          const std::string& key_file);
  ServerContext(ServerContext&&) noexcept;
  ServerContext& operator=(ServerContext&&) noexcept;
  ~ServerContext();

  /// When the certificate's own validity ends.
  [[nodiscard]] base::WallTime ends() const;
  /// TLS over `inner`. Bound the wait with within(). Streams may outlive the context.
  base::Task<Opened> accept(std::unique_ptr<base::Stream> inner);

 private:
  struct Impl;
  explicit ServerContext(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Whom a client believes.
class ClientContext {
 public:
  /// `authorities`: PEM file of those who may vouch for a server; empty for the machine's own.
  /// `failed`: it cannot be read.
  static base::Result<ClientContext> open(const std::string& authorities = {});
  /// Believes the server whose certificate has this SHA-256 fingerprint, whatever it says and
  /// whoever vouches for it.
  static base::Result<ClientContext> open_pinned(base::ByteView fingerprint);
  ClientContext(ClientContext&&) noexcept;
  ClientContext& operator=(ClientContext&&) noexcept;
  ~ClientContext();

  /// TLS to the server `host` (a name, or an address in digits), whose certificate must be the
  /// pinned one, or for `host` and valid at `now`. `refused` if it is not.
  base::Task<Opened> connect(std::unique_ptr<base::Stream> inner, std::string host,
                             base::WallTime now);

 private:
  struct Impl;
  explicit ClientContext(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tls
