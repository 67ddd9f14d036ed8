#!/bin/bash
# SPDX-License-Identifier: MIT
# Pokes in the viewer where the file, the disk or the program gives way: overlays, slow and failing servers, SIGKILL half
# way, another run afterwards; and that looking alone opens nothing for writing.
. "$(dirname "$0")/lib.sh"
fault_need root xxd
fault_begin
export XDG_STATE_HOME=$WORK/state HOME=$WORK LESS=

# fresh FILE: 64 KiB of A.
fresh() {
    head -c 65536 /dev/zero | tr '\0' A >"$1"
}

# holds FILE OFFSET HEX: the byte, as it is read.
holds() {
    held=$(xxd -p -s "$2" -l 1 "$1")
    [ "$held" = "$3" ] || fail "$1 holds $held at $2, not $3"
}

say "another run takes it back"
fresh file
journal_screen <<'END'
args: --write --hex $WORK/file
wait: 00000000
keys: 5a<CR>
wait: 0x00000000: 41 'A' -> 5a 'Z' written, synced
keys: q
exit: 0
END
holds file 0 5a
"$FOLIO" --pokes file | grep -q "0x00000000: 41 'A' -> 5a 'Z'  done" || fail "the journal does not know of it"
journal_screen <<'END'
args: --write $WORK/file
wait: ZAAA
keys: :undo<CR>
wait: undo 0x00000000: 5a 'Z' -> 41 'A'
keys: <CR>
wait: written
row 1:
|AAAA{*}
keys: q
exit: 0
END
holds file 0 41

say "what is typed and left at once is stored"
fresh file
journal_screen <<'END'
args: --write --hex $WORK/file
wait: 00000000
keys: 5a<CR>q
exit: 0
END
holds file 0 5a

say "an overlay: the view does not stay on the lower file"
mkdir lower upper work merged
fresh lower/file
if mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged 2>/dev/null; then
    journal_screen <<'END'
args: --write --hex $WORK/merged/file
wait: 00000000
keys: 5a<CR>
wait: written, synced
row 1:
|00000000  5a 41 {*}
keys: 0a<CR>
wait: 0x00000001: 41 'A' -> 0a written, synced
row 1:
|00000000  5a 0a 41 {*}
keys: :text<CR>g
row 1:
|Z
wait: /2
keys: :undo<CR>
wait: Enter does it
keys: <CR>
wait: written
row 1:
|ZAAAA{*}
keys: q
exit: 0
END
    holds merged/file 0 5a
    holds lower/file 0 41
    umount merged
else
    say "left out: no overlayfs"
fi

say "refused, each with its reason"
fresh file
cp "$(command -v sleep)" sleeper
./sleeper 3600 &
sleeper=$!
wait_until 10 eval '[ "$(readlink /proc/$sleeper/exe)" = "$WORK/sleeper" ]'
mkdir bound
mount --bind . bound
mount -o remount,ro,bind bound
journal_screen <<'END'
args: --write --hex $WORK/bound/file $WORK/sleeper
wait: 00000000
keys: 5a<CR>
wait: is on a file system that is mounted read-only
keys: <ESC>:n<CR>
wait: file 2 of 2
keys: 5a<CR>
wait: is a program that is running
keys: <ESC>q
exit: 0
END
umount bound
kill "$sleeper"
wait "$sleeper" || true
holds file 0 41
if chattr +i file 2>/dev/null; then
    journal_screen <<'END'
args: --write --hex $WORK/file
wait: 00000000
keys: 5a<CR>
wait: is immutable (chattr +i)
shell: chattr -i $WORK/file && chattr +a $WORK/file
keys: <ESC>5a<CR>
wait: can only be appended to (chattr +a)
shell: chattr -a $WORK/file
keys: <ESC>q
exit: 0
END
else
    say "left out: no chattr on the file system of $WORK"
fi

say "a byte that another program has locked"
if command -v python3 >/dev/null; then
    python3 - file >/dev/null <<'END' &
