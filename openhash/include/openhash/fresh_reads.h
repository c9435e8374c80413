#pragma once
// A node that looks up other people's keys by the thousand without wearing out.

#include <memory>
#include <vector>

#include "base/world.h"
#include "openhash/node.h"

namespace openhash {

/// The engine remembers every key that it looked up for an hour, and goes through all of them at
/// each datagram (docs/engine.md). So reads go through a client of their own, which enters by the
/// node and is replaced after so many different keys; everything else goes to the node.
///
/// `node` is borrowed; tasks end before this does.
class FreshReads final : public Store {
 public:
  /// `keys`: so many for each client. One is opened in some milliseconds, and takes 0.1 MiB.
  FreshReads(base::World& world, Node& node, std::size_t keys = 2000);
  ~FreshReads() override;

  /// Clients opened so far.
  [[nodiscard]] std::size_t opened() const { return opened_; }

  // Store
  [[nodiscard]] const Rules& rules() const override { return node_.rules(); }
  base::Task<base::Result<void>> put(Key key, Record record) override;
  base::Task<base::Result<std::vector<Record>>> get(Key key, OnRecord early = {}) override;
  base::Task<std::vector<base::Result<std::vector<Record>>>> get_many(
      std::vector<Key> keys) override;
  void announce(Key key, Record record) override;
  std::unique_ptr<Watch> watch(Key key, OnRecord changed,
                               Fallback fallback = Fallback::poll) override;
  [[nodiscard]] bool connected() const override { return node_.connected(); }
  [[nodiscard]] base::Instant last_heard() const override { return node_.last_heard(); }
  [[nodiscard]] std::vector<NodeHealth> nodes() const override { return node_.nodes(); }

 private:
  struct Reader;

  void replace_in_time();
  void end_idle();
  std::unique_ptr<Reader> open();

  base::World& world_;
  Node& node_;
  std::size_t keys_;
  std::size_t opened_ = 0;
  std::unique_ptr<Reader> reader_;                 // takes new keys
  std::unique_ptr<Reader> next_;                   // finds its way in meanwhile
  std::vector<std::unique_ptr<Reader>> retiring_;  // with reads under way
  bool ending_ = false;                            // posted
  std::shared_ptr<FreshReads*> alive_ = std::make_shared<FreshReads*>(this);
};

}  // namespace openhash
