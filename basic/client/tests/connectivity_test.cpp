// A laptop that is carried from one network to another.
#include "town.h"

namespace basic::test {
namespace {

/// Says what the test says about this host's own addresses.
struct CarriedTransport final : base::Transport {
  CarriedTransport(base::Transport& transport, std::vector<base::Endpoint> addresses)
      : real(transport), own(std::move(addresses)) {}
  base::Transport& real;
  std::vector<base::Endpoint> own;
  int asked = 0;

  base::Result<std::unique_ptr<base::DatagramSocket>> open_datagram(
      const base::Endpoint& local, base::DatagramSocket::Handler handler) override {
    return real.open_datagram(local, std::move(handler));
  }
  base::Result<std::unique_ptr<base::StreamListener>> listen(
      const base::Endpoint& local, base::StreamListener::Handler handler) override {
    return real.listen(local, std::move(handler));
  }
  base::Task<base::Result<std::unique_ptr<base::Stream>>> connect(base::Endpoint to) override {
    return real.connect(to);
  }
  base::Task<base::Result<std::vector<base::Endpoint>>> resolve(std::string host) override {
    return real.resolve(std::move(host));
  }
  std::vector<base::Endpoint> own_addresses() override {
    ++asked;
    return own;
  }
};

class Carried : public Town {
 protected:
  ~Carried() override { people_["bart"].client.reset(); }

  /// Bart's laptop, where it believes to have this address.
  void start_laptop(const base::Endpoint& address) {
    base::World& host = world_.host("bart");
    transport_ = std::make_unique<CarriedTransport>(host.transport, std::vector{address});
    laptop_.reset(new base::World{host.clock, *transport_, host.entropy, host.workers, host.log});
    Person& bart = people_["bart"];
    bart.store = std::make_unique<sim::MemoryStore>(*laptop_, table_);
    bart.client =
        std::make_unique<Client>(*laptop_, *bart.store, *bart.profile, *bart.diary, options());
  }

  std::unique_ptr<CarriedTransport> transport_;
  std::unique_ptr<base::World> laptop_;
};

TEST_F(Carried, IsDialledWhereItIsNow) {
  start_laptop(base::Endpoint::v4(10, 99, 99, 99, 0));
  join("bart");
  join("milhouse");
  ASSERT_TRUE(add("milhouse", "bart"));  // Bart does not list him, so he will not dial
  world_.advance(1min);
  EXPECT_NE(buddy("milhouse", "bart").known_by, ohim::KnownBy::link);
  transport_->own = {world_.address("bart")};
  const auto linked = [&] { return buddy("milhouse", "bart").known_by == ohim::KnownBy::link; };
  EXPECT_TRUE(world_.run_until(linked, 30s));
}

TEST_F(Carried, AsksAtOnceWhetherItsLinksStillStand) {
  start_laptop(world_.address("bart"));
  join("bart");
  join("lisa");
  befriend("lisa", "bart");
  world_.advance(20s);
  const int before = transport_->asked;
  ASSERT_TRUE(world_.run_until([&] { return transport_->asked > before; }, 10s));
  world_.advance(4900ms);
  transport_->own = {base::Endpoint::v4(10, 99, 99, 99, 0)};
  vanish("lisa");
  // The new address is noticed at once. Her answer is waited for 2.5 s, and then that to a dial for
  // 1.8 s; without a reason to doubt the link it would take 7 s at least.
  const auto known = [&] { return buddy("bart", "lisa").presence != Presence::online; };
  EXPECT_TRUE(world_.run_until(known, 5s));
}

}  // namespace
}  // namespace basic::test
