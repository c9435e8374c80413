#pragma once
// In which language the window speaks. The sources are English; the others are in translations/.

#include <QString>
#include <QStringList>

namespace basic::gui {

/// Has the application speak `wanted` ("de"); empty: as the desktop does. Where we have no such
/// translation, English. Dates and numbers follow a language that was asked for by name. Returns
/// what it came to. Before the first window; asked again, it replaces what it did before.
QString load_language(const QString& wanted);

/// Those that can be asked for, English first.
QStringList languages();

/// The first of `liked` ("de-AT", "en") that is in `known`, by its language alone; else English.
QString best_language(const QStringList& liked, const QStringList& known);

}  // namespace basic::gui
