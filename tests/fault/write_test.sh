#!/bin/bash
# SPDX-License-Identifier: MIT
# Saving when reading or writing fails in the middle: what could be read is saved, and it is said what is missing.
. "$(dirname "$0")/lib.sh"
fault_need root fuse
fault_begin

# 16 bytes a line; two pages in the middle cannot be read.
slowfs_mount bad huge=1048576 eio=524288:8192
screen <<'END'
size: 4x90
args: $WORK/bad/file
wait: 000000000000001
keys: :write copy<CR>
wait: written
row last:
|1,040,384 bytes written to copy; 8,192 bytes unreadable, left out{*}
shell: (seq -f '%015.0f' 32768; seq -f '%015.0f' 33281 65536) | cmp - copy
keys: |$cat >piped<CR>
wait: (press RETURN)
keys: <CR>
wait: left out
shell: cmp piped copy
keys: q
exit: 0
END

# Reads that take their time, much more than a step may: keys are answered meanwhile, Esc ends it, and so does q. They do
# from the start, or folio would have read what is behind before.
slowfs_mount slow huge=16777216
slowfs_order slow 'delay 8388608 65536 600000'
screen <<'END'
size: 4x90
args: $WORK/slow/file
wait: 000000000000001
keys: :write copy<CR>
wait: writing
keys: j
row 1:
|000000000000002
keys: <ESC>
wait: copy is incomplete: stopped after
keys: q
exit: 0
END

# A disk that fills up.
mkdir "$WORK/full" && mount -t tmpfs -o size=256k tmpfs "$WORK/full"
screen <<'END'
size: 4x90
args: $WORK/bad/file
wait: 000000000000001
shell: ln -s $WORK/full full
keys: :write full/copy<CR>
wait: device
row last:
|Cannot write {*}: No space left on device; incomplete after {*} bytes{*}
shell: seq -f '%015.0f' 32768 | cmp -n "$(stat -c %s $WORK/full/copy)" - $WORK/full/copy
keys: q
exit: 0
END
umount "$WORK/full"
fault_end