import fcntl, struct, sys, time
file = open(sys.argv[1], "r+b")
F_OFD_SETLK = 37
fcntl.fcntl(file, F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 1, 0))
open("locked", "w").close()
time.sleep(3600)
END
    locker=$!
    wait_until 10 test -e locked
    journal_screen <<'END'
args: --write --hex $WORK/file
wait: 00000000
keys: 5a<CR>
wait: is locked by another program
keys: <ESC><Right>5a<CR>
wait: 0x00000001: 41 'A' -> 5a 'Z' written
keys: q
exit: 0
END
    kill "$locker"
    wait "$locker" || true
fi

say "a hole that no space is left for"
mkdir memory
mount -t tmpfs -o size=1m none memory
truncate -s 8M memory/sparse
head -c 2M /dev/zero >memory/fill 2>/dev/null || true
journal_screen <<'END'
args: --write --hex $WORK/memory/sparse
wait: 00000000
keys: 5a<CR>
wait: no space left to write 0x00000000
shell: rm $WORK/memory/fill
keys: <ESC>:poke 4M=5a<CR>
wait: Enter does it
keys: <CR>
wait: in memory only
keys: :0x400000<CR>
wait: 5a
keys: q
exit: 0
END
umount memory

say "a block device wants to be named"
truncate -s 1M disk.image
if device=$(losetup --show -f disk.image 2>/dev/null); then
    journal_screen <<END
args: --write --hex $device
wait: 00000000
keys: 5a<CR>
wait: is a block device
wait: --write-devices
keys: <ESC>q
exit: 0
END
    journal_screen <<END
args: --write --write-devices --hex $device
wait: 00000000
keys: 5a<CR>
wait: written, synced
keys: q
exit: 0
END
    losetup -d "$device"
    holds disk.image 0 5a
else
    say "left out: no loop device"
fi

if writefs_there; then
    say "a slow server: keys are answered meanwhile, and how it ended is said later"
    mkfifo gate
    served "gate=$WORK/gate"
    journal_screen <<'END'
args: --write --hex $WORK/served/file
wait: 00000000
keys: 5a<CR>
wait: poking
keys: <PgDn>
wait: 00000070
keys: <ESC>
wait: cannot be stopped
keys: <PgDn>
gone: cannot be stopped
shell: : >$WORK/gate
wait: 0x00000000: 41 'A' -> 5a 'Z' written, synced
gone: poking
keys: g
row 1:
|00000000  5a 41 {*}
keys: q
exit: 0
END
    holds served/file 0 5a
    say "leaving waits for a byte that is being stored"
    journal_screen <<'END'
args: --write --hex $WORK/served/file
wait: 00000000
keys: <Right>5a<CR>
wait: poking
keys: q
wait: A byte is being stored: folio leaves when it is, q again leaves at once
shell: : >$WORK/gate
exit: 0
END
    holds served/file 1 5a
    say "a group is torn only by who says so, at the end of the bytes at hand, and it is told"
    for way in "keys: q" "signal: TERM" "signal: HUP"; do
        journal_screen <<END
args: --write --hex \$WORK/served/file 2>\$WORK/errors
wait: 00000000
keys: :poke 0xfff=61 62<CR>
wait: Enter does it
keys: <CR>
wait: poking
keys: q
wait: 0 of 2 bytes are stored: folio leaves when all are, q again stops there
$way
alternate: no
shell: : >\$WORK/gate
exit: 1
END
        grep -q "of 2 bytes are stored" errors || fail "nothing was said: $(cat errors)"
        holds served/file 4095 61
        holds served/file 4096 41
        "$FOLIO" --poke 0xfff=41 served/file >reset 2>&1 &
        resetting=$!
        : >gate
        wait "$resetting"
    done
    say "what is typed ahead is kept for the bytes it is about, and refused whole behind one that fails"
    journal_screen <<'END'
