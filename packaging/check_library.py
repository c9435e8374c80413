#!/usr/bin/env python3
"""Whoever installs libohim-dev can build on it.

    check_library.py BUILD SOURCE   # installs from BUILD into a folder of its own

Takes examples out of the tree, builds them against what was installed, and runs them: a client of
the whole, and one of the table alone, through a gateway.
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
add_executable(town_of_your_own town_of_your_own.cpp)
target_link_libraries(town_of_your_own PRIVATE ohim::sim_town)
add_executable(through_a_gateway through_a_gateway.cpp)
target_link_libraries(through_a_gateway PRIVATE ohim::openhash_gateway ohim::testing)
"""
PROGRAMS = ("town_of_your_own", "through_a_gateway")
FILES = [f"{program}.cpp" for program in PROGRAMS] + ["presence_only_person.h"]


def run(*command):
    done = subprocess.run([str(word) for word in command], text=True, capture_output=True, timeout=500)
    if done.returncode != 0:
        print(done.stdout[-4000:], done.stderr[-4000:])
        sys.exit(f"failed: {' '.join(map(str, command))}")


def lay_out(folder, source):
    """A project of somebody else's, in `folder`."""
    (folder / "CMakeLists.txt").write_text(CMAKE_LISTS, encoding="utf-8")
    for name in FILES:
        (folder / name).write_bytes((source / "examples" / name).read_bytes())


def main():
    build, source = map(pathlib.Path, sys.argv[1:3])
    with tempfile.TemporaryDirectory(prefix="ohim-dev-") as made:
        folder = pathlib.Path(made)
        run("cmake", "--install", build, "--component", "libohim-dev", "--prefix", folder / "usr")
        lay_out(folder, source)
        run("cmake", "-S", folder, "-B", folder / "build", "-G", "Ninja",
            f"-DCMAKE_PREFIX_PATH={folder / 'usr'}")
        run("cmake", "--build", folder / "build")
        for program in PROGRAMS:
            run(folder / "build" / program)
    print("libohim-dev: examples were built on it, and ran:", *PROGRAMS)


if __name__ == "__main__":
    main()
