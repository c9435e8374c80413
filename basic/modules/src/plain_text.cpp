#include "basic/modules/plain_text.h"

#include <algorithm>

#include "basic/display.h"
#include "basic/frame.h"
#include "basic/modules/plain_text_frames.h"

namespace basic {
namespace {

constexpr Epoch kEpoch{0x9d, 0x41, 0x2c, 0x7a, 0x03, 0xfe, 0x4b, 0xb6,
                       0x8a, 0x15, 0xd0, 0x6e, 0x37, 0x92, 0xc4, 0x58};
/// A frame is sent off when it has grown to this.
constexpr std::size_t kFrameFill = 32 << 10;
/// So much may be under way unacknowledged; the rest waits. It fits the link's queue.
constexpr std::size_t kWindow = 1 << 20;
/// Nobody who keeps to the window has more than this waiting for our disk.
constexpr std::size_t kMaxUnstored = 4 * kWindow;

using plain_text::Item;
using plain_text::Type;

std::size_t size_of(const Item& item) { return plain_text::kItemHead + item.text.size(); }

}  // namespace

/// A text on its way; lives in the task that sends it.
struct PlainText::Outgoing {
  Item item;
  bool sent = false;
  base::Completion<base::Result<void>> answered;
};

struct PlainText::Conversation {
  explicit Conversation(ohim::Name name) : buddy(std::move(name)) {}

  ohim::Name buddy;
  LinkView* link = nullptr;
  std::list<Outgoing*> queue;  // in the order of sending; the first ones are under way
  std::size_t under_way = 0;   // bytes sent and not acknowledged
  std::size_t unstored = 0;    // bytes received and not on disk
  base::Timer flushing;
  bool flush_due = false;

