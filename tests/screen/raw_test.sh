#!/bin/bash
# SPDX-License-Identifier: MIT
#
# Whatever a file holds and whatever it is called, no control, no foreign sequence and nothing invisible reaches the
# terminal: hostile samples and a megabyte of random and hostile bytes, in every mode and with every option that changes
# what is drawn, paged through from start to end. With RAW_TIMES=10 (raw_slow.sh) it is ten times as much.
set -u
times=${RAW_TIMES:-1}

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM
raw_output=$BUILD/tests/bin/raw_output
failures=0
bytes=0

# failed WHAT...: note it, and show what raw_output said.
failed() {
    failures=$((failures + 1))
    echo "FAIL: $*"
    cat "$work/out"
}

# harmless [RAW_OUTPUT_OPTION]... -- ARGUMENT...: what folio sends with these arguments is. It rings no bell: one that
# came would be the file's.
harmless() {
    local -a how=()
    while [ "$1" != -- ]; do
        how+=("$1")
        shift
    done
    shift
    "$raw_output" "${how[@]}" "$FOLIO" -q "$@" >"$work/out" 2>&1 || failed "${how[*]} folio $*"
    local size
    size=$(stat -L -c %s -- "${@: -1}" 2>/dev/null) && bytes=$((bytes + size))
}

# knows OPTION-OR-SETTING: is it one of this folio? Said once if not.
declare -A known=()
knows() {
    if [ -z "${known[$1]:-}" ]; then
        known[$1]=yes
        "$FOLIO" --help | grep -q -e "$1" || {
            known[$1]=no
            echo "left out: this folio does not know $1"
        }
    fi
    [ "${known[$1]}" = yes ]
}

# The test itself finds what is not harmless.
for hostile in '\033[2J\033[6n' '\033]0;title\007' '\001' '\177' '\302\233' '\377' '\342\200\256' '\033]52;c;Zm9v\007' \
    '\033P+q544e\033\\' '\033c' '\033[?1000h' '\033[5i' '\342\201\246' '\363\240\201\201' '\033_x\033\\' '\033[8m'; do
    # shellcheck disable=SC2059 # the escapes are what this is about
    printf "$hostile" >"$work/hostile"
    if "$raw_output" cat "$work/hostile" >/dev/null; then
        echo "FAIL: $hostile on the terminal is not found"
        failures=$((failures + 1))
    fi
done
# And lets pass what terminfo has.
"$raw_output" tput -T xterm-256color smcup cup 3 4 setaf 200 bold sgr0 rmcup >/dev/null || {
    echo "FAIL: what is in terminfo is not known"
    failures=$((failures + 1))
}

# One offer to the clipboard passes where it is expected, and nothing that only looks like one.
for offer in '\033]52;c;Zm9v\007' '\033]52;c;Zm8=\007'; do
    # shellcheck disable=SC2059 # the escapes are what this is about
    printf "$offer" >"$work/hostile"
    "$raw_output" -o 1 cat "$work/hostile" >/dev/null || {
        echo "FAIL: $offer is no offer to the clipboard"
        failures=$((failures + 1))
    }
done
for hostile in '\033]52;c;Zm9\007' '\033]52;p;Zm9v\007' '\033]52;c;Zm9v\033\\' '\033]52;c;?\007' 'none' \
    '\033]52;c;Zm9v\007\033]52;c;Zm9v\007'; do
    # shellcheck disable=SC2059
    printf "$hostile" >"$work/hostile"
    if "$raw_output" -o 1 cat "$work/hostile" >/dev/null; then
        echo "FAIL: $hostile counts as one offer to the clipboard"
        failures=$((failures + 1))
    fi
done

# One that comes in pieces is waited for.
"$raw_output" -o 1 sh -c 'printf "(END)\033]52;c;Zm9v"; sleep 1; printf "\a"; read key' >"$work/out" || failed "an offer in two pieces"

# Seven kinds of bad bytes, each with a seed of its own, so that no two files are the same. One process makes them all: to
# start Python takes longer than to look at most of the files.
cat >"$work/hostile.py" <<'END'
import random, sys
ESC, ST = b"\x1b", [b"\x07", b"\x1b\\", b"\xc2\x9c", b"\x9c", b"", b"\x18"]
BIDI = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
HIDDEN = [0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180E, 0x200B, 0x200C, 0x200D, *range(0x2060, 0x2066),
          *range(0x206A, 0x2070), 0x2028, 0x2029, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF9, 0xFFFA, 0xFFFB,
          0x1BCA0, 0x1D173, 0xE0001, 0xE0020, 0xE007F, 0xE0100, 0xE01EF, 0x378, 0xE000, 0xF0000, 0x10FFFF, 0x1FFFF]
