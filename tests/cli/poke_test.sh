#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Changing bytes from the command line: what is understood, what is printed, the list, undo and redo, and xxd both ways.
set -u

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM
cd "$work" || exit 1
export LESS= XDG_STATE_HOME="$work/state" HOME="$work"
failures=0

fail() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

fresh() {
    printf 'The quick brown fox jumps over the lazy dog\n' >file
    rm -rf state
}

# did STATUS OUTPUT ARGUMENT...: exactly this on standard output. How far the disk could be asked differs between
# machines: what stands behind "synced" is left out.
did() {
    status=$1
    output=$2
    shift 2
    "$FOLIO" "$@" >out 2>errors
    got=$?
    [ "$got" -eq "$status" ] || fail "status $got, not $status: folio $*: $(cat errors)"
    sed 's/\(written, synced\).*/\1/' out >short
    printf '%s' "$output" | cmp -s - short || fail "folio $* prints: $(cat short)"
    if [ "$status" -eq 0 ]; then
        [ ! -s errors ] || fail "folio $* complains: $(cat errors)"
    fi
}

# text WORDS: what is in the file.
text() {
    printf '%s\n' "$1" | cmp -s - file || fail "the file is: $(cat file)"
}

# wrong SENTENCE ARGUMENT...
wrong() {
    sentence=$1
    shift
    "$FOLIO" "$@" >out 2>errors
    got=$?
    [ "$got" -eq 2 ] || fail "status $got, not 2: folio $*"
    grep -qF -- "$sentence" errors || fail "folio $* says: $(cat errors)"
}

fresh
did 0 "0x00000004: 71 'q' -> 51 'Q' written, synced
" --poke 4=51 file
text 'The Quick brown fox jumps over the lazy dog'
did 0 "0x0000000a: 62 'b' -> 42 'B' written, synced
" --poke "0xa='B'" --expect "'b'" file
did 0 "0x00000010: 66 'f' -> 46 'F' written, synced
0x00000011: 6f 'o' -> 4f 'O' written, synced
0x00000012: 78 'x' -> 58 'X' written, synced
" --poke '0x10=46 4F 58' --expect '66 6f 78' file
text 'The Quick Brown FOX jumps over the lazy dog'
did 0 "0x00000014: 6a 'j' -> 4a 'J' written, synced
" --poke 20.5=0 file
did 0 "0x00000019: 20 ' ' -> 2d '-' written, synced
0x0000001e: 20 ' ' -> 2d '-' written, synced
" --poke 25=2d --poke '30="-"' file
text 'The Quick Brown FOX Jumps-over-the lazy dog'
did 0 "0x00000000: 54 'T' -> 00 written, synced
" --poke 0=00 file

# The list, and as input for xxd.
"$FOLIO" --pokes file >list || fail "the list"
[ "$(wc -l <list)" -eq 9 ] || fail "the list has $(wc -l <list) lines"
[ "$(grep -c "  done$" list)" -eq 9 ] || fail "not all is done: $(cat list)"
if command -v xxd >/dev/null; then
    cp file after
    "$FOLIO" --pokes=xxd-undo file >back
    "$FOLIO" --pokes=xxd file >forward
    [ "$(head -1 forward)" = '00000004: 51' ] || fail "forward: $(cat forward)"
    xxd -r back file
    text 'The quick brown fox jumps over the lazy dog'
    xxd -r forward file
    cmp -s after file || fail "forward again: $(cat file)"
fi

# Back to the beginning and to the end again, a group at a time.
did 0 "0x00000000: 00 -> 54 'T' written, synced
" --undo file
did 0 "0x0000001e: 2d '-' -> 20 ' ' written, synced
0x00000019: 2d '-' -> 20 ' ' written, synced
" --undo file
for step in 1 2 3 4; do
    "$FOLIO" --undo file >/dev/null || fail "undo $step"
done
text 'The quick brown fox jumps over the lazy dog'
did 1 '' --undo file
grep -q 'nothing to undo' errors || fail "undo without anything: $(cat errors)"
for step in 1 2 3 4 5; do
    "$FOLIO" --redo file >/dev/null || fail "redo $step"
done
text 'The Quick Brown FOX Jumps-over-the lazy dog'
id=$(awk '$6 == "71" { print $1; exit }' list)
[ -n "$id" ] || id=$(awk '/0x00000004/ { print $1; exit }' list)
did 0 "0x00000004: 51 'Q' -> 71 'q' written, synced
" --undo="$id" file
did 1 '' --undo="$id" file

# It knows the file under another name, and refuses it when it is another file.
mv file moved
"$FOLIO" --pokes moved | grep -q 'another name' || fail "a moved file is forgotten"
mv moved file
printf 'something else, which was never poked at all by anybody' >file
did 1 '' --undo file
grep -q 'around' errors || fail "another file is undone: $(cat errors)"

