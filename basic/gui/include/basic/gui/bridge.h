#pragma once
// The client as the window sees it. The client lives on a loop of its own, usually on a thread of
// its own; the window asks here and is answered, and told news, on the window's thread. So nothing
// the client does can make the window stutter, and nothing needs a lock.

#include <QObject>
#include <QPointer>
#include <QString>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "basic/client.h"

namespace basic::gui {

/// Made, asked and destroyed on the window's thread.
class Bridge final : public QObject {
  Q_OBJECT

 public:
  /// Runs something soon on the client's loop, whichever thread it is called on.
  using Post = std::function<void(std::function<void()>)>;

  Bridge();
  ~Bridge() override;

  /// What the client is to be made with. Its functions are called on the client's loop; it stays
  /// for as long as anybody holds it, and is silent once the bridge is gone.
  [[nodiscard]] std::shared_ptr<ClientEvents> events() const;
  /// From now on `client` answers. On its loop, or while that does not run yet.
  void attach(Client& client, Post post);
  /// On the client's loop, before the client goes: ends what is under way. Nothing asked later is
  /// answered.
  void detach();

  /// Has `what(client)`, which gives a Task<Result<T>>, done on the loop, and calls
  /// `then(Result<T>)` back here, unless `asker` is gone by then. `what` is copied to the loop's
  /// thread: it may hold values, never pointers into the window.
  template <typename What, typename Then>
  void ask(QObject* asker, What what, Then then);
  /// The same for what answers at once: `at(client)` gives a T, `then(T)` gets it.
  template <typename At, typename Then>
  void look(QObject* asker, At at, Then then);

  /// For what needs no answer.
  void tell(std::function<void(Client&)> what) const;

  /// To be given to Client::register_user(): tells progressed().
  [[nodiscard]] ohim::OnProgress on_progress() const;

 Q_SIGNALS:
  void presence_changed(const basic::Buddy& buddy);
  void buddy_changed(const basic::Buddy& buddy);
  void buddies_changed();
  void text_arrived(const basic::Text& text);
  void text_stored(const basic::StoredText& text);
  void fate_changed(const QString& buddy, const basic::TextId& id, basic::Fate fate);
  /// Somebody who is not on the list.
  void asked(const QString& name, const QString& fingerprint);
  void came_online(const basic::Buddy& buddy);
  void conditions_changed();
  void warned(const QString& sentence);
  void progressed(ohim::Progress progress);

 private:
  class News;
  struct Port;

  using Job = std::function<base::Task<void>(Client&)>;
  void start(Job job) const;
  /// Calls `back` on the window's thread, while the bridge is there. From any thread.
  static void answer(const std::weak_ptr<Port>& port, std::function<void()> back);

  template <typename What, typename Then>
  static base::Task<void> carry_out(Client* client, What what, Then then);
  template <typename At>
  static base::Task<std::invoke_result_t<At, Client&>> look_now(Client* client, At at) {
    co_return at(*client);
  }

  std::shared_ptr<Port> port_;
  std::shared_ptr<News> news_;
};

template <typename What, typename Then>
base::Task<void> Bridge::carry_out(Client* client, What what, Then then) {
  auto task = what(*client);
  auto result = co_await task;
  then(std::move(result));
}

template <typename What, typename Then>
void Bridge::ask(QObject* asker, What what, Then then) {
  using Result = typename std::invoke_result_t<What, Client&>::value_type;
  const std::weak_ptr<Port> port = port_;
  auto back = [port, asker = QPointer<QObject>(asker), then = std::move(then)](Result result) {
    const auto shared = std::make_shared<Result>(std::move(result));
    answer(port, [asker, then, shared] {
      if (asker) then(std::move(*shared));
    });
  };
  start([what = std::move(what), back = std::move(back)](Client& client) {
    return carry_out(&client, what, back);
  });
}

template <typename At, typename Then>
void Bridge::look(QObject* asker, At at, Then then) {
  ask(
      asker, [at = std::move(at)](Client& client) { return look_now(&client, at); },
      std::move(then));
}

}  // namespace basic::gui
