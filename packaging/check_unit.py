#!/usr/bin/env python3
"""systemd reads the unit of openhashd, and finds that the service may do little.

    check_unit.py PROGRAM     # what the unit would start

Ends with 77 (skipped) where there is no systemd-analyze.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

UNIT = pathlib.Path(__file__).resolve().parent / "openhashd.service"
MOST_EXPOSED = "15"  # tenths, of 100: "OK" ends at 50


def main():
    if not shutil.which("systemd-analyze"):
        print("skipped: there is no systemd-analyze here (package systemd)")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        unit = pathlib.Path(folder) / UNIT.name
        start = "ExecStart=openhashd "
        text = UNIT.read_text(encoding="utf-8")
        assert start in text, "the unit does not start openhashd"
        unit.write_text(text.replace(start, f"ExecStart={sys.argv[1]} "), encoding="utf-8")
        complaints = 0
        for command in (["verify", "--man=no"],
                        ["security", "--offline=yes", "--no-pager", f"--threshold={MOST_EXPOSED}"]):
            done = subprocess.run(["systemd-analyze", *command, unit], text=True, timeout=60,
                                  capture_output=True)
            said = done.stderr if command[0] == "verify" else done.stdout
            # verify says what it does not know, and ends well all the same.
            if done.returncode != 0 or (command[0] == "verify" and said.strip()):
                print(said)
                complaints += 1
    print(f"openhashd.service: {complaints} complaints")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
