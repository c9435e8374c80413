#include "key_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace openhash_tool {
namespace {

using base::Errc;
using base::fail;

constexpr std::size_t kSeedSize = 32;

/// A descriptor that closes itself.
class File {
 public:
  File(const std::string& path, int flags, int mode = 0)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
};

base::Error because(const std::string& what, const std::string& path) {
  return fail(Errc::failed, what + " " + path + ": " + std::strerror(errno));
}

/// Fills `into` as far as the file goes; the count, or -1.
ssize_t read_all(int fd, std::span<std::uint8_t> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t size = ::read(fd, into.data() + done, into.size() - done);
    if (size < 0) return -1;
    if (size == 0) break;
    done += static_cast<std::size_t>(size);
  }
  return static_cast<ssize_t>(done);
}

base::Result<base::Secret> make_key_file(const std::string& path, base::Entropy& entropy) {
  base::Secret seed(kSeedSize);
  entropy.fill(seed.bytes());
  const File file(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
  if (file.fd() < 0) return because("cannot make the key file", path);
  const bool written =
      ::write(file.fd(), seed.data(), seed.size()) == static_cast<ssize_t>(seed.size()) &&
      ::fsync(file.fd()) == 0;
  if (!written) return because("cannot write the key file", path);
  return seed;
}

}  // namespace

base::Result<base::Secret> open_key_file(const std::string& path, base::Entropy& entropy) {
  const File file(path, O_RDONLY | O_NOFOLLOW);
  if (file.fd() < 0 && errno == ENOENT) return make_key_file(path, entropy);
  if (file.fd() < 0) return because("cannot read the key file", path);
  base::Secret seed(kSeedSize);
  std::uint8_t more = 0;
  const ssize_t size = read_all(file.fd(), seed.bytes());
  if (size < 0) return because("cannot read the key file", path);
  if (size != static_cast<ssize_t>(kSeedSize) || read_all(file.fd(), {&more, 1}) != 0) {
    return fail(Errc::malformed, path + " is no key file: it must have 32 bytes");
  }
  return seed;
}

base::Result<base::Bytes> read_file(const std::string& path, std::size_t limit) {
  const File file(path, O_RDONLY);
  if (file.fd() < 0) return because("cannot read", path);
  base::Bytes content(limit + 1);
  const ssize_t size = read_all(file.fd(), content);
  if (size < 0) return because("cannot read", path);
  if (static_cast<std::size_t>(size) > limit) {
    return fail(Errc::too_large,
                path + " is too large: a record has room for " + std::to_string(limit) + " bytes");
  }
  content.resize(static_cast<std::size_t>(size));
  return content;
}

}  // namespace openhash_tool
