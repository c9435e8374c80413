#!/usr/bin/env python3
"""The desktop's own tools read the files that introduce Basic to it.

Ends with 77 (skipped) if none of the tools is there: desktop-file-utils, appstream.
"""
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree as xml

FOLDER = pathlib.Path(__file__).resolve().parent
ID = "org.ohim.Basic"
TOOLS = [
    ["desktop-file-validate", f"{ID}.desktop"],
    ["appstreamcli", "validate", "--no-net", "--no-color", f"{ID}.metainfo.xml"],
]


def complaint_of(command):
    """What the tool has to say against the file, or nothing."""
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=30)
    said = (done.stdout + done.stderr).strip()
    return None if done.returncode == 0 else f"{' '.join(command)}:\n{said}"


def stray_names():
    """The three files call one another by the same name."""
    entry = (FOLDER / f"{ID}.desktop").read_text(encoding="utf-8")
    if f"Icon={ID}\n" not in entry:
        yield f"{ID}.desktop: Icon is not {ID}"
    meta = xml.parse(FOLDER / f"{ID}.metainfo.xml").getroot()
    if meta.findtext("id") != ID or meta.findtext("launchable") != f"{ID}.desktop":
        yield f"{ID}.metainfo.xml: id or launchable is not {ID}"
    xml.parse(FOLDER / f"{ID}.svg")


def main():
    present = [command for command in TOOLS if shutil.which(command[0])]
    complaints = list(stray_names())
    complaints += [c for c in map(complaint_of, present) if c]
    for complaint in complaints:
        print(complaint)
    print(f"desktop files: {len(present)} of {len(TOOLS)} tools asked, {len(complaints)} complaints")
    if complaints:
        return 1
    return 0 if present else 77


if __name__ == "__main__":
    sys.exit(main())
