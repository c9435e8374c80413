#!/usr/bin/env python3
"""What the core says to people, as forms: `fail(code, "the name " + name + " is taken")` is the form
"the name %1 is taken". basic/gui/src/core_forms.inc lists them, in English as they stand in the
sources, so that the window can say them in the user's language (core_words.h).

Reads the sources of the core and compares; with --update it writes the list.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
LIST = ROOT / "basic/gui/src/core_forms.inc"
FOLDERS = ["base", "openhash", "ohim", "basic/core", "basic/client", "basic/modules", "apps/basic"]
# Other faces, and what only other machines and logs are told.
NOT_READ = re.compile(
    r"openhash/gateway/.*|apps/basic/(rpc.*|terminal_.*|command_line.*|main.*)|openhash/(src|.*openhash)/"
    r"(guard|gate|rules|record|engine|state_folder).*|base/.*task.*|.*/pidf.*|.*/profile_rows.*|"
    r"basic/core/.*(control|frame|hello|handshake|location|connection_|tls).*|"
    r"basic/modules/.*frames.*")
TOKEN = re.compile(r'''
    (?P<comment>//[^\n]*|/\*.*?\*/) | (?P<directive>^[ \t]*\#[^\n]*) |
    (?P<text>"(?:\\.|[^"\\\n])*") | (?P<char>'(?:\\.|[^'\\])+') |
    (?P<word>\w+) | (?P<sign>\+=|<<|->|::|[^\s\w])''', re.X | re.S | re.M)
OPEN, CLOSE = "({[", ")}]"
ENDS = {",", ";", "?", ":", "=", "+=", "<<", "return", "co_return", "<", "&", "|"}
MODULE = re.compile(r'name\(\) const override \{ return "(\w+)"|ModuleInfo kLink\{\s*"(\w+)"')
LOGS = {"info", "warn", "error", "debug"}
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|BEGIN|COMMIT|ORDER BY|ROLLBACK|WHERE)\b")
ESCAPES = {r"\"": '"', r"\n": "\n", r"\\": "\\"}


def tokens_of(source):
    for match in TOKEN.finditer(source):
        if match.lastgroup not in ("comment", "directive"):
            yield match.lastgroup, match.group()


def text_of(literal):
    return re.sub(r"\\.", lambda found: ESCAPES.get(found.group(), "?"), literal[1:-1])


def start_of(tokens, at):
    """Where the expression begins in which `at` stands."""
    depth = 0
    while at > 0:
        kind, token = tokens[at - 1]
        if kind == "sign" and token in CLOSE:
            depth += 1
        elif kind == "sign" and token in OPEN:
            if depth == 0:
                # std::string("text") + ... is the text itself.
                if token == "(" and [word for _, word in tokens[max(at - 4, 0):at - 1]] == [
                        "std", "::", "string"]:
                    at -= 4
                    continue
                return at
            depth -= 1
        elif depth == 0 and token in ENDS and kind != "text":
            return at
        at -= 1
    return 0


def operands(tokens, at):
    """The expression from `at` on, cut at its plus signs, and where it ends."""
    parts, part, depth = [], [], 0
    while at < len(tokens):
        kind, token = tokens[at]
        if kind == "sign" and token in OPEN:
            depth += 1
        elif kind == "sign" and token in CLOSE:
            if depth == 0:
                break
            depth -= 1
        elif depth == 0 and token in ENDS and kind != "text":
            break
        if depth == 0 and (kind, token) == ("sign", "+"):
            parts.append(part)
            part = []
        else:
            part.append((kind, token))
        at += 1
    parts.append(part)
    return parts, at


def form_of(parts):
    form, count = "", 0
    for part in parts:
        inner = part
        if [word for _, word in part[:4]] == ["std", "::", "string", "("]:
            inner = part[4:-1]
        if inner and all(kind == "text" for kind, _ in inner):
            form += "".join(text_of(word) for _, word in inner)
        else:
            count += 1
            form += f"%{count}"
    return form


def is_said(form, path):
    """A sentence for people, not a key, a label or a command of SQLite."""
    if path.name in ("result.cpp", "errc.cpp") or re.fullmatch(r"%1 (min|days)", form):
        return len(form) > 4  # what a code says for itself may be one word; "base" is none
    if form.startswith("ohim/"):
        return False
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r"%\d", " ", form))
    several = len(words) >= 2 or form.startswith("while ")
    return several and " " in form and not SQL.search(form) and not form.startswith("'s ")


def forms_in(path):
    tokens = list(tokens_of(path.read_text()))
    at = 0
    while at < len(tokens):
        if tokens[at][0] != "text":
            at += 1
            continue
        start = start_of(tokens, at)
        parts, end = operands(tokens, start)
        called = tokens[start - 2][1] if start >= 2 and tokens[start - 1][1] == "(" else ""
        form = form_of(parts).strip(" ;:").rstrip()
        if called not in LOGS and is_said(form, path):
            yield form
        at = max(end, at + 1)


def all_forms():
    found = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            inside = path.relative_to(ROOT)
            if path.suffix not in (".cpp", ".h") or "tests" in inside.parts[1:]:
                continue
            if "gui" in inside.parts or NOT_READ.fullmatch(str(inside)):
                continue
            for names in MODULE.findall(path.read_text()):
                found["".join(names)] = inside
            for form in forms_in(path):
                found.setdefault(form, inside)
    return found


def listing(forms):
    lines = ["// Made by tests/core_words.py --update. What the core says, by its form.", ""]
    for form in sorted(forms):
        escaped = form.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        lines.append(f'QT_TRANSLATE_NOOP("Core", "{escaped}"),')
    return "\n".join(lines) + "\n"


def main():
    wanted = listing(all_forms())
    if "--update" in sys.argv[1:]:
        LIST.write_text(wanted)
    stands = LIST.read_text() if LIST.exists() else ""
    if stands == wanted:
        return 0
    for line in sorted(set(wanted.splitlines()) ^ set(stands.splitlines())):
        print("core_words:", "new:" if line in wanted else "gone:", line)
    print("core_words: basic/gui/tests/core_words.py --update, then translations.py --update")
    return 1


if __name__ == "__main__":
    sys.exit(main())