# Bits of one byte are one change; an offset may count from the end. Taken back again, each as one.
fresh
did 0 "0x00000001: 68 'h' -> 63 'c' written, synced
" --poke 1.3=0 --poke 1.0=1 --poke 1.1=1 file
did 0 "0x0000002a: 67 'g' -> 47 'G' written, synced
0x0000000b: 72 'r' -> 52 'R' written, synced
" --poke end-2=47 --poke '0x4*2+3=52' file
did 0 "0x0000002a: 47 'G' -> c7 written, synced
" --poke end-2.7=1 --expect 47 file
did 0 "0x0000002a: c7 -> 47 'G' written, synced
" --undo file
did 1 '' --poke end=00 file
grep -q 'past the end' errors || fail "the end: $(cat errors)"
did 1 '' --poke end-99=00 file
grep -q 'before the first byte' errors || fail "before the beginning: $(cat errors)"
did 1 '' --poke 1.3=0 --poke 1.3=0 file
grep -q 'twice at once' errors || fail "a bit twice: $(cat errors)"

# Of many bytes the first are told one by one, and the others by what came of them.
fresh
did 0 "0x00000000: 54 'T' -> 41 'A' written, synced
0x00000001: 68 'h' -> 41 'A' written, synced
0x00000002: 65 'e' -> 41 'A' written, synced
0x00000003: 20 ' ' -> 41 'A' written, synced
0x00000004: 71 'q' -> 41 'A' written, synced
0x00000005: 75 'u' -> 41 'A' written, synced
0x00000006: 69 'i' -> 41 'A' written, synced
0x00000007: 63 'c' -> 41 'A' written, synced
9 more, from 0x00000008 to 0x00000010: written, synced
" --poke '0="AAAAAAAAAAAAAAAAA"' file
"$FOLIO" --undo file >out
[ "$(wc -l <out)" -eq 9 ] || fail "an undo of many bytes prints: $(cat out)"
text 'The quick brown fox jumps over the lazy dog'

# Refusals.
fresh
did 1 '' --poke 4=51 --expect 52 file
grep -q 'expected 52, found 71' errors || fail "expected: $(cat errors)"
did 1 '' --poke '42=67 67 67' file
grep -q 'past the end' errors || fail "the end: $(cat errors)"
did 1 '' --poke 4=51 missing
did 1 '' --poke 4=51 - <file
grep -q 'a file that somebody else opened: name it' errors || fail "standard input, a file: $(cat errors)"
cat file | "$FOLIO" --poke 4=51 - >out 2>errors && fail "a pipe is changed"
grep -q 'standard input is a pipe' errors || fail "standard input, a pipe: $(cat errors)"
did 1 '' --secure --poke 4=51 file
LESSSECURE=1 did 1 '' --poke 4=51 file
LESS='--expect=51' did 0 'The quick brown fox jumps over the lazy dog
' file
LESS='--poke=4=51' did 0 'The quick brown fox jumps over the lazy dog
' file
text 'The quick brown fox jumps over the lazy dog'
[ ! -e state/folio/pokes ] || ! grep -q intent state/folio/pokes || fail "a refused poke is in the journal"

# The list changes nothing.
did 0 '' --secure --pokes file
wrong 'goes with --poke' --expect 51 file
wrong 'is no OFFSET=BYTE' --poke x=51 file
wrong 'no cursor' --poke .=51 file
wrong 'no cursor' --poke -1=51 file
wrong 'no cursor' --poke @u8=51 file
wrong 'is not closed' --poke '(1=51' file
wrong 'needs OFFSET=BYTE' --poke '' file
wrong 'is no OFFSET=BYTE' --poke 16777216T=51 file
wrong 'behind the offset' --poke 4=5g file
wrong 'behind the offset' --poke 4=555 file
wrong '4=5: behind the offset comes =BYTE, two hexadecimal digits' --poke 4=5 file
wrong '0x10=zz: behind the offset' --poke 0x10=zz file
wrong '4*2=zz: behind the offset' --poke '4*2=zz' file
wrong 'two hexadecimal digits' --poke 4=51 --expect 7 file
wrong 'behind the offset' --poke 4 file
wrong 'behind the offset' --poke 4.8=1 file
wrong 'behind the offset' --poke 4.1=2 file
wrong '2 bytes are expected, and 1 are to be changed' --poke 4=51 --expect '71 72' file
wrong 'is no byte' --poke 4=51 --expect q file
wrong '--expect goes with --poke' --expect 71 --undo file
wrong '--force goes with --undo or --redo' --force --poke 4=51 file
wrong '--force goes with --undo or --redo' -f --pokes file
did 0 'The quick brown fox jumps over the lazy dog
' -f file
wrong 'exclude each other' --undo --redo file
wrong 'needs one file' --poke 4=51 file file
wrong 'needs one file' --pokes
wrong 'xxd or xxd-undo' --pokes=hex file
wrong 'is no entry' --undo=last file
text 'The quick brown fox jumps over the lazy dog'
[ "$failures" -eq 0 ]
