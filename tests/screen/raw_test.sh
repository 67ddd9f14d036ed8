#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Whatever a file holds, no control, no foreign sequence and nothing invisible reaches the terminal: hostile samples and
# two million random bytes, paged through from start to end, wrapped and chopped.
set -u

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM
raw_output=$BUILD/tests/bin/raw_output
failures=0

# harmless ARGUMENT...: what folio sends with these arguments is. It rings no bell: one that came would be the file's.
harmless() {
    "$raw_output" "$FOLIO" -q "$@" >"$work/out" 2>&1 || {
        failures=$((failures + 1))
        echo "FAIL: folio $*"
        cat "$work/out"
    }
}

# The test itself finds what is not harmless.
for hostile in '\033[2J\033[6n' '\033]0;title\007' '\001' '\177' '\302\233' '\377' '\342\200\256' '\033[38;5;1m'; do
    # shellcheck disable=SC2059 # the escapes are what this is about
    printf "$hostile" >"$work/hostile"
    if "$raw_output" cat "$work/hostile" >/dev/null; then
        echo "FAIL: $hostile on the terminal is not found"
        failures=$((failures + 1))
    fi
done

python3 -c '
import random, sys
random.seed(20240301)
sys.stdout.buffer.write(random.randbytes(2_000_000))' >"$work/random"
# Random code points, and pieces of sequences, come through a decoder that random bytes seldom pass.
python3 -c '
import random, sys
random.seed(20240302)
pieces = ["\x1b[", "\x1b]", "\x9b", "\x07", "m", "2J", ";", "31", "\r", "\b", "\t", "\n", "\u202e", "\u200b", "e\u0301"]
points = [0x80, 0x300, 0x800, 0x2100, 0x3100, 0xa000, 0xe000, 0xff00, 0x10000, 0x1f600, 0xe0000]
def point():
    code = random.choice(points) + random.randrange(0x300)
    return "x" if 0xd800 <= code < 0xe000 else chr(code)
text = "".join(random.choice(pieces) if random.random() < 0.5 else point() for _ in range(200_000))
sys.stdout.buffer.write(text.encode())' >"$work/points"

for file in utf8.txt bytes.bin binary.bin only-nul.bin only-invalid.bin app.log cjk.txt; do
    harmless "$DATA/$file"
    harmless -S -N "$DATA/$file"
done
harmless "$work/random"
harmless -S "$work/random"
harmless "$work/points"
harmless --no-init "$work/points"
harmless -F "$DATA/bytes.bin"
for name in '\033[2J' 'new\nline' '\342\200\256' '\233'; do
    # shellcheck disable=SC2059
    cp "$DATA/one-byte" "$work/$(printf "$name")"
    # shellcheck disable=SC2059
    harmless "$work/$(printf "$name")" "$DATA/utf8.txt"
    # shellcheck disable=SC2059
    harmless "$work/missing$(printf "$name")"
done

# NO_COLOR: attributes only.
for file in utf8.txt app.log; do
    "$raw_output" --no-color "$FOLIO" +/e "$DATA/$file" >"$work/out" || {
        failures=$((failures + 1))
        echo "FAIL: colours in spite of NO_COLOR: $file"
        cat "$work/out"
    }
done
# And there would have been some.
if ! "$raw_output" "$FOLIO" +/e "$DATA/app.log" >/dev/null; then
    echo "FAIL: a search in colour is not harmless"
    failures=$((failures + 1))
fi
[ "$failures" -eq 0 ]
