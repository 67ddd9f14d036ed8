#!/bin/bash
# SPDX-License-Identifier: MIT
# Pokes that must be refused, pokes that fail, pokes that are killed half way, and what the journal says then. Each case
# says what folio must print; whether a byte changed is asked of the file itself.
. "$(dirname "$0")/lib.sh"
fault_need root xxd python3
fault_begin
export XDG_STATE_HOME=$WORK/state HOME=$WORK LESS=
JOURNAL=$XDG_STATE_HOME/folio/pokes

# says STATUS PATTERN ARGUMENT...: folio's status, and an extended pattern in what it prints, errors included.
says() {
    said_status=$1
    said_pattern=$2
    shift 2
    said_got=0
    "$FOLIO" "$@" >said 2>&1 || said_got=$?
    [ "$said_got" = "$said_status" ] || fail "status $said_got, not $said_status: folio $*: $(cat said)"
    grep -Eq -- "$said_pattern" said || fail "folio $*: \"$said_pattern\" is not in: $(cat said)"
}

# holds FILE OFFSET HEX: the byte, as it is read.
holds() {
    held=$(xxd -p -s "$2" -l 1 "$1")
    [ "$held" = "$3" ] || fail "$1 holds $held at $2, not $3"
}

# untouched FILE BEFORE: its times and its bytes are those of the copy that was made with cp -p.
untouched() {
    cmp -s "$1" "$2" || fail "a refused poke changed $1"
    [ "$(stat -c '%.9Y %.9Z' "$1")" = "$3" ] || fail "a refused poke moved a time of $1"
}
times() { stat -c '%.9Y %.9Z' "$1"; }

fresh() {
    head -c 65536 /dev/zero | tr '\0' A >"$1"
}

say "plain"
fresh plain
cp -p plain before
stat -c '%i %s %U %a' plain >identity
says 0 "^0x00001000: 41 'A' -> 5a 'Z' written, synced, (not )?verified" --poke 0x1000=5a plain
[ "$(cmp -l plain before | wc -l)" = 1 ] || fail "not exactly one byte differs"
stat -c '%i %s %U %a' plain | cmp -s - identity || fail "size, inode, owner or mode changed"
says 0 "5a 'Z' -> 41 'A' written" --undo plain
cmp plain before
says 0 "41 'A' -> 5a 'Z' written" --redo plain
holds plain 4096 5a
[ "$(stat -c %a "$JOURNAL")" = 600 ] || fail "others can read the journal"
[ "$(stat -c %a "$XDG_STATE_HOME/folio")" = 700 ] || fail "others can read the journal's folder"

say "refused, and nothing moves"
fresh file
moment=$(times file)
cp -p file before
says 1 'expected 42, found 41' --poke 5=5a --expect 42 file
untouched file before "$moment"
says 1 'past the end' --poke 65536=00 file
says 1 'past the end' --poke 1T=00 file
untouched file before "$moment"
says 1 'is a directory' --poke 0=00 .
says 1 'secure' --secure --poke 0=00 file
LESSSECURE=1 says 1 'secure' --poke 0=00 file
untouched file before "$moment"
mkfifo pipe
says 1 'pipe' --poke 0=00 pipe
says 1 'pipe' --poke 0=00 -

say "a program that runs"
cp "$(command -v sleep)" sleeper
./sleeper 3600 &
sleeper=$!
wait_until 10 eval '[ "$(readlink /proc/$sleeper/exe)" = "$WORK/sleeper" ]'
says 1 'program that is running' --poke 0=7f sleeper
kill "$sleeper"
wait "$sleeper" || true
chmod 4755 sleeper
says 1 'set-user-ID.*\(--write-setuid\)$' --poke 16=00 sleeper
says 0 written --write-setuid --poke 16=00 sleeper
[ "$(stat -c %a sleeper)" = 4755 ] || fail "the mode changed"

say "attributes and permission"
if chattr +i file 2>/dev/null; then
    says 1 'immutable' --poke 0=00 file
    chattr -i file
    chattr +a file
    says 1 'appended' --poke 0=00 file
    chattr -a file
else
    say "left out: no chattr on the file system of $WORK"
