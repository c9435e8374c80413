#pragma once
// When to ask whether somebody at the other end of a link is still there, and when to give her up,
// adapted to what the line is measured to be. A pure state machine, as the tracker; whoever keeps
// links has one for each (basic does). Its rules are in docs/presence_rules.md, and a test reads
// them there.

#include <cstdint>
#include <deque>
#include <optional>

#include "base/clock.h"

namespace ohim {

struct PulseOptions {
  /// From one question to the next, whichever side asks: the price of an idle link.
  base::Duration period = std::chrono::seconds(3);
  /// But only after so much silence. Little, so that an answer that takes seconds is in time.
  base::Duration quiet = std::chrono::seconds(1);
  /// Who accepted the link asks so much later, so mostly one side asks, and each answer tells both.
  base::Duration defer = std::chrono::milliseconds(750);
  /// While nothing comes, ask again after as long as answers take (RFC 6298's RTO), but no sooner
  /// than this and no later than a period: what is sent behind a lost packet makes TCP notice the
  /// loss. On a line that was never measured, after `again_unmeasured`.
  base::Duration again_least = std::chrono::milliseconds(500);
  base::Duration again_unmeasured = std::chrono::milliseconds(1500);
  /// Nothing for so long: dead. With the dial that follows, a vanished host is seen within 10 s.
  base::Duration dead_after = std::chrono::milliseconds(7500);
  /// The same when there is reason to doubt (another network, this machine slept): so long may an
  /// answer take that is asked for at once, or three RTO on a line that is slower.
  base::Duration probe_limit = std::chrono::milliseconds(2500);
};

class Pulse {
 public:
  /// `asks_first`: this side opened the link.
  Pulse(bool asks_first, base::Instant now, PulseOptions options = {});

  /// A question goes out: its number, for the answer.
  std::uint64_t ask(base::Instant now);
  /// Any bytes of hers.
  void heard(base::Instant now);
  /// Her question came, or her answer to the question of that number.
  void asked(base::Instant now) { last_question_ = now; }
  void answered(std::uint64_t number, base::Instant now);

  /// It is time to find out: ask() as well.
  void doubt(base::Instant now) { doubted_ = now; }
  [[nodiscard]] bool in_doubt() const { return doubted_.has_value(); }
  /// Our clock stood still, or we did: no answer under way measures the line.
  void slept();

  [[nodiscard]] base::Instant next_question() const;
  /// She is gone if nothing comes until then.
  [[nodiscard]] base::Instant dead_at() const;
  /// How long to wait for an answer before something is wrong: RFC 6298, with her program's time
  /// in it as well as the line's. None before the first answer.
  [[nodiscard]] std::optional<base::Duration> answer_time() const;

 private:
  struct Question {
    std::uint64_t number = 0;
    base::Instant at{};
  };

  bool asks_first_;
  PulseOptions options_;
  base::Instant heard_;
  std::optional<base::Instant> waiting_;  // asked then, and nothing has come since
  std::optional<base::Instant> doubted_;  // and nothing has come since
  std::optional<base::Instant> last_question_;  // of either side
  std::deque<Question> open_;
  std::uint64_t questions_ = 0;
  std::optional<base::Duration> smoothed_;  // RFC 6298: SRTT
  base::Duration variation_{};              // RTTVAR
};

}  // namespace ohim
