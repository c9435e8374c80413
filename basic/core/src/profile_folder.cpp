#include "profile_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace basic {
namespace {

base::Error failed(const std::filesystem::path& path) {
  return base::fail(base::Errc::failed,
                    "cannot use " + path.string() + " as a profile: " + std::strerror(errno));
}

/// Makes the folder, or checks that the one there is a folder of ours; others are kept out.
base::Result<void> make_ours(const std::filesystem::path& folder) {
  std::error_code ignored;  // if it could not be made, the next lines say why
  std::filesystem::create_directories(folder.parent_path(), ignored);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return failed(folder);
  struct stat found {};
  if (::lstat(folder.c_str(), &found) != 0) return failed(folder);
  if (!S_ISDIR(found.st_mode) || found.st_uid != ::geteuid()) {
    return base::fail(base::Errc::refused, folder.string() +
                                               " is not a folder of yours (symbolic links are not "
                                               "followed); choose another with --profile DIR");
  }
  if ((found.st_mode & 0077) != 0 && ::chmod(folder.c_str(), 0700) != 0) return failed(folder);
  return {};
}

}  // namespace

base::Result<std::shared_ptr<ProfileFolder>> ProfileFolder::lock(
    const std::filesystem::path& folder) {
  std::filesystem::path wanted = std::filesystem::absolute(folder).lexically_normal();
  if (!wanted.has_filename()) wanted = wanted.parent_path();  // "dir/" is "dir"
  const base::Result<void> ours = make_ours(wanted);
  if (!ours) return ours.error();
  std::error_code unresolved;
  const std::filesystem::path real = std::filesystem::canonical(wanted, unresolved);
  if (unresolved) return failed(wanted);
  const std::filesystem::path file = real / "lock";
  const int lock = ::open(file.c_str(), O_CREAT | O_RDWR | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (lock < 0) return failed(file);
  std::shared_ptr<ProfileFolder> locked(new ProfileFolder(real, lock));
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    return base::fail(base::Errc::conflict, "another program uses the profile " + real.string() +
                                                "; end it, or choose another with --profile DIR");
  }
  return locked;
}

ProfileFolder::~ProfileFolder() { ::close(lock_); }

}  // namespace basic
