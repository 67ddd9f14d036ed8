#!/bin/bash
# SPDX-License-Identifier: MIT
# The journal after what people and machines do to it: bytes that were taken back by other means, pokes that a disk lost,
# several folios at once, files that change places, mounts that look alike, a journal that is held, or is no file.
. "$(dirname "$0")/lib.sh"
fault_need root xxd python3
fault_begin
export XDG_STATE_HOME=$WORK/state HOME=$WORK LESS=

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

holds() {
    held=$(xxd -p -s "$2" -l 1 "$1")
    [ "$held" = "$3" ] || fail "$1 holds $held at $2, not $3"
}

# fresh FILE: another file than the one before, and nothing is known of it.
fresh() {
    rm -f "$1"
    rm -rf "$XDG_STATE_HOME"
    head -c 65536 /dev/zero | tr '\0' A >"$1"
}

# put FILE OFFSET CHARACTER: as somebody else would.
put() {
    printf %s "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

say "taken back with xxd, as the manual has it"
fresh file
cp file before
for value in 42 43 44; do says 0 written --poke 16=$value file; done
says 0 written --poke 32=42 file
"$FOLIO" --pokes=xxd-undo file | xxd -r - file
cmp file before
says 1 'nothing to undo' --undo file
says 0 'undone, not by folio' --pokes file
[ -z "$("$FOLIO" --pokes=xxd file)" ] || fail "what was taken back is still listed"
says 0 "41 'A' -> 42 'B' written" --redo file
says 0 "42 'B' -> 41 'A' written" --undo file

say "one of them taken back by hand: it is passed over, and that is said"
fresh file
says 0 written --poke 16=42 file
says 0 written --poke 32=42 file
put file 32 A
says 0 'passed over: 1 later poke' --undo file
holds file 16 41
says 1 'nothing to undo' --undo file

say "somebody else's byte: no, and how to do it by hand"
fresh file
says 0 written --poke 16=42 file
put file 16 7
says 1 'expected 42, found 37 \(by hand: --poke 0x10=41 --expect 37\)' --undo file
put file 17 7
for force in --undo '--undo --force'; do
    says 1 'expected 42, found 37, and the bytes around .*--poke 0x10=41 --expect 37' $force file
    if grep -q -e --force said; then
        fail "what --force cannot do is offered"
    fi
done
put file 16 B
put file 17 7
says 1 'bytes around 0x00000010 .*--force .*--poke 0x10=41 --expect 42' --undo file
holds file 16 42
says 0 written --undo --force file
holds file 16 41

say "a mark that says undone, and a byte that says no: by its number"
fresh file
says 0 written --poke 16=42 file
says 0 written --undo file
put file 16 B
says 1 'nothing to undo' --undo file
says 0 written "--undo=$("$FOLIO" --pokes file | sed -n '1s/ .*//p')" file
holds file 16 41

say "files that change places: each keeps its own"
fresh a
says 0 written --poke 16=42 a
mv a b
cp before a
says 0 written --poke 32=43 a
mv a c
mv b a
says 0 "0x00000010: 42 'B' -> 41 'A' written" --undo a
says 1 'nothing to undo in this file; the journal has 1 pokes of another file' --undo a
says 0 "0x00000020: 43 'C' -> 41 'A' written" --undo c
says 1 'nothing to undo' --undo c

say "a log that is rotated, and a copy that takes its place"
fresh log
says 0 written --poke 16=42 log
mv log log.1
cp before log
says 1 'nothing to undo' --undo log
says 0 written --undo log.1
holds log.1 16 41
says 0 written --redo log.1
cp log.1 copy
rm log
mv copy log
says 0 written --undo log
holds log 16 41
holds log.1 16 42
says 0 written --undo log.1

say "what is printed nowhere is said"
fresh file
got=0
"$FOLIO" --poke 0=5a file >/dev/full 2>said || got=$?
[ "$got" = 1 ] || fail "status $got with a full standard output"
grep -q 'standard output.*No space left on device' said || fail "not said: $(cat said)"
holds file 0 5a

say "a journal that is no file"
mkdir -p fifo/folio device/folio
mkfifo fifo/folio/pokes
XDG_STATE_HOME=$WORK/fifo says 1 'no ordinary file' --pokes file
XDG_STATE_HOME=$WORK/fifo says 1 'no ordinary file' --poke 1=00 file
XDG_STATE_HOME=$WORK/fifo says 1 'no ordinary file' --undo file
ln -s /dev/null device/folio/pokes
XDG_STATE_HOME=$WORK/device says 1 'no ordinary file' --poke 1=00 file
holds file 1 41

say "refused by the journal: the hole stays one, and no time moves"
truncate -s 1M sparse
before=$(stat -c '%b %.9Y %.9Z' sparse)
XDG_STATE_HOME=$WORK/device says 1 'no ordinary file' --poke 65536=01 sparse
mkdir full
mount -t tmpfs -o size=64k none full
mkdir full/folio
head -c 65536 /dev/zero >full/folio/fill || true
: >full/folio/pokes || true
XDG_STATE_HOME=$WORK/full says 1 'nothing is changed' --poke 65536=01 sparse
umount full
[ "$(stat -c '%b %.9Y %.9Z' sparse)" = "$before" ] || fail "a refused poke left something"

say "no room for the hole: refused before anything is asked for"
mkdir memory
mount -t tmpfs -o size=1m none memory
truncate -s 8M memory/sparse
head -c 2M /dev/zero >memory/fill 2>/dev/null || true
before=$(stat -c '%b %.9Y %.9Z' memory/sparse)
says 1 'no space left' --poke 4M=01 memory/sparse
[ "$(stat -c '%b %.9Y %.9Z' memory/sparse)" = "$before" ] || fail "a refused poke left something"
umount memory

say "held by another program: said, and given up"
fresh file
says 0 written --poke 6=5a file
exec 9>>"$XDG_STATE_HOME/folio/pokes"
flock 9
"$FOLIO" --poke 5=5a file >said 2>&1 9>&- &
waits=$!
wait_until 10 grep -q 'held by another program' said
kill -INT "$waits" 2>/dev/null || true
kill "$waits"
wait "$waits" || true
holds file 5 41
journal_screen <<'END'
args: --write --hex $WORK/file
wait: 00000000
keys: 5a<CR>
wait: another program holds
keys: <ESC>
wait: Nothing was changed
gone: another program holds
keys: <Down>
wait: 00000000
keys: q
exit: 0
END
journal_screen <<'END'
args: --write --hex $WORK/file 2>$WORK/errors
wait: 00000000
keys: 5a<CR>
wait: another program holds
keys: q
wait: q again
keys: q
exit: 1
END
grep -q 'another program holds the journal' errors || fail "not said on leaving: $(cat errors)"
flock -u 9
exec 9>&-
holds file 0 41
says 0 '0x00000006' --undo file
says 1 'nothing to undo' --undo file

if writefs_there; then
    say "a poke that was not saved does not stand in the way"
    served direct_io
    says 0 written --poke 16=42 served/file
    cp served/file good
    umount -l served
    served code=5
    says 1 'NOT saved' --poke 32=42 served/file
    grep -q 'written' said && fail "nobody sees it, and it is called written: $(cat said)"
    says 0 'NOT saved, 41 now' --pokes served/file
    umount -l served
    rm -rf served

    say "two mounts in which all numbers are equal"
    for name in one two; do
        mkdir -p $name
        "$(dirname "$SLOWFS")/writefs" -f $name 2>/dev/null &
        SLOWFS_PIDS="$SLOWFS_PIDS $!"
        wait_until 10 test -e $name/file
    done
    says 0 written --poke 16=5a one/file
    put two/file 16 Z
    says 1 'nothing to undo' --undo two/file
    holds two/file 16 5a
    says 0 written --undo one/file
    holds one/file 16 41
    umount -l one two
else
    say "left out: needs /dev/fuse"
fi

if [ -n "${SANITIZER:-}" ] || ! strace -o /dev/null true 2>/dev/null; then
    say "left out: needs strace that may trace"
    exit 0
fi

# slowed CALL ARGUMENT...: folio, in the background, that stops before CALL until `go_on`.
slowed() {
    rm -f trace
    strace -D -f -o trace -e trace="$1" -e inject="$1":delay_enter=600000000:when=1 "$FOLIO" "${@:2}" >slowly 2>&1 &
    slow=$!
    wait_until 10 grep -q "$1" trace
}
go_on() {
    kill -KILL "$(sed -n 's/^TracerPid:[[:space:]]*//p' "/proc/$slow/status")"
    wait "$slow" || fail "the one that was slowed: $(cat slowly)"
}

say "two at once: nobody settles what another is at work on"
fresh file
for call in madvise msync; do
    slowed $call --poke 16=5a file
    says 0 'under way' --pokes file
    says 0 written --poke 32=42 file
    grep -q 'earlier time' said && fail "a poke under way was taken for an unfinished one: $(cat said)"
    says 1 'locked by another program' --poke 16=43 file
    says 0 written --undo file
    go_on
    says 0 '5a .Z.  done' --pokes file
    says 0 written --undo file
    says 1 'nothing to undo' --undo file
done

say "killed after its store, with another at work beside it"
slowed msync --poke 16=5a file
tracer=$(sed -n 's/^TracerPid:[[:space:]]*//p' "/proc/$slow/status")
kill -KILL "$slow"
kill -KILL "$tracer" 2>/dev/null || true
wait "$slow" || true
holds file 16 5a
says 0 'earlier time.*it was stored' --poke 32=42 file
says 0 written --poke 33=42 file
grep -q 'earlier time' said && fail "it was told twice: $(cat said)"
for undo in 1 2 3; do says 0 written --undo file; done
says 1 'nothing to undo' --undo file
holds file 16 41

say "a large group that was killed: one sentence, once"
head -c 8M /dev/zero >large
"$FOLIO" --poke 0=01 large >/dev/null
# A group by hand: 4000 bytes, each in a page of its own as far as there are any.
pokes=$(for at in $(seq 0 2000); do printf -- '--poke %d=5a ' $((at * 4096 + 5)); done)
strace -f -o trace -e trace=msync -e inject=msync:signal=SIGKILL:when=100 "$FOLIO" $pokes large >said 2>&1 && fail "not killed"
journal_screen <<'END'
args: --hex $WORK/large
wait: pokes of 2001 bytes were not finished: 100 landed (:undo takes them back), 1901 never landed
keys: q
exit: 0
END
says 0 'earlier time: pokes of 2001 bytes were not finished: 100 landed .--undo takes them back., 1901 never landed' --poke 1=01 large
[ "$(grep -c . said)" = 2 ] || fail "more than a sentence: $(cat said)"
says 0 written --poke 2=01 large
grep -q 'earlier time' said && fail "it was told twice: $(cat said)"
says 0 written --undo large
says 0 written --undo large
says 0 written --undo large
grep -q '^92 more, .*: written' said || fail "not the hundred that landed: $(head -3 said)"
says 0 written --undo large
cmp large <(head -c 8M /dev/zero)
say "done"
