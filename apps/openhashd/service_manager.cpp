#include "service_manager.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <cstring>

namespace {

constexpr int kSignsInTime = 2;  // so that one may be late

std::string_view from_environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::uint64_t number_in(std::string_view digits) {
  std::uint64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

}  // namespace

void tell_service_manager(std::string_view state) {
  const std::string_view where = from_environment("NOTIFY_SOCKET");
  sockaddr_un address{};
  if (where.size() < 2 || where.size() >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, where.data(), where.size());
  if (where.front() == '@') address.sun_path[0] = '\0';  // an abstract name
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + where.size());
  const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  (void)::sendto(fd, state.data(), state.size(), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr*>(&address), size);
  ::close(fd);
}

std::optional<base::Duration> signs_of_life_wanted() {
  const std::uint64_t limit = number_in(from_environment("WATCHDOG_USEC"));
  const std::string_view whose = from_environment("WATCHDOG_PID");
  const bool ours = whose.empty() || number_in(whose) == static_cast<std::uint64_t>(::getpid());
  if (limit == 0 || !ours) return std::nullopt;
  return std::chrono::microseconds(limit / kSignsInTime);
}
