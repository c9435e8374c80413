#include "basic/modules/plain_text.h"

#include <algorithm>

#include "basic/display.h"
#include "basic/frame.h"
#include "basic/modules/plain_text_frames.h"
#include "sent_texts.h"

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
  Fate fate = Fate::failed;  // unless she acknowledges it
  base::Completion<base::Result<void>> answered;
};

struct PlainText::Conversation {
  explicit Conversation(ohim::Name name) : buddy(std::move(name)) {}

  ohim::Name buddy;
  std::vector<LinkView*> links;  // one to each of her places
  LinkView* talking = nullptr;   // of these, the one that got what is under way
  std::list<Outgoing*> queue;    // in the order of sending; the first ones are under way
  std::size_t under_way = 0;     // bytes sent and not acknowledged
  std::size_t unstored = 0;      // bytes received and not on disk
  base::Timer flushing;
  bool flush_due = false;

  /// The link to send on now; null: wait. Nothing is sent to one place while texts are under way to
  /// another, lest they overtake each other.
  LinkView* choose_link() {
    if (links.empty()) return nullptr;
    LinkView* best = *std::ranges::max_element(links, {}, &LinkView::activity);
    if (talking != best && under_way > 0) return nullptr;
    return talking = best;
  }
  /// Null if no link to that place is up.
  [[nodiscard]] LinkView* link_to(std::uint64_t device) const {
    const auto found = std::ranges::find(links, device, &LinkView::device);
    return found == links.end() ? nullptr : *found;
  }
  void end(LinkView& link) {
    std::erase(links, &link);
    if (talking != &link) return;
    talking = nullptr;
    under_way = 0;
    for (Outgoing* text : queue) text->sent = false;
  }
};

/// A text's stay in a conversation's queue, for as long as it lives; and in the history, for ever.
class PlainText::Queued {
 public:
  Queued(PlainText& module, Conversation& conversation, Outgoing& text)
      : module_(module), conversation_(conversation), text_(text) {
    where_ = conversation_.queue.insert(conversation_.queue.end(), &text);
    const Item& item = text.item;
    ticket_ = module_.sent_->add(
        {item.id, conversation.buddy, true, item.text, item.sent_at, Fate::pending});
  }
  ~Queued() {
    module_.sent_->settle(ticket_, {conversation_.buddy, text_.item.id, text_.fate});
    conversation_.queue.erase(where_);
    if (!text_.sent) return;
    conversation_.under_way -= size_of(text_.item);
    if (!conversation_.queue.empty()) module_.flush_soon(conversation_);  // may wait for that
  }
  Queued(const Queued&) = delete;
  Queued& operator=(const Queued&) = delete;

 private:
  PlainText& module_;
  Conversation& conversation_;
  Outgoing& text_;
  std::list<Outgoing*>::iterator where_;
  SentTexts::Ticket ticket_;
};

PlainText::PlainText(base::World& world, Profile& profile, TextEvents& events)
    : world_(world),
      profile_(profile),
      events_(events),
      sent_(std::make_unique<SentTexts>(world, profile, events)) {}
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
  const Queued queued(*this, conversation, outgoing);
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
  LinkView* const link = conversation.choose_link();
  if (link == nullptr) return;
  base::Writer frame;
  plain_text::begin(frame, Type::texts);
  const auto send_off = [link, &frame] {
    // A link that cannot take it breaks, and the texts go out again on the next.
    (void)link->send(frame.view());
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
  conversation.links.push_back(&link);
  flush_soon(conversation);
}

void PlainText::link_down(LinkView& link) {
  Conversation& conversation = with(link.buddy());
  conversation.end(link);
  if (!conversation.links.empty()) flush_soon(conversation);
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
  for (const TextId& id : *answered) {
    const auto is_meant = [&id](const Outgoing* text) { return text->sent && text->item.id == id; };
    const auto found = std::ranges::find_if(conversation.queue, is_meant);
    if (found == conversation.queue.end()) continue;
    if (acknowledged) (*found)->fate = Fate::delivered;
    (*found)->answered.set(acknowledged ? base::Result<void>() : refused);
  }
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
  Texts texts;
  texts.reserve(items->size());
  for (const Item& item : *items) {
    texts.push_back({item.id, link.buddy(), false, item.text, item.sent_at});
  }
  link.note_active();
  tasks_.start(keep_and_acknowledge(link.buddy(), link.device(), std::move(texts), bytes.size()));
  return {};
}

base::Task<void> PlainText::keep_and_acknowledge(ohim::Name from, std::uint64_t device, Texts texts,
                                                 std::size_t bytes) {
  const base::Result<std::vector<TextNumber>> added = co_await profile_.add_texts(texts);
  Conversation& conversation = with(from);
  conversation.unstored -= bytes;
  if (!added) {
    events_.history_failed(added.error());
    co_return;
  }
  if (LinkView* link = conversation.link_to(device)) {
    base::Writer acknowledgement;
    plain_text::begin(acknowledgement, Type::acknowledged);
    for (const StoredText& text : texts) acknowledgement.bytes(text.id);
    (void)link->send(acknowledgement.view());  // lost: she sends again, we drop it
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    texts[i].number = (*added)[i];
    if (texts[i].number != 0) events_.text_arrived(texts[i]);
  }
}

}  // namespace basic
