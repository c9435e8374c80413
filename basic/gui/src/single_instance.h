#pragma once
// One window for each profile: a second start brings the first to the front instead.

#include <QLocalServer>
#include <QObject>
#include <QString>
#include <filesystem>
#include <memory>

#include "base/result.h"

class QLocalSocket;
class QLockFile;

namespace basic::gui {

/// Two starts of one profile meet at a lock and a socket that only this user can reach, named after
/// the profile's folder; different profiles do not meet. What a crash leaves behind is taken over.
///
/// Whoever else connects can send garbage, floods or nothing: a few bytes are read for a short
/// while from a few at a time, and all that can come of it is raise_wanted().
class SingleInstance final : public QObject {
  Q_OBJECT

 public:
  enum class Role {
    first,   ///< ours is the window of this profile
    second,  ///< another has it, and has been asked to come to the front: end with status 0
  };

  /// `folder`: where lock and socket go; it belongs to this user alone.
  SingleInstance(const std::filesystem::path& profile, const std::filesystem::path& folder,
                 QObject* parent = nullptr);
  ~SingleInstance() override;

  /// Needs no running event loop; takes up to 2 s if the other is slow. Once.
  /// Errors: timed_out (another has it and does not answer); failed (lock or socket cannot be
  /// made: starting all the same is right, the profile has a lock of its own).
  base::Result<Role> claim();

 signals:
  /// Another start asks for the window.
  void raise_wanted();

 private:
  void greet();
  void listen_to(QLocalSocket* visitor);
  void hear(QLocalSocket* visitor);
  base::Result<Role> ask_the_first() const;

  QString socket_path_;
  std::unique_ptr<QLockFile> lock_;
  int visitors_ = 0;
  QLocalServer server_;  // after the rest: those it still has go with it, and are counted
};

/// $XDG_RUNTIME_DIR, else a folder of this user in the temporary one, made with mode 0700.
/// Errors: refused (such a folder is there and others can write to it); failed (cannot be made).
base::Result<std::filesystem::path> runtime_folder();

}  // namespace basic::gui
