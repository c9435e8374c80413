#include "core_words.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace basic::gui {
namespace {

constexpr const char* kForms[] = {
#include "core_forms.inc"
};
constexpr int kDeepest = 4;  // an error within an error within ...
const std::array kJoints{QStringLiteral("; "), QStringLiteral(": "), QStringLiteral("\n")};

/// A form, cut where its particulars stand: "the name ", " is taken".
struct Form {
  const char* source;
  QStringList pieces;
  qsizetype letters = 0;  ///< that are not particulars: of two that fit the longer is meant
};

QStringList cut(QString form) {
  for (int number = 1; form.contains('%' + QString::number(number)); ++number)
    form.replace('%' + QString::number(number), QStringLiteral("\x1f"));
  return form.split(QLatin1Char('\x1f'));
}

std::vector<Form> read_forms() {
  std::vector<Form> forms;
  for (const char* const source : kForms) {
    Form form{source, cut(QString::fromUtf8(source))};
    for (const QString& piece : form.pieces) form.letters += piece.size();
    forms.push_back(std::move(form));
  }
  std::ranges::stable_sort(forms, std::ranges::greater(), &Form::letters);
  return forms;
}

/// The particulars of `words`, if it has that form.
std::optional<QStringList> particulars(const Form& form, const QString& words) {
  QStringList found;
  if (form.pieces.size() == 1)
    return words == form.pieces.first() ? std::optional(found) : std::nullopt;
  const QString& last = form.pieces.last();
  const qsizetype end = words.size() - last.size();
  qsizetype at = form.pieces.first().size();
  if (end < at || !words.startsWith(form.pieces.first()) || !words.endsWith(last)) return {};
  for (qsizetype i = 1; i + 1 < form.pieces.size(); ++i) {
    const qsizetype next = words.indexOf(form.pieces[i], at);
    if (next < 0 || next + form.pieces[i].size() > end) return {};
    found << words.mid(at, next - at);
    at = next + form.pieces[i].size();
  }
  return found << words.mid(at, end - at);
}

QString say(const QString& words, int depth);
std::optional<QString> say_by_form(const QString& words, int depth);

/// `text` with its %1, %2 filled in. In one go: what is filled in may itself have a %2.
QString fill(const QString& text, const QStringList& particulars) {
  QString filled;
  for (qsizetype at = 0; at < text.size(); ++at) {
    const int number = at + 1 < text.size() ? text[at + 1].digitValue() : -1;
    const bool place = text[at] == QLatin1Char('%') && number >= 1 && number <= particulars.size();
    filled += place ? particulars[number - 1] : QString(text[at]);
    if (place) ++at;
  }
  return filled;
}

/// The particulars as they are said; nothing, if one of them is the end of this sentence and the
/// beginning of the next.
std::optional<QStringList> say_all(const QStringList& particulars, int depth) {
  QStringList all;
  for (const QString& one : particulars) {
    const auto said = say_by_form(one, depth);
    if (!said && one.contains(kJoints[0])) return std::nullopt;
    all << (said ? *said : say(one, depth));
  }
  return all;
}

std::optional<QString> say_by_form(const QString& words, int depth) {
  static const std::vector<Form> forms = read_forms();
  if (depth > kDeepest) return std::nullopt;
  for (const Form& form : forms) {
    const auto found = particulars(form, words);
    if (!found) continue;
    if (const auto all = say_all(*found, depth + 1))
      return fill(QCoreApplication::translate("Core", form.source), *all);
  }
  return std::nullopt;
}

QString say(const QString& words, int depth) {
  if (words.isEmpty() || depth > kDeepest) return words;
  if (const auto said = say_by_form(words, depth)) return *said;
  for (const QString& joint : kJoints) {
    const qsizetype at = words.indexOf(joint);
    if (at < 0) continue;
    return say(words.left(at), depth + 1) + joint + say(words.mid(at + joint.size()), depth + 1);
  }
  return words;
}

QString as_sentence(QString words) {
  if (words.isEmpty()) return words;
  words[0] = words[0].toUpper();
  const bool ended = QStringLiteral(".!?…").contains(words.back());
  return ended ? words : words + QLatin1Char('.');
}

}  // namespace

QString said(const std::string& words) { return say(QString::fromStdString(words), 0); }
QString said(const base::Error& error) { return said(error.message()); }
QString sentence_said(const std::string& words) { return as_sentence(said(words)); }
QString sentence_said(const base::Error& error) { return as_sentence(said(error)); }

}  // namespace basic::gui
