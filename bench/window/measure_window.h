#pragma once
// What is measured of the window; each prints rows of the table.

#include <QString>

#include "table.h"

namespace bench {

/// From the start of a process to the first picture of its window: Basic's, and one of Qt with
/// nothing in it. `program` is this one: it starts itself with --show-empty and --show-basic.
Rows measure_start(const QString& program, int rounds);
/// The children of it. Both end by themselves when their window has been painted.
int show_empty(int argc, char** argv);
int show_basic(int argc, char** argv);

/// Two real clients that talk over a link: `history` texts are scrolled through, then 200 texts
/// arrive each second while somebody types.
Rows measure_talk(int history, int seconds);

/// So many people are listed, and searched for as one types.
Rows measure_buddies(int count);

}  // namespace bench
