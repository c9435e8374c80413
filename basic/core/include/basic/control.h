#pragma once
// The link's own frames, under epoch zero.

#include <cstdint>
#include <optional>
#include <vector>

#include "basic/frame.h"
#include "basic/hello.h"

namespace basic {

enum class ControlType : std::uint8_t {
  goodbye = 1,        ///< I sign off
  ping = 2,           ///< nonce 8
  pong = 3,           ///< the ping's nonce
  unknown_epoch = 4,  ///< epoch 16: I have no module for that; sent once for each
  close = 5,          ///< reason 1: this link ends, I do not
  speaks = 6,         ///< number 4, heard 4, count 1, epochs 16 each: what I speak from now on
};

enum class CloseReason : std::uint8_t {
  replaced = 1,  ///< another link between the two of us stays (crossed connects)
  protocol = 2,  ///< you sent what no honest peer sends
};

/// Takes the place of the epochs in the hello, and of those told before. See SharedEpochs.
struct Speaks {
  std::uint32_t number = 0;   ///< counts what this side has told; the hello is 0
  std::uint32_t heard = 0;    ///< the highest number that this side has heard of the other
  std::vector<Epoch> epochs;  ///< at most kMaxEpochs

  bool operator==(const Speaks&) const = default;
};

struct Control {
  ControlType type = ControlType::goodbye;
  std::uint64_t nonce = 0;                     ///< ping, pong
  Epoch epoch{};                               ///< unknown_epoch
  CloseReason reason = CloseReason::protocol;  ///< close
  Speaks speaks{};

  bool operator==(const Control&) const = default;
};

base::Bytes encode(const Control& control);
/// `malformed`. An unknown type is not an error but empty: later versions may have more.
base::Result<std::optional<Control>> decode_control(base::ByteView body);

}  // namespace basic
