#include "basic/control.h"

namespace basic {

base::Bytes encode(const Control& control) {
  base::Writer out;
  out.u8(static_cast<std::uint8_t>(control.type));
  switch (control.type) {
    case ControlType::goodbye:
      break;
    case ControlType::ping:
    case ControlType::pong:
      out.u64(control.nonce);
      break;
    case ControlType::unknown_epoch:
      out.bytes(control.epoch);
      break;
    case ControlType::close:
      out.u8(static_cast<std::uint8_t>(control.reason));
      break;
  }
  return out.take();
}

base::Result<std::optional<Control>> decode_control(base::ByteView body) {
  base::Reader in(body);
  Control control;
  const std::uint8_t type = in.u8();
  if (type > static_cast<std::uint8_t>(ControlType::close)) return std::optional<Control>();
  control.type = static_cast<ControlType>(type);
  switch (control.type) {
    case ControlType::goodbye:
      break;
    case ControlType::ping:
    case ControlType::pong:
      control.nonce = in.u64();
      break;
    case ControlType::unknown_epoch:
      control.epoch = in.array<16>();
      break;
    case ControlType::close:
      // Whatever the reason is, the link ends; only `replaced` is treated apart.
      control.reason = in.u8() == static_cast<std::uint8_t>(CloseReason::replaced)
                           ? CloseReason::replaced
                           : CloseReason::protocol;
      break;
  }
  if (type == 0 || !in.finished()) {
    return base::fail(base::Errc::malformed, "a control frame that is not one");
  }
  return std::optional<Control>(control);
}

}  // namespace basic
