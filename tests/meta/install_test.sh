#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# What is installed is there, runs, and goes away again without a trace.
set -euo pipefail

[ -x "$FOLIO" ] || exit 77
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

fail() {
    echo "install_test: $*" >&2
    find "$tree" >&2
    exit 1
}

# A manifest of a real installation from this directory must survive the test.
manifest=$BUILD/install_manifest.txt
[ ! -e "$manifest" ] || cp -p "$manifest" "$tree/kept"

cmake --install "$BUILD" --prefix "$tree/usr" >/dev/null
"$tree/usr/bin/folio" --version >/dev/null || fail 'the installed program does not start'
[ -e "$tree/usr/share/doc/folio/LICENSE" ] || fail 'the licence is missing'
if [ -e "$SOURCE/docs/folio.1" ]; then
    [ -e "$tree/usr/share/man/man1/folio.1" ] || fail 'the man page is missing'
fi

mv "$manifest" "$tree/manifest"
[ ! -e "$tree/kept" ] || mv "$tree/kept" "$manifest"
cmake -D MANIFEST="$tree/manifest" -P "$SOURCE/script/cmake/uninstall.cmake" >/dev/null 2>&1
[ -z "$(find "$tree/usr" -type f)" ] || fail 'something stayed behind'
! cmake -D MANIFEST="$tree/none" -P "$SOURCE/script/cmake/uninstall.cmake" >/dev/null 2>&1 ||
    fail 'uninstalling nothing was a success'
