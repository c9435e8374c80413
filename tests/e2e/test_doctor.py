"""`openhash doctor` on nodes that are well, and on nodes that are ill in every way it knows."""

import http.server
import json
import resource
import shutil
import signal
import socket
import subprocess
import threading
import unittest

from test_clock import libfaketime
from town import BIN, DEADLINE, QUICK_RULES, Node, Town


class GatewayNode(Node):
    """An openhashd with a gateway, which it tells in a line of its own."""

    def __init__(self, *args):
        self.gateway = None
        super().__init__(*args)

    def take(self, line):
        if "gateway" in line:
            self.gateway = line.strip().rpartition("//")[2]
        else:
            super().take(line)

    def ready(self):
        self.wait_until("gateway", lambda: self.gateway)
        return super().ready()


class Ward(Town):
    """Nodes with gateways, and the doctor."""

    def __init__(self):
        super().__init__()
        self.more = {}

    def environment(self, home):
        return {**super().environment(home), **self.more}

    def patient(self, name="patient", bootstrap=(), rules=QUICK_RULES, extra=(), **environment):
        self.more = environment
        command = [BIN / "openhashd", "--listen", "127.0.0.1:0", "--gateway", "127.0.0.1:0",
                   "--state", self.folder / f"{name}.state", "--network", self.network, *rules,
                   *extra]
        for endpoint in bootstrap:
            command += ["--bootstrap", endpoint]
        node = self.start(GatewayNode, name, command, "nodes")
        node.ready()
        self.more = {}
        return node

    def two(self, **options):
        """A patient that is not alone."""
        healthy = self.patient("healthy")
        return self.patient(bootstrap=[healthy.endpoint], **options)

    def doctor(self, node, gateway=None, json_wanted=True):
        """(exit status, findings by kind) or (exit status, text)."""
        command = [BIN / "openhash", "--network", self.network, *QUICK_RULES, "doctor", node]
        command += ["--gateway", gateway] if gateway else []
        command += ["--json"] if json_wanted else []
        done = subprocess.run([str(word) for word in command], text=True, capture_output=True,
                              timeout=2 * DEADLINE, env=self.environment("doctor"))
        if not json_wanted:
            return done.returncode, done.stdout
        findings = json.loads(done.stdout)["findings"]
        return done.returncode, {finding["kind"]: finding for finding in findings}