choice, below = random.choice, random.randrange


def parameters():
    return choice([b";", b":"]).join(b"%d" % choice([0, 1, 2, 4, 5, 8, 31, 38, 48, 90, 255, 999, 1049, 2004, below(99999)])
                                     for _ in range(below(7)))


def sequence():
    body = choice([b"52;c;Zm9v", b"0;title", b"2;title", b"8;;http://a/\x1b[31m", b"8;;", b"4;1;rgb:00/00/00", b"10;?",
                   b"50;x", b"99;x", b"1337;File=:AAAA", b"777;x", b"+q544e", b"$qm", b"tmux;\x1b\x1b]0;x\x07", b"Gq", b""])
    return choice([
        lambda: ESC + b"[" + choice([b"", b"?", b">", b"="]) + parameters() + choice([b"", b" ", b"!", b"$", b"\"", b"'"])
        + bytes([0x40 + below(0x3F)]),
        lambda: ESC + b"[" + parameters() + b"m",
        lambda: b"\xc2\x9b" + parameters() + b"m",
        lambda: b"\x9b" + parameters() + bytes([0x40 + below(0x3F)]),
        lambda: ESC + choice([b"]", b"P", b"_", b"^", b"X", b"k"]) + body + choice(ST),
        lambda: choice([b"\x9d", b"\x90", b"\x9f", b"\x9e", b"\xc2\x9d", b"\xc2\x90"]) + body + choice(ST),
        lambda: ESC + bytes([0x20 + below(0x5F)]),
        lambda: ESC + b"(" + bytes([0x30 + below(0x4F)]),
        lambda: ESC,
    ])()


def code_points():
    while True:
        code = choice([0x80, 0x300, 0x600, 0x800, 0x2000, 0x2100, 0x3100, 0xA000, 0xE000, 0xFE00, 0xFF00, 0x10000, 0x1F600,
                       0xE0000]) + below(0x300)
        if not 0xD800 <= code < 0xE000:
            return chr(code).encode()


PIECES = {
    "noise": lambda: random.randbytes(4096),
    "controls": lambda: bytes([choice([*range(32), 127, *range(128, 160)])]) + (b"text" if below(4) == 0 else b""),
    "hidden": lambda: chr(choice(BIDI + HIDDEN)).encode() + choice([b"", b"a", "\u05d0\u05d1".encode(), b"e\xcc\x81"]),
    "sequences": lambda: sequence() + choice([b"", b"text", b"\n", b"\r"]),
    "broken": lambda: code_points()[: below(4)] + bytes([choice([0x80, 0xBF, 0xC0, 0xED, 0xF5, 0xFF, 0x41])])
    + choice([b"\xc0\x9b", b"\xe0\x82\x9b", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"", b"\xc2"]),
    "overstrike": lambda: choice([b"_\b", b"x\b", b"\b", b"+\bo", b"\b\b\b"])
    + choice([b"x", b"\x1b", b"\x07", b"\xe2\x80\xae", b"\x9b", b"e\xcc\x81", b"\xe4\xb8\xad", b"\n"]),
    "wide": lambda: sequence().decode("latin-1").encode(choice(["utf-16-le", "utf-16-be"]))
    + code_points().decode().encode("utf-16-le") + "text\n\x9b\u202e\u200b".encode("utf-16-le"),
}
PIECES["mixed"] = lambda: PIECES[choice([k for k in PIECES if k not in ("noise", "mixed")])]() + (b"\n" if below(9) == 0 else b"")

for wish in sys.stdin:
    kind, seed, size = wish.split()
    random.seed(int(seed))
    with open(f"{sys.argv[1]}/{kind}", "wb") as out:
        left = int(size) - out.write(b"\xff\xfe" if kind == "wide" else b"")
        while left > 0:
            left -= out.write(PIECES[kind]())
    print("made", flush=True)
END
coproc maker { exec python3 "$work/hostile.py" "$work"; }
seed=20240300
hostile() { # hostile KIND BYTES: a new one in $work/KIND
    local made
    seed=$((seed + 1))
    echo "$1 $seed $2" >&"${maker[1]}" && read -r made <&"${maker[0]}" && [ "$made" = made ] || failed "no $1 was made"
}

# What is copied is offered once, and is nothing but base64, whatever the bytes are.
for what in 'value' 'offset' 'hex 0,+256' 'c 0,+256' 'base64 0,+4K'; do
    harmless -o 1 -k ":copy $what<CR>" -k x -- --hex "$DATA/bytes.bin"
done
harmless -- --hex "$DATA/bytes.bin"

for file in utf8.txt bytes.bin binary.bin only-nul.bin only-invalid.bin app.log cjk.txt; do
    harmless -- "$DATA/$file"
    harmless -- -S -N "$DATA/$file"
