#!/usr/bin/env bash
# Installs what building the window ("build"), showing it ("show"), testing it ("test"), testing in a virtual machine ("vm") and under Wine ("wine") need
# from the system.
# On Debian it installs what is missing; elsewhere it says what to install.
set -euo pipefail

window="gcc pkg-config libgl1-mesa-dev xorg-dev"
packages=""
for wanted in "$@"; do
  case "$wanted" in
    build) packages="$packages $window" ;;
    show) packages="$packages $window libgl1-mesa-dri xvfb xauth" ;;
    test) packages="$packages $window libgl1-mesa-dri xvfb xauth xdotool imagemagick zbar-tools socat" ;;
    vm) packages="$packages qemu-system-x86 busybox-static cpio" ;;
    wine) packages="$packages wine wine64 gcc-mingw-w64-x86-64-win32 cups socat xvfb xdotool" ;;
    *) echo "system.sh: $wanted is none of build, show, test, vm, wine" >&2; exit 2 ;;
  esac
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  case "$(uname -s)" in
    Linux) echo "Not Debian: please have these installed (names may differ): $packages" ;;
    Darwin) echo "macOS: please have the Xcode command line tools installed: xcode-select --install" ;;
    *) echo "Please have a C compiler installed (Windows: MSYS2 with mingw-w64-gcc)" ;;
  esac
  exit 0
fi

missing=""
for package in $packages; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
root=""
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || { echo "As root, please run: apt-get install$missing" >&2; exit 1; }
  root=sudo
fi
echo "Installing:$missing"
$root apt-get update -qq
# shellcheck disable=SC2086 # a list of words
DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq --no-install-recommends $missing >/dev/null
