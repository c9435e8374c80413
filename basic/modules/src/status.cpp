#include "basic/modules/status.h"

#include <algorithm>

#include "basic/display.h"

namespace basic {
namespace {

constexpr Epoch kEpoch{0xb7, 0x67, 0xf9, 0x3c, 0x05, 0x6d, 0xcc, 0xda,
                       0x28, 0x9f, 0x68, 0xbc, 0x00, 0x7c, 0x2f, 0x41};
constexpr std::uint8_t kListsYou = 1;
constexpr std::uint8_t kKeepsList = 2;
constexpr std::string_view kWords = "words";
constexpr std::string_view kList = "list";

std::uint8_t to_flags(std::optional<bool> lists_you) {
  if (!lists_you) return kKeepsList;
  return *lists_you ? kListsYou : 0;
}

std::optional<bool> from_flags(std::uint8_t flags) {
  if ((flags & kKeepsList) != 0) return std::nullopt;
  return (flags & kListsYou) != 0;  // the other flags are for later versions
}

}  // namespace

base::Bytes encode(const StatusFrame& frame) {
  base::Writer out;
  out.u8(static_cast<std::uint8_t>(frame.status.show)).u8(to_flags(frame.lists_you));
  out.text8(frame.status.text);
  return out.take();
}

base::Result<StatusFrame> decode_status(base::ByteView body) {
  base::Reader in(body);
  const std::optional<Show> show = show_from_wire(in.u8());
  StatusFrame frame;
  frame.lists_you = from_flags(in.u8());
  frame.status.text = in.text8();
  const std::string& text = frame.status.text;
  if (!show || text.size() > kMaxStatusText || !is_utf8(text) || !in.finished()) {
    return base::fail(base::Errc::malformed, "a status that is not one");
  }
  frame.status.show = *show;
  return frame;
}

const Epoch& Status::epoch() const { return kEpoch; }

// --- what we tell ---

void Status::tell(Place& place, bool listed) {
  place.told = {{own_.show, tells_words_ ? own_.text : ""}, std::nullopt};
  if (tells_list_) place.told.lists_you = listed;
  // A link that breaks tells it by itself.
  (void)place.link->send(encode(place.told));
}

void Status::tell_all() {
  for (auto& [buddy, peer] : peers_) {
    for (Place& place : peer.places) tell(place, place.link->listed());
  }
}

void Status::set_own(PeerStatus own) {
  own_ = std::move(own);
  tell_all();
}

void Status::set_listed(const ohim::Name& buddy, bool listed) {
  const auto found = peers_.find(buddy);
  if (found == peers_.end()) return;
  for (Place& place : found->second.places) {
    if (tells_list_ && place.told.lists_you != listed) tell(place, listed);
  }
}

std::vector<Setting> Status::settings() const {
  return {{std::string(kWords), "Tell my own words beside the status", Setting::Kind::on_off,
           on_or_off(tells_words_)},
          {std::string(kList), "Let others learn whether they are on my list",
           Setting::Kind::on_off, on_or_off(tells_list_)}};
}

base::Result<void> Status::set(std::string_view key, const std::string& value) {
  if (key != kWords && key != kList) {
    return base::fail(base::Errc::not_found, "a status has no setting '" + std::string(key) + "'");
  }
  bool& setting = key == kWords ? tells_words_ : tells_list_;
  if (std::exchange(setting, is_on(value)) != is_on(value)) tell_all();
  return {};
}

// --- what she tells ---

const Status::Peer* Status::find(const ohim::Name& buddy) const {
  const auto found = peers_.find(buddy);
  return found == peers_.end() ? nullptr : &found->second;
}

Status::Shown Status::judge(const Peer& peer) {
  const Place* most_active = nullptr;
  const Place* last_to_speak = nullptr;
  Shown shown;
  for (const Place& place : peer.places) {
    if (!place.said) continue;
    shown.at_places.emplace(place.link->device(), place.said->status);
    if (!most_active || most_active->link->activity() < place.link->activity()) {
      most_active = &place;
    }
    if (!last_to_speak || last_to_speak->said_when < place.said_when) last_to_speak = &place;
  }
  if (!most_active) return {};
  shown.status = most_active->said->status;
  shown.lists_us = last_to_speak->said->lists_you;
  return shown;
}

std::optional<PeerStatus> Status::of(const ohim::Name& buddy) const {
  const Peer* peer = find(buddy);
  return peer == nullptr ? std::nullopt : peer->shown.status;
}

std::optional<PeerStatus> Status::of(const ohim::Name& buddy, std::uint64_t device) const {
  const Peer* peer = find(buddy);
  if (peer == nullptr) return std::nullopt;
  for (const Place& place : peer->places) {
    if (place.link->device() == device && place.said) return place.said->status;
  }
  return std::nullopt;
}

std::optional<bool> Status::lists_us(const ohim::Name& buddy) const {
  const Peer* peer = find(buddy);
  return peer == nullptr ? std::nullopt : peer->shown.lists_us;
}

void Status::report(const ohim::Name& buddy) {
  const auto found = peers_.find(buddy);
  if (found == peers_.end()) return;
  Shown now = judge(found->second);
  if (now == found->second.shown) return;
  found->second.shown = std::move(now);
  changed_(buddy);
}

// --- links ---

void Status::link_up(LinkView& link) {
  Place& place = peers_[link.buddy()].places.emplace_back();
  place.link = &link;
  tell(place, link.listed());
  report(link.buddy());
}

base::Result<void> Status::handle(LinkView& link, base::ByteView data) {
  base::Result<StatusFrame> frame = decode_status(data);
  if (!frame) return frame.error();
  std::vector<Place>& places = peers_[link.buddy()].places;
  const auto place = std::ranges::find(places, &link, &Place::link);
  if (place == places.end()) return {};
  const PeerStatus status = frame->status;
  const std::optional<StatusFrame> before = std::exchange(place->said, std::move(*frame));
  place->said_when = ++said_;
  if (status.show == Show::away) {
    link.note_away();
  } else if (before && before->status != status) {
    link.note_active();
  }
  report(link.buddy());
  return {};
}

void Status::link_down(LinkView& link) {
  const auto found = peers_.find(link.buddy());
  if (found == peers_.end()) return;
  std::erase_if(found->second.places, [&link](const Place& place) { return place.link == &link; });
  report(link.buddy());
  if (found->second.places.empty()) peers_.erase(found);
}

}  // namespace basic
