#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Wrong usage: status 2, one sentence, and where to read more. --help and --version: standard output, status 0.
set -u

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM
cd "$work" || exit 1
export LESS=
failures=0

fail() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

# wrong SENTENCE ARGUMENT...: folio does not understand these, says so, and shows what there is all the same.
wrong() {
    sentence=$1
    shift
    "$FOLIO" "$@" >out 2>errors <"$DATA/one-byte"
    got=$?
    [ "$got" -eq 0 ] || fail "status $got, not 0: folio $*"
    printf 'folio: %s\n' "$sentence" | cmp -s - errors || fail "folio $* says: $(cat errors)"
    cmp -s out "$DATA/one-byte" || fail "folio $* does not show the file"
}

# refused SENTENCE ARGUMENT...: nothing is to be seen, or more than seeing is asked for: nothing is done.
refused() {
    sentence=$1
    shift
    "$FOLIO" "$@" >out 2>errors <&-
    got=$?
    [ "$got" -eq 2 ] || fail "status $got, not 2: folio $*"
    printf 'folio: %s\nTry '\''folio --help'\''\n' "$sentence" | cmp -s - errors ||
        fail "folio $* says: $(cat errors)"
    [ ! -s out ] || fail "folio $* printed something"
}

# right ARGUMENT...: folio understands these.
right() {
    "$FOLIO" "$@" >out 2>errors <"$DATA/one-byte" || fail "status $?: folio $*: $(cat errors)"
}

wrong 'There is no option --chop-long-lnes; did you mean --chop-long-lines?' --chop-long-lnes "$DATA/one-byte"
wrong 'There is no option --frobnicate' --frobnicate "$DATA/one-byte"
wrong 'There is no option -Z' -Z "$DATA/one-byte"
wrong 'There is no option -Z' -NZ "$DATA/one-byte"
wrong 'There is no option -<01>' "-$(printf '\001')" "$DATA/one-byte"
wrong '-x needs a number behind it' -x
wrong '--color is auto, always or never, not sometimes' --color=sometimes "$DATA/one-byte"
wrong '--map is shared or private, not both' --map=both "$DATA/one-byte"
wrong '--squeeze-blank-lines takes nothing behind it' --squeeze-blank-lines=3 "$DATA/one-byte"
wrong 'tabs must be from 1 to 255' -x0 "$DATA/one-byte"
wrong 'Option --log-file of less is not supported' -o log "$DATA/one-byte"

wrong "-r would send the file's control sequences to the terminal: colours are shown by -R" -r "$DATA/one-byte"
wrong '-U is :set sgr=off, which shows colours as control characters too' --UNDERLINE-SPECIAL "$DATA/one-byte"
wrong 'blue is not a value for sgr: off, on or carry' --sgr=blue "$DATA/one-byte"
wrong '--header needs L,C,N behind it' --header

# The first of several, and what is right counts.
wrong 'There is no option --xyzzy' --xyzzy -% -x "$DATA/one-byte" -Z
refused 'There is no option --xyzzy' --xyzzy
refused 'There is no option --xyzzy' --xyzzy --poke 0=41 "$DATA/one-byte"
refused 'There is no option --xyzzy' --print-config --xyzzy
refused '--poke needs OFFSET=BYTE behind it' --poke
refused 'There is no option -%' --undo -% "$DATA/one-byte"

right -NSsiIFXKeEqRmMJwW -x8 -x1,9,17 --header=1,2 --wordwrap --sgr=carry --encoding=latin1 --search=raw --form-feed "$DATA/one-byte"
right -NSsiIFXKeEqRmM -x8 -j5 -z-3 '-#' 4 "$DATA/one-byte"
right --chop-long-lines --tabs=4 --tabs 4 --no-config --text "$DATA/one-byte"
right --end-prompt=x --exit-follow-on-close --no-paste --search-options=W --proc-return --status-line "$DATA/one-byte"
right --map=private --advice=random --color=never --secure --mouse "$DATA/one-byte"
right -- "$DATA/one-byte"
right

"$FOLIO" <&- >out 2>errors
got=$?
[ "$got" -eq 2 ] || fail "status $got without a file"
grep -q '^folio: missing file name$' errors || fail "without a file it says: $(cat errors)"

# By these names others ask whether there is a pager at all.
for name in pager less; do
    ln -s "$FOLIO" "$name"
    "./$name" <&- >out 2>errors || fail "status $? of $name without a file"
    grep -q '^folio: missing file name$' errors || fail "$name without a file says: $(cat errors)"
    "./$name" --xyzzy <&- >out 2>errors && fail "$name knows --xyzzy"
done

for option in --help '-?'; do
    "$FOLIO" "$option" >out 2>errors || fail "folio $option: status $?"
    grep -q '^Usage: folio' out || fail "folio $option has no usage"
    [ ! -s errors ] || fail "folio $option says something on standard error"
    # Each option that is told of is understood.
    sed -n 's/^ *-.*\(--[a-zA-Z-]*\).*/\1/p' out >names
    [ "$(wc -l <names)" -gt 15 ] || fail "folio $option tells of few options"
done
for option in --version -V; do
    "$FOLIO" "$option" >out 2>errors || fail "folio $option: status $?"
    grep -q '^folio [0-9][0-9.]*$' out || fail "folio $option has no number"
done
# Nobody reads the help that $LESS asks for.
LESS=V "$FOLIO" "$DATA/one-byte" | grep -qx x || fail "LESS=V is not passed over"
[ "$failures" -eq 0 ]
