#!/usr/bin/env python3
"""Every sentence of the window is translated, and no translation is left over. English, in which the
sources are, needs only its plurals.

What the core says is listed by core_words.py; that list is read like a source of the window's.

Has lupdate read the sources into a copy of each .ts file, and compares. With --update it writes the
.ts files themselves: new sentences stand there as unfinished, for a person to translate. Ends with
77 (skipped) if there is no lupdate (package qt6-l10n-tools).
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

import core_words

ROOT = pathlib.Path(__file__).resolve().parents[3]
FOLDER = ROOT / "basic/gui/translations"
SOURCES = [ROOT / "basic/gui/src", ROOT / "basic/gui/include"]
PLACEHOLDER = re.compile(r"%L?(?:n|\d+)")


def find_lupdate():
    return shutil.which("lupdate", path=f"/usr/lib/qt6/bin:{os.environ.get('PATH', '')}")


def update(lupdate, path, *options):
    if path.name == "basic_en.ts":
        options += ("-pluralonly",)
    command = [lupdate, "-silent", "-locations", "none", *options, *map(str, SOURCES),
               "-ts", str(path)]
    subprocess.run(command, check=True, timeout=120)


def texts_of(translation):
    """One text, or one for each plural."""
    forms = translation.findall("numerusform")
    return [form.text or "" for form in forms] if forms else [translation.text or ""]


def complaints_about(path):
    for context in xml.parse(path).getroot().findall("context"):
        for message in context.findall("message"):
            where = f"{context.findtext('name')}: {message.findtext('source')!r}"
            translation = message.find("translation")
            kind = translation.get("type")
            texts = texts_of(translation)
            if kind in ("vanished", "obsolete"):
                yield f"{where} is no longer said"
            elif kind == "unfinished" or not all(texts):
                yield f"{where} is not translated"
            elif message.get("numerus") != "yes":
                wanted = sorted(PLACEHOLDER.findall(message.findtext("source")))
                if sorted(PLACEHOLDER.findall(texts[0])) != wanted:
                    yield f"{where} has other placeholders than its translation"


def check(lupdate, path):
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / path.name
        shutil.copy(path, copy)
        update(lupdate, copy)
        return list(complaints_about(copy))


def main():
    lupdate = find_lupdate()
    if not lupdate:
        print("translations: there is no lupdate (package qt6-l10n-tools)")
        return 77
    failures = core_words.main()
    files = sorted(FOLDER.glob("basic_*.ts"))
    for path in files:
        if "--update" in sys.argv[1:]:
            update(lupdate, path, "-no-obsolete")
        for complaint in check(lupdate, path):
            print(f"{path.name}: {complaint}")
            failures += 1
    print(f"translations: {len(files)} files read, {failures} complaints")
    return 1 if failures or not files else 0


if __name__ == "__main__":
    sys.exit(main())
