#!/bin/sh
# Find an nginx for the tests, or unpack Debian's package beside the Python environment: no root is needed, nothing
# is installed on the machine and no service is started. Without nginx the tests fail; they are never skipped.
set -u
python="$1"
find_nginx() { "$python" tests/reliability/find_nginx.py >/dev/null 2>&1; }
find_nginx && exit 0
if command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1; then
  here=$(pwd)
  there=$(mktemp -d)
  [ "$(id -u)" = 0 ] && apt-get update -qq
  (cd "$there" && apt-get download -qq nginx) && mkdir -p .venv/nginx && dpkg-deb -x "$there"/nginx_*.deb "$here/.venv/nginx"
  rm -rf "$there"
fi
find_nginx && exit 0
echo "No nginx was found and none could be unpacked. Install one and run again (NGINX=path names it)." >&2
exit 1
