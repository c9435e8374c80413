#pragma once
// What is wrong at the moment, for people: what lasts but a moment is not told, and what is over is
// told a little later.

#include <functional>
#include <map>
#include <optional>

#include "base/world.h"
#include "basic/condition.h"
#include "basic/presence_detection.h"

namespace basic {

class Conditions {
 public:
  /// A line has to be bad, or good, for so long.
  static constexpr base::Duration kSteady = std::chrono::seconds(3);

  /// `changed`: list() says something else. Called by a turn of the loop of its own.
  Conditions(base::World& world, std::function<void()> changed);

  void set_line(Line line);
  void set_elsewhere(bool elsewhere);
  /// The store says that `offered` owns `name` now.
  void key_changed(const ohim::Name& name, const openhash::PublicKey& offered);
  /// Nothing is to be decided about `name` any more.
  void key_settled(const ohim::Name& name);
  /// Nobody is signed on.
  void clear();

  /// The most urgent first.
  [[nodiscard]] std::vector<Condition> list() const;
  /// The key that waits for a decision.
  [[nodiscard]] std::optional<openhash::PublicKey> offered(const ohim::Name& name) const;

 private:
  struct Offer {
    openhash::PublicKey key{};
    base::WallTime since{};
  };

  void settle_line();
  void tell();

  base::World& world_;
  std::function<void()> changed_;
  Line line_ = Line::up;         // as it is
  Line shown_line_ = Line::up;   // as it is told
  base::WallTime line_since_{};  // bad
  std::optional<base::WallTime> elsewhere_since_;
  std::map<ohim::Name, Offer> offers_;
  base::Timer steady_;
  base::Timer telling_;
};

}  // namespace basic
