#pragma once
// Addresses in what people write. Pure.

#include <QString>
#include <QUrl>
#include <vector>

namespace basic::gui {

struct Link {
  int start = 0;
  int length = 0;
  QUrl url;
};

/// What begins with http:// or https:// and names a host; nothing else is a link. At most 100, in
/// order; the rest of a text stays text.
std::vector<Link> find_links(const QString& text);

/// Where it really leads: a host of other letters than a to z in its xn-- form, everything else as
/// it would be asked for.
QString real_address(const QUrl& url);
QString real_host(const QUrl& url);

}  // namespace basic::gui
