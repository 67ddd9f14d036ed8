#!/bin/bash
# SPDX-License-Identifier: MIT
# Comparing with a file that cannot be read, is slow, or becomes shorter: it is said, and keys are answered.
. "$(dirname "$0")/lib.sh"
fault_need root fuse python3
fault_begin

# 16 bytes a line. Of the other file, two pages fail.
slowfs_mount good huge=1048576
slowfs_mount bad huge=1048576 eio=524288:8192
screen <<'END'
size: 6x96
setup: ln -s $WORK/bad/file other
args: --hex $WORK/good/file
keys: :diff other<CR>
wait: Input/output error at 0x80000, not compared there
keys: ]
wait: What could be read is the same
keys: :0x7fff8<CR>
rows 1-3:
|0007fff8  30 30 33 32 37 36 38 0a   30 30 33 32 37 36 38 0a{*}
|00080000  {*}  ?? ?? ?? ?? ?? ?? ?? ??{*}
|00080008  {*}  ?? ?? ?? ?? ?? ?? ?? ??{*}
keys: q
exit: 0
END

# The first one fails, in the other direction.
screen <<'END'
size: 6x96
setup: ln -s $WORK/good/file other
args: --hex $WORK/bad/file
keys: :diff other<CR>
wait: not compared where the file cannot be read
keys: ]
wait: What could be read is the same
keys: q
exit: 0
END

# Nothing comes of the other file: keys are answered, and q leaves.
slowfs_mount slow huge=1048576 delay=600000
screen <<'END'
size: 6x96
setup: ln -s $WORK/slow/file other
args: --hex $WORK/good/file
wait: 00000010
keys: :diff other<CR>
wait: reading
keys: x
wait: hex
wait: comparing 0%
keys: ]
wait: comparing 0%
keys: <ESC>j
wait: 0x10 (16)
keys: q
exit: 0
END

# It becomes shorter while it is looked at.
noise 3000000 >noise
screen <<'END'
size: 6x96
setup: cp $WORK/noise one; cp one two
args: --hex one
keys: :diff two<CR>
wait: The files are the same
shell: truncate -s 1000000 two
wait: two changed; R compares it anew
keys: R
wait: 1 difference
keys: ]
wait: 0xf4240 (1000000)
keys: q
exit: 0
END
