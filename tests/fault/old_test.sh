#!/bin/bash
# SPDX-License-Identifier: MIT
# Kernels without a call: each kind of the seam fails for good, and the file can be walked, searched and counted all the
# same. (strace 6.1 does not know cachestat, so inject_test.sh cannot take it away.)
. "$(dirname "$0")/lib.sh"
[ -x "${SEAM:-}" ] || skip "needs SEAM, the path of folio_seam"
fault_begin

seq -f 'line %015.0f' 1 200000 >numbers
sync numbers

# without KIND ERRNO
without() {
    say "$*"
    dd if=numbers iflag=nocache count=0 status=none # none of it stays in memory
    FOLIO=$SEAM screen <<END
size: 8x120
env: FOLIO_SEAM=$1:1+:$2
args: -N \$WORK/numbers
wait: line 000000000000001
wait: /200,000
keys: G
row 7:
| 200000 line 000000000200000
keys: g/0199999<CR>
row 1:
| 199999 line 000000000199999
wait: match 1 of 1
shell: echo 'line 000000000200001' >>\$WORK/numbers
wait: /200,001
shell: head -c 4200000 \$WORK/numbers >\$WORK/first && cat \$WORK/first >\$WORK/numbers
keys: q
exit: 0
END
}
without cachestat 38 # ENOSYS: before Linux 6.5
without cachestat 1  # EPERM: a stranger's file
without mincore 38
without madvise 22
without preadv 95
without advise 38
without watch 38
without watch 28
without magic 12
without lseek 22
