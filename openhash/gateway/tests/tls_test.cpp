// A gateway with TLS, and clients who ask whose certificate that is. Certificates are made by the
// openssl tool, for a day; what time it is says the client's own clock.

#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gateway.h"
#include "gateway/gateway_store.h"

namespace openhash::gateway {
namespace {

class TlsTest : public GatewayTest {
 protected:
  TlsTest() {
    std::string name = (std::filesystem::temp_directory_path() / "tls-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    make_certificate("node");
    make_certificate("other");
    // The files are made now, and simulated time begins at some other.
    made_ = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    lisas_clock_shows(made_ + 1h);
    ServerOptions options;
    options.listen = sim.address("node", 8443);
    options.certificate = file("node.pem");
    options.key = file("node.key");
    auto opened = Server::open(node, store, options);
    EXPECT_TRUE(opened) << opened.error().message();
    server = std::move(*opened);
  }
  ~TlsTest() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string file(const std::string& name) const { return folder_ / name; }
  /// Signed by itself: for the host "node", whoever's it is.
  void make_certificate(const std::string& name) const {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 "
        "-subj /CN=node -addext subjectAltName=DNS:node -keyout " +
        file(name + ".key") + " -out " + file(name + ".pem") + " 2>" + file("said");
    ASSERT_EQ(std::system(command.c_str()), 0);
    const std::string digest = "openssl x509 -noout -fingerprint -sha256 -in " +
                               file(name + ".pem") + " | sed 's/.*=//' | tr -d ':\n' >" +
                               file(name + ".pin");
    ASSERT_EQ(std::system(digest.c_str()), 0);
  }
  [[nodiscard]] std::string pinned(const std::string& name) const {
    std::ifstream in(file(name + ".pin"));
    std::string pin;
    in >> pin;
    return "https://node:8443#sha256=" + pin;
  }
  void lisas_clock_shows(base::WallTime time) { sim.set_skew("lisa", time - node.clock.wall()); }

  std::unique_ptr<GatewayStore> lisa(const std::string& url, const std::string& authorities = {}) {
    auto opened = GatewayStore::open(sim.host("lisa"),
                                     {.rules = rules, .url = url, .authorities = authorities});
    EXPECT_TRUE(opened);
    sim.advance(1s);
    return std::move(*opened);
  }
  static testing::AssertionResult says(const std::string& sentence, const std::string& words) {
    if (sentence.find(words) != std::string::npos) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "it says: " << sentence;
  }
  /// That she reads through it, and is told of news.
  void expect_served(GatewayStore& lisa) {
    EXPECT_TRUE(lisa.connected());
    EXPECT_EQ(lisa.nodes().front().trouble, "");
    EXPECT_TRUE(sim.run(lisa.get(key)));
  }
  /// That she is told why she is not.
  void expect_refused(GatewayStore& lisa, const std::string& why) {
    EXPECT_FALSE(lisa.connected());
    EXPECT_TRUE(says(lisa.nodes().front().trouble, why));
    const auto found = sim.run(lisa.get(key));
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error(), base::Errc::refused);
    EXPECT_TRUE(says(found.error().message(), why));
    EXPECT_EQ(server->counters().gets, 0U) << "nothing was asked of a stranger";
  }

  std::filesystem::path folder_;
  base::WallTime made_;
};

TEST_F(TlsTest, ThePinnedCertificateNeedsNobodyToVouchForIt) {
  expect_served(*lisa(pinned("node")));
}

TEST_F(TlsTest, AnotherThanThePinnedOneIsRefused) {
  expect_refused(*lisa(pinned("other")), "is not the one that was named");
}

TEST_F(TlsTest, ThePinnedCertificateMayHaveEnded) {
  lisas_clock_shows(made_ + 48h);
  expect_served(*lisa(pinned("node")));
}

TEST_F(TlsTest, AnAuthorityVouchesForIt) {
  expect_served(*lisa("https://node:8443", file("node.pem")));
}

TEST_F(TlsTest, NobodyWhomTheMachineKnowsVouchesForIt) {
  expect_refused(*lisa("https://node:8443"), "self-signed certificate");
}

TEST_F(TlsTest, AnotherAuthorityDoesNot) {
  expect_refused(*lisa("https://node:8443", file("other.pem")), "certificate");
}

TEST_F(TlsTest, ACertificateThatHasEndedIsRefused) {
  lisas_clock_shows(made_ + 48h);
  expect_refused(*lisa("https://node:8443", file("node.pem")), "certificate has expired");
}

TEST_F(TlsTest, ACertificateForAnotherNameIsRefused) {
  const std::string digits = sim.address("node", 8443).to_string();
  expect_refused(*lisa("https://" + digits, file("node.pem")), "IP address mismatch");
}

TEST_F(TlsTest, AServerWithoutTlsIsNotTakenForOne) {
  start();  // on port 8080, plain
  const auto opened = lisa("https://node:8080", file("node.pem"));
  EXPECT_FALSE(opened->connected());
}

}  // namespace
}  // namespace openhash::gateway
