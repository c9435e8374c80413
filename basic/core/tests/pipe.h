#pragma once
// Two ends of a stream in memory, for tests that need no network: what one end writes the other
// reads, at once, unless the test stands in between.

#include <deque>
#include <functional>
#include <memory>

#include "base/transport.h"

namespace basic::test {

class PipeEnd final : public base::Stream {
 public:
  /// What this end writes passes here on its way; the test may change, drop or keep it.
  std::function<void(base::Bytes&)> tamper;
  /// Nothing of what this end does reaches the other any more, its end included.
  bool lost = false;

  base::Task<base::Result<std::size_t>> read(std::span<std::uint8_t> into) override {
    if (inbox_.empty() && !ended_) {
      base::Completion<bool> ready;
      const Waiting waiting(waiting_, ready);
      co_await ready;
    }
    const std::size_t count = std::min(into.size(), inbox_.size());
    for (std::size_t i = 0; i < count; ++i) {
      into[i] = inbox_.front();
      inbox_.pop_front();
    }
    co_return count;
  }
  base::Result<void> write(base::ByteView bytes) override {
    if (lost) return {};
    if (peer_ == nullptr || closed_) return base::fail(base::Errc::closed);
    base::Bytes out = base::to_bytes(bytes);
    if (tamper) tamper(out);
    written.insert(written.end(), out.begin(), out.end());
    peer_->receive(out);
    return {};
  }
  base::Task<void> flushed() override { co_return; }
  void close() override {
    closed_ = true;
    if (peer_ != nullptr && !lost) peer_->end();
  }
  base::Endpoint remote() const override { return base::Endpoint::v4(10, 0, 0, 2, 4000); }

  ~PipeEnd() override {
    if (peer_ == nullptr) return;
    peer_->peer_ = nullptr;
    if (!lost) peer_->end();
  }

  void receive(base::ByteView bytes) {
    inbox_.insert(inbox_.end(), bytes.begin(), bytes.end());
    wake();
  }
  void end() {
    ended_ = true;
    wake();
  }
  void join(PipeEnd& peer) {
    peer_ = &peer;
    peer.peer_ = this;
  }

  base::Bytes written;  ///< everything this end has sent

 private:
  /// Forgets who waits when the reading task is done or destroyed.
  class Waiting {
   public:
    Waiting(base::Completion<bool>*& place, base::Completion<bool>& ready) : place_(place) {
      place_ = &ready;
    }
    ~Waiting() { place_ = nullptr; }

   private:
    base::Completion<bool>*& place_;
  };

  void wake() {
    if (auto* ready = std::exchange(waiting_, nullptr)) ready->set(true);
  }
  PipeEnd* peer_ = nullptr;
  std::deque<std::uint8_t> inbox_;
  base::Completion<bool>* waiting_ = nullptr;
  bool closed_ = false;
  bool ended_ = false;
};

struct Pipe {
  std::unique_ptr<PipeEnd> left = std::make_unique<PipeEnd>();
  std::unique_ptr<PipeEnd> right = std::make_unique<PipeEnd>();
  Pipe() { left->join(*right); }
};

}  // namespace basic::test
