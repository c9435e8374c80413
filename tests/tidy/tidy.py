#!/usr/bin/env python3
"""Keeps the tree what ARCHITECTURE.md says it is.

Reads every source file and fails, naming file and line, on
  - an include that points up or sideways (layers run down only),
  - a foreign library outside the room it belongs to,
  - a look at the clock, a sleep, a socket or a random number that bypasses base::World,
  - a file or a line that has grown beyond the house limits.
With --self-test it first proves that each rule can fail.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# part: the parts whose public headers it may include. Order is the order of the layers.
MAY_USE = {
    "base": {"base"},
    "tls": {"base", "tls"},
    "openhash/gateway": {"base", "tls", "openhash", "gateway"},
    "openhash": {"base", "openhash"},
    "ohim": {"base", "openhash", "ohim"},
    "basic/core": {"base", "tls", "openhash", "ohim", "basic"},
    "basic/modules": {"base", "openhash", "ohim", "basic"},
    "basic/client": {"base", "openhash", "ohim", "basic"},
    "basic/tui": {"base", "openhash", "ohim", "basic", "tui"},
    "basic/gui": {"base", "openhash", "ohim", "basic", "gui"},
    "testing": {"base", "openhash", "ohim", "basic", "testing"},
}
PARTS = {"base", "tls", "openhash", "gateway", "ohim", "basic", "tui", "gui", "testing"}

# header prefix: the rooms (path prefixes) that may include it.
ROOMS = {
    "asio": ["base/src/system"],
    "opendht": ["openhash/src/engine", "openhash/tests/bare_engine", "tests/e2e/hostile_engine",
                "bench/table/bare.cpp"],
    "openssl": ["tls/", "basic/core/src/tls", "openhash/src/key.cpp", "bench/"],
    "http_parser": ["openhash/gateway/src/http_reader.cpp"],
    "wslay": ["openhash/gateway/src/websocket.cpp"],
    "ncurses": ["basic/tui/"],
    "curses": ["basic/tui/"],
    "nlohmann": ["apps/", "bench/", "openhash/gateway/src/wire.cpp"],
    "CLI": ["apps/", "bench/"],
    "Q": ["basic/gui/", "apps/basic/"],
    "sqlite3": ["openhash/src/journal", "basic/core/src/"],
    "zxcvbn": ["ohim/src/password"],
}

# What only base's real world may do. (Tests of the real world may wait on it, so tests are exempt.)
BYPASSES = [
    (re.compile(r"\b(system_clock|steady_clock|high_resolution_clock)::now\b"), "reads the clock"),
    (re.compile(r"\b(sleep_for|sleep_until)\s*\(\s*std::|this_thread::sleep|\busleep\s*\("), "sleeps"),
    (re.compile(r"\brandom_device\b|\brandombytes_|\bRAND_bytes\b"), "draws random numbers"),
    (re.compile(r"(?<![\w.>:])::(socket|connect|sendto|recvfrom|accept)\s*\("), "opens a socket"),
]
PORTS_ONLY = ("tls/", "openhash/", "ohim/", "basic/")
# Defines what the engine takes for the clock, so that it runs in virtual time (docs/engine.md).
STANDS_FOR_THE_CLOCK = "openhash/src/engine_clock.cpp"

MAX_SOURCE, MAX_HEADER, MAX_LINE = 520, 220, 100
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def part_of(path):
    """The layer a file belongs to, or None for apps, tests and the like."""
    for part in MAY_USE:
        if path.startswith(part + "/"):
            return part
    return None


def in_room(path, header):
    for prefix, rooms in ROOMS.items():
        hit = header.startswith(prefix) and (prefix != "Q" or re.match(r"Q[A-Z]\w*$", header))
        hit = hit and (prefix == "Q" or header == prefix or header[len(prefix):][:1] in "/.w")
        if hit and not any(path.startswith(room) for room in rooms):
            return f"<{header}> belongs in {', '.join(rooms)}"
    return None


def check(path, text):
    """All complaints about one file: (line number, sentence)."""
    complaints = []
    part = part_of(path)
    is_test = "/tests/" in path or path.startswith(("tests/", "bench/", "fuzz/", "examples/"))
    lines = text.splitlines()
    limit = MAX_HEADER if path.endswith(".h") else MAX_SOURCE
    if len(lines) > limit and not is_test:
        complaints.append((limit, f"{len(lines)} lines; at most {limit}: make two rooms of it"))
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE and "http" not in line:
            complaints.append((number, f"{len(line)} columns; at most {MAX_LINE}"))
        found = INCLUDE.match(line)
        if found:
            header = found.group(1)
            room = None if is_test else in_room(path, header)
            if room:
                complaints.append((number, room))
            top = header.split("/")[0]
            if part and not is_test and top in PARTS and "/" in header and top not in MAY_USE[part]:
                complaints.append((number, f"{part} may not include {header}: layers run down only"))
        by_ports = path.startswith(PORTS_ONLY) and path != STANDS_FOR_THE_CLOCK
        if by_ports and not is_test and not line.lstrip().startswith("//"):
            for pattern, what in BYPASSES:
                if pattern.search(line):
                    complaints.append((number, f"{what}: ask base::World"))
    return complaints


def self_test():
    bad = {
        "base/src/a.cpp": '#include "openhash/store.h"',
        "openhash/src/a.cpp": '#include "ohim/name.h"',
        "openhash/src/b.cpp": '#include "gateway/server.h"',
        "ohim/src/a.cpp": '#include "basic/client.h"',
        "basic/core/src/a.cpp": "#include <asio/ip/tcp.hpp>",
        "openhash/src/node.cpp": "#include <opendht/dht.h>",
        "ohim/src/b.cpp": "auto t = std::chrono::system_clock::now();",
        "basic/core/src/b.cpp": "std::random_device device;",
        "ohim/include/ohim/big.h": "\n" * 400,
        "ohim/src/c.cpp": "int x;" + " " * 120,
    }
    return [path for path, text in bad.items() if not check(path, text)]


def main():
    blind = self_test()
    for path in blind:
        print(f"tidy: the rule for {path} does not fail when broken")
    failures = len(blind)
    files = 0
    for source in sorted(ROOT.rglob("*")):
        path = source.relative_to(ROOT).as_posix()
        if path.startswith(("build", ".")) or source.suffix not in (".h", ".cpp"):
            continue
        files += 1
        for number, sentence in check(path, source.read_text(encoding="utf-8")):
            print(f"{path}:{number}: {sentence}")
            failures += 1
    print(f"tidy: {files} files read, {failures} complaints")
    return 1 if failures or files == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
