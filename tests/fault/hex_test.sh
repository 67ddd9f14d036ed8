#!/bin/bash
# SPDX-License-Identifier: MIT
# Bytes on bad days: pages that cannot be read are marked and all others shown, a disk that takes its time holds up no
# key, holes cost nothing, and nothing is opened for writing.
. "$(dirname "$0")/lib.sh"
fault_need root fuse
fault_begin

say "unreadable pages"
seq -f '%015.0f' 1 65536 >numbers
slowfs_mount bad "backing=$WORK/numbers"
slowfs_order bad "eio 8192 4096"
screen <<'END'
size: 6x80
args: --hex $WORK/bad/file
wait: 00000040
keys: :0x1ff0<CR>
rows 1-2:
|00001ff0  30 30 30 30 30 30 30 30  30 30 30 30 35 31 32 0a  000000000000512↵
|00002000  ?? ?? ?? ?? ?? ?? ?? ??  ?? ?? ?? ?? ?? ?? ?? ??  ????????????????
attributes 2:
|..........RR.RR.RR.RR.RR.RR.RR.RR..RR.RR.RR.RR.RR.RR.RR.RR..RRRRRRRRRRRRRRRR
keys: j=
row last:
|{*} byte 0x2000 (8192) of 1048576 0%{*}
keys: :0x2ff0<CR>
rows 1-2:
|00002ff0  ?? ?? ?? ?? ?? ?? ?? ??  ?? ?? ?? ?? ?? ?? ?? ??  ????????????????
|00003000  30 30 30 30 30 30 30 30  30 30 30 30 37 36 39 0a  000000000000769↵
# a row that is only partly there
keys: :set bytes=12<CR>:0x1ff8<CR>
row 1:
|00001ff8  30 30 30 30 35 31 32 0a  ?? ?? ?? ??  0000512↵????
keys: q
exit: 0
END
slowfs_kill "$SLOWFS_PID"

say "a slow disk"
slowfs_mount slow huge=1099511627776
slowfs_order slow "delay 549755813888 1048576 600000"
screen <<'END'
size: 6x80
args: --hex $WORK/slow/file
wait: 0000000040
keys: :0x8000000000<CR>
wait: reading
# the cursor moves all the same, and there are other places to go to
keys: 3j<Right>
wait: 0x8000000031
keys: g
wait: 0000000040
keys: :0x8000000000<CR>
wait: reading
keys: q
exit: 0
END
slowfs_kill "$SLOWFS_PID"

say "holes of a file in memory"
mkdir memory
mount -t tmpfs -o size=1m tmpfs memory
truncate -s 1T memory/sparse
printf data | dd of=memory/sparse bs=1 seek=549755813888 conv=notrunc status=none
blocks=$(stat -c %b memory/sparse)
export BLOCKS=$blocks
screen <<'END'
size: 40x80
args: --hex $WORK/memory/sparse
wait: 0000000010  -- --
keys: <Space><Space><Space>
wait: 0000000750  -- --
keys: 10%
wait: 1999999990  -- --
keys: 50%
wait: 8000000000  64 61 74 61
keys: <Space><Space><Space>jj<PgDn>100<PgDn>G
wait: fffffffff0  -- --
keys: <PgUp><PgUp><PgUp>
wait: ffffff
keys: q
exit: 0
END
[ "$(stat -c %b memory/sparse)" = "$BLOCKS" ] || fail "looking at holes took memory"

if [ -z "${SANITIZER:-}" ] && command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
    say "nothing is opened for writing"
    seq 1 5000 >file
    printf '#!/bin/sh\nexec strace -f -o %q %q "$@"\n' "$WORK/trace" "$FOLIO" >traced
    chmod +x traced
    FOLIO=$WORK/traced screen <<'END'
size: 6x80
args: --hex --no-config $WORK/file
wait: 00000040
keys: <Space>jx
wait: text
keys: x<Tab>G
wait: 100%
keys: q
exit: 0
END
    grep 'file"' trace | grep -q O_RDONLY || fail "no trace of the file"
    grep "$WORK/file\"" trace | grep -E 'O_RDWR|O_WRONLY|O_CREAT|O_TRUNC' && fail "opened for writing"
    grep '"/proc/self/fd' trace | grep -E 'O_RDWR|O_WRONLY|O_CREAT|O_TRUNC' && fail "opened again for writing"
    grep -E 'PROT_WRITE.*MAP_SHARED,' trace && fail "a shared mapping that can be written"
else
    say "left out: needs strace that may trace"
fi
say "done"
