#!/bin/bash
# SPDX-License-Identifier: MIT
# A disk whose reads take a minute: keys are answered, Esc stops, what is in memory can be walked, q leaves.
. "$(dirname "$0")/lib.sh"
fault_need root fuse
fault_begin

seq -f 'line %015.0f' 1 1000000 >numbers # 21 bytes each

# Nothing of the file can be read: the screen comes all the same, and says why it is empty.
# (A mount each: the kernel would have the next open wait for what the last one left behind.)
for leave in q Q ZZ :q; do
    folder=leave-$leave
    slowfs_mount "$folder" "backing=$WORK/numbers" delay=60000
    screen <<END
size: 10x80
args: \$WORK/$folder/file
start: now
within: 300
wait: reading...
keys: jG
keys: $leave<CR>
within: 200
exit: 0
END
done

# The start of it is quick, all from 1 MiB on takes a minute.
slowfs_mount far "backing=$WORK/numbers"
slowfs_order far "delay 1048576 1000000000 60000"
screen <<'END'
size: 10x80
args: $WORK/far/file
wait: line 000000000000001
keys: G
within: 100
wait: reading...
shell: sleep 0.2
keys: g
within: 100
gone: reading...
row 1:
|line 000000000000001
keys: jj
within: 100
row 1:
|line 000000000000003
keys: G
wait: reading...
keys: <ESC>
within: 100
gone: reading...
keys: j
within: 100
row 1:
|line 000000000000004
keys: :50%<CR>
wait: reading...
keys: <C-c>
within: 100
gone: reading...
keys: /999999<CR>
within: 100
wait: searching
keys: <ESC>
within: 100
gone: searching
keys: h
within: 100
wait: q leaves the help
keys: q
within: 100
row 1:
|line 000000000000004
keys: G
within: 100
wait: reading...
resize: 12x60
within: 150
row last:
|{*}reading...{*}
keys: q
within: 200
exit: 0
END

# Where it takes six seconds, it is there afterwards.
slowfs_mount late "backing=$WORK/numbers"
slowfs_order late "delay 1048576 1000000000 6000"
screen <<'END'
size: 10x80
args: $WORK/late/file
timeout: 20
wait: line 000000000000001
keys: :end<CR>
wait: reading...
wait: line 000000001000000
gone: reading...
keys: q
exit: 0
END
