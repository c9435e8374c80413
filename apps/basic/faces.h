#pragma once
// The ways to show one Client; each runs until its user leaves, and gives the exit status.

#include "options.h"

int run_rpc(const Options& options);
int run_terminal(const Options& options);
