#include "bubble_links.h"

#include <algorithm>

namespace basic::gui {
namespace {

constexpr std::size_t kMostLinks = 100;
constexpr int kLongestLink = 2048;

bool ends_address(QChar letter) {
  return letter.isSpace() || letter.category() == QChar::Other_Control ||
         QStringView(u"<>\"`{}|\\^").contains(letter);
}

/// Full stops and brackets at the end belong to the sentence around it, unless the bracket was
/// opened inside.
int without_tail(QStringView address) {
  qsizetype length = address.size();
  while (length > 0) {
    const QChar last = address[length - 1];
    const QStringView rest = address.first(length);
    const bool stop = QStringView(u".,;:!?'*_~…").contains(last);
    const bool open_bracket = last == '(' || last == '[';
    const bool lone_bracket = (last == ')' && rest.count('(') < rest.count(')')) ||
                              (last == ']' && rest.count('[') < rest.count(']'));
    if (!stop && !open_bracket && !lone_bracket) break;
    --length;
  }
  return static_cast<int>(length);
}

/// Length of "http://" or "https://" at `at`; 0: neither.
int scheme_at(QStringView text, qsizetype at) {
  const QStringView rest = text.sliced(at);
  for (const QStringView scheme : {QStringView(u"https://"), QStringView(u"http://")}) {
    if (rest.startsWith(scheme, Qt::CaseInsensitive)) return static_cast<int>(scheme.size());
  }
  return 0;
}

int address_length(QStringView text, qsizetype at) {
  qsizetype end = at;
  while (end < text.size() && end - at <= kLongestLink && !ends_address(text[end])) ++end;
  if (end - at > kLongestLink) return 0;
  return without_tail(text.sliced(at, end - at));
}

}  // namespace

std::vector<Link> find_links(const QString& text) {
  std::vector<Link> links;
  qsizetype at = 0;
  while (links.size() < kMostLinks) {
    at = text.indexOf(u"http", at, Qt::CaseInsensitive);
    if (at < 0) break;
    const int scheme = scheme_at(text, at);
    const bool inside_word = at > 0 && text[at - 1].isLetterOrNumber();
    const int length = scheme > 0 && !inside_word ? address_length(text, at) : 0;
    if (length > scheme) {
      const QUrl url(text.mid(at, length), QUrl::StrictMode);
      if (url.isValid() && !url.host().isEmpty())
        links.push_back({static_cast<int>(at), length, url});
    }
    at += std::max(length, 4);
  }
  return links;
}

QString real_address(const QUrl& url) { return QString::fromLatin1(url.toEncoded()); }

QString real_host(const QUrl& url) { return url.host(QUrl::FullyEncoded); }

}  // namespace basic::gui
