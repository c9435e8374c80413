#pragma once
// A conversation as a screen reader sees it: a list, with an item for each text.

namespace basic::gui {

/// Once, before the first ConversationView; more often does no harm.
void make_conversations_accessible();

}  // namespace basic::gui
