#pragma once
// The texts of one conversation, as far as they are in memory: a stretch of the history that grows
// at either end when asked, and at its newest end by itself.

#include <QDateTime>
#include <QObject>
#include <QString>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "basic/gui/bridge.h"

namespace basic::gui {

/// One text as it is shown.
struct ShownText {
  std::uint64_t serial = 0;  ///< names it while it is in memory; never used twice in a log
  TextNumber number = 0;     ///< 0: not in the history, only here
  TextId id{};
  bool outgoing = false;
  QString text;
  QDateTime sent_at;
  QDate day;
  Fate fate = Fate::delivered;
  QString reason{};         ///< why it failed, if that is known: a sentence without a full stop
  bool sent_again = false;  ///< it failed, and the user has sent the same words anew
};

/// `bridge` is borrowed. Texts are in the order of their numbers, each once; those without a number
/// stand at the end. Every change is told by a signal right after it.
class ConversationLog final : public QObject {
  Q_OBJECT

 public:
  struct Limits {
    std::size_t page = 50;    ///< texts asked for at once
    std::size_t most = 3000;  ///< kept in memory; what is too much goes at the far end
  };

  ConversationLog(Bridge& bridge, QString buddy, Limits limits, QObject* parent = nullptr);
  ConversationLog(Bridge& bridge, QString buddy, QObject* parent = nullptr)
      : ConversationLog(bridge, std::move(buddy), Limits(), parent) {}

  [[nodiscard]] const std::deque<ShownText>& texts() const { return texts_; }
  [[nodiscard]] int size() const { return static_cast<int>(texts_.size()); }
  [[nodiscard]] const ShownText& at(int index) const {
    return texts_[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] bool has_older() const { return has_older_; }
  /// Then texts that arrive are not taken in: they would leave a gap.
  [[nodiscard]] bool has_newer() const { return has_newer_; }
  [[nodiscard]] bool loading() const { return loading_older_ || loading_newer_; }
  /// -1: it is not here.
  [[nodiscard]] int index_of(TextNumber number) const;
  [[nodiscard]] int index_of_serial(std::uint64_t serial) const;

  /// Forgets what is here and loads the newest, or what stands around a text.
  void open_at_end();
  void open_at(TextNumber number);
  /// Nothing, where there is no more or it is on its way.
  void load_older();
  void load_newer();
  /// Whether the user looks at the newest. Otherwise nothing at the old end is dropped.
  void set_following(bool following) { following_ = following; }

  /// Texts of hers after that number are new to the user. None: nothing is.
  void set_read_up_to(std::optional<TextNumber> number);
  /// Before which text a line says so; -1: no line, or not here.
  [[nodiscard]] int first_unread() const;

  void set_reason(const TextId& id, const QString& reason);
  void set_sent_again(std::uint64_t serial);

 signals:
  void reset();
  void inserted(int first, int count);
  void removed(int first, int count);
  void changed(int index);
  void unread_changed();
  /// A text came just now, taken in or not (has_newer()).
  void arrived(bool outgoing);
  /// A page could not be loaded; it is asked for again with the next call.
  void load_failed(const QString& sentence);

 private:
  using Page = base::Result<std::vector<StoredText>>;

  void forget();
  void ask_older(TextNumber before);
  void ask_newer(TextNumber after);
  void take_older(const Page& page);
  void take_newer(const Page& page);
  void take_news(const StoredText& text);
  void take_fate(const TextId& id, Fate fate);
  void merge(const std::vector<StoredText>& texts);
  [[nodiscard]] bool is_known(const StoredText& text) const;
  [[nodiscard]] ShownText shown(const StoredText& text);
  [[nodiscard]] std::size_t place_of(const StoredText& text) const;
  void drop_oldest();
  void drop_newest();
  void drop(std::size_t first, std::size_t count);
  void page_done();

  Bridge& bridge_;
  QString buddy_;
  Limits limits_;
  std::deque<ShownText> texts_;
  std::set<std::pair<bool, TextId>> known_;
  std::vector<StoredText> held_;            // came while the newest page was on its way
  std::map<TextId, Fate> fates_meanwhile_;  // came while any page was on its way
  std::optional<TextNumber> read_up_to_;
  std::uint64_t last_serial_ = 0;
  int opened_ = 0;  // answers to what was asked before the last open_... are dropped
  bool has_older_ = false;
  bool has_newer_ = false;
  bool loading_older_ = false;
  bool loading_newer_ = false;
  bool following_ = true;
};

}  // namespace basic::gui
