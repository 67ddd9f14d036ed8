#!/bin/bash
# SPDX-License-Identifier: MIT
# A server that forgets the file, as NFS does (ESTALE), that times out, or that lies about the size.
. "$(dirname "$0")/lib.sh"
fault_need root fuse
fault_begin

# Stale in a part, then the whole file, then back.
slowfs_mount nfs huge=1048576 kernel_cache
slowfs_order nfs "code 116" "eio 524288 4096"
screen <<'END'
size: 8x90
args: $WORK/nfs/file
wait: 000000000000001
keys: :0x7fff0<CR>
rows 1-3:
|000000000032768
|Stale file handle at 0x80000-0x80fff
|000000000033025
shell: echo 'gone 116' >$WORK/nfs/control
keys: g
row 1:
|000000000000001
keys: R
wait: Stale file handle
row 1:
|000000000000001
keys: /00000003302<CR>
keys: q
exit: 0
END
screen <<END
start: now
args: \$WORK/nfs/file 2>errors
exit: 1
shell: grep -x "folio: $WORK/nfs/file: Stale file handle" errors
alternate: no
END
slowfs_order nfs clear
screen <<'END'
size: 8x90
args: +G $WORK/nfs/file
row 7:
|000000000065536
keys: q
exit: 0
END

# A server that gives up after a while.
slowfs_order nfs "code 110" "eio 0 1048576"
slowfs_mount late huge=1048576
slowfs_order late "code 110" "eio 4096 1048576"
screen <<'END'
size: 4x90
args: $WORK/late/file
wait: 000000000000001
keys: G
wait: Connection timed out at 0x
keys: q
exit: 0
END

# A size that is larger than what is there, then one that is smaller.
slowfs_mount liar huge=1048576
slowfs_order liar "size 1200000"
screen <<'END'
size: 8x90
args: $WORK/liar/file
wait: 000000000000001
keys: G
shell: echo 'size 16000' >$WORK/liar/control
wait: file shrank
keys: G
row 7:
|000000000001000
keys: q
exit: 0
END
