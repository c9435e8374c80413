#include "model.h"

#include <algorithm>
#include <set>

#include "basic/display.h"
#include "explain.h"

namespace basic::tui {

namespace {

/// Moves `index` by `by`, round and round.
std::size_t step_in_ring(std::size_t index, int by, std::size_t size) {
  const auto count = static_cast<int>(size);
  return static_cast<std::size_t>((static_cast<int>(index) + by % count + count) % count);
}

int rank(const Model::Person& person) {
  if (!person.buddy) return 0;
  switch (person.buddy->presence) {
    case Presence::online:
    case Presence::away:
    case Presence::busy:
      return 1;
    case Presence::offline:
    case Presence::unknown:
      break;
  }
  return 2;
}

/// With a capital and a full stop, as error sentences of the layers below have neither.
std::string as_sentence(std::string text) {
  if (text.empty()) return text;
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  const char last = text.back();
  const bool ends = last < 'A' || last > 'z';  // punctuation, digits, an ellipsis
  return ends ? text : text + '.';
}

/// Keys that edit a line, in any page. False: not such a key.
bool edit(LineEdit& line, const Key& key) {
  switch (key.name) {
    case Key::Name::left:
      line.left();
      return true;
    case Key::Name::right:
      line.right();
      return true;
    case Key::Name::home:
      line.home();
      return true;
    case Key::Name::end:
      line.end();
      return true;
    case Key::Name::backspace:
      line.backspace();
      return true;
    case Key::Name::erase:
      line.erase();
      return true;
    case Key::Name::erase_before:
      line.erase_before();
      return true;
    case Key::Name::erase_after:
      line.erase_after();
      return true;
    case Key::Name::erase_word:
      line.erase_word();
      return true;
    default:
      return false;
  }
}

}  // namespace

std::optional<Intent> Model::press(const Key& key, base::WallTime now) {
  if (key.name == Key::Name::quit) return Intent{Intent::What::quit};
  if (key.name == Key::Name::redraw) return Intent{Intent::What::redraw};
  if (help_) {  // any key leaves the help page, and does nothing else
    help_ = false;
    return std::nullopt;
  }
  if (key.name == Key::Name::help) {
    help_ = true;
    return std::nullopt;
  }
  return page_ == Page::sign_on ? press_sign_on(key) : press_chat(key, now);
}

std::optional<Intent> Model::press_sign_on(const Key& key) {
  if (sign_on_.busy) return std::nullopt;
  LineEdit& line = focused();
  if (edit(line, key)) return std::nullopt;
  switch (key.name) {
    case Key::Name::text:
      notice_ = {};
      if (!line.insert(key.typed)) notice(Notice::Tone::bad, "That is too long.");
      return std::nullopt;
    case Key::Name::tab:
    case Key::Name::down:
      focus_next(1);
      return std::nullopt;
    case Key::Name::back_tab:
    case Key::Name::up:
      focus_next(-1);
      return std::nullopt;
    case Key::Name::other_page:
      sign_on_.registering = !sign_on_.registering;
      if (sign_on_.focus == SignOnPage::Field::again) sign_on_.focus = SignOnPage::Field::password;
      notice_ = {};
      return std::nullopt;
    case Key::Name::enter:
      return submit_sign_on();
    default:
      return std::nullopt;
  }
}

std::optional<Intent> Model::submit_sign_on() {
  using Field = SignOnPage::Field;
  const Field last = sign_on_.registering ? Field::again : Field::password;
  if (sign_on_.focus != last) {
    focus_next(1);
    return std::nullopt;
  }
  if (sign_on_.name.empty()) {
    sign_on_.focus = Field::name;
    return complain("Which name? Type it into the first field.");
  }
  if (sign_on_.registering && sign_on_.password.text() != sign_on_.again.text()) {
    sign_on_.again.clear();
    return complain("The two passwords differ. Type the second one again.");
  }
  sign_on_.busy = true;
  notice_ = {};
  const auto what = sign_on_.registering ? Intent::What::register_user : Intent::What::sign_on;
  return Intent{what, sign_on_.name.text(), sign_on_.password.text()};
}

void Model::focus_next(int by) {
  const std::size_t fields = sign_on_.registering ? 3 : 2;
  sign_on_.focus = static_cast<SignOnPage::Field>(
      step_in_ring(static_cast<std::size_t>(sign_on_.focus), by, fields));
}

LineEdit& Model::focused() {
  switch (sign_on_.focus) {
    case SignOnPage::Field::password:
      return sign_on_.password;
    case SignOnPage::Field::again:
      return sign_on_.again;
    case SignOnPage::Field::name:
      break;
  }
  return sign_on_.name;
}

std::optional<Intent> Model::press_chat(const Key& key, base::WallTime now) {
  if (edit(draft(), key)) return std::nullopt;
  constexpr int kPage = 5;
  switch (key.name) {
    case Key::Name::text:
      notice_ = {};
      if (!draft().insert(key.typed)) notice(Notice::Tone::bad, "A text has at most 16 KiB.");
      return std::nullopt;
    case Key::Name::tab:
    case Key::Name::down:
      select_next(1);
      return std::nullopt;
    case Key::Name::back_tab:
    case Key::Name::up:
      select_next(-1);
      return std::nullopt;
    case Key::Name::page_up:
      if (!selected_.empty()) conversations_[selected_].scrolled += kPage;
      return std::nullopt;
    case Key::Name::page_down:
      if (!selected_.empty()) {
        int& scrolled = conversations_[selected_].scrolled;
        scrolled = std::max(0, scrolled - kPage);
      }
      return std::nullopt;
    case Key::Name::escape:
      notice_ = {};
      return std::nullopt;
    case Key::Name::enter:
      return submit_line(now);
    default:
      return std::nullopt;
  }
}

LineEdit& Model::draft() {
  return selected_.empty() ? nobodys_.draft : conversations_[selected_].draft;
}

std::optional<Intent> Model::complain(std::string sentence) {
  notice(Notice::Tone::bad, std::move(sentence));
  return std::nullopt;
}

void Model::select(const std::string& name) {
  selected_ = name;
  conversations_[name].unread = 0;
}

void Model::select_next(int by) {
  const auto all = people();
  if (all.empty()) return;
  const auto here = std::find_if(all.begin(), all.end(),
                                 [this](const Person& person) { return person.name == selected_; });
  const std::size_t index =
      here == all.end()
          ? 0
          : step_in_ring(static_cast<std::size_t>(here - all.begin()), by, all.size());
  select(all[index].name);
}

void Model::select_somebody() {
  if (!selected_.empty() || buddies_.empty()) return;
  // What was typed while nobody was there goes to whoever is first.
  const std::string typed = nobodys_.draft.text();
  nobodys_.draft.clear();
  for (const Person& person : people()) {
    if (!person.buddy) continue;
    select(person.name);
    if (draft().empty()) draft().set(typed);
    return;
  }
}

// --- news ----------------------------------------------------------------------------------------

void Model::step(std::string words) { sign_on_.step = std::move(words); }

void Model::sign_on_failed(const std::string& sentence) {
  sign_on_.busy = false;
  sign_on_.step.clear();
  notice(Notice::Tone::bad, sentence);
}

void Model::signed_on(const Client::Status& status, const std::vector<Buddy>& buddies) {
  page_ = Page::chat;
  sign_on_.password.wipe();
  sign_on_.again.wipe();
  sign_on_ = {};
  self_ = status;
  for (const Buddy& buddy : buddies) buddies_.insert_or_assign(buddy.name.str(), buddy);
  select_somebody();
  notice_ = {};
}

void Model::status(const Client::Status& status, std::string own_node) {
  self_ = status;
  own_node_ = std::move(own_node);
}

void Model::presence(const Buddy& buddy) {
  // Only of those on the list: a late word about somebody who was removed does not bring her back.
  const auto known = buddies_.find(buddy.name.str());
  if (known != buddies_.end()) known->second = buddy;
}

void Model::added(const Buddy& buddy) {
  const std::string& name = buddy.name.str();
  requests_.erase(name);
  buddies_.insert_or_assign(name, buddy);
  const std::string typed = selected_.empty() ? nobodys_.draft.text() : "";
  nobodys_.draft.clear();
  select(name);
  if (draft().empty()) draft().set(typed);
  notice(Notice::Tone::good, name + " is on your list.");
}

void Model::take_off(const std::string& name) {
  buddies_.erase(name);
  if (selected_ != name) return;
  const std::string typed = draft().text();
  selected_.clear();
  select_somebody();
  if (draft().empty()) draft().set(typed);
}

void Model::removed(const std::string& name) {
  take_off(name);
  notice(Notice::Tone::good, name + " is off your list.");
}

void Model::blocked(const std::string& name) {
  requests_.erase(name);
  take_off(name);
  notice(Notice::Tone::good, name + " is blocked: sees you off line, and cannot reach you.");
}

void Model::unblocked(const std::string& name, const std::vector<Buddy>& buddies) {
  for (const Buddy& buddy : buddies) buddies_.insert_or_assign(buddy.name.str(), buddy);
  select_somebody();
  notice(Notice::Tone::good, name + " is not blocked any more.");
}

void Model::list_changed(const std::vector<Buddy>& buddies) {
  std::set<std::string> gone;
  for (const auto& [name, buddy] : buddies_) gone.insert(name);
  for (const Buddy& buddy : buddies) {
    gone.erase(buddy.name.str());
    requests_.erase(buddy.name.str());
    buddies_.insert_or_assign(buddy.name.str(), buddy);
  }
  for (const std::string& name : gone) take_off(name);
  select_somebody();
  notice(Notice::Tone::good, "Your list was changed at another place.");
}

void Model::explained(const Explanation& explanation, base::WallTime now) {
  const std::string& name = explanation.buddy.name.str();
  note(name, in_a_sentence(explanation, now), now);
  select(name);
}

void Model::key_to_compare(const std::string& name, const std::string& number,
                           base::WallTime now) {
  note(name,
       name + " has another key than before: she registered anew, or somebody pretends to be her. "
              "Call her, and compare: " + number + ". If she reads the same, write /trust " + name +
           " and its last five digits.",
       now);
  select(name);
}

void Model::came_online(const Buddy& buddy, base::WallTime now) {
  const std::string& name = buddy.name.str();
  note(name, name + " has come on line.", now);
  notice(Notice::Tone::good, name + " is on line.");
}

void Model::note(const std::string& name, std::string words, base::WallTime now) {
  Message message;
  message.state = Message::State::note;
  message.text = for_display(words, Lines::one);
  message.at = now;
  conversations_[name].messages.push_back(std::move(message));
  conversations_[name].scrolled = 0;
}

void Model::text(const Text& text) {
  const std::string& from = text.from.str();
  Conversation& conversation = conversations_[from];
  Message message;
  message.text = for_display(text.text, Lines::many);
  message.at = text.sent_at;
  message.stored = text.number;
  std::vector<Message>& all = conversation.messages;
  const auto is_it = [&text](const Message& one) { return one.stored == text.number; };
  if (text.number != 0 && std::ranges::any_of(all, is_it)) return;
  const auto is_later = [&text](const Message& one) { return one.stored > text.number; };
  all.insert(text.number == 0 ? all.end() : std::ranges::find_if(all, is_later),
             std::move(message));
  conversation.newest = std::max(conversation.newest, text.number);
  if (from != selected_) ++conversation.unread;
}

std::optional<Model::Read> Model::take_read() {
  const auto found = conversations_.find(selected_);
  if (page_ != Page::chat || help_ || found == conversations_.end()) return std::nullopt;
  Conversation& shown = found->second;
  if (shown.told >= shown.newest) return std::nullopt;
  shown.told = shown.newest;
  return Read{selected_, shown.newest};
}

void Model::request(const std::string& name, const std::string& fingerprint) {
  if (buddies_.contains(name)) return;
  requests_[name] = fingerprint;
  notice(Notice::Tone::calm,
         name + " wants to talk with you: /add " + name + " or /ignore " + name);
}

Message* Model::find(const std::string& to, std::uint64_t number) {
  for (Message& message : conversations_[to].messages)
    if (message.number == number) return &message;
  return nullptr;
}

void Model::delivered(const std::string& to, std::uint64_t number) {
  if (Message* message = find(to, number)) message->state = Message::State::delivered;
}

void Model::undelivered(const std::string& to, std::uint64_t number, const std::string& sentence) {
  Message* message = find(to, number);
  if (!message) return;
  message->state = Message::State::failed;
  message->trouble = for_display(sentence, Lines::one);
  notice(Notice::Tone::bad,
         "Not delivered to " + to + ": " + message->trouble + " Type /retry to send it again.");
}

void Model::notice(Notice::Tone tone, std::string sentence) {
  notice_ = {tone, as_sentence(for_display(sentence, Lines::one))};
}

// --- what to show --------------------------------------------------------------------------------

std::vector<Model::Person> Model::people() const {
  std::vector<Person> all;
  const auto unread = [this](const std::string& name) {
    const auto found = conversations_.find(name);
    return found == conversations_.end() ? 0 : found->second.unread;
  };
  for (const auto& [name, fingerprint] : requests_) all.push_back({name, std::nullopt, 0});
  for (const auto& [name, buddy] : buddies_) all.push_back({name, buddy, unread(name)});
  std::stable_sort(all.begin(), all.end(),
                   [](const Person& a, const Person& b) { return rank(a) < rank(b); });
  return all;
}

const Conversation& Model::conversation() const {
  const auto found = conversations_.find(selected_);
  return found == conversations_.end() ? nobodys_ : found->second;
}

std::string Model::request_fingerprint() const {
  const auto found = requests_.find(selected_);
  return found == requests_.end() ? "" : found->second;
}

std::string Model::fingerprint_of(const std::string& name) const {
  if (name == self_.username) return self_.fingerprint;
  if (const auto buddy = buddies_.find(name); buddy != buddies_.end())
    return buddy->second.fingerprint;
  const auto request = requests_.find(name);
  return request == requests_.end() ? "" : request->second;
}

int Model::total_unread() const {
  int sum = 0;
  for (const Person& person : people()) sum += person.unread;
  return sum;
}

}  // namespace basic::tui
