#include "bare_tls.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <thread>

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

template <typename T, void (*Free)(T*)>
struct Freed {
  void operator()(T* object) const { Free(object); }
};
using Context = std::unique_ptr<SSL_CTX, Freed<SSL_CTX, SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Freed<SSL, SSL_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509, X509_free>>;

/// A yardstick that cannot be set up is no yardstick: say so and end.
void must(bool fine, const char* what) {
  if (fine) return;
  std::fprintf(stderr, "bench: bare TLS cannot be measured: %s\n", what);
  std::exit(1);
}

Context server_context() {
  Context context(SSL_CTX_new(TLS_server_method()));
  PrivateKey key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  Certificate certificate(X509_new());
  must(context && key && certificate, "no memory");
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 86400);
  X509_set_pubkey(certificate.get(), key.get());
  must(X509_sign(certificate.get(), key.get(), nullptr) > 0, "signing the certificate");
  SSL_CTX_use_certificate(context.get(), certificate.get());
  SSL_CTX_use_PrivateKey(context.get(), key.get());
  SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
  SSL_CTX_set_num_tickets(context.get(), 0);
  return context;
}

int set_no_delay(int socket) {
  const int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return socket;
}

void read_fully(SSL* session, std::vector<char>& into) {
  std::size_t have = 0;
  while (have < into.size()) {
    const int got = SSL_read(session, into.data() + have, static_cast<int>(into.size() - have));
    must(got > 0, "the stream broke");
    have += static_cast<std::size_t>(got);
  }
}

/// A connected pair: `serve` runs on a thread of its own, `use` on this one.
void over_tls(const std::function<void(SSL*)>& serve, const std::function<void(SSL*)>& use) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  must(bind(listener, reinterpret_cast<sockaddr*>(&address), length) == 0, "bind");
  must(listen(listener, 1) == 0, "listen");
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);

  std::thread server([&] {
    const Context context = server_context();
    const int accepted = set_no_delay(accept(listener, nullptr, nullptr));
    Session session(SSL_new(context.get()));
    SSL_set_fd(session.get(), accepted);
    must(SSL_accept(session.get()) == 1, "accepting");
    serve(session.get());
    SSL_shutdown(session.get());
    close(accepted);
  });

  const Context context(SSL_CTX_new(TLS_client_method()));
  const int connected = set_no_delay(socket(AF_INET, SOCK_STREAM, 0));
  must(connect(connected, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0, "connect");
  Session session(SSL_new(context.get()));
  SSL_set_fd(session.get(), connected);
  must(SSL_connect(session.get()) == 1, "connecting");
  use(session.get());
  server.join();
  close(connected);
  close(listener);
}

}  // namespace

std::vector<Nanoseconds> bare_tls_ping_pong(std::size_t rounds, std::size_t size) {
  std::vector<Nanoseconds> times;
  times.reserve(rounds);
  const auto serve = [&](SSL* session) {
    std::vector<char> message(size);
    for (std::size_t i = 0; i < rounds; ++i) {
      read_fully(session, message);
      SSL_write(session, "k", 1);
    }
  };
  const auto use = [&](SSL* session) {
    const std::vector<char> message(size, 'x');
    std::vector<char> answer(1);
    for (std::size_t i = 0; i < rounds; ++i) {
      const auto start = Clock::now();
      SSL_write(session, message.data(), static_cast<int>(size));
      read_fully(session, answer);
      times.push_back(Clock::now() - start);
    }
  };
  over_tls(serve, use);
  return times;
}

Nanoseconds bare_tls_stream(std::size_t count, std::size_t size) {
  Nanoseconds taken{};
  const auto serve = [&](SSL* session) {
    std::vector<char> message(size);
    for (std::size_t i = 0; i < count; ++i) read_fully(session, message);
    SSL_write(session, "k", 1);
  };
  const auto use = [&](SSL* session) {
    const std::vector<char> message(size, 'x');
    std::vector<char> answer(1);
    const auto start = Clock::now();
    for (std::size_t i = 0; i < count; ++i) {
      SSL_write(session, message.data(), static_cast<int>(size));
    }
    read_fully(session, answer);
    taken = Clock::now() - start;
  };
  over_tls(serve, use);
  return taken;
}

}  // namespace bench
