#!/bin/bash
# SPDX-License-Identifier: MIT
# Random keys over random files, the same in each run. MONKEY_SECONDS and MONKEY_SEED say for how long and which; a failure
# prints its seed.
. "$(dirname "$0")/lib.sh"
[ -x "${MONKEY:-}" ] || skip "needs MONKEY, the path of monkey"
fault_need python3
fault_begin

limit=60000
[ -z "${SANITIZER:-}" ] || limit=0
seconds=${MONKEY_SECONDS:-2}
seed=${MONKEY_SEED:-1}

noise 3000000 >noise
seq 300000 >numbers
noise 2000000 | base64 -w 0 >line
for number in $(seq 5000); do
    printf '\033[%d;%dmcolour\033[m \303\244\342\202\254 %d\b\b_\b%d\t\n' $((RANDOM % 110)) $((RANDOM % 110)) $RANDOM $number
done >colours
: >empty
for file in noise numbers line colours empty "$DATA/utf8.txt"; do
    seed=$((seed + 1))
    "$MONKEY" --seconds "$seconds" --seed $seed --anonymous $limit "$FOLIO" "$file" numbers empty || fail "seed $seed"
done
