#pragma once
// Frames: what travels on a link. length 4 | epoch 16 | body; the length counts epoch and body.
// docs/link.md has the bytes and test vectors.

#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "basic/module.h"

namespace basic {

inline constexpr std::size_t kFrameHead = 4 + 16;
inline constexpr std::size_t kMaxBodyBeforeAccept = 2048 - kFrameHead;
inline constexpr std::size_t kMaxBody = 65'536;

/// The epoch of the link's own frames: see control.h.
inline constexpr Epoch kControlEpoch{};

void append_frame(base::Bytes& out, const Epoch& epoch, base::ByteView body);

struct Frame {
  Epoch epoch{};
  base::ByteView body;  ///< borrowed from the decoder until its next call
};

/// Cuts a stream of bytes into frames. Its buffer grows with what was received, never with what a
/// frame declares.
class FrameDecoder {
 public:
  explicit FrameDecoder(std::size_t max_body) : max_body_(max_body) {}

  void append(base::ByteView received);
  /// The next whole frame; empty if more bytes are needed. `too_large`, `malformed`: the stream
  /// cannot be read any further, and the answer stays the same.
  base::Result<std::optional<Frame>> next();
  /// What was received beyond the last frame; the decoder is empty afterwards.
  base::Bytes take_rest();

 private:
  std::size_t max_body_;
  base::Bytes buffer_;
  std::size_t read_ = 0;  // how much of buffer_ was given out
};

}  // namespace basic
