#!/usr/bin/env python3
"""A bot: signs on as echo, lists whoever asks, and says everything back.
Usage: echo_bot.py PASSWORD-FILE BASIC [OPTION...]    (docs/rpc.md shows how to register it)"""
import json
import subprocess
import sys

password_file, *program = sys.argv[1:]
basic = subprocess.Popen([*program, "rpc"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ask(method, **params):
    print(json.dumps({"jsonrpc": "2.0", "id": method, "method": method, "params": params}),
          file=basic.stdin, flush=True)


with open(password_file) as file:
    ask("signOn", username="echo", password=file.read().strip())
for line in basic.stdout:
    message = json.loads(line)
    if message.get("method") == "request":
        ask("addBuddy", username=message["params"]["username"])
    elif message.get("method") == "text":
        ask("sendText", to=message["params"]["from"], text="You said: " + message["params"]["text"])
    elif "error" in message:
        print(message["error"]["message"], file=sys.stderr)
