#!/usr/bin/env python3
"""Every option that a program's --help knows is in its man page, and no other.

    check.py BIN      # the folder of the programs

Where mandoc or groff is, it also reads each page and must have nothing to say.
"""
import pathlib
import re
import shutil
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
# page: the programs (with the word of a command) whose options it has
PAGES = {
    "openhashd.8": [["openhashd"]],
    "openhash.1": [["openhash"]],
    "basic.1": [["basic"], ["basic", "rpc"]],
    "basic-window.1": [["basic-window"]],
    "ohim-town.1": [["ohim-town"]],
}
READERS = [["mandoc", "-T", "lint", "-W", "warning"], ["groff", "-mdoc", "-Tutf8", "-ww", "-z"]]


def help_of(bin_folder, words):
    return subprocess.run([bin_folder / words[0], *words[1:], "--help"], check=True, text=True,
                          capture_output=True, timeout=30).stdout


def commands_in(text):
    """Of a help text, the words of its commands."""
    part = re.search(r"^Subcommands:\n((?: +.*\n)+)", text, re.M)
    return re.findall(r"^  (\S+)", part.group(1), re.M) if part else []


def options_in(text):
    return set(re.findall(r"^ +(?:-\w,)?--([\w-]+)", text, re.M))


def wanted(bin_folder, programs):
    options, commands = set(), set()
    for words in programs:
        text = help_of(bin_folder, words)
        options |= options_in(text)
        for command in commands_in(text) if len(words) == 1 else []:
            commands.add(command)
            options |= options_in(help_of(bin_folder, [*words, command]))
    return options, commands


def complaints_about(bin_folder, page, programs):
    text = (FOLDER / page).read_text(encoding="utf-8")
    described = set(re.findall(r"(?:Fl|\|) -([\w-]+)", text))
    options, commands = wanted(bin_folder, programs)
    assert "help" in options, f"the help of {programs} was not understood"
    yield from (f"--{name} is missing" for name in sorted(options - described))
    yield from (f"--{name} is no option" for name in sorted(described - options))
    yield from (f"the command {name} is missing" for name in sorted(commands)
                if not re.search(rf"^\.(It )?Cm (.*\W)?{name}\b", text, re.M))
    for reader in READERS:
        if shutil.which(reader[0]):
            done = subprocess.run([*reader, FOLDER / page], text=True, timeout=30,
                                  capture_output=True)
            said = [line for line in (done.stdout + done.stderr).splitlines()
                    if "referenced manual not found" not in line and "unknown font" not in line]
            yield from said


def main():
    bin_folder = pathlib.Path(sys.argv[1])
    failures = 0
    for page, programs in PAGES.items():
        if not (bin_folder / programs[0][0]).exists():
            print(f"{page}: there is no {programs[0][0]} in this build")
            continue
        for complaint in complaints_about(bin_folder, page, programs):
            print(f"{page}: {complaint}")
            failures += 1
    print(f"man pages: {len(PAGES)} read, {failures} complaints")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