  void nothing_is_under_way() {
    under_way = 0;
    for (Outgoing* text : queue) text->sent = false;
  }
};

/// A place in a conversation's queue, for as long as it lives.
class PlainText::Place {
 public:
  Place(Conversation& conversation, Outgoing& text) : conversation_(conversation), text_(text) {
    where_ = conversation_.queue.insert(conversation_.queue.end(), &text);
  }
  ~Place() {
    if (text_.sent) conversation_.under_way -= size_of(text_.item);
    conversation_.queue.erase(where_);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  Conversation& conversation_;
  Outgoing& text_;
  std::list<Outgoing*>::iterator where_;
};

PlainText::PlainText(base::World& world, Profile& profile, TextEvents& events)
    : world_(world), profile_(profile), events_(events) {}
PlainText::~PlainText() = default;

const Epoch& PlainText::epoch() const { return kEpoch; }

PlainText::Conversation& PlainText::with(const ohim::Name& buddy) {
  std::unique_ptr<Conversation>& conversation = conversations_[buddy];
  if (!conversation) conversation = std::make_unique<Conversation>(buddy);
  return *conversation;
}

// --- sending ---

base::Task<base::Result<TextId>> PlainText::send(ohim::Name to, std::string text,
                                                 base::Duration limit) {
  if (text.size() > kMaxText) {
    co_return base::fail(base::Errc::too_large, "a text has at most 16384 bytes; send it in parts");
  }
  if (text.empty() || !is_utf8(text)) {
    co_return base::fail(base::Errc::malformed, "a text must be UTF-8 and not empty");
  }
  Conversation& conversation = with(to);
  Outgoing outgoing;
  world_.entropy.fill(outgoing.item.id);
  outgoing.item.sent_at = world_.clock.wall();
  outgoing.item.text = std::move(text);
  const Place place(conversation, outgoing);
  const std::string late = to.str() + " did not acknowledge the text in time";
  const base::Timer deadline = world_.clock.call_after(limit, [&outgoing, &late] {
    outgoing.answered.set(base::fail(base::Errc::unreachable, late));
  });
  flush_soon(conversation);
  const base::Result<void> answer = co_await outgoing.answered;
  if (!answer) co_return answer.error();
  co_return outgoing.item.id;
}

void PlainText::give_up(const ohim::Name& buddy, const base::Error& why) {
  const auto found = conversations_.find(buddy);
  if (found == conversations_.end()) return;
  // Each answer takes its text out of the queue. What is sent meanwhile is not meant.
  for (std::size_t left = found->second->queue.size(); left > 0; --left) {
    if (found->second->queue.empty()) return;
    found->second->queue.front()->answered.set(why);
  }
}

void PlainText::give_up_all(const base::Error& why) {
  for (const auto& [buddy, conversation] : conversations_) give_up(buddy, why);
}

void PlainText::flush_soon(Conversation& conversation) {
  if (std::exchange(conversation.flush_due, true)) return;
  conversation.flushing = world_.clock.call_after(base::Duration::zero(), [this, &conversation] {
    conversation.flush_due = false;
    flush(conversation);
  });
}

void PlainText::flush(Conversation& conversation) {
  if (conversation.link == nullptr) return;
  base::Writer frame;
  plain_text::begin(frame, Type::texts);
  const auto send_off = [&conversation, &frame] {
    // A link that cannot take it breaks, and the texts go out again on the next.
    (void)conversation.link->send(frame.view());
    frame = base::Writer();
    plain_text::begin(frame, Type::texts);
  };
  for (Outgoing* text : conversation.queue) {
    if (text->sent) continue;
    const std::size_t size = size_of(text->item);
    if (conversation.under_way > 0 && conversation.under_way + size > kWindow) break;
    if (frame.size() + size > kMaxBody) send_off();
    plain_text::append(frame, text->item);
    text->sent = true;
    conversation.under_way += size;
    if (frame.size() >= kFrameFill) send_off();
  }
  if (frame.size() > 1) send_off();
}

// --- links ---

void PlainText::link_up(LinkView& link) {
  Conversation& conversation = with(link.buddy());
  conversation.link = &link;
  conversation.nothing_is_under_way();
  flush_soon(conversation);
}

void PlainText::link_down(LinkView& link) {
  Conversation& conversation = with(link.buddy());
  if (conversation.link != &link) return;
  conversation.link = nullptr;
  conversation.nothing_is_under_way();
}

base::Result<void> PlainText::handle(LinkView& link, base::ByteView data) {
  base::Reader in(data);
  switch (static_cast<Type>(in.u8())) {
    case Type::texts:
      return take_texts(link, in.rest());
    case Type::acknowledged:
      return take_answer(with(link.buddy()), in.rest(), true);
    case Type::refused:
      return take_answer(with(link.buddy()), in.rest(), false);
  }
  return base::fail(base::Errc::malformed, "a text frame of an unknown type");
}

base::Result<void> PlainText::take_answer(Conversation& conversation, base::ByteView ids,
                                          bool acknowledged) {
  const auto answered = plain_text::decode_ids(ids);
  if (!answered) return answered.error();
  const std::string words = conversation.buddy.str() + " has not added you yet";
  const base::Result<void> refused = base::fail(base::Errc::refused, words);
  std::vector<StoredText> delivered;
  for (const TextId& id : *answered) {
    const auto is_meant = [&id](const Outgoing* text) { return text->sent && text->item.id == id; };
    const auto found = std::ranges::find_if(conversation.queue, is_meant);
    if (found == conversation.queue.end()) continue;
    const Item& item = (*found)->item;
    if (acknowledged) {
      delivered.push_back({item.id, conversation.buddy, true, item.text, item.sent_at});
    }
    (*found)->answered.set(acknowledged ? base::Result<void>() : refused);
  }
  if (!delivered.empty()) tasks_.start(keep(std::move(delivered)));
  flush(conversation);
  return {};
}

// --- receiving ---

base::Result<void> PlainText::take_texts(LinkView& link, base::ByteView bytes) {
  const auto items = plain_text::decode_items(bytes);
  if (!items) return items.error();
  if (!link.listed()) {
    base::Writer refusal;
    plain_text::begin(refusal, Type::refused);
    for (const Item& item : *items) refusal.bytes(item.id);
    return link.send(refusal.view());
  }
  Conversation& conversation = with(link.buddy());
  conversation.unstored += bytes.size();
  if (conversation.unstored > kMaxUnstored) {
    conversation.unstored -= bytes.size();
    return base::fail(base::Errc::too_large, "more texts at once than anybody may send");
  }
  std::vector<StoredText> texts;
  texts.reserve(items->size());
  for (const Item& item : *items) {
    texts.push_back({item.id, link.buddy(), false, item.text, item.sent_at});
  }
  tasks_.start(keep_and_acknowledge(link.buddy(), std::move(texts), bytes.size()));
  return {};
}

base::Task<void> PlainText::keep_and_acknowledge(ohim::Name from, std::vector<StoredText> texts,
                                                 std::size_t bytes) {
  const base::Result<std::vector<bool>> added = co_await profile_.add_texts(texts);
  Conversation& conversation = with(from);
  conversation.unstored -= bytes;
  if (!added) {
    events_.history_failed(added.error());
    co_return;
  }
  if (conversation.link != nullptr) {
    base::Writer acknowledgement;
    plain_text::begin(acknowledgement, Type::acknowledged);
    for (const StoredText& text : texts) acknowledgement.bytes(text.id);
    (void)conversation.link->send(acknowledgement.view());  // lost: she sends again, we drop it
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if ((*added)[i]) events_.text_arrived(texts[i]);
  }
}

base::Task<void> PlainText::keep(std::vector<StoredText> texts) {
  const base::Result<std::vector<bool>> kept = co_await profile_.add_texts(std::move(texts));
  if (!kept) events_.history_failed(kept.error());
}

}  // namespace basic
