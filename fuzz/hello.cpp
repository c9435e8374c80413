// Any bytes as a message of the handshake, and as all that an initiator says to a responder.

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "basic/handshake.h"

namespace {

/// Gives the input piece by piece, then the end. Nothing waits, so a task on it ends at once.
class Script final : public base::Stream {
 public:
  explicit Script(base::ByteView bytes) : rest_(bytes) {}

  base::Task<base::Result<std::size_t>> read(std::span<std::uint8_t> into) override {
    const std::size_t count = std::min({into.size(), rest_.size(), std::size_t{97}});
    std::ranges::copy(rest_.first(count), into.begin());
    rest_ = rest_.subspan(count);
    co_return count;
  }
  base::Result<void> write(base::ByteView) override { return {}; }
  base::Task<void> flushed() override { co_return; }
  void close() override {}
  [[nodiscard]] base::Endpoint remote() const override { return {}; }

 private:
  base::ByteView rest_;
};

struct OpenGate final : basic::Gate {
  base::Task<base::Result<void>> admit(basic::Caller) override {
    co_return base::Result<void>();
  }
};

struct Zeros final : base::Entropy {
  void fill(std::span<std::uint8_t> out) override { std::memset(out.data(), 0, out.size()); }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const base::ByteView bytes(data, size);
  if (const auto hello = basic::decode_hello(bytes)) {
    if (!base::equal(encode(*hello), bytes)) std::abort();
  }
  (void)basic::decode_proof(bytes);

  static const openhash::SigningKey key{base::Secret(32)};
  Zeros entropy;
  OpenGate gate;
  Script stream(bytes);
  const basic::Handshake handshake(entropy, basic::Self{"milhouse", &key, 1001, 1, {}});
  base::Task<base::Result<basic::Session>> answer = handshake.respond(stream, {}, gate);
  answer.start();
  if (!answer.done()) std::abort();
  return 0;
}
