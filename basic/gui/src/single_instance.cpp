#include "single_instance.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QLockFile>
#include <QThread>
#include <QTimer>
#include <chrono>
#include <string>
#include <utility>

namespace basic::gui {
namespace {

using namespace std::chrono_literals;

constexpr auto kWaitForTheFirst = 2s;  // it may be busy starting
constexpr auto kWaitForAVisitor = 1s;  // she has 6 bytes to send
constexpr auto kBetweenAttempts = 50ms;
constexpr int kMostVisitors = 4;
const QByteArray kRaise = QByteArrayLiteral("raise\n");
const QByteArray kAnswer = QByteArrayLiteral("ok\n");

int milliseconds(std::chrono::milliseconds time) { return static_cast<int>(time.count()); }

/// Short: the path of a socket has at most 107 bytes.
QString name_for(const std::filesystem::path& profile) {
  std::error_code unreadable;
  std::filesystem::path real = std::filesystem::weakly_canonical(profile, unreadable);
  if (unreadable) real = profile.lexically_normal();
  if (!real.has_filename()) real = real.parent_path();
  const QByteArray hash = QCryptographicHash::hash(QByteArray::fromStdString(real.string()),
                                                   QCryptographicHash::Sha256);
  constexpr int kDigits = 24;
  return QStringLiteral("ohim-basic-") + QString::fromLatin1(hash.toHex().left(kDigits));
}

QString path_in(const std::filesystem::path& folder, const QString& name) {
  return QString::fromStdString(folder.string()) + QLatin1Char('/') + name;
}

base::Error failure(base::Errc code, const QString& sentence) {
  return {base::make_error_code(code), sentence.toStdString()};
}

/// Whether the answer came; `patience` is what is left of the time for all attempts.
bool ask_once(const QString& path, const QElapsedTimer& started) {
  const auto left = [&] {
    return std::max(1, milliseconds(kWaitForTheFirst) - static_cast<int>(started.elapsed()));
  };
  QLocalSocket socket;
  socket.setReadBufferSize(kAnswer.size());
  socket.connectToServer(path);
  if (!socket.waitForConnected(left())) return false;
  socket.write(kRaise);
  if (!socket.waitForBytesWritten(left())) return false;
  while (socket.bytesAvailable() < kAnswer.size())
    if (!socket.waitForReadyRead(left())) return false;
  return socket.read(kAnswer.size()) == kAnswer;
}

}  // namespace

SingleInstance::SingleInstance(const std::filesystem::path& profile,
                               const std::filesystem::path& folder, QObject* parent)
    : QObject(parent),
      socket_path_(path_in(folder, name_for(profile) + QStringLiteral(".socket"))),
      lock_(std::make_unique<QLockFile>(
          path_in(folder, name_for(profile) + QStringLiteral(".lock")))) {
  lock_->setStaleLockTime(0);  // old is not stale: only the end of the process is
  server_.setSocketOptions(QLocalServer::UserAccessOption);
  server_.setMaxPendingConnections(kMostVisitors);
  connect(&server_, &QLocalServer::newConnection, this, &SingleInstance::greet);
}

SingleInstance::~SingleInstance() = default;

base::Result<SingleInstance::Role> SingleInstance::claim() {
  if (!lock_->tryLock(0)) {
    if (lock_->error() == QLockFile::LockFailedError) return ask_the_first();
    return failure(base::Errc::failed,
                   tr("Cannot write to %1, so a second start will not find this window.")
                       .arg(QFileInfo(socket_path_).path()));
  }
  // Ours is the lock, so a socket of that name is what a crash has left behind.
  QLocalServer::removeServer(socket_path_);
  if (!server_.listen(socket_path_))
    return failure(base::Errc::failed,
                   tr("Cannot make %1, so a second start will not find this window: %2")
                       .arg(socket_path_, server_.errorString()));
  return Role::first;
}

base::Result<SingleInstance::Role> SingleInstance::ask_the_first() const {
  QElapsedTimer started;
  started.start();
  do {
    if (ask_once(socket_path_, started)) return Role::second;
    QThread::msleep(milliseconds(kBetweenAttempts));  // it has the lock, but no socket yet
  } while (started.elapsed() < milliseconds(kWaitForTheFirst));
  return failure(base::Errc::timed_out,
                 tr("Basic is open with this profile already, but does not answer. End it, or "
                    "choose another profile with --profile."));
}

void SingleInstance::greet() {
  while (QLocalSocket* const visitor = server_.nextPendingConnection()) {
    if (visitors_ < kMostVisitors)
      listen_to(visitor);
    else
      delete visitor;
  }
}

void SingleInstance::listen_to(QLocalSocket* visitor) {
  ++visitors_;
  visitor->setReadBufferSize(kRaise.size() + 1);
  connect(visitor, &QObject::destroyed, this, [this] { --visitors_; });
  connect(visitor, &QLocalSocket::disconnected, visitor, &QObject::deleteLater);
  connect(visitor, &QLocalSocket::readyRead, this, [this, visitor] { hear(visitor); });
  QTimer::singleShot(kWaitForAVisitor, visitor, &QObject::deleteLater);
  hear(visitor);
}

void SingleInstance::hear(QLocalSocket* visitor) {
  const QByteArray said = visitor->peek(kRaise.size() + 1);
  if (said.isEmpty() || (said.size() < kRaise.size() && kRaise.startsWith(said))) return;
  disconnect(visitor, &QLocalSocket::readyRead, this, nullptr);
  const bool understood = said == kRaise;
  if (understood) {
    visitor->write(kAnswer);
    visitor->disconnectFromServer();  // once it is written
  } else {
    visitor->deleteLater();
  }
  if (understood) emit raise_wanted();
}

base::Result<std::filesystem::path> runtime_folder() {
  const QString own = qEnvironmentVariable("XDG_RUNTIME_DIR");
  if (QDir::isAbsolutePath(own) && QFileInfo(own).isDir())
    return std::filesystem::path(own.toStdString());
  const QString user = QString::number(QFileInfo(QStringLiteral("/proc/self")).ownerId());
  const QString path = QDir::tempPath() + QStringLiteral("/ohim-") + user;
  const auto only_us = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
  const bool made = QDir().mkdir(path, only_us);
  const QFileInfo folder(path);
  if (!made && !folder.isDir())
    return failure(base::Errc::failed, SingleInstance::tr("Cannot make the folder %1.").arg(path));
  const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                      QFile::WriteOther | QFile::ExeOther;
  if (folder.isSymLink() || QString::number(folder.ownerId()) != user ||
      (folder.permissions() & others))
    return failure(base::Errc::refused,
                   SingleInstance::tr("%1 is not a folder of yours alone. Remove it, or set "
                                      "XDG_RUNTIME_DIR.")
                       .arg(path));
  return std::filesystem::path(path.toStdString());
}

}  // namespace basic::gui
