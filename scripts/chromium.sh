#!/bin/sh
# Prints the path of a Chromium for the tests: BUYSIGNAL_CHROMIUM, one on the PATH, or Debian's package where apt-get and root allow.
set -eu
find_one() { command -v chromium || command -v chromium-browser || true; }

found="${BUYSIGNAL_CHROMIUM:-$(find_one)}"
if [ -z "$found" ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "Installing Chromium for the browser tests..." >&2
  { apt-get update && apt-get install -y --no-install-recommends chromium fonts-noto-color-emoji; } >/tmp/buysignal-apt.log 2>&1 || true
  found="$(find_one)"
fi
if [ -z "$found" ] || [ ! -x "$found" ]; then
  echo "No Chromium${found:+ at $found}: install one, or set BUYSIGNAL_CHROMIUM to its path" >&2
  exit 1
fi
echo "$found"
