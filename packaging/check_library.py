#!/usr/bin/env python3
"""Whoever installs libohim-dev can build on it.

    check_library.py BUILD SOURCE   # installs from BUILD into a folder of its own

Takes an example out of the tree, builds it against what was installed, and runs it.
"""
import pathlib
import subprocess
import sys
import tempfile

CMAKE_LISTS = """
cmake_minimum_required(VERSION 3.25)
project(mine LANGUAGES C CXX)
set(CMAKE_CXX_STANDARD 20)
find_package(ohim REQUIRED)
add_executable(mine town_of_your_own.cpp)
target_link_libraries(mine PRIVATE ohim::sim_town)
"""


def run(*command):
    done = subprocess.run([str(word) for word in command], text=True, capture_output=True, timeout=500)
    if done.returncode != 0:
        print(done.stdout[-4000:], done.stderr[-4000:])
        sys.exit(f"failed: {' '.join(map(str, command))}")


def main():
    build, source = map(pathlib.Path, sys.argv[1:3])
    with tempfile.TemporaryDirectory(prefix="ohim-dev-") as made:
        folder = pathlib.Path(made)
        run("cmake", "--install", build, "--component", "libohim-dev", "--prefix", folder / "usr")
        (folder / "CMakeLists.txt").write_text(CMAKE_LISTS, encoding="utf-8")
        for name in ("town_of_your_own.cpp", "presence_only_person.h"):
            (folder / name).write_bytes((source / "examples" / name).read_bytes())
        run("cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja",
            f"-DCMAKE_PREFIX_PATH={folder / 'usr'}")
        run("cmake", "--build", folder / "build")
        run(folder / "build" / "mine")
    print("libohim-dev: an example was built on it, and ran")


if __name__ == "__main__":
    main()