done

# Every kind in every mode.
some=$((times * 10000)) more=$((times * 60000))
modes=('' --hex -S -N -s '-S -N -s -J' -X -i --advice=random)
knows '--sgr' && modes+=(--sgr=off --sgr=carry '--sgr=carry -S')
knows wordwrap && modes+=(--wordwrap)
knows '--header' && modes+=(--header=2,3)
knows '--encoding' && for name in latin1 cp1252 utf-8 utf-16le utf-16be utf-32le shift_jis; do
    modes+=("--encoding=$name")
done
"$FOLIO" --help | grep -q -- '-J' || modes[5]='-S -N -s'
for mode in "${modes[@]}"; do
    hostile mixed $some
    # shellcheck disable=SC2086 # options are words
    harmless -s 200x1000 -- $mode "$work/mixed"
done
for kind in noise controls hidden sequences broken overstrike wide; do
    hostile $kind $more
    harmless -s 400x1000 -- "$work/$kind"
    hostile $kind $some
    harmless -s 200x1000 -k '/[a-z]<CR>' -- "$work/$kind"
    harmless -s 200x1000 -- -S -N "+/x" "$work/$kind"
    # Shifted to the right, a search that finds, one that does not, help, the line of a file, its kind, an unknown key.
    harmless -s 50x300 -k '<Right><Right>' -k '?<x1b>[2J<CR>' -k "/$(printf '\342\200\256')<CR>" -k 'h' -k 'q' -k '=' -k ':<Tab><ESC>' \
        -k '<ESC>]' -k '-~' -- "$work/$kind"
done
hostile noise $((2 * more))
harmless -s 400x1000 -- -S "$work/noise"
hostile mixed $more
harmless -s 100x400 -- --no-init "$work/mixed"

# Without a screen, and with others: rows printed, terminals of other kinds.
hostile mixed 3000
for term in dumb xterm linux vt100 screen-256color tmux-256color no-such-terminal; do
    for option in '' -F -N; do
        # shellcheck disable=SC2086
        harmless -e "TERM=$term" -s 60x100 -- $option "$work/mixed"
    done
done
harmless -s 400x400 -- -F "$work/mixed"
harmless -- -F "$DATA/bytes.bin"
for locale in C POSIX C.UTF-8 xx_XX.nothing; do
    harmless -e "LC_ALL=$locale" -- "$work/mixed"
done

# From a pipe.
"$raw_output" sh -c "cat '$work/sequences' | '$FOLIO' -q" >"$work/out" || failed "folio from a pipe"

# Names: in the status row, in messages, before there is a screen, in the list of completions.
mkdir "$work/names"
for name in '\033[2J' 'new\nline' '\342\200\256' '\233' '\033]0;t\007' '\033]52;c;Zm9v\033\\' '\001\177\r\b' '\342\201\247\357\273\277' \
    '\302\233' '\033P+q\033\\' '\363\240\201\201' '_\bx' 'e\314\201\314\201\314\201\314\201\314\201\314\201'; do
    # shellcheck disable=SC2059
    file=$work/names/$(printf "$name")
    cp "$DATA/one-byte" "$file"
    harmless -- "$file" "$DATA/utf8.txt"
    harmless -k ':e <Tab><Tab><Tab><ESC>' -k '=' -k ':n<CR>' -k 'R' -- "$file" "$file.missing" "$DATA/utf8.txt"
    harmless -- "$work/missing${file##*/}"
    harmless -e "TERM=dumb" -- "$file"
done
harmless -k ":e $work/names/<Tab><Tab><Tab>" -k '<ESC>' -- "$DATA/utf8.txt"
for word in '--\033[2J' '-\033' '+/\033]0;x\007' '--encoding=\033[2J' '+:\033[6n' '-P\033[2J'; do
    # shellcheck disable=SC2059
    harmless -- "$(printf -- "$word")" "$DATA/utf8.txt"
done
harmless -e "$(printf 'LESS=-P\033[2J$-X')" -- "$DATA/utf8.txt"

# NO_COLOR: attributes only.
for file in utf8.txt app.log; do
    "$raw_output" -c -e NO_COLOR=1 "$FOLIO" -q +/e "$DATA/$file" >"$work/out" || failed "colours in spite of NO_COLOR: $file"
done
# And there would have been some.
"$raw_output" "$FOLIO" -q +/e "$DATA/app.log" >"$work/out" || failed "a search in colour is not harmless"

echo "$bytes bytes were looked at"
if [ "$bytes" -lt $((times * 1000000)) ]; then
    echo "FAIL: that is less than there should be"
    failures=$((failures + 1))
fi
[ "$failures" -eq 0 ]
