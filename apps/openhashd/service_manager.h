#pragma once
// What systemd is told (sd_notify(3)): a datagram to the socket that it names in the environment.
// Without one, nothing is sent.

#include <optional>
#include <string_view>

#include "base/clock.h"

/// "READY=1", "STOPPING=1", "WATCHDOG=1". Best effort.
void tell_service_manager(std::string_view state);

/// How often "WATCHDOG=1" is wanted as a sign of life; nothing if it is not wanted.
std::optional<base::Duration> signs_of_life_wanted();
