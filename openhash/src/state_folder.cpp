#include "state_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace openhash {
namespace {

using base::Errc;
using base::fail;
namespace fs = std::filesystem;

base::Error because(const std::string& what, const fs::path& path, int error) {
  return fail(Errc::failed, what + " " + path.string() + ": " + std::strerror(error));
}

std::optional<NodeId> read_id(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return std::nullopt;
  NodeId id{};
  const ssize_t size = ::read(file, id.data(), id.size());
  ::close(file);
  if (size != static_cast<ssize_t>(id.size()) || id == NodeId{}) return std::nullopt;
  return id;
}

/// Whole or not at all: a new file takes the old one's place.
base::Result<void> write_id(const fs::path& path, const NodeId& id) {
  const fs::path fresh = path.string() + ".new";
  const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
  const int file = ::open(fresh.c_str(), flags, 0600);
  if (file < 0) return because("cannot write", fresh, errno);
  const bool written =
      ::write(file, id.data(), id.size()) == static_cast<ssize_t>(id.size()) && ::fsync(file) == 0;
  const int error = errno;
  ::close(file);
  if (!written) return because("cannot write", fresh, error);
  if (::rename(fresh.c_str(), path.c_str()) != 0) return because("cannot write", path, errno);
  return {};
}

}  // namespace

base::Result<StateFolder> StateFolder::open(fs::path folder) {
  std::error_code error;
  const bool created = fs::create_directories(folder, error);
  if (error) return because("cannot make the state folder", folder, error.value());
  if (created) fs::permissions(folder, fs::perms::owner_all, error);
  // The folder itself is locked: a file for it could not be made on a full disk.
  const int lock = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock < 0) return because("cannot use the state folder", folder, errno);
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return fail(Errc::conflict, "another node uses the state folder " + folder.string() +
                                    ": stop it, or take another folder");
  }
  return StateFolder(std::move(folder), lock);
}

StateFolder::StateFolder(StateFolder&& other) noexcept
    : folder_(std::move(other.folder_)), lock_(std::exchange(other.lock_, -1)) {}

StateFolder& StateFolder::operator=(StateFolder&& other) noexcept {
  std::swap(folder_, other.folder_);
  std::swap(lock_, other.lock_);
  return *this;
}

StateFolder::~StateFolder() {
  if (lock_ >= 0) ::close(lock_);
}

std::optional<NodeId> StateFolder::node_id() const { return read_id(folder_ / "id"); }

base::Result<void> StateFolder::keep_node_id(const NodeId& id) const {
  auto written = write_id(folder_ / "id", id);
  if (written) ::fsync(lock_);  // the folder: that the new name is in it
  return written;
}

}  // namespace openhash
