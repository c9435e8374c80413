#pragma once

/// Keys are in memory: no core dumps, no debugger of another process of this user. Files made from
/// now on are the user's alone.
void keep_memory_private();
