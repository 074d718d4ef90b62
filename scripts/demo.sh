#!/usr/bin/env bash
# Says how to see the demo where there is no display, before anything is built; else opens it.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
  echo "There is no display here to open the window on. Without one, try:"
  echo "  make build && xvfb-run -s '-screen 0 1280x720x24' ./packbench demo"
  exit 1
fi
make --no-print-directory build
scripts/system.sh show
exec ./packbench demo
