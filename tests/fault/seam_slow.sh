#!/bin/bash
# SPDX-License-Identifier: MIT
# Every allocation and every system call of opening, drawing, searching and following fails, one after the other, once
# and for good: thousands of runs. They mostly wait, so there are more of them at a time than processors.
. "$(dirname "$0")/lib.sh"
fault_need disk
[ -x "${SEAM:-}" ] && [ -x "${SEAM_LOOP:-}" ] || skip "needs SEAM and SEAM_LOOP, the paths of folio_seam and seam_loop"
[ -z "${SANITIZER:-}" ] || skip "takes hours under a sanitizer; seam_test.sh takes a part of it"
"$SEAM_LOOP" --seconds 0 --jobs $((3 * $(nproc))) "$SEAM"
