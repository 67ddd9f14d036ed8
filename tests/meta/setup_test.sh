#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# script/setup with a package database of its own: installs exactly what is missing, and otherwise does nothing.
set -euo pipefail

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir "$tree/bin"
for tool in bash sh cat mktemp rm id env touch dirname; do
    ln -s "$(command -v $tool)" "$tree/bin/$tool"
done

# fake NAME: a program that is read from standard input.
fake() {
    { printf '#!/bin/bash\n' && cat; } >"$tree/bin/$1"
    chmod +x "$tree/bin/$1"
}
fake apt-get <<END
echo "\$*" >>$tree/apt.log
[ ! -e $tree/broken ] || { echo 'E: no network' >&2; exit 100; }
END
fake dpkg-query <<END
while read -r package; do printf 'installed:%s ' "\$package"; done <$tree/installed
printf 'config-files:clang '
END
fake id <<<'echo ${FAKE_UID:-0}'

fail() {
    echo "setup_test: $*" >&2
    cat "$tree/errors" >&2
    exit 1
}

# setup STATUS ARGUMENT...: runs script/setup with only the tools above.
setup() {
    local status=0
    rm -f "$tree/apt.log"
    PATH=$tree/bin "$BASH" "$SOURCE/script/setup" "${@:2}" >"$tree/output" 2>"$tree/errors" </dev/null || status=$?
    [ "$status" = "$1" ] || fail "status $status, expected $1"
    [ ! -s "$tree/output" ] || fail 'something was written to stdout'
}

# packages NAME: what the script lists, one a line.
packages() {
    (eval "$(sed -n "/^$1_packages=(/,/)/p" "$SOURCE/script/setup")" && eval "printf '%s\n' \"\${$1_packages[@]}\"")
}

# One list for every release: a name with the version of a compiler in it exists in one of them only.
! packages test | grep -- '-[0-9]' >"$tree/errors" || fail 'a package is of one release only'

# What tests call and a small Debian lacks is in a package that is named; the rest every Debian has.
{ packages run && packages test; } >"$tree/named"
if command -v dpkg-query >/dev/null; then
    for tool in addr2line fusermount3 gzip less losetup mandoc mkfs.btrfs mkfs.ext4 mkfs.xfs mount ps setarch strace \
        tput unshare xfs_io xxd xz; do
        owner=$(dpkg-query --search "*bin/$tool" 2>/dev/null | sed -n '1s/:.*//p')
        [ -z "$owner" ] || grep -qx "$owner" "$tree/named" ||
            [ "$(dpkg-query --show --showformat '${Priority}' "$owner")" = required ] ||
            fail "$tool is in $owner, which is not installed"
    done
fi

packages run >"$tree/installed"
setup 0
[ ! -e "$tree/apt.log" ] || fail 'apt-get was called though nothing is missing'
[ ! -s "$tree/errors" ] || fail 'something was said though nothing is missing'

# One is missing.
packages run | grep -vx libmagic-dev >"$tree/installed"
setup 0 run
[ "$(cat "$tree/apt.log")" = '-qq install --yes --no-install-recommends libmagic-dev' ] || fail "$(cat "$tree/apt.log")"

# The test set has more, and a removed package with configuration left is missing.
packages run >"$tree/installed"
packages test | grep -vx clang >>"$tree/installed"
setup 0 test
grep -q 'recommends clang$' "$tree/apt.log" || fail 'clang was taken for installed'
setup 0 run
[ ! -e "$tree/apt.log" ] || fail 'the run set asked for something of the test set'

# apt-get fails: its own words, the lists fetched once, status 1.
touch "$tree/broken"
setup 1 test
grep -q 'no network' "$tree/errors" || fail 'the words of apt-get are missing'
rm "$tree/broken"

# Neither root nor sudo: what to do is said, nothing is tried.
FAKE_UID=1000 setup 1 test
grep -q 'as root, run: apt-get install .*clang' "$tree/errors" || fail 'no advice without root'
[ ! -e "$tree/apt.log" ] || fail 'apt-get was called without root'

# Another system: one sentence that names what is needed.
rm "$tree/bin/dpkg-query"
setup 1 run
grep -q 'not Debian.*libncurses-dev' "$tree/errors" || fail 'no advice for another system'

setup 2 everything
