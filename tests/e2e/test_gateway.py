#!/usr/bin/env python3
"""The examples of docs/gateway.md, run as they stand there against a real node, plain and with TLS;
and whom a client believes that it is the right one.
"""
import os
import pathlib
import re
import subprocess
import tempfile

BIN = os.environ["OHIM_BIN"]
DOC = pathlib.Path(__file__).resolve().parents[2] / "docs/gateway.md"
IN_DOC = "http://127.0.0.1:8080"


def examples(text):
    """(command, lines expected) of each "    $ " line."""
    found = []
    for line in text.splitlines():
        if line.startswith("    $ "):
            found.append((line[6:], []))
        elif line.startswith("    ") and found and found[-1][1] is not None:
            found[-1][1].append(line[4:])
        elif found and found[-1][1] is not None:
            found.append((None, None))  # the block is over
    return [(command, lines) for command, lines in found if command]


def fits(expected, said):
    """Whether what was said is as expected, where "..." stands for anything."""
    pattern = "".join(".*" if part == "..." else re.escape(part)
                      for part in re.split(r"(\.\.\.)", expected))
    return re.fullmatch(pattern, said)


class Node:
    """An openhashd with a gateway, and where that is."""

    def __init__(self, *options):
        self.process = subprocess.Popen(
            [f"{BIN}/openhashd", "--listen", "127.0.0.1:0", "--gateway", "127.0.0.1:0", "--log", "warn", *options],
            stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if line.startswith("openhashd gateway on "):
                self.url = line.split()[-1]
                return
        raise SystemExit("openhashd did not open its gateway")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(20) == 0, "openhashd did not end well"


def run_examples(url, folder, curl_options=""):
    tools = pathlib.Path(folder, "bin")
    tools.mkdir(exist_ok=True)
    tool = tools / "openhash"
    if not tool.exists():
        tool.symlink_to(f"{BIN}/openhash")
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}"}
    commands = examples(DOC.read_text(encoding="utf-8"))
    assert len(commands) >= 9, "where have the examples gone?"
    for command, expected in commands:
        real = command.replace(IN_DOC, url).replace("curl ", f"curl --max-time 30 {curl_options} ")
        done = subprocess.run(real, shell=True, cwd=folder, env=environment, text=True, timeout=60,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        said = done.stdout.splitlines()
        if len(said) != len(expected) or not all(map(fits, expected, said)):
            raise SystemExit(f"$ {real}\nexpected: {expected}\nsaid:     {said}")
    return len(commands)


def make_certificate(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                    "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "certificate.pem"],
                   cwd=folder, check=True, stderr=subprocess.DEVNULL)


def ask(url, environment):
    """What `openhash` says when it reads through that gateway."""
    done = subprocess.run([f"{BIN}/openhash", "--node", url, "get", "nothing-here"], text=True,
                          env={**os.environ, **environment}, timeout=60, capture_output=True)
    return done.stdout + done.stderr


def check_trust(url, folder):
    """Who believes the server, and what the others are told."""
    digest = subprocess.run(["openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in",
                             "certificate.pem"], cwd=folder, check=True, text=True,
                            stdout=subprocess.PIPE).stdout
    pin = digest.strip().split("=")[1].replace(":", "")
    wrong_pin = pin[:-1] + ("0" if pin[-1] != "0" else "1")
    authority = {"SSL_CERT_FILE": f"{folder}/certificate.pem"}
    for where, environment, expected in (
            (f"{url}#sha256={pin}", {}, "there is nothing at this key"),
            (url, authority, "there is nothing at this key"),
            (f"{url}#sha256={wrong_pin}", {}, "the server's certificate is not the one that was named"),
            (url, {}, "the server's certificate is not believed: self-signed certificate")):
        said = ask(where, environment)
        assert expected in said, f"{where}: {said}"


with tempfile.TemporaryDirectory() as folder:
    with Node() as node:
        assert node.url.startswith("http://"), node.url
        count = run_examples(node.url, folder)
with tempfile.TemporaryDirectory() as folder:
    make_certificate(folder)
    files = [f"{folder}/certificate.pem", f"{folder}/key.pem"]
    with Node("--certificate", files[0], "--key", files[1]) as node:
        assert node.url.startswith("https://"), node.url
        count += run_examples(node.url, folder, f"--cacert {files[0]}")
        check_trust(node.url, folder)
print(f"{count} examples are as docs/gateway.md says")
