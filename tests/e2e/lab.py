"""A network of this machine's own: hosts with a cable each, in one switch.

Each host is a network namespace with one interface. Nothing outside the namespaces is touched. Needs
root and iproute2; Lab.why_not() says what is missing.
"""

import os
import shutil
import subprocess

from town import Town

NETWORK = "10.77.0."


class Lab:
    def __init__(self):
        self.prefix = f"ohim{os.getpid()}-"
        self.addresses = {}  # each host's first one
        self.moved = {}
        self.last = 0
        self.ip("netns", "add", self.space("switch"))
        self.ip("-n", self.space("switch"), "link", "add", "bridge", "type", "bridge",
                "stp_state", "0", "forward_delay", "0")
        self.ip("-n", self.space("switch"), "link", "set", "bridge", "up")

    @staticmethod
    def why_not():
        """Why there can be no lab here, or None."""
        if os.geteuid() != 0:
            return "network namespaces need root"
        if not shutil.which("ip"):
            return "iproute2 is not installed"
        try:
            lab = Lab()
            lab.add("probe")
        except subprocess.CalledProcessError as error:
            return f"this machine makes no network namespaces: {error.stderr.strip()}"
        lab.close()
        return None

    def ip(self, *arguments):
        subprocess.run(["ip", *arguments], check=True, text=True, capture_output=True, timeout=10)

    def space(self, host):
        return self.prefix + host

    def new_address(self):
        self.last += 1
        return f"{NETWORK}{self.last}"

    def add(self, host):
        """A host of that name, plugged in."""
        space, switch = self.space(host), self.space("switch")
        self.addresses[host] = self.new_address()
        self.ip("netns", "add", space)
        self.ip("-n", space, "link", "set", "lo", "up")
        self.ip("-n", space, "link", "add", "eth0", "type", "veth", "peer", "name",
                f"to-{self.last}", "netns", switch)
        self.ip("-n", space, "addr", "add", self.addresses[host] + "/24", "dev", "eth0")
        self.ip("-n", space, "link", "set", "eth0", "up")
        self.plug(host)

    def port(self, host):
        return "to-" + self.addresses[host].rpartition(".")[2]

    def set_port(self, host, *arguments):
        self.ip("-n", self.space("switch"), "link", "set", self.port(host), *arguments)

    def plug(self, host):
        self.set_port(host, "up", "master", "bridge")

    def unplug(self, host):
        """The host's interface knows that its cable is out."""
        self.set_port(host, "down")

    def cut(self, host):
        """Its packets are lost somewhere, and nobody tells it."""
        self.set_port(host, "nomaster")

    def lose(self, host, percent):
        """That share of the packets that reach the host is lost. Needs nftables."""
        rules = f"""table inet loss {{
          chain in {{
            type filter hook input priority -300; policy accept;
            iifname != "lo" numgen random mod 100 < {percent} drop
          }}
        }}
        """
        subprocess.run(["ip", "netns", "exec", self.space(host), "nft", "-f", "-"], check=True,
                       text=True, input=rules, capture_output=True, timeout=10)

    def renumber(self, host):
        """Another address, as after a change of network. The port keeps its name."""
        space, old = self.space(host), self.moved.get(host, self.addresses[host])
        self.moved[host] = self.new_address()
        # In this order: with its first address an interface loses the others of that network.
        self.ip("-n", space, "addr", "del", old + "/24", "dev", "eth0")
        self.ip("-n", space, "addr", "add", self.moved[host] + "/24", "dev", "eth0")

    def answer_nobody(self, host, *others):
        """What `host` would send to the others' addresses is lost: who dials it hears nothing."""
        for other in others:
            self.ip("-n", self.space(host), "route", "add", "blackhole", self.addresses[other])

    def answer_again(self, host, *others):
        for other in others:
            self.ip("-n", self.space(host), "route", "del", "blackhole", self.addresses[other])

    def close(self):
        for host in [*self.addresses, "switch"]:
            subprocess.run(["ip", "netns", "del", self.space(host)], capture_output=True, timeout=10)


class LabTown(Town):
    """A town whose processes have a host each, of their own name."""

    def __enter__(self):
        self.lab = Lab()
        return super().__enter__()

    def __exit__(self, *error):
        super().__exit__(*error)
        self.lab.close()

    def start(self, kind, name, command, home):
        if name not in self.lab.addresses:
            self.lab.add(name)
        inside = ["ip", "netns", "exec", self.lab.space(name)]
        return super().start(kind, name, inside + command, home)

    def node(self, name="node", **options):
        if name not in self.lab.addresses:
            self.lab.add(name)
        options.setdefault("listen", self.lab.addresses[name] + ":0")
        return super().node(name, **options)

    def gateway(self, name="node", **options):
        self.lab.add(name)
        return super().gateway(name, listen=self.lab.addresses[name] + ":0", **options)
