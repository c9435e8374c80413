#pragma once
// The folder of a profile: ours alone, and used by one process at a time.

#include <filesystem>
#include <memory>

#include "base/result.h"

namespace basic {

class ProfileFolder {
 public:
  /// Makes it if need be, and locks it for as long as this lives. See DirectoryProfile::at().
  static base::Result<std::shared_ptr<ProfileFolder>> lock(const std::filesystem::path& folder);
  ~ProfileFolder();
  ProfileFolder(const ProfileFolder&) = delete;
  ProfileFolder& operator=(const ProfileFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  ProfileFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::filesystem::path path_;
  int lock_;
};

}  // namespace basic
