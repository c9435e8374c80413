# Sourced by ./run and ./test: Debian's packages, and getting those that are missing.
# shellcheck shell=bash

# To build and to run.
build_packages=(
  g++ cmake ninja-build pkg-config ccache mold
  libopendht-dev libasio-dev libssl-dev libsodium-dev libsqlite3-dev
  libcli11-dev nlohmann-json3-dev libncurses-dev libzxcvbn-dev libfmt-dev libgnutls28-dev
  libhttp-parser-dev libwslay-dev
  libgtest-dev
  qt6-base-dev qt6-wayland qt6-l10n-tools qt6-translations-l10n fonts-inter fonts-noto-color-emoji
)
# To test, on top of those.
# The last line, 10 MB, is a screen reader's world.
test_packages=(
  python3 curl openssl chromium tmux iproute2 faketime dbus-daemon desktop-file-utils appstream
  xvfb at-spi2-core python3-gi gir1.2-atspi-2.0
)

say() { printf '%s\n' "$*" >&2; }

# die SENTENCE...: what went wrong, and what to do.
die() {
  say "$@"
  exit 1
}

# as_root COMMAND...: runs it as root, by sudo if need be.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "This needs root, and there is no sudo. Run as root:" "  $*"
  fi
}

# install_missing PACKAGE...: asks dpkg first, and apt only for what is not there.
install_missing() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return
  say "Installing by apt: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! { as_root apt-get update -q &&
    as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    die "apt could not install them (its last words are above)."
  fi
  rm -f "$log"
}

# One compilation serves every checkout of the same sources, wherever it lies.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1

# build PRESET TARGET...: quietly, with one line that moves on a terminal. All targets if none named.
build() {
  local preset=$1 log
  shift
  log=$(mktemp)
  if [ ! -f "build/$preset/build.ninja" ]; then
    say "Configuring ($preset) ..."
    cmake --preset "$preset" >"$log" 2>&1 || { cat "$log" >&2 && rm -f "$log" &&
      die "Configuring failed; what cmake said is above."; }
  fi
  local status=0
  if [ -t 2 ]; then
    NINJA_STATUS='[%f/%t] ' cmake --build "build/$preset" ${@:+--target "$@"} 2>&1 </dev/null |
      tee "$log" | while IFS= read -r line; do
        case $line in '['*) printf '\r\033[KBuilding (%s) %s' "$preset" "${line%%]*}]" >&2 ;; esac
      done
    status=${PIPESTATUS[0]}
    printf '\r\033[K' >&2
  else
    say "Building ($preset) ..."
    cmake --build "build/$preset" ${@:+--target "$@"} >"$log" 2>&1 </dev/null || status=$?
  fi
  if [ "$status" != 0 ]; then
    tail -n 60 "$log" >&2
    rm -f "$log"
    die "Building failed; the end of what the compiler said is above."
  fi
  rm -f "$log"
}
