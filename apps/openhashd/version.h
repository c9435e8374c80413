#pragma once
// What this program says that it is.

inline constexpr const char* kSoftware = "openhashd";
inline constexpr const char* kVersionNumber = "0.1.0";
