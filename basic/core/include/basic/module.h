#pragma once
// A feature as a protocol of its own: paper section 3.3. Each protocol is named by an epoch, and
// the module that speaks it sees the frames of that epoch alone.

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "basic/setting.h"
#include "ohim/name.h"

namespace basic {

/// 128 random bits, drawn once by whoever designs the protocol, and fixed from then on.
using Epoch = std::array<std::uint8_t, 16>;

/// How recently the buddy was active at one of her places. The highest of all is the place to talk
/// to: where she is not away, and among those where she did something last.
struct Activity {
  bool attended = true;     ///< false: she is away from there
  std::uint64_t order = 0;  ///< of all that was noted of all links; no two are equal

  auto operator<=>(const Activity&) const = default;
};

/// A module's view of one connection to one place of one buddy.
class LinkView {
 public:
  virtual ~LinkView() = default;
  [[nodiscard]] virtual const ohim::Name& buddy() const = 0;
  /// Which of her places this is: random for each run of a client. No two links of one buddy that
  /// are up together have the same.
  [[nodiscard]] virtual std::uint64_t device() const = 0;
  /// Whether the buddy is on our list: what strangers may do is the module's to decide.
  [[nodiscard]] virtual bool listed() const = 0;
  /// Sends one frame of this module's epoch, at most 65 536 bytes. `closed`, `too_large`.
  virtual base::Result<void> send(base::ByteView body) = 0;

  // What one module hears of the place, the others want to know too.
  [[nodiscard]] virtual Activity activity() const = 0;
  /// She did something there. A link that comes up counts without being told.
  virtual void note_active() = 0;
  /// She went away from there, until she does something again.
  virtual void note_away() = 0;
};

/// One protocol. Modules do not know one another. All calls come on the loop. `link` is valid from
/// link_up() to link_down() of that link; there are as many at a time as the buddy has places.
/// Either side may switch the protocol off and on while the link stands: then it is down and up
/// again here.
class Module {
 public:
  virtual ~Module() = default;
  [[nodiscard]] virtual const Epoch& epoch() const = 0;
  /// A short word for people and settings: "text", "ping".
  [[nodiscard]] virtual std::string_view name() const = 0;
  /// What it does, in one line for people: "Sends and receives texts."
  [[nodiscard]] virtual std::string_view purpose() const = 0;
  /// What people may set, as it is now. The same keys at all times.
  [[nodiscard]] virtual std::vector<Setting> settings() const { return {}; }
  /// One of those. Takes effect at once. `value` has passed check(); an error says why not.
  virtual base::Result<void> set(std::string_view /*key*/, const std::string& /*value*/) {
    return base::fail(base::Errc::not_found, "there is nothing to set");
  }
  /// Both sides speak this epoch.
  virtual void link_up(LinkView& link) = 0;
  /// A frame came. An error closes the link, so return one only for what no honest peer sends.
  virtual base::Result<void> handle(LinkView& link, base::ByteView data) = 0;
  virtual void link_down(LinkView& link) = 0;
  /// link.activity() is another now; one of the modules has noted it.
  virtual void activity_changed(LinkView& /*link*/) {}
};

}  // namespace basic
