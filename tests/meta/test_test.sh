#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# script/test with tools of its own: the sum is right, a failure anywhere is a failure of the whole, and the options
# reach ctest.
set -euo pipefail

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree"/{bin,script,src,include,tests,data,docs,.ci}
cp "$SOURCE/script/test" "$tree/script/test"
cp "$SOURCE/.ci/run" "$tree/.ci/run"
printf '#!/bin/sh\n' >"$tree/script/setup"
printf 'int folio;\n' >"$tree/src/a.c"
chmod +x "$tree/script/setup"

# fake NAME: a program that is read from standard input.
fake() {
    { printf '#!/bin/bash\n' && cat; } >"$tree/bin/$1"
    chmod +x "$tree/bin/$1"
}
fake clang-format <<'END'
if [ "$1" = --version ]; then
    echo "Debian clang-format version ${FORMAT_VERSION:-14}.0.6"
    exit
fi
! grep -q "${BROKEN_FORMAT:-none at all}" "${@: -1}" || { echo "ugly" >&2; exit 1; }
END
fake clang-tidy </dev/null
fake mandoc </dev/null
fake python3 </dev/null
fake cmake <<<'[[ "$*" != *"--preset ${BROKEN_BUILD:-none}"* ]] || { echo "broken build" >&2; exit 1; }'
fake ctest <<END
echo "\$* patience=\${FOLIO_TEST_PATIENCE:-1} whole=\${FOLIO_TEST_WHOLE:-0}" >>$tree/ctest.log
while [ "\$1" != --output-junit ]; do shift; done
bad=0
[[ "\$2" != */\${BROKEN_TESTS:-none}.xml ]] || bad=1
printf '<testsuite name="x"\n\ttests="%d"\n\tfailures="%d"\n\tdisabled="0"\n\tskipped="2"\n>\n' \${TESTS:-10} \$bad >"\$2"
echo "the failing test says why" | head -n \$bad
exit \$((bad * 8))
END

fail() {
    echo "test_test: $*" >&2
    cat "$tree/output" >&2
    exit 1
}

# expect STATUS LAST_LINE COMMAND...
expect() {
    local status=0
    rm -f "$tree/ctest.log"
    PATH=$tree/bin:$PATH "${@:3}" >"$tree/output" 2>&1 </dev/null || status=$?
    [ "$status" = "$1" ] || fail "status $status, expected $1"
    [ "$(tail -n 1 "$tree/output")" = "$2" ] || fail "last line is not: $2"
}

test=$tree/script/test
cd /
# Four ctest runs of ten, two skipped in each; nine steps beside them.
expect 0 '41 passed, 0 failed, 8 skipped' "$tree/.ci/run"
grep -q 'build/tsan .*-L ^threads\$ .*patience=4' "$tree/ctest.log" || fail 'tsan runs other tests than those of threads'
grep -q 'build/release .*-LE ^slow\$ patience=1 whole=0' "$tree/ctest.log" || fail 'slow tests run without --all'

expect 1 '40 passed, 1 failed, 8 skipped' env BROKEN_TESTS=asan "$test"
grep -q 'says why' "$tree/output" || fail 'the words of a failing test are missing'
# The ten tests of a build that failed did not run; its step failed.
expect 1 '32 passed, 1 failed, 6 skipped' env BROKEN_BUILD=release "$test"
grep -q 'broken build' "$tree/output" || fail 'the words of a failing build are missing'

expect 0 '13 passed, 0 failed, 2 skipped' "$test" --quick
expect 1 '12 passed, 1 failed, 2 skipped' env BROKEN_FORMAT=folio "$test" --quick
grep -q ugly "$tree/output" || fail 'the words of clang-format are missing'
# Another clang-format is not asked, and that does not count as passed.
expect 0 '12 passed, 0 failed, 3 skipped' env BROKEN_FORMAT=folio FORMAT_VERSION=19 "$test" --quick
grep -q 'skipped: .*clang-format 14, and this is 19' "$tree/output" || fail 'no reason why the format was not checked'
expect 0 '41 passed, 0 failed, 8 skipped' "$test" --all
! grep -q 'slow\|whole=0' "$tree/ctest.log" || fail '--all leaves something out'
expect 0 '28 passed, 0 failed, 6 skipped' "$test" 'model\..*'
grep -q -- '-R model' "$tree/ctest.log" || fail 'the filter did not reach ctest'

status=0
"$test" --unknown >/dev/null 2>&1 || status=$?
[ $status = 2 ] || fail "status $status for an unknown option"
