#include "basic/profile.h"

namespace basic {

base::Error Profile::not_open() {
  return base::fail(base::Errc::closed, "no user's profile is open");
}

base::Result<void> Profile::check_setting(const std::string& key,
                                          const std::optional<std::string>& value) {
  if (key.size() > kMaxSettingKey) {
    return base::fail(base::Errc::too_large, "the key of a setting has at most 255 bytes");
  }
  if (value && value->size() > kMaxSetting) {
    return base::fail(base::Errc::too_large, "at most 65536 bytes can be kept here; shorten it");
  }
  return {};
}

}  // namespace basic
