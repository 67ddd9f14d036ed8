#!/bin/sh
# SPDX-License-Identifier: MIT
#
# --patch: what xxd writes and a person edits makes of a file what xxd -r makes of it; the other dumps are refused with
# the reason; a list is one group, compared first, journaled, and limited by what differs.
set -u

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM
cd "$work" || exit 1
export LESS= LC_ALL=C XDG_STATE_HOME="$work/state" HOME="$work"
failures=0

fail() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

# fails STATUS SENTENCE ARGUMENT...
fails() {
    status=$1
    sentence=$2
    shift 2
    "$FOLIO" "$@" >out 2>errors </dev/null
    got=$?
    [ "$got" -eq "$status" ] || fail "status $got, not $status: folio $*"
    grep -qF -- "$sentence" errors || fail "folio $* says: $(cat errors)"
}

command -v xxd >/dev/null || {
    echo "no xxd"
    exit 77
}

# file SEED: bytes of all kinds, and what looks like the signs of a list.
random_file() {
    awk -v seed="$1" 'BEGIN {
        srand(seed)
        split("2320 2d3e20 0a2320 3a20 2020 27412720 3031 66666666 2a0a", sign, " ")
        text = seed % 3
        for (size = 1 + int(rand() * (seed % 4 ? 90 : 700)); size > 0; size--)
            if (rand() < 0.2)
                printf "%s", sign[1 + int(rand() * 9)]
            else
                printf "%02x", text == 0 ? int(rand() * 256) : text == 1 ? 32 + int(rand() * 95) : int(rand() * 4) * 16
    }' | xxd -r -p >file
}

# edited SEED <dump: some digits are others, some rows are missing.
edited() {
    awk -v seed="$1" 'BEGIN { srand(seed) } {
        begin = index($0, ": ") + 2
        length_of = index(substr($0, begin), "  ") - 1
        if (begin > 2 && length_of > 0)
            for (edits = int(rand() * 3); edits > 0; edits--) {
                at = begin + int(rand() * length_of)
                if (substr($0, at, 1) != " ")
                    $0 = substr($0, 1, at - 1) substr("0123456789abcdef23AB", 1 + int(rand() * 20), 1) substr($0, at + 1)
            }
        if (rand() < 0.9)
            print
    }'
}

seed=0
for options in '' '-c 1' '-c 5' '-c 32' '-c 256' '-g 0' '-g 1' '-g 4' '-g 8 -u' '-g 3 -c 7' '-g 5 -c 12' '-g 16' '-u' \
    '-a' '-E' '-s 13' '-s 7 -l 20' '-c 2 -g 2'; do
    for round in 1 ${FOLIO_TEST_WHOLE:+2}; do
        seed=$((seed + 1))
        random_file $seed
        # shellcheck disable=SC2086
        xxd $options file >dump
        edited $seed <dump >list
        cp file before
        cp file want
        columns=$(printf '%s' "$options" | sed -n 's/.*-c \([0-9]*\).*/-c \1/p')
        # shellcheck disable=SC2086
        xxd -r $columns list want
        if [ ! -s list ]; then
            fails 1 'holds no poke' --patch list file
            continue
        fi
        "$FOLIO" --patch list file >out 2>errors || fail "seed $seed, xxd $options: $(cat errors)"
        cmp -s want file || fail "seed $seed, xxd $options: not what xxd -r makes of it"
        if ! cmp -s before file; then
            "$FOLIO" --undo file >/dev/null 2>errors || fail "seed $seed: undo: $(cat errors)"
            cmp -s before file || fail "seed $seed: undo leaves something"
        fi
    done
done

# The dumps that are none: edited ones as well, of text, of bytes, of many rows and of one.
for seed in 1 2 3 4; do
    random_file $seed
    [ "$seed" -eq 1 ] || head -c $((seed * 40)) "$FOLIO" >file
    [ "$seed" -eq 2 ] && printf '# folio: what it' >file
    cp file before
    for kind in 'xxd -b' 'xxd -e' 'xxd -p' 'xxd -i' 'xxd -d' 'xxd -e -c 7' 'xxd -e -g 2' 'xxd -e -g 8' 'xxd -b -c 3' 'xxd -d -c 4'; do
        option=$(echo "$kind" | cut -d' ' -f1,2)
        $kind file >list
        [ "$(wc -l <list)" -gt 1 ] || [ "$option" != 'xxd -d' ] || continue
        fails 1 "$option" --patch list file
        cmp -s before file || fail "$kind is stored"
    done
done

# What a list must be is compared, all of it before the first byte; what was wrong is told with its line.
printf 'ABCDEFGH\n# heading\n' >file
cp file before
printf '0x0: 41 -> 61\n0x2: 58 -> 63\n' >list
fails 1 'list, line 2: 0x00000002' --patch list file
printf '0: 61 # 41\n40: 00\n' >list
fails 1 'list, line 2: 0x00000040' --patch list file
fails 1 'file, line 1: no line of a list of pokes' --patch file list
cmp -s before file || fail "something is stored of a list that is refused"
printf '0x0: 41 -> 61\n1: 62 # 42\n0x00000009: 2a\n' | "$FOLIO" --patch - file >out 2>errors || fail "stdin: $(cat errors)"
[ "$(head -c 10 file)" = "$(printf 'abCDEFGH\n*')" ] || fail "a list on standard input: $(cat file)"
[ "$(grep -c synced out)" -eq 3 ] || fail "it prints: $(cat out)"
xxd file | "$FOLIO" --patch - file >out || fail "a list of what is so"
grep -q 'all bytes of standard input are so already' out || fail "it prints: $(cat out)"
if [ -w /dev/full ]; then
    xxd file | "$FOLIO" --patch - file >/dev/full 2>errors && fail "what cannot be printed is no success"
    grep -q 'the answer cannot be printed.*No space' errors || fail "a full output: $(cat errors)"
fi
"$FOLIO" --undo file >out || fail "undo of a list"
cmp -s before file || fail "the undo of a list leaves something"

# Of a large dump only what differs counts.
head -c 200000 "$FOLIO" >file
cp file want
printf 'Z' | dd of=want bs=1 seek=150000 conv=notrunc status=none
xxd want >list
"$FOLIO" --patch list file >out 2>errors || fail "a large dump: $(cat errors)"
cmp -s want file || fail "a large dump"
[ "$(wc -l <out)" -eq 1 ] || fail "a large dump changes $(wc -l <out) bytes"
tr '\000-\377' '\001-\377\000' <want | xxd >list
fails 1 'list, line 4097: more bytes than can be changed at once' --patch list file

fails 2 '--patch needs one file' --patch list
fails 2 'exclude each other' --patch list --undo file
fails 2 '--expect goes with --poke' --patch list --expect 41 file
fails 1 'secure' --secure --patch list file
fails 1 'missing: No such file' --patch missing file
LESS='--patch=list' "$FOLIO" file >out 2>&1 && cmp -s want out || fail "LESS patches"
cmp -s want file || fail "refused, and stored"
[ "$failures" -eq 0 ]
