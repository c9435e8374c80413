#pragma once
// How a client that is not ours lives in a sim::Town: what the town has to be able to ask of it.

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "ohim/presence_detection.h"

namespace sim {

/// Somebody's program on her host. It is destroyed when she crashes, and made anew after that.
class Resident {
 public:
  virtual ~Resident() = default;
  virtual base::Task<base::Result<void>> register_user(std::string name, base::Secret password) = 0;
  virtual base::Task<base::Result<void>> sign_on(std::string name, base::Secret password) = 0;
  virtual base::Task<base::Result<void>> sign_off() = 0;
  /// Puts `buddy` on the list, and stores that.
  virtual base::Task<base::Result<void>> add(ohim::Name buddy) = 0;
  /// What she is shown about somebody on her list.
  [[nodiscard]] virtual ohim::Presence shown(const ohim::Name& buddy) const = 0;
};

/// Makes the program when it starts. World and store outlive it.
using MakeResident = std::function<std::unique_ptr<Resident>(base::World&, openhash::Store&)>;

/// Any class derived from ohim::PresenceDetection, as it is. Beside what that promises, the town
/// only needs to know how to put a name on its list.
template <typename Client>
class ResidentOf final : public Resident {
 public:
  using PutOnList = std::function<void(Client&, const ohim::Name&)>;

  ResidentOf(std::unique_ptr<Client> client, PutOnList put_on_list)
      : client_(std::move(client)), put_on_list_(std::move(put_on_list)) {}

  base::Task<base::Result<void>> register_user(std::string name, base::Secret password) override {
    const auto key = co_await client_->register_user(std::move(name), std::move(password));
    if (!key) co_return key.error();
    co_return base::Result<void>();
  }
  base::Task<base::Result<void>> sign_on(std::string name, base::Secret password) override {
    return client_->sign_on(std::move(name), std::move(password));
  }
  base::Task<base::Result<void>> sign_off() override { return client_->sign_off(); }
  base::Task<base::Result<void>> add(ohim::Name buddy) override {
    put_on_list_(*client_, buddy);
    return client_->commit_buddy_list();
  }
  [[nodiscard]] ohim::Presence shown(const ohim::Name& buddy) const override {
    return client_->state(buddy).presence;
  }

 private:
  std::unique_ptr<Client> client_;
  PutOnList put_on_list_;
};

/// For Town::move_in(): a Client(world, store, options), as ohim::PresenceDetection is made.
template <typename Client>
MakeResident resident(ohim::PresenceOptions options,
                      typename ResidentOf<Client>::PutOnList put_on_list) {
  return [options, put_on_list](base::World& world, openhash::Store& store) {
    auto client = std::make_unique<Client>(world, store, options);
    return std::make_unique<ResidentOf<Client>>(std::move(client), put_on_list);
  };
}

}  // namespace sim