fi
chmod 644 file
chmod 755 "$WORK"
if command -v setpriv >/dev/null; then
    XDG_STATE_HOME=/dev/shm/folio-poke-$$ setpriv --reuid 65534 --clear-groups "$FOLIO" --poke 0=00 file >said 2>&1 &&
        fail "somebody else may write"
    rm -rf "/dev/shm/folio-poke-$$"
    grep -q 'may not write' said || fail "no permission: $(cat said)"
fi
holds file 0 41

say "read-only mounts"
mkdir bound
mount --bind . bound
mount -o remount,ro,bind bound
says 1 'mounted read-only' --poke 0=00 bound/file
umount bound
holds file 0 41

say "locked by another"
python3 - file >/dev/null <<'END' &
import fcntl, struct, sys, time
file = open(sys.argv[1], "r+b")
F_OFD_SETLK = 37
fcntl.fcntl(file, F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 7, 1, 0))
open("locked", "w").close()
time.sleep(3600)
END
locker=$!
wait_until 10 test -e locked
says 1 'locked' --poke 7=00 file
says 0 written --poke 8=00 file
kill "$locker"
wait "$locker" || true

say "a full journal"
mkdir full
mount -t tmpfs -o size=64k none full
mkdir full/folio
head -c 65536 /dev/zero >full/folio/fill || true
: >full/folio/pokes || true
fresh file
moment=$(times file)
cp -p file before
XDG_STATE_HOME=$WORK/full says 1 'nothing is changed' --poke 0=5a file
untouched file before "$moment"
umount full

say "the limit of file size"
fresh file
(ulimit -f 8 && exec "$FOLIO" --poke 40000=5a file) >said 2>&1 || true
grep -q 'written' said || fail "the limit: $(cat said)"

say "overlay: the byte of the lower file, seen by who looked before"
mkdir lower upper work merged
fresh lower/file
if mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged 2>/dev/null; then
    says 1 'expected 00' --poke 4096=5a --expect 00 merged/file
    [ ! -e upper/file ] || fail "a refused poke copied the file"
    says 0 'written, synced' --poke 4096=5a merged/file
    holds merged/file 4096 5a
    holds lower/file 4096 41
    says 0 written --undo merged/file
    umount merged
else
    say "left out: no overlayfs"
fi

say "memory"
mkdir memory
mount -t tmpfs -o size=1m none memory
fresh memory/file
says 0 'in memory only' --poke 9=5a memory/file
holds memory/file 9 5a
truncate -s 8M memory/sparse
says 0 written --poke 1M=01 memory/sparse
head -c 2M /dev/zero >memory/fill 2>/dev/null || true
says 1 'no space left' --poke 4M=01 memory/sparse
holds memory/sparse 4194304 00
umount memory

if writefs_there; then
    say "a server that fails"
    served code=5
    says 1 'NOT saved.*Input/output error; the disk still holds 41' --poke 100=5a served/file
    says 0 'NOT saved' --pokes served/file
    umount -l served
    served code=28
    says 1 'NOT saved.*No space left' --poke 100=5a served/file
    umount -l served
    say "a server that lies"
    served lie
    says 1 'the disk holds 41' --poke 100=5a served/file
    umount -l served
    say "a file that cannot be mapped"
    served direct_io
    says 0 'not atomic' --poke 100=5a served/file
    holds served/file 100 5a
    says 0 'not atomic' --undo served/file
    holds served/file 100 41
    umount -l served
else
    say "left out: needs /dev/fuse"
fi

# Killed at three moments; strace kills at the entry of a system call.
if [ -n "${SANITIZER:-}" ]; then
    say "left out: a sanitizer does not work while strace looks on"
