#!/bin/bash
# SPDX-License-Identifier: MIT
# A disk whose reads take ten minutes: keys are answered, Esc stops, what is in memory can be walked, q leaves.
. "$(dirname "$0")/lib.sh"
fault_need root fuse
fault_begin

seq -f 'line %015.0f' 1 1000000 >numbers # 21 bytes each

# Nothing of the file can be read: the screen comes all the same, and says why it is empty.
# (A mount each: the kernel would have the next open wait for what the last one left behind.)
for leave in q Q ZZ :q; do
    folder=leave-$leave
    slowfs_mount "$folder" "backing=$WORK/numbers" delay=600000
    screen <<END
size: 10x80
args: \$WORK/$folder/file
start: now
wait: reading...
keys: jG
keys: $leave<CR>
exit: 0
END
done

# The start of it is quick, all from 1 MiB on takes ten minutes.
slowfs_mount far "backing=$WORK/numbers"
slowfs_order far "delay 1048576 1000000000 600000"
screen <<'END'
size: 10x80
args: $WORK/far/file
wait: line 000000000000001
keys: G
wait: reading...
keys: g
gone: reading...
row 1:
|line 000000000000001
keys: jj
row 1:
|line 000000000000003
keys: G
wait: reading...
keys: <ESC>
gone: reading...
keys: j
row 1:
|line 000000000000004
keys: :50%<CR>
wait: reading...
keys: <C-c>
gone: reading...
keys: /999999<CR>
wait: searching
keys: <ESC>
gone: searching
keys: h
wait: q leaves the help
keys: q
row 1:
|line 000000000000004
keys: G
wait: reading...
resize: 12x60
row last:
|{*}reading...{*}
keys: q
exit: 0
END

# When it has come at last, it is there.
slowfs_mount late "backing=$WORK/numbers"
slowfs_order late "delay 1048576 1000000000 600000"
screen <<'END'
size: 10x80
args: $WORK/late/file
wait: line 000000000000001
keys: :end<CR>
wait: reading...
shell: echo clear >$WORK/late/control
wait: line 000000001000000
gone: reading...
keys: q
exit: 0
END
