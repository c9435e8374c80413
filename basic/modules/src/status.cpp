#include "basic/modules/status.h"

#include "basic/display.h"

namespace basic {
namespace {

constexpr Epoch kEpoch{0x26, 0xe8, 0x70, 0x1b, 0xaf, 0x5c, 0x43, 0x09,
                       0xb1, 0x6d, 0x94, 0xf2, 0xd8, 0x0a, 0x37, 0xcb};

}  // namespace

base::Bytes encode(const PeerStatus& status) {
  base::Writer out;
  out.u8(static_cast<std::uint8_t>(status.show)).text8(status.text);
  return out.take();
}

base::Result<PeerStatus> decode_status(base::ByteView body) {
  base::Reader in(body);
  const std::optional<Show> show = show_from_wire(in.u8());
  PeerStatus status;
  status.text = in.text8();
  const bool text_fits = status.text.size() <= kMaxStatusText && is_utf8(status.text);
  if (!show || !text_fits || !in.finished()) {
    return base::fail(base::Errc::malformed, "a status that is not one");
  }
  status.show = *show;
  return status;
}

const Epoch& Status::epoch() const { return kEpoch; }

void Status::set_own(PeerStatus own) {
  own_ = std::move(own);
  const base::Bytes frame = encode(own_);
  for (const auto& [buddy, peer] : peers_) {
    (void)peer.link->send(frame);  // a link that breaks tells it by itself
  }
}

std::optional<PeerStatus> Status::of(const ohim::Name& buddy) const {
  const auto found = peers_.find(buddy);
  return found == peers_.end() ? std::nullopt : found->second.status;
}

void Status::link_up(LinkView& link) {
  peers_[link.buddy()] = Peer{&link, std::nullopt};
  (void)link.send(encode(own_));
}

base::Result<void> Status::handle(LinkView& link, base::ByteView data) {
  base::Result<PeerStatus> status = decode_status(data);
  if (!status) return status.error();
  peers_[link.buddy()].status = std::move(*status);
  changed_(link.buddy());
  return {};
}

void Status::link_down(LinkView& link) {
  const auto found = peers_.find(link.buddy());
  if (found != peers_.end() && found->second.link == &link) peers_.erase(found);
}

}  // namespace basic
