#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Standard output is not a terminal: folio copies like cat, unchanged, and says what it could not copy.
set -u

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1
export LESS=
failures=0

fail() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

# status EXPECTED GOT WHAT
status() {
    [ "$1" -eq "$2" ] || fail "status $2, not $1: $3"
}

# silent WHAT: nothing was said on standard error.
silent() {
    [ ! -s errors ] || fail "said something: $1: $(cat errors)"
}

# said TEXT...: one sentence for each, and nothing else.
said() {
    [ "$(wc -l <errors)" -eq $# ] || fail "$# sentences expected: $(cat errors)"
    for text; do
        grep -qF "$text" errors || fail "not said: $text"
    done
}

for file in utf8.txt bytes.bin only-nul.bin empty crlf.txt no-newline.txt; do
    "$FOLIO" "$DATA/$file" >out 2>errors
    status 0 $? "$file"
    cmp -s "$DATA/$file" out || fail "$file is not copied as it is"
    silent "$file"
    "$FOLIO" <"$DATA/$file" >out 2>errors
    status 0 $? "<$file"
    cmp -s "$DATA/$file" out || fail "$file as standard input is not copied as it is"
done

# Options change nothing.
"$FOLIO" -N -S -s -x4 -F +G "$DATA/squeeze.txt" >out 2>errors
cmp -s "$DATA/squeeze.txt" out || fail "options change what is copied"
# nor does a terminal type
TERM=dumb "$FOLIO" "$DATA/utf8.txt" | cmp -s "$DATA/utf8.txt" - || fail "TERM changes what is copied"

# Several files, and standard input among them.
printf 'input\n' | "$FOLIO" "$DATA/one-byte" - "$DATA/crlf.txt" >out 2>errors
status 0 $? "three files"
(cat "$DATA/one-byte" && echo input && cat "$DATA/crlf.txt") | cmp -s - out || fail "three files are not joined"

# A pipe, more than any buffer.
head -c 5000000 /dev/zero | "$FOLIO" 2>errors | cmp -s -n 5000000 - /dev/zero || fail "a pipe is not copied"

# What cannot be opened is said, the rest is copied, and the status is 1.
mkdir folder
"$FOLIO" missing "$DATA/one-byte" folder >out 2>errors
status 1 $? "a missing file"
said "folio: missing: No such file or directory" "folio: folder is a directory"
[ "$(cat out)" = x ] || fail "the file that is there was not copied"

if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    echo secret >locked
    chmod 600 locked
    chmod 755 .
    cp "$FOLIO" ./folio
    setpriv --reuid 65534 --clear-groups ./folio locked >out 2>errors
    status 1 $? "an unreadable file"
    said "folio: locked: Permission denied"
    [ ! -s out ] || fail "an unreadable file was read"
    # The same on a terminal.
    printf '#!/bin/sh\nexec setpriv --reuid 65534 --clear-groups "%s" "$@"\n' "$work/folio" >nobody
    chmod 755 nobody
    cat >unreadable.screen <<'END'
size: 6x60
setup: echo secret >locked && chmod 600 locked && chmod 755 .
args: locked
exit: 1
screen:
|folio: locked: Permission denied
END
    "$SCREEN_RUNNER" "$work/nobody" "$DATA" unreadable.screen || fail "an unreadable file on a terminal"
fi

# A reader that goes away is no error of ours.
seq 1000000 >numbers
{
    "$FOLIO" numbers 2>errors
    echo $? >code
} | head -n 1 >out
[ "$(cat out)" = 1 ] || fail "head got: $(cat out)"
silent "head"
status 141 "$(cat code)" "a reader that goes away"

# Where SIGPIPE is ignored too.
(
    trap '' PIPE
    "$FOLIO" numbers 2>errors
    echo $? >code
) | head -n 1 >out
status 0 "$(cat code)" "a reader that goes away, SIGPIPE ignored"
silent "head, SIGPIPE ignored"

# A full disk.
if [ -w /dev/full ]; then
    "$FOLIO" numbers >/dev/full 2>errors
    status 1 $? "a full disk"
    said "No space left on device"
fi

# The input is closed.
"$FOLIO" - <&- >out 2>errors
status 2 $? "a closed input"
[ "$failures" -eq 0 ]