args: --write --hex $WORK/served/file
wait: 00000000
keys: 10<CR>11<CR>12<CR>
wait: 0x1 (1)
shell: : >$WORK/gate
wait: 0x2 (2)
shell: : >$WORK/gate
wait: 0x3 (3)
shell: : >$WORK/gate
wait: 0x00000002: 41 'A' -> 12 written, synced
keys: q
exit: 0
END
    [ "$(xxd -p -l 4 served/file)" = 10111241 ] || fail "what was typed ahead went astray"
    umount -l served
    say "how it ended is said, whatever else was, and once more at the end"
    served "code=5,gate=$WORK/gate"
    journal_screen <<'END'
args: --write --hex $WORK/served/file 2>$WORK/errors
wait: 00000000
keys: 51<CR>
wait: poking
keys: <Down>61<CR>
keys: <ESC>=
wait: byte 0x
shell: : >$WORK/gate
wait: NOT saved: 0x00000000
wait: Input/output error
keys: <ESC>
gone: NOT saved
keys: q
exit: 0
END
    grep -q "NOT saved: 0x00000000" errors || fail "not said at the end: $(cat errors)"
    umount -l served
    say "a server that fails"
    served code=5
    journal_screen <<'END'
args: --write --hex $WORK/served/file
wait: 00000000
keys: 5a<CR>
wait: NOT saved: 0x00000000
wait: Input/output error
keys: <ESC>
gone: NOT saved
keys: :pokes<CR>
wait: POKES
keys: G
wait: NOT saved
keys: q
wait: 00000000
keys: q
exit: 0
END
    umount -l served
else
    say "left out: needs /dev/fuse"
fi

# Killed at two moments; strace kills at the entry of a system call.
if [ -n "${SANITIZER:-}" ]; then
    say "left out: a sanitizer does not work while strace looks on"
elif command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
    program=$FOLIO
    # traced ARGUMENT...: folio in a screen runs under strace with these.
    traced() {
        printf '#!/bin/sh\nexec strace -f -o %q' "$WORK/trace" >wrapped
        printf ' %q' "$@" "$program" >>wrapped
        printf ' "$@"\n' >>wrapped
        chmod +x wrapped
        FOLIO=$WORK/wrapped
    }
    for moment in "fdatasync never-landed" "msync landed,-:undo-takes-it-back"; do
        # shellcheck disable=SC2086
        set -- $moment
        say "killed at $1, and told when it is opened again"
        fresh file
        rm -rf "$XDG_STATE_HOME"
        "$program" --poke 1=42 file >/dev/null
        only=
        [ "$1" = msync ] || only="-P $XDG_STATE_HOME/folio/pokes"
        # shellcheck disable=SC2086
        traced $only -e "trace=$1" -e "inject=$1:signal=SIGKILL:when=1"
        journal_screen <<'END'
args: --write --hex $WORK/file
wait: 00000000
keys: 5a<CR>
exit: 137
END
        FOLIO=$program
        journal_screen <<END
args: \$WORK/file
wait: a poke was not finished: 0x00000000: 41 'A' -> 5a 'Z' $(echo "$2" | tr - ' ')
keys: <Down>
gone: not finished
keys: q
exit: 0
END
    done
    say "somebody else wrote there"
    printf 7 | dd of=file bs=1 conv=notrunc status=none
    journal_screen <<'END'
args: $WORK/file
wait: somebody else wrote 37 there
keys: q
exit: 0
END
    say "looking opens nothing for writing"
    fresh file
    rm -rf "$XDG_STATE_HOME"
    traced -e trace=open,openat,openat2,mmap
    journal_screen <<'END'
args: --write --hex $WORK/file
wait: 00000000
keys: <PgDn>/41 41<CR>
wait: match
keys: :pokes<CR>
wait: ever poked
keys: :text<CR>Gg:poke 5=00<CR>
wait: Enter does it
keys: nq
exit: 0
END
    FOLIO=$program
    grep 'file"' trace | grep -q 'O_RDONLY' || fail "no trace of the file"
    grep "$WORK/file\"\|/proc/self/fd" trace | grep -E 'O_RDWR|O_WRONLY|O_CREAT' && fail "opened for writing"
    grep -E 'PROT_WRITE.*MAP_SHARED,' trace && fail "a shared mapping that can be written"
else
    say "left out: needs strace that may trace"
fi
say "done"