elif command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
    # killed CALL WHEN PATH: a poke that ends there.
    killed() {
        fresh file
        rm -rf "$XDG_STATE_HOME"
        "$FOLIO" --poke 1=42 file >/dev/null
        strace -f -o trace ${3:+-P "$3"} -e trace="$1" -e inject="$1":signal=SIGKILL:when="$2" \
            "$FOLIO" --poke 100=5a file >said 2>&1 && fail "it was not killed at $1: $(cat said)"
        grep -q 'killed by SIGKILL' trace || fail "killed at $1: $(tail -3 trace)"
    }
    say "killed before the store"
    # The intent is on the disk, the page is not yet writable.
    killed fdatasync 1 "$JOURNAL"
    holds file 100 41
    says 0 'unfinished: it was never stored' --pokes file
    says 1 'never stored' --poke 200=5a --expect 00 file
    says 0 'not stored' --pokes file
    say "killed between the store and its sync"
    killed msync 1 ""
    holds file 100 5a
    says 0 'unfinished: it was stored, and perhaps is not on the disk' --pokes file
    says 0 written --undo file
    holds file 100 41
    says 0 'undone' --pokes file
    say "killed before the journal says done"
    killed pwrite64 2 "$JOURNAL"
    holds file 100 5a
    says 0 'unfinished: it was stored' --pokes file
    printf 7 | dd of=file bs=1 seek=100 conv=notrunc status=none
    says 0 'somebody else' --pokes file
    says 0 written --undo file
    holds file 100 37
    holds file 1 41

    say "one msync only, and its failure stays"
    fresh file
    strace -f -o trace -e trace=msync,fsync,fdatasync -e inject=msync:error=EIO "$FOLIO" --poke 100=5a file >said 2>&1 &&
        fail "a failed msync was taken for none"
    grep -q 'NOT saved.*Input/output error' said || fail "a failed msync: $(cat said)"
    [ "$(grep -c msync trace)" = 1 ] || fail "msync was tried again: $(cat trace)"
    say "an older kernel"
    fresh file
    strace -f -o trace -e inject=madvise:error=EINVAL "$FOLIO" --poke 100=5a file >said 2>&1 || fail "$(cat said)"
    holds file 100 5a
    strace -f -o trace -e inject=madvise:error=EFAULT "$FOLIO" --poke 101=5a file >said 2>&1 && fail "EFAULT is no success"
    grep -q 'no space left' said || fail "$(cat said)"
    holds file 101 41

    # meanwhile CALL ORDER: a poke at 40000 that stops before CALL, goes on when the order has been run, and the tracer,
    # which would hold it for ten minutes, is gone.
    meanwhile() {
        fresh file
        rm -f trace
        strace -D -f -o trace -e trace="$1" -e inject="$1":delay_enter=600000000 "$FOLIO" --poke 40000=5a file >said 2>&1 &
        poker=$!
        wait_until 10 grep -q "$1" trace
        eval "$2"
        kill -KILL "$(sed -n 's/^TracerPid:[[:space:]]*//p' "/proc/$poker/status")"
        wait "$poker" || true
    }
    say "cut before the store, and before the sync"
    meanwhile madvise 'truncate -s 100 file'
    grep -q 'cut to 100 bytes' said || fail "cut: $(cat said)"
    cmp file <(head -c 100 /dev/zero | tr '\0' A)
    meanwhile msync 'truncate -s 100 file'
    grep -q 'is lost: the file was cut to 100 bytes' said || fail "cut: $(cat said)"
    says 0 '  lost' --pokes file
    truncate -s 65536 file
    holds file 40000 00
    say "changed at the last moment"
    meanwhile madvise 'printf 7 | dd of=file bs=1 seek=40000 conv=notrunc status=none'
    grep -q 'changed at the last moment: expected 41, found 37' said || fail "changed: $(cat said)"
    holds file 40000 37
    says 0 'not stored' --pokes file
    if chattr +i plain 2>/dev/null; then
        chattr -i plain
        say "immutable at the last moment"
        meanwhile madvise 'chattr +i file'
        chattr -i file
        # Not every file system looks again.
        grep -q 'immutable' said || holds file 40000 5a
    fi

    say "looking opens nothing for writing"
    fresh file
    strace -f -o trace -e trace=open,openat,openat2,mmap "$FOLIO" file >/dev/null
    strace -f -o trace2 -e trace=open,openat,openat2,mmap "$FOLIO" --pokes file >/dev/null
    cat trace trace2 | grep 'file"' | grep -q 'O_RDONLY' || fail "no trace of the file"
    cat trace trace2 | grep -v '/dev/\(tty\|null\)' | grep -E 'O_RDWR|O_WRONLY|O_CREAT' && fail "opened for writing"
    cat trace trace2 | grep -E 'PROT_WRITE.*MAP_SHARED' && fail "a shared mapping that can be written"
else
    say "left out: needs strace that may trace"
fi
say "done"
