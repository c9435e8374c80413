// Any bytes as a stream of frames, cut anywhere, and each body as everything a body can be.

#include <algorithm>
#include <cstdlib>

#include "basic/buddy_list.h"
#include "basic/control.h"
#include "basic/display.h"
#include "basic/location.h"
#include "basic/modules/plain_text_frames.h"
#include "basic/modules/status.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

void read_as_everything(base::ByteView body) {
  const auto control = basic::decode_control(body);
  if (control && control->has_value()) must(*basic::decode_control(encode(**control)) == *control);
  if (const auto status = basic::decode_status(body)) {
    must(*basic::decode_status(encode(*status)) == *status);
  }
  (void)basic::plain_text::decode_ids(body);
  if (const auto items = basic::plain_text::decode_items(body)) {
    base::Writer again;
    for (const auto& item : *items) basic::plain_text::append(again, item);
    must(base::equal(again.view(), body));
  }
  basic::Location location;
  if (location.from_bytes(body))
    must(basic::Location().from_bytes(location.to_bytes()).has_value());
  basic::BuddyList list;
  if (list.from_bytes(body)) must(basic::BuddyList().from_bytes(list.to_bytes()).has_value());
  const std::string shown = basic::for_display(base::to_string(body), basic::Lines::many);
  must(basic::is_utf8(shown) && shown.find('\x1b') == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  base::ByteView rest(data, size);
  read_as_everything(rest);
  const std::size_t step = rest.empty() ? 1 : 1 + rest.front() % 64;
  basic::FrameDecoder decoder(basic::kMaxBody);
  while (!rest.empty()) {
    const std::size_t count = std::min(step, rest.size());
    decoder.append(rest.first(count));
    rest = rest.subspan(count);
    for (;;) {
      const auto frame = decoder.next();
      if (!frame) return 0;
      if (!frame->has_value()) break;
      read_as_everything((*frame)->body);
    }
  }
  return 0;
}