class Doctor(unittest.TestCase):
    def assert_failure(self, findings, kind):
        self.assertIn(kind, findings)
        self.assertEqual(findings[kind]["verdict"], "failure", findings)

    def test_a_node_that_is_well(self):
        with Ward() as ward:
            node = ward.two()
            status, findings = ward.doctor(node.endpoint, node.gateway)
            self.assertEqual(set(findings), {"answers", "keeps", "gateway-answers"}, findings)
            self.assertEqual(status, 0)
            status, text = ward.doctor(node.endpoint, node.gateway, json_wanted=False)
            self.assertEqual(text.splitlines()[-1], "The node is well.")

    def test_nobody_is_there(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mute, Ward() as ward:
            mute.bind(("127.0.0.1", 0))
            status, findings = ward.doctor("127.0.0.1:%d" % mute.getsockname()[1])
            self.assert_failure(findings, "silent")
            self.assertEqual(status, 3)

    def test_a_name_that_leads_nowhere(self):
        with Ward() as ward:
            status, findings = ward.doctor("no-such-host.invalid:6824")
            self.assert_failure(findings, "no-such-node")
            self.assertEqual(status, 3)

    def test_a_frozen_node(self):
        with Ward() as ward:
            node = ward.patient()
            node.popen.send_signal(signal.SIGSTOP)
            status, findings = ward.doctor(node.endpoint, node.gateway)
            node.popen.send_signal(signal.SIGCONT)
            self.assert_failure(findings, "silent")
            self.assert_failure(findings, "gateway-silent")
            self.assertEqual(status, 3)

    def test_a_node_that_keeps_nothing(self):
        with Ward() as ward:
            node = ward.patient(rules=["--work-bits", "28"])  # so ours breaks its rules
            status, findings = ward.doctor(node.endpoint)
            self.assertEqual(findings["answers"]["verdict"], "good")
            self.assert_failure(findings, "keeps-nothing")
            self.assertEqual(status, 1)

    def test_a_disk_that_is_full(self):
        with Ward() as ward:
            node = ward.two()
            resource.prlimit(node.popen.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
            status, findings = ward.doctor(node.endpoint, node.gateway)
            self.assert_failure(findings, "keeps-nothing")
            self.assert_failure(findings, "disk")
            self.assertEqual(status, 1)
            resource.prlimit(node.popen.pid, resource.RLIMIT_FSIZE, (-1, -1))
            node.wait_until("recovery", lambda: None if ward.doctor(
                node.endpoint, node.gateway)[0] else True)

    @unittest.skipUnless(libfaketime(), "faketime is not installed")
    def test_a_clock_that_is_wrong(self):
        with Ward() as ward:
            node = ward.two(LD_PRELOAD=str(libfaketime()), FAKETIME="-3h", FAKETIME_DONT_FAKE_MONOTONIC="1")
            status, findings = ward.doctor(node.endpoint, node.gateway)
            self.assert_failure(findings, "clock")
            self.assertIn("3 hours behind", findings["clock"]["sentence"])
            self.assert_failure(findings, "keeps-nothing")
            self.assertEqual(status, 1)

    def test_a_node_that_is_alone(self):
        with Ward() as ward:
            node = ward.patient()
            status, findings = ward.doctor(node.endpoint, node.gateway)
            self.assertEqual(findings["alone"]["verdict"], "trouble", findings)
            self.assertEqual(findings["keeps"]["verdict"], "good")
            self.assertEqual(status, 1)

    def test_a_node_cut_off_from_all_others(self):
        with Ward() as ward:
            node = ward.patient(bootstrap=["127.0.0.1:1"])
            status, findings = ward.doctor(node.endpoint, node.gateway)
            self.assert_failure(findings, "cut-off")
            self.assertEqual(status, 1)

    def test_a_node_that_strangers_do_not_answer(self):
        with Ward() as ward:
            healthy = ward.patient("healthy")
            # From a loopback address there is no way to that one (RFC 5737).
            node = ward.patient(bootstrap=[healthy.endpoint, "192.0.2.7:6824"])
            node.wait_until("silence of strangers", lambda: "no-place" in ward.doctor(
                node.endpoint, node.gateway)[1] or None)
            status, findings = ward.doctor(node.endpoint, node.gateway)
            self.assertEqual(findings["no-place"]["verdict"], "trouble", findings)
            self.assertEqual(status, 1)

    def test_a_journal_that_was_damaged(self):
        with Ward() as ward:
            state = ward.folder / "patient.state"
            state.mkdir(mode=0o700)
            (state / "journal.db").write_bytes(b"!" * 5000)
            node = ward.two()
            status, findings = ward.doctor(node.endpoint, node.gateway)
            self.assertEqual(findings["journal-damaged"]["verdict"], "trouble", findings)
            self.assertIn("journal.db.damaged-1", findings["journal-damaged"]["sentence"])
            self.assertEqual(status, 1)

    @unittest.skipUnless(shutil.which("openssl"), "openssl is not installed")
    def test_a_certificate_that_ends_soon(self):
        with Ward() as ward:
            key, certificate = ward.folder / "key.pem", ward.folder / "certificate.pem"
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "5",
                            "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
                            "-keyout", key, "-out", certificate], check=True, capture_output=True)
            node = ward.two(extra=["--certificate", certificate, "--key", key])
            # Nobody vouches for it but itself.
            _, findings = ward.doctor(node.endpoint, f"https://{node.gateway}")
            self.assert_failure(findings, "gateway-wrong")
            ward.more = {"SSL_CERT_FILE": str(certificate)}
            status, findings = ward.doctor(node.endpoint, f"https://{node.gateway}")
            self.assertEqual(findings["certificate-ends"]["verdict"], "trouble", findings)
            self.assertRegex(findings["certificate-ends"]["sentence"], "ends in [45] days")
            self.assertEqual(status, 1)

    def test_a_gateway_that_is_none(self):
        class Other(http.server.BaseHTTPRequestHandler):
            def do_GET(self):  # pylint: disable=invalid-name
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b'{"health": "\x1b[31m", "time": "late"}')

            def log_message(self, *_):
                pass

        with http.server.HTTPServer(("127.0.0.1", 0), Other) as other, Ward() as ward:
            threading.Thread(target=other.serve_forever, daemon=True).start()
            node = ward.two()
            where = "127.0.0.1:%d" % other.server_port
            status, findings = ward.doctor(node.endpoint, where)
            self.assert_failure(findings, "gateway-wrong")
            self.assertEqual(status, 1)
            other.shutdown()


if __name__ == "__main__":
    unittest.main()
