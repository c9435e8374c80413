#include "basic/control.h"

namespace basic {
namespace {

Speaks read_speaks(base::Reader& in) {
  Speaks speaks;
  speaks.number = in.u32();
  speaks.heard = in.u32();
  for (std::size_t left = in.u8(); left > 0 && in.ok(); --left) {
    speaks.epochs.push_back(in.array<16>());
  }
  return speaks;
}

}  // namespace

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
    case ControlType::speaks:
      out.u32(control.speaks.number).u32(control.speaks.heard);
      out.u8(static_cast<std::uint8_t>(control.speaks.epochs.size()));
      for (const Epoch& epoch : control.speaks.epochs) out.bytes(epoch);
      break;
  }
  return out.take();
}

base::Result<std::optional<Control>> decode_control(base::ByteView body) {
  base::Reader in(body);
  Control control;
  const std::uint8_t type = in.u8();
  if (type > static_cast<std::uint8_t>(ControlType::speaks)) return std::optional<Control>();
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
    case ControlType::speaks:
      control.speaks = read_speaks(in);
      break;
  }
  const bool too_many = control.speaks.epochs.size() > kMaxEpochs;
  if (type == 0 || !in.finished() || too_many) {
    return base::fail(base::Errc::malformed, "a control frame that is not one");
  }
  return std::optional<Control>(control);
}

}  // namespace basic
