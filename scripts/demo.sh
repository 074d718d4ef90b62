#!/usr/bin/env bash
# Opens the demo, or says how to where there is no display.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
  echo "There is no display here to open the window on. Without one, try:"
  echo "  xvfb-run -s '-screen 0 1280x720x24' ./packbench demo"
  exit 1
fi
exec ./packbench demo
