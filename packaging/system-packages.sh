#!/bin/sh
# Install what Qt needs on Debian and Ubuntu where that is possible; else print the command that does.
set -u
list=$(dirname "$0")/debian-packages.txt
command -v dpkg-query >/dev/null 2>&1 || exit 0
missing=""
for name in $(cat "$list"); do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q "ok installed" ||
        dpkg-query -W -f='${Status}' "${name}t64" 2>/dev/null | grep -q "ok installed" ||
        missing="$missing $name"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && apt-get -qq update && apt-get -qq install -y --no-install-recommends $missing >/dev/null; then
    exit 0
fi
echo "Qt needs some system packages. Install them with:"
echo "  sudo apt-get install --no-install-recommends$missing"
exit 0
