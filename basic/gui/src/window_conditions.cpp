// What is wrong, as the strip shows it: one sentence, one thing to do.

#include <algorithm>

#include "core_words.h"
#include "window_impl.h"
#include "words.h"

namespace basic::gui {
namespace {

QString id_of(const Condition& condition) {
  return QString::fromUtf8(to_string(condition.kind)) + ' ' + qt(condition.buddy);
}

QString sentence(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::own_line_cut:
      return Window::tr(
          "Nobody answers: this machine's line seems to be cut. Basic goes on by "
          "itself as soon as it is back.");
    case Condition::Kind::no_store:
      return Window::tr(
          "No node of the table answers. Those you talk with stay connected; nobody "
          "new is found until one is back.");
    case Condition::Kind::key_changed:
      return Window::tr("The key of %1 has changed. Nothing is sent until you have compared it.")
          .arg(qt(condition.buddy));
    case Condition::Kind::signed_on_elsewhere:
      break;
  }
  return Window::tr(
      "You are signed on at another place, too. Texts reach the place where you were "
      "active last.");
}

}  // namespace

void Window::Impl::connect_conditions() {
  connect(&bridge_, &Bridge::conditions_changed, this, [this] { look_at_conditions(); });
  connect(key_, &KeyPage::accepted, this, [this](const QString& name, const QString& fingerprint) {
    accept_key(name, fingerprint);
  });
}

void Window::Impl::look_at_conditions() {
  bridge_.look(
      this, [](const Client& client) { return client.conditions(); },
      [this](const std::vector<Condition>& conditions) { show_conditions(conditions); });
}

void Window::Impl::show_conditions(const std::vector<Condition>& conditions) {
  for (const QString& id : std::exchange(condition_ids_, {})) strip_->take_back(id);
  roster_->set_line_cut(std::ranges::any_of(conditions, [](const Condition& condition) {
    return condition.kind == Condition::Kind::own_line_cut;
  }));
  // The strip shows what came last first, so the most urgent comes last.
  for (auto condition = conditions.rbegin(); condition != conditions.rend(); ++condition) {
    Strip::Message message;
    message.id = id_of(*condition);
    message.sentence = sentence(*condition);
    add_action(*condition, message);
    condition_ids_ << message.id;
    strip_->show_message(std::move(message));
  }
}

void Window::Impl::add_action(const Condition& condition, Strip::Message& message) {
  switch (condition.kind) {
    case Condition::Kind::own_line_cut:
    case Condition::Kind::no_store:
      message.action = Window::tr("Show the nodes");
      message.act = [this] { actions_.settings->trigger(); };
      break;
    case Condition::Kind::key_changed:
      message.action = Window::tr("Compare …");
      message.act = [this, name = qt(condition.buddy)] { compare_key(name); };
      break;
    case Condition::Kind::signed_on_elsewhere:
      message.action = Window::tr("Sign off here");
      message.act = [this] { sign_off(); };
      break;
  }
}

void Window::Impl::compare_key(const QString& name) {
  bridge_.look(
      this, [buddy = name.toStdString()](const Client& client) { return client.key_change(buddy); },
      [this](const std::optional<KeyChange>& change) {
        if (!change) return look_at_conditions();  // it is over
        key_->show_change(qt(change->buddy), qt(change->old_fingerprint),
                          qt(change->new_fingerprint), qt(change->new_safety_number));
        show_page(key_);
      });
}

void Window::Impl::accept_key(const QString& name, const QString& fingerprint) {
  bridge_.ask(
      this,
      [buddy = name.toStdString(), print = fingerprint.toStdString()](Client& client) {
        return client.accept_key(buddy, print);
      },
      [this](const base::Result<void>& done) {
        if (!done) warn(sentence_said(done.error()));
      });
  show_page(talk_);
}

void Window::Impl::warn(const QString& sentence) {
  Strip::Message message;
  message.id = QStringLiteral("warning-%1").arg(++warnings_);
  message.sentence = sentence;
  message.lasting = false;
  strip_->show_message(std::move(message));
}

}  // namespace basic::gui
