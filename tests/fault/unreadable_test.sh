#!/bin/bash
# SPDX-License-Identifier: MIT
# Ranges that cannot be read: their rows say so, what is beside them is shown, search and line numbers go on.
. "$(dirname "$0")/lib.sh"
fault_need root fuse
fault_begin

# 16 bytes a line, so 256 lines are a page; two pages in the middle fail.
slowfs_mount bad huge=1048576 eio=524288:8192
screen <<'END'
size: 12x78
args: $WORK/bad/file
wait: 000000000000001
keys: :0x7ffb0<CR>
rows 1-11:
|000000000032764
|000000000032765
|000000000032766
|000000000032767
|000000000032768
|I/O error at 0x80000-0x80fff
|I/O error at 0x81000-0x81fff
|000000000033281
|000000000033282
|000000000033283
|000000000033284
keys: :0x82010<CR>
row 1:
|000000000033282
keys: kk
rows 1-2:
|I/O error at 0x81000-0x81fff
|000000000033281
keys: k
row 1:
|I/O error at 0x80000-0x80fff
keys: k
row 1:
|000000000032768
keys: g/00065000<CR>
row 1:
|000000000065000
keys: ?00000010000<CR>
row 1:
|000000000010000
keys: g/nothing like it<CR>
wait: attern not found: nothing like it (8,192 bytes could not be read)
keys: G
row 11:
|000000000065536
keys: q
exit: 0
END

# The first and the last bytes of a file that fails.
slowfs_mount ends huge=1048576 eio=0:4096
screen <<'END'
size: 4x78
args: $WORK/ends/file
rows 1-2:
|I/O error at 0x0-0xfff
|000000000000257
keys: q
exit: 0
END
slowfs_order ends clear "eio 1044480 4096"
screen <<'END'
size: 4x78
args: +G $WORK/ends/file
rows 1-3:
|000000000065279
|000000000065280
|I/O error at 0xff000-0xfffff
keys: q
exit: 0
END

# All of it; and when it heals, R shows it.
slowfs_mount all huge=1048576 eio=0:1048576
screen <<'END'
size: 4x78
args: $WORK/all/file
wait: I/O error at 0x0-
keys: G
wait: I/O error at 0xff000-
keys: /x<CR>
wait: attern not found: x (1,048,576 bytes could not be read)
shell: echo clear >$WORK/all/control
keys: R
row 1:
|000000000064769
keys: q
exit: 0
END

# Reads that bring less than was asked for.
slowfs_mount short huge=1048576 short=1000 direct_io
screen <<'END'
size: 4x78
args: -N $WORK/short/file
wait: 000000000000001
keys: G
row 3:
|  65536 000000000065536
keys: q
exit: 0
END

# A check for JSON says how far it came; what is wrong before it is said.
slowfs_mount blank huge=1048576 pattern=newline eio=524288:4096
screen <<'END'
size: 4x100
args: $WORK/blank/file
keys: :check<CR>
wait: Byte 524288 cannot be read: Input/output error; nothing is wrong before it
keys: q
exit: 0
END
