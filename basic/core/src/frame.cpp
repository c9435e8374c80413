#include "basic/frame.h"

#include <algorithm>

namespace basic {

void append_frame(base::Bytes& out, const Epoch& epoch, base::ByteView body) {
  const auto length = static_cast<std::uint32_t>(epoch.size() + body.size());
  out.reserve(out.size() + kFrameHead + body.size());
  for (const int shift : {24, 16, 8, 0}) out.push_back(static_cast<std::uint8_t>(length >> shift));
  out.insert(out.end(), epoch.begin(), epoch.end());
  out.insert(out.end(), body.begin(), body.end());
}

void FrameDecoder::append(base::ByteView received) {
  if (read_ > 0) {
    buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(read_));
    read_ = 0;
  }
  buffer_.insert(buffer_.end(), received.begin(), received.end());
}

base::Result<std::optional<Frame>> FrameDecoder::next() {
  const base::ByteView waiting = base::ByteView(buffer_).subspan(read_);
  if (waiting.size() < 4) return std::optional<Frame>();
  base::Reader in(waiting);
  const std::size_t length = in.u32();
  if (length < Epoch{}.size()) {
    return base::fail(base::Errc::malformed, "a frame without an epoch");
  }
  if (length > Epoch{}.size() + max_body_) {
    return base::fail(base::Errc::too_large, "a frame of " + std::to_string(length) + " bytes");
  }
  if (in.rest().size() < length) return std::optional<Frame>();
  Frame frame;
  frame.epoch = in.array<16>();
  frame.body = in.bytes(length - frame.epoch.size());
  read_ += 4 + length;
  return std::optional<Frame>(frame);
}

base::Bytes FrameDecoder::take_rest() {
  base::Bytes rest(buffer_.begin() + static_cast<std::ptrdiff_t>(read_), buffer_.end());
  buffer_.clear();
  read_ = 0;
  return rest;
}

}  // namespace basic
