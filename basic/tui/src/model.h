#pragma once
// All that the terminal client knows and shows: a value that keys and news change. No terminal, no
// client, no clock: what it wants done it returns as an Intent.

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "basic/client.h"
#include "key.h"
#include "line_edit.h"

namespace basic::tui {

/// What the user wants of the client.
struct Intent {
  enum class What {
    sign_on,
    register_user,
    send,
    add,
    remove,
    status,
    why,
    tell,
    block,
    unblock,
    list_blocked,
    trust,
    away_after,
    quit,
    redraw
  };
  What what;
  std::string name{};        ///< whose
  std::string text{};        ///< password, message or status text; digits of a safety number
  Show show = Show::online;  ///< of a status
  std::uint64_t number = 0;  ///< of a message, for delivered() and undelivered(); minutes
  bool on = true;            ///< of a wish to be told
};

struct Message {
  enum class State { theirs, pending, delivered, failed, note };  ///< a note is Basic's own word
  std::uint64_t number = 0;
  State state = State::theirs;
  std::string text;
  base::WallTime at{};
  std::string trouble{};   ///< why it failed
  TextNumber stored = 0;   ///< of one of hers: where it stands in the history
};

struct Conversation {
  std::vector<Message> messages;
  LineEdit draft;
  int unread = 0;
  TextNumber newest = 0;  ///< of her texts, in the history
  TextNumber told = 0;    ///< up to this one take_read() has said that they were read
  int scrolled = 0;  ///< lines up from the end
};

struct Notice {
  enum class Tone { calm, good, bad } tone = Tone::calm;
  std::string sentence;
};

/// The page with name and password.
struct SignOnPage {
  enum class Field { name, password, again };
  LineEdit name{32};
  LineEdit password{1024};
  LineEdit again{1024};  ///< when registering
  Field focus = Field::name;
  bool registering = false;
  bool busy = false;
  std::string step{};  ///< what is being done, while busy
};

class Model {
 public:
  // --- keys ---
  std::optional<Intent> press(const Key& key, base::WallTime now);

  // --- news ---
  void step(std::string words);  ///< of signing on or registering
  void sign_on_failed(const std::string& sentence);
  void signed_on(const Client::Status& status, const std::vector<Buddy>& buddies);
  void status(const Client::Status& status, std::string own_node);
  void presence(const Buddy& buddy);
  void added(const Buddy& buddy);
  void removed(const std::string& name);
  void blocked(const std::string& name);
  /// `buddies`: all there are now.
  void unblocked(const std::string& name, const std::vector<Buddy>& buddies);
  /// `buddies`: all there are, after another machine of the user changed the list.
  void list_changed(const std::vector<Buddy>& buddies);
  void explained(const Explanation& explanation, base::WallTime now);
  /// The number to compare before `name`'s new key is trusted, and how to say that it is.
  void key_to_compare(const std::string& name, const std::string& number, base::WallTime now);
  void came_online(const Buddy& buddy, base::WallTime now);
  /// Once for each number, in their order; also what came while nobody looked.
  void text(const Text& text);
  void request(const std::string& name, const std::string& fingerprint);
  void delivered(const std::string& to, std::uint64_t number);
  void undelivered(const std::string& to, std::uint64_t number, const std::string& sentence);
  void notice(Notice::Tone tone, std::string sentence);

  /// Texts that are on the screen since the last time this was asked: whose, and up to which.
  struct Read {
    std::string buddy;
    TextNumber up_to = 0;
  };
  std::optional<Read> take_read();

  // --- what to show ---
  enum class Page { sign_on, chat };
  [[nodiscard]] Page page() const { return page_; }
  [[nodiscard]] bool help() const { return help_; }
  [[nodiscard]] const SignOnPage& sign_on_page() const { return sign_on_; }
  [[nodiscard]] const Client::Status& self() const { return self_; }
  [[nodiscard]] const std::string& own_node() const { return own_node_; }
  [[nodiscard]] const Notice& current_notice() const { return notice_; }

  /// A row of the list: a buddy, or somebody who asks to be one.
  struct Person {
    std::string name;
    std::optional<Buddy> buddy;
    int unread = 0;
  };
  /// Requests first, then who is there, then the others; by name within each.
  [[nodiscard]] std::vector<Person> people() const;
  [[nodiscard]] const std::string& selected() const { return selected_; }
  /// The selected person's; empty if nobody is selected.
  [[nodiscard]] const Conversation& conversation() const;
  /// Of the selected person, if she is a request.
  [[nodiscard]] std::string request_fingerprint() const;
  [[nodiscard]] std::string fingerprint_of(const std::string& name) const;
  [[nodiscard]] int total_unread() const;

 private:
  std::optional<Intent> press_sign_on(const Key& key);
  std::optional<Intent> press_chat(const Key& key, base::WallTime now);
  std::optional<Intent> submit_sign_on();
  std::optional<Intent> submit_line(base::WallTime now);
  std::optional<Intent> command(const std::string& line, base::WallTime now);
  std::optional<Intent> retry();
  std::optional<Intent> message_to(const std::string& name, const std::string& rest,
                                   base::WallTime now);
  std::optional<Intent> send(const std::string& to, const std::string& text, base::WallTime now);
  std::optional<Intent> change_status(const std::string& rest);
  std::optional<Intent> why(const std::string& name);
  std::optional<Intent> tell(const std::string& name);
  std::optional<Intent> away_after(const std::string& minutes);
  void note(const std::string& name, std::string words, base::WallTime now);
  void take_off(const std::string& name);
  std::optional<Intent> complain(std::string sentence);
  void show_fingerprint(const std::string& name);
  void ignore(const std::string& name);
  void focus_next(int by);
  void select(const std::string& name);
  void select_next(int by);
  void select_somebody();
  LineEdit& draft();
  LineEdit& focused();
  Message* find(const std::string& to, std::uint64_t number);

  Page page_ = Page::sign_on;
  bool help_ = false;
  SignOnPage sign_on_;
  Client::Status self_;
  std::string own_node_;
  Notice notice_;
  std::map<std::string, Buddy> buddies_;
  std::map<std::string, std::string> requests_;  ///< name, fingerprint
  std::map<std::string, Conversation> conversations_;
  Conversation nobodys_;  ///< holds the draft while nobody is selected
  std::string selected_;
  std::uint64_t last_number_ = 0;
};

}  // namespace basic::tui
