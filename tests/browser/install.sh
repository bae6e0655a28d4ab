#!/bin/sh
# Find a Chromium for the tests, or install one: Debian's package where that is allowed, else Playwright's own.
# Without a browser the tests fail; they are never skipped.
set -u
python="$1"
find_browser() { "$python" tests/browser/find_browser.py >/dev/null 2>&1; }
find_browser && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
fi
find_browser && exit 0
"$python" -m playwright install chromium
find_browser && exit 0
echo "No Chromium was found and none could be installed. Install one and run again (CHROMIUM=path names it)." >&2
exit 1
