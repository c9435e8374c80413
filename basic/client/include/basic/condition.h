#pragma once
// What is wrong, for as long as it lasts. Values.

#include <string>

#include "base/clock.h"

namespace basic {

/// Something that is not as it should be, for as long as it lasts. A face shows the most urgent one
/// as a strip with one action.
struct Condition {
  /// The most urgent first.
  enum class Kind {
    own_line_cut,         ///< nobody answers at all
    no_store,             ///< no node of the store answers: links stay, nobody new is found
    key_changed,          ///< see Client::key_change()
    signed_on_elsewhere,  ///< the same user, at another place
  };
  Kind kind = Kind::no_store;
  std::string buddy{};     ///< of key_changed
  std::string sentence{};  ///< no full stop
  base::WallTime since{};

  bool operator==(const Condition&) const = default;
};
/// "own-line-cut", "no-store", "key-changed", "signed-on-elsewhere".
std::string_view to_string(Condition::Kind kind);

/// The store says that a buddy's name belongs to another key than the one that is known here. She
/// may have registered anew, or somebody may pretend to be her: only she can tell.
struct KeyChange {
  std::string buddy;
  std::string old_fingerprint;
  std::string new_fingerprint;
  std::string new_safety_number;  ///< with the new key

  bool operator==(const KeyChange&) const = default;
};

}  // namespace basic
