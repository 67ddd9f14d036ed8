#!/bin/bash
# SPDX-License-Identifier: MIT
# Terminals that are tiny, huge, changing, unknown, not there; and outputs that are none.
. "$(dirname "$0")/lib.sh"
fault_need python3
fault_begin

seq -f 'line %06.0f' 1 100000 >numbers

# Sizes.
for size in 1x1 2x2 1x80 80x1 3x5 400x1000; do
    say "$size"
    screen <<END
size: $size
args: \$WORK/numbers
keys: jG/line<CR>nNg<Space>:5<CR>h
resize: 24x80
wait: q leaves the help
keys: q
keys: g
row 1:
|line 000001
row 23:
|line 000023
keys: q
exit: 0
END
done
screen <<'END'
size: 24x80
env: LINES=garbage
env: COLUMNS=-5
args: $WORK/numbers
wait: line 000001
resize: 0x0
keys: j
resize: 1x1
keys: jj
resize: 6x40
keys: g
row 1:
|line 000001
keys: q
exit: 0
END

# Five hundred sizes while a prompt is open and a search runs.
{
    cat <<'END'
size: 24x80
args: $WORK/numbers
wait: line 000001
keys: /99999
END
    for number in $(seq 500); do
        printf 'resize: %dx%d\n' $((RANDOM % 60 + 1)) $((RANDOM % 200 + 1))
        [ $((number % 50)) != 0 ] || printf 'keys: 9<BS>\n'
    done
    cat <<'END'
resize: 6x60
row last:
|/99999
never: \x07
keys: <CR>
row 1:
|line 099999
keys: g
rows 1-5:
|line 000001
|line 000002
|line 000003
|line 000004
|line 000005
keys: q
exit: 0
END
} | screen

# Terminals that cannot do it, or are not known: the file is printed.
head -n 3 numbers >three
for term in 'TERM=dumb' 'TERM=no-such-terminal' 'TERM'; do
    say "$term"
    screen <<END
env: $term
args: \$WORK/three 2>errors
exit: 0
rows 1-3:
|line 000001
|line 000002
|line 000003
shell: case "$term" in TERM=dumb) test ! -s errors ;; *) test "\$(grep -c ^folio: errors)" = 1 ;; esac
never: \\e[
END
done

# No /dev/tty: the terminal that is written to takes the keys; none at all there: the file is printed.
screen <<'END'
terminal: none
input: closed
args: $WORK/three
wait: line 000003
keys: q
exit: 0
END
screen <<'END'
terminal: none
input: closed
args: $WORK/three </dev/null 2>/dev/null | cat
exit: 0
row 3:
|line 000003
END
screen <<'END'
size: 6x60
input: closed
args: $WORK/numbers
wait: line 000001
keys: G
wait: line 100000
keys: q
exit: 0
END
screen <<'END'
input: closed
args: 2>errors
start: now
exit: 2
shell: grep -x 'folio: missing file name' errors
END

# Not to a terminal: the bytes as they are, all of them or as many as are wanted.
"$FOLIO" numbers | cmp - numbers
"$FOLIO" <numbers | cmp - numbers
noise 100000 >noise
"$FOLIO" noise numbers noise >copy
cat noise numbers noise | cmp - copy
set +e
"$FOLIO" numbers 2>errors | head -n 1 >first
statuses=("${PIPESTATUS[@]}")
set -e
[ "$(cat first)" = 'line 000001' ] && [ ! -s errors ] || fail "a reader that has enough"
[ "${statuses[0]}" = 0 ] || [ "${statuses[0]}" = 141 ] || fail "status ${statuses[0]}"
if [ -w /dev/full ]; then
    status=0
    "$FOLIO" numbers >/dev/full 2>errors || status=$?
    [ "$status" = 1 ] && grep -q '^folio: .*No space left on device' errors || fail "a full disk is not told"
fi
