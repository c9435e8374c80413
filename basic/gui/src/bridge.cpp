#include "basic/gui/bridge.h"

#include <QCoreApplication>
#include <mutex>
#include <optional>

namespace basic::gui {

/// What both threads hold. The window's side is `bridge`, the loop's the rest.
struct Bridge::Port {
  std::mutex mutex;
  Bridge* bridge = nullptr;          // under `mutex`; null when the window is gone
  Bridge::Post post;                 // under `mutex`; empty while there is no client
  Client* client = nullptr;          // the loop's
  std::optional<base::Tasks> tasks;  // the loop's
};

void Bridge::answer(const std::weak_ptr<Port>& port, std::function<void()> back) {
  const auto shared = port.lock();
  if (!shared) return;
  const std::lock_guard lock(shared->mutex);
  if (shared->bridge) QMetaObject::invokeMethod(shared->bridge, back, Qt::QueuedConnection);
}

/// Told on the loop, passed on to the window.
class Bridge::News final : public ClientEvents {
 public:
  explicit News(std::weak_ptr<Port> port) : port_(std::move(port)) {}

  void presence(const Buddy& buddy) override {
    tell([buddy](Bridge& bridge) { emit bridge.presence_changed(buddy); });
  }
  void text(const Text& text) override {
    tell([text](Bridge& bridge) { emit bridge.text_arrived(text); });
  }
  void buddy_changed(const Buddy& buddy) override {
    tell([buddy](Bridge& bridge) { emit bridge.buddy_changed(buddy); });
  }
  void buddies_changed() override {
    tell([](Bridge& bridge) { emit bridge.buddies_changed(); });
  }
  void text_stored(const StoredText& text) override {
    tell([text](Bridge& bridge) { emit bridge.text_stored(text); });
  }
  void fate_changed(const std::string& buddy, const TextId& id, Fate fate) override {
    tell([buddy, id, fate](Bridge& bridge) {
      emit bridge.fate_changed(QString::fromStdString(buddy), id, fate);
    });
  }
  void request(const ohim::Name& from, const std::string& fingerprint) override {
    tell([from, fingerprint](Bridge& bridge) {
      emit bridge.asked(QString::fromStdString(from.str()), QString::fromStdString(fingerprint));
    });
  }
  void came_online(const Buddy& buddy) override {
    tell([buddy](Bridge& bridge) { emit bridge.came_online(buddy); });
  }
  void conditions_changed() override {
    tell([](Bridge& bridge) { emit bridge.conditions_changed(); });
  }
  void warning(const std::string& sentence) override {
    tell([sentence](Bridge& bridge) { emit bridge.warned(QString::fromStdString(sentence)); });
  }
  void progress(ohim::Progress progress) {
    tell([progress](Bridge& bridge) { emit bridge.progressed(progress); });
  }

 private:
  /// The bridge is there when the call comes: it is a call to its own queue.
  void tell(std::function<void(Bridge&)> news) {
    const auto shared = port_.lock();
    if (!shared) return;
    const std::lock_guard lock(shared->mutex);
    Bridge* const bridge = shared->bridge;
    if (!bridge) return;
    QMetaObject::invokeMethod(
        bridge, [bridge, news = std::move(news)] { news(*bridge); }, Qt::QueuedConnection);
  }

  std::weak_ptr<Port> port_;
};

Bridge::Bridge() : port_(std::make_shared<Port>()), news_(std::make_shared<News>(port_)) {
  port_->bridge = this;
}

Bridge::~Bridge() {
  const std::lock_guard lock(port_->mutex);
  port_->bridge = nullptr;
}

std::shared_ptr<ClientEvents> Bridge::events() const { return news_; }

void Bridge::attach(Client& client, Post post) {
  port_->client = &client;
  port_->tasks.emplace();
  const std::lock_guard lock(port_->mutex);
  port_->post = std::move(post);
}

void Bridge::detach() {
  {
    const std::lock_guard lock(port_->mutex);
    port_->post = nullptr;
  }
  port_->tasks.reset();
  port_->client = nullptr;
}

void Bridge::start(Job job) const {
  const std::lock_guard lock(port_->mutex);
  if (!port_->post) return;
  port_->post([port = port_, job = std::move(job)] {
    if (port->tasks) port->tasks->start(job(*port->client));
  });
}

void Bridge::tell(std::function<void(Client&)> what) const {
  const std::lock_guard lock(port_->mutex);
  if (!port_->post) return;
  port_->post([port = port_, what = std::move(what)] {
    if (port->client) what(*port->client);
  });
}

ohim::OnProgress Bridge::on_progress() const {
  return [news = news_](ohim::Progress progress) { news->progress(progress); };
}

}  // namespace basic::gui
