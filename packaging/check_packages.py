#!/usr/bin/env python3
"""The packages install in a bare Debian, work there, start nothing, and go again.

    check_packages.py BUILD SOURCE

Makes the packages with cpack, a chroot with debootstrap (minbase), installs them there with apt,
runs what they brought, and builds a project of somebody else's on the library. Needs root, debootstrap and a mirror; ends with 77 (skipped) without.
What apt is told on this machine (sources, proxy) counts in the chroot too.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import check_library

PACKAGES = ["openhash", "basic", "basic-window", "libohim-dev"]
ASKED = [["openhashd"], ["openhash"], ["basic"], ["basic-window"], ["ohim-town"]]
# A node in a minute of life: it serves, keeps what it is given, and ends when told to.
NODE_STORY = """
set -e
cd /tmp
openhashd --config /etc/openhash/openhashd.conf --listen 127.0.0.1:0 --state /tmp/state \
    --work-bits 4 > told & node=$!
for i in $(seq 100); do grep -q listening told && break; sleep 0.1; done
where=$(sed 's/.* on //' told)
echo hello > note
openhash --node $where --work-bits 4 put "my notes" --file note --key-file key
openhash --node $where --work-bits 4 get "my notes"
kill -TERM $node
wait $node
"""


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], text=True, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=1500, **options)
    if done.returncode != 0:
        print(done.stdout[-5000:])
        raise SystemExit(f"failed ({done.returncode}): {' '.join(map(str, command))}")
    return done.stdout


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


def bare_debian(folder):
    """A minbase chroot in `folder`, with this machine's ways to the mirror."""
    done = subprocess.run(["debootstrap", "--variant=minbase", "bookworm", folder], text=True,
                          capture_output=True, timeout=1200)
    if done.returncode != 0:
        skip(f"debootstrap could not make a chroot: {(done.stdout + done.stderr).strip()[-300:]}")
    (folder / "etc/apt/sources.list").unlink(missing_ok=True)
    shutil.copytree("/etc/apt", folder / "etc/apt", dirs_exist_ok=True, symlinks=True)
    for file in ("/etc/resolv.conf", "/etc/hosts"):
        shutil.copy(file, folder / file[1:])


class Chroot:
    def __init__(self, folder):
        self.folder = folder
        bare_debian(folder)
        run("mount", "-t", "proc", "proc", folder / "proc")

    def run(self, *command):
        return run("chroot", self.folder, "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
                   "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8", *command)

    def apt(self, *words):
        return self.run("apt-get", "-y", "-q", "--no-install-recommends", *words)

    def close(self):
        run("umount", self.folder / "proc")


def build_on_library(chroot, source):
    folder = pathlib.Path("/tmp/mine")
    (chroot.folder / "tmp/mine").mkdir()
    check_library.lay_out(chroot.folder / "tmp/mine", source)
    chroot.apt("install", "g++", "cmake", "ninja-build")  # all else comes with libohim-dev
    chroot.run("cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja")
    chroot.run("cmake", "--build", folder / "build")
    for program in check_library.PROGRAMS:
        chroot.run(folder / "build" / program)
    print("  built on libohim-dev, and ran:", *check_library.PROGRAMS)


def check(chroot, packages, source):
    chroot.apt("update")
    for package in packages:
        shutil.copy(package, chroot.folder / "tmp")
    # One after another: each must bring what it needs.
    for name in PACKAGES:
        file = next(p.name for p in packages if p.name.startswith(name + "_"))
        chroot.apt("install", f"/tmp/{file}")
        print(f"installed: {file}")
    for program in ASKED:
        print("  " + chroot.run(*program, "--version").strip())
    running = [p for p in pathlib.Path("/proc").glob("[0-9]*/root")
               if os.path.exists(p) and os.readlink(p) == str(chroot.folder)]
    assert not running, f"something was started: {running}"
    chroot.run("test", "-f", "/lib/systemd/system/openhashd.service")
    print("  " + chroot.run("bash", "-c", NODE_STORY).splitlines()[0])
    unlinked = chroot.run("bash", "-c", "ldd /usr/bin/basic-window | grep 'not found' || true")
    assert not unlinked, unlinked
    build_on_library(chroot, source)
    chroot.run("bash", "-c", "echo 'listen = 127.0.0.1:7000' > /etc/openhash/openhashd.conf")
    chroot.apt("install", "--reinstall", "-o", "Dpkg::Options::=--force-confold",
               "/tmp/" + next(p.name for p in packages if p.name.startswith("openhash_")))
    kept = (chroot.folder / "etc/openhash/openhashd.conf").read_text(encoding="utf-8")
    assert kept == "listen = 127.0.0.1:7000\n", "the configuration was overwritten"
    chroot.apt("purge", *PACKAGES)
    left = chroot.run("bash", "-c", "ls -d /etc/openhash /var/lib/openhash /usr/bin/openhash* "
                                    "/usr/bin/basic* /usr/lib/*/ohim 2>/dev/null || true")
    assert not left, f"left behind: {left}"
    print("purged, and nothing left behind")


def main():
    build, source = (pathlib.Path(folder).resolve() for folder in sys.argv[1:3])
    if os.geteuid() != 0:
        skip("a chroot needs root")
    for tool in ("debootstrap", "cpack", "dpkg-shlibdeps", "file"):
        if not shutil.which(tool):
            skip(f"there is no {tool} here (packages debootstrap, cmake, dpkg-dev, file)")
    with tempfile.TemporaryDirectory(prefix="ohim-packages-") as made:
        folder = pathlib.Path(made)
        run("cpack", "--config", build / "CPackConfig.cmake", "-B", folder / "debs", cwd=build)
        packages = sorted((folder / "debs").glob("*.deb"))
        names = [package.name.split("_")[0] for package in packages]
        assert sorted(names) == sorted(PACKAGES), names
        if shutil.which("lintian"):
            # The project has no address for mail yet.
            print(run("lintian", "--allow-root", "--fail-on", "error", "--suppress-tags",
                      "bogus-mail-host,bogus-mail-host-in-debian-changelog", *packages))
        chroot = Chroot(folder / "root")
        try:
            check(chroot, packages, source)
        finally:
            chroot.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
