#!/bin/bash
# SPDX-License-Identifier: MIT
# The journal's protocol (journal.pml), gone through by spin with all that two folios can do and all that can happen to
# them; and each rule of it is needed: without it spin must find a fault.
set -eu

for command in spin gcc; do
    command -v $command >/dev/null || { echo "skipped: needs the command $command"; exit 77; }
done
model=$(cd "$(dirname "$0")" && pwd)/journal.pml
work=$(mktemp -d /tmp/folio-protocol-XXXXXX)
trap 'rm -rf "$work"' EXIT
cd "$work"

# searched OPTION...: what spin finds, all of it or to the first fault.
searched() {
    rm -f pan*
    spin -a "$@" "$model" >said
    gcc -w -O2 -DSAFETY -DCOLLAPSE -DMEMLIM=4000 -o pan pan.c
    ./pan -m100000 -w24 >found 2>&1 || true
    grep -Eq '^State-vector.*errors: [0-9]+$' found || { tail -n 20 found; exit 1; }
    ! grep -q 'out of memory\|max search depth too small\|Search not completed' found || [ "$(errors)" != 0 ] ||
        { grep 'error\|Warning\|memory' found; exit 1; }
}
errors() { sed -n 's/^State-vector.*errors: //p' found; }

for rule in OWNER ORDER COMPARE BYTE STALE; do
    searched -DENTRIES=4 -DCRASHES=1 -DBROKEN_$rule
    [ "$(errors)" != 0 ] || { echo "failed: without the rule $rule nothing is found"; exit 1; }
    echo "without the rule $rule: $(grep '^pan:1' found)"
done
searched
[ "$(errors)" = 0 ] || { echo "failed: $(grep '^pan:1' found)"; exit 1; }
echo "all of it: $(grep 'states, stored' found)"
