#include "conditions.h"

namespace basic {
namespace {

std::string sentence_of(Line line) {
  if (line == Line::cut)
    return "your own line is cut: nobody can be reached, nobody's state is known";
  return "no storage node answers: whoever has a link to you stays, nobody else can be found";
}

std::string sentence_of_change(const ohim::Name& name) {
  return "the name " + name.str() +
         " belongs to another key than before; compare the safety number with her before you trust "
         "it";
}

constexpr const char* kElsewhere = "you are signed on at another place, too";

}  // namespace

std::string_view to_string(Condition::Kind kind) {
  switch (kind) {
    case Condition::Kind::own_line_cut:
      return "own-line-cut";
    case Condition::Kind::no_store:
      return "no-store";
    case Condition::Kind::key_changed:
      return "key-changed";
    case Condition::Kind::signed_on_elsewhere:
      return "signed-on-elsewhere";
  }
  return "";
}

Conditions::Conditions(base::World& world, std::function<void()> changed)
    : world_(world), changed_(std::move(changed)) {}

// --- the line ---

void Conditions::set_line(Line line) {
  const Line before = std::exchange(line_, line);
  if (before == line) return;
  if (before == Line::up && shown_line_ == Line::up) line_since_ = world_.clock.wall();
  const bool both_bad = line_ != Line::up && shown_line_ != Line::up;
  if (both_bad || line_ == shown_line_) return settle_line();
  if (before != Line::up && line_ != Line::up) return;  // the clock runs already
  steady_ = world_.clock.call_after(kSteady, [this] { settle_line(); });
}

void Conditions::settle_line() {
  steady_.cancel();
  if (std::exchange(shown_line_, line_) != line_) tell();
}

// --- keys and places ---

void Conditions::set_elsewhere(bool elsewhere) {
  if (elsewhere == elsewhere_since_.has_value()) return;
  elsewhere_since_.reset();
  if (elsewhere) elsewhere_since_ = world_.clock.wall();
  tell();
}

void Conditions::key_changed(const ohim::Name& name, const openhash::PublicKey& offered) {
  const auto known = offers_.find(name);
  if (known != offers_.end() && known->second.key == offered) return;
  offers_.insert_or_assign(name, Offer{offered, world_.clock.wall()});
  tell();
}

void Conditions::key_settled(const ohim::Name& name) {
  if (offers_.erase(name) > 0) tell();
}

std::optional<openhash::PublicKey> Conditions::offered(const ohim::Name& name) const {
  const auto offer = offers_.find(name);
  return offer == offers_.end() ? std::nullopt : std::optional(offer->second.key);
}

void Conditions::clear() {
  const bool any = !list().empty();
  steady_.cancel();
  line_ = shown_line_ = Line::up;
  elsewhere_since_.reset();
  offers_.clear();
  if (any) tell();
}

// --- telling ---

std::vector<Condition> Conditions::list() const {
  using Kind = Condition::Kind;
  std::vector<Condition> list;
  if (shown_line_ != Line::up) {
    const Kind kind = shown_line_ == Line::cut ? Kind::own_line_cut : Kind::no_store;
    list.push_back({kind, {}, sentence_of(shown_line_), line_since_});
  }
  for (const auto& [name, offer] : offers_) {
    list.push_back({Kind::key_changed, name.str(), sentence_of_change(name), offer.since});
  }
  if (elsewhere_since_) {
    list.push_back({Kind::signed_on_elsewhere, {}, kElsewhere, *elsewhere_since_});
  }
  return list;
}

void Conditions::tell() {
  telling_ = world_.clock.call_after(base::Duration::zero(), [this] { changed_(); });
}

}  // namespace basic
