#pragma once
// What time it is, for what is said of times; a test and a picture have their own.

#include <QDateTime>
#include <functional>

namespace basic::gui {

using Now = std::function<QDateTime()>;

inline QDateTime machine_time() { return QDateTime::currentDateTime(); }

}  // namespace basic::gui
