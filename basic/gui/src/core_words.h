#pragma once
// What the core says, in the user's language. The core knows no Qt and no languages: it says whole
// English sentences, to logs and bots too. Here each is known by its form, "the name %1 is taken",
// and said anew in another language. core_forms.inc lists the forms; a test reads the core and
// fails if one is missing there.

#include <QString>

#include "base/result.h"

namespace basic::gui {

/// Errors, reasons, what features are for. What has no known form is returned as it is.
QString said(const std::string& words);
QString said(const base::Error& error);
/// The same with a capital and a full stop.
QString sentence_said(const std::string& words);
QString sentence_said(const base::Error& error);

}  // namespace basic::gui
