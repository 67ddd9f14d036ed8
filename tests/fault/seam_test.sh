#!/bin/bash
# SPDX-License-Identifier: MIT
# The N-th allocation, the N-th system call fails: as many of them as fit into a third of a minute, evenly spread;
# seam_slow.sh does not leave one out.
. "$(dirname "$0")/lib.sh"
fault_need disk
[ -x "${SEAM:-}" ] && [ -x "${SEAM_LOOP:-}" ] || skip "needs SEAM and SEAM_LOOP, the paths of folio_seam and seam_loop"
[ "${SANITIZER:-}" != thread ] || skip "ThreadSanitizer allocates through what is made to fail"
export ASAN_OPTIONS="allocator_may_return_null=1:${ASAN_OPTIONS:-}"

# What is wrapped must be reached: a seam that nothing goes through would let everything pass.
"$SEAM_LOOP" --one file pread:1000000:5 "$SEAM" >/dev/null || fail "fails without a failure"
"$SEAM_LOOP" --one file memory:1+:12 "$SEAM" | grep -q '^[1-9][0-9]* refused' || fail "no allocation was refused"
"$SEAM_LOOP" --one missing memory:1:12 "$SEAM" | grep -q '^1 refused' || fail "one failure is not one"

"$SEAM_LOOP" --seconds "${SEAM_SECONDS:-20}" "$SEAM"
