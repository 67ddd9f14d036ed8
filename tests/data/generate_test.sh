#!/bin/sh
# SPDX-License-Identifier: MIT
#
# folio-generate: what it promises, and that the samples are what it makes. Alone, it runs as
#
#   sh tests/data/generate_test.sh PATH_TO_folio-generate
set -u

if [ -z "${1:-${GENERATE:-}}" ]; then
    echo "usage: generate_test.sh PATH_TO_folio-generate (or GENERATE in the environment)" >&2
    exit 2
fi
generate=$(realpath "${1:-$GENERATE}")
data=$(realpath "$(dirname "$0")/../../data")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM
ulimit -f 2000000 # of 512 bytes: a generator that does not stop must not fill the disk
cd "$work" || exit 1

failures=0
fail() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

# status EXPECTED ARGUMENT...: the program ends with that status, and says one line on stderr if it is not 0
status() {
    expected=$1
    shift
    "$generate" "$@" >out 2>err
    got=$?
    [ "$got" -eq "$expected" ] || fail "status $got, not $expected: folio-generate $*"
    [ "$expected" -eq 0 ] || [ "$(wc -l <err)" -eq 1 ] || fail "not one line on stderr: folio-generate $*"
}

size() {
    wc -c <"$1" | tr -d ' '
}

streams="web app json json-utf8 chat jsonl deep geo long-string brackets jsonl-broken records wide colour colour-line"

for kind in $streams; do
    "$generate" "$kind" 2M -o a || fail "$kind: status"
    "$generate" "$kind" 2M --seed 1 >b || fail "$kind: status to standard output"
    cmp -s a b || fail "$kind: the same seed, other bytes"
    "$generate" "$kind" 2M --seed 2 >b
    cmp -s a b && fail "$kind: another seed, the same bytes"
    [ "$(size a)" -ge 2097152 ] || fail "$kind: too small"
    # the last record may pass the size by itself: a conversation is the largest, far below 500000 bytes
    [ "$(size a)" -le 2600000 ] || fail "$kind: too large"
    [ "$kind" = records ] || [ "$(tail -c 1 a | od -An -tx1 | tr -d ' ')" = 0a ] || fail "$kind: no newline at the end"
    case $kind in
    json | json-utf8 | chat | deep | geo | long-string | brackets | wide | colour-line) [ "$(wc -l <a)" -eq 1 ] || fail "$kind: more than one line" ;;
    records) [ $(($(size a) % 128)) -eq 64 ] || fail "records: not a header and whole records" ;;
    *) [ "$(wc -l <a)" -ge 5000 ] || fail "$kind: too few lines" ;;
    esac
done

"$generate" json 1M | LC_ALL=C grep -q '[^ -~]' && fail "json: not pure ASCII"
"$generate" app 1M | grep -q 'Caused by' || fail "app: no stack trace"
"$generate" app 1M | grep -q "$(printf '\033\\[')" || fail "app: no colour"
for spelling in '38;5;' '38;2;' '38:2::' '[7m' '[93m'; do
    for kind in colour colour-line; do
        "$generate" $kind 1M | grep -qF "$spelling" || fail "$kind: no $spelling"
    done
done

# the needle is there once, near its place, and nowhere without being asked for
for kind in $streams; do
    for place in 0 700K end; do
        "$generate" "$kind" 1M --needle wombat --at $place >a
        found=$(LC_ALL=C grep -abo wombat a | cut -d: -f1)
        case $place in
        0) from=0 to=200000 ;;
        700K) from=716800 to=$((716800 + 200000)) ;;
        end) from=1048576 to=$(size a) ;;
        esac
        # shellcheck disable=SC2086 # more than one hit must fail here
        [ $found -ge $from ] 2>/dev/null && [ $found -le $to ] || fail "$kind: needle at $place found at '$found'"
    done
done
"$generate" web 1M | grep -q wombat && fail "web: a needle nobody asked for"

if command -v python3 >/dev/null; then
    for kind in json json-utf8 chat; do
        "$generate" "$kind" 5M --needle 'quo"te \ slash' --at 1M >a
        python3 -c 'import json; json.load(open("a", encoding="utf-8"))' 2>err || fail "$kind: not valid JSON: $(tail -1 err)"
    done
    for kind in geo long-string brackets; do
        "$generate" "$kind" 1M --needle 'quo"te \ slash' --at 400K >a
        python3 -c 'import json; json.load(open("a"))' 2>err || fail "$kind: not valid JSON: $(tail -1 err)"
    done
    "$generate" deep 20K --needle 'quo"te \ slash' >a
    python3 -c 'import json, sys; sys.setrecursionlimit(9000); json.load(open("a"))' 2>err || fail "deep: $(tail -1 err)"
    "$generate" jsonl-broken 1M >a
    python3 - <<'EOF' 2>err || fail "jsonl-broken: $(tail -1 err)"
import json
def fine(line):
    try:
        return bool(json.loads(line))
    except ValueError:
        return False
lines = open("a").read().split("\n")[:-1]
assert 0.03 < sum(not fine(line) for line in lines) / len(lines) < 0.3
EOF
    "$generate" jsonl 1M --needle 'quo"te \ slash' >a
    python3 -c 'import json; [json.loads(line) for line in open("a")]' 2>err || fail "jsonl: $(tail -1 err)"
fi

status 0 sparse 100M -o hole
[ "$(size hole)" -eq 104857600 ] || fail "sparse: not exactly its size"
[ "$(du -k hole | cut -f1)" -le 1024 ] || fail "sparse: not a hole"
for text in start middle end; do
    grep -aq "The $text of a sparse file" hole || fail "sparse: no $text"
done
status 0 sparse 1K -o hole --needle wombat --at 900
[ "$(size hole)" -eq 1024 ] && grep -aq '^wombat$' hole || fail "sparse: needle"

status 0 --help
for kind in $streams sparse; do
    grep -q "^  $kind " out || fail "--help does not name $kind"
done
status 0 web 0
status 1 web 1K -o missing/file
[ ! -e /dev/full ] || status 1 web 1M -o /dev/full
status 2
status 2 web
status 2 web 1K more
status 2 nothing 1K
for bad in x -1 1X 1KB 9E 99999999999999999999 ''; do
    status 2 -- web "$bad"
    status 2 web 1K --seed "$bad"
done
status 2 web 1K --at 5
status 2 web 1K --needle x --at soon
status 2 web 1K --needle ''
status 2 web 1K --needle "$(printf 'a\tb')"
status 2 web 1K --needle 12345678901234567890123456789012345678901234567890123456789012345
status 0 records 1K --needle 1234567890123456789012345678901234567890123456789012345678901234
status 2 web 1K --what
status 2 sparse 1M
status 2 sparse 1023 -o hole

# the samples are what this program and the script make, byte for byte
if command -v bash >/dev/null; then
    mkdir samples
    bash "$data/samples.sh" "$generate" samples || fail "samples.sh"
    for sample in samples/*; do
        cmp "$sample" "$data/$sample" || fail "$sample is not what samples.sh makes"
    done
    for sample in "$data"/samples/*; do
        [ "$(size "$sample")" -lt 65536 ] || fail "$sample is too large"
    done
fi

[ "$failures" -eq 0 ]
