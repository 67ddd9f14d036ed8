#!/bin/bash
# SPDX-License-Identifier: MIT
# The runner of screen tests, held against programs that everybody knows: it passes what is right, and it fails and
# skips what it should.
set -eu
command -v less >/dev/null || { echo "skipped: needs the command less"; exit 77; }

WORK=$(mktemp -d /tmp/folio-runner-XXXXXX)
trap 'rm -rf "$WORK"' EXIT
mkdir "$WORK/samples"
seq -f 'line %g' 1 100 >"$WORK/samples/hundred"
unset FOLIO_UPDATE_GOLDEN

# run STATUS PROGRAM [--update]: the test on standard input must end the runner with STATUS.
run() {
    expected=$1 program=$2 status=0
    shift 2
    cat >"$WORK/test.screen"
    "$SCREEN_RUNNER" "$@" "$program" "$WORK/samples" "$WORK/test.screen" >"$WORK/log" 2>&1 || status=$?
    [ "$status" = "$expected" ] || { cat "$WORK/test.screen" "$WORK/log"; echo "status $status, not $expected"; exit 1; }
}

# logged TEXT: the last run said so.
logged() {
    grep -qF -- "$1" "$WORK/log" || { cat "$WORK/log"; echo "this was not said: $1"; exit 1; }
}

# Everything that can be right.
run 0 less <<'END'
# comment
size: 6x30
args: -N "$DATA/hundred"
env: LESS=-X
setup: echo more > made

rows 1-2:
|      1 line 1
|      2 line 2
keys: G
screen:
|     96 line 96
|     97 line 97
|     98 {*}98
|     99 line 99
|    100 line 100
|(END)
attributes last:
|RRRRR
cursor: 6,6
keys: /^line 1$<CR>
wait: not found
keys: ?7$<CR>
row 1:
|     97 line 97
keys: <C-l>g
row 1:
|      1 line 1
keys: <Down><PgDn><Up>
row 1:
|      6 line 6
resize: 4x20
row 2-last:
|      7 line 7
|      8 line 8
|:
gone: line 9
shell: test -s made && test "$PWD" = "$TMP"
never: \e]52
alternate: no
signal: TERM
exit: 15
END

# Everything that can be wrong.
run 1 less <<'END'
size: 4x20
args: data/hundred
timeout: 1
rows 1-2:
|line 1
|line two
END
logged '   2 -|line two'
logged '   2 +|line 2'
run 1 less <<'END'
timeout: 1
args: data/hundred
attributes 1:
|B
END
run 1 less <<'END'
args: data/hundred
never: \x1b[?1
END
run 1 less <<'END'
args: data/hundred
timeout: 1
wait: no such text
END
run 1 less <<'END'
args: data/hundred
keys: <Nonsense>
END
logged 'no key is called <Nonsense>'
run 1 less <<'END'
args: data/hundred
colour: 5
END
logged 'no such step'
run 1 less <<'END'
args: $(echo $$ >pid) data/hundred
keys: q
shell: while readlink /proc/$(cat pid)/exe; do sleep 0.01; done
END
logged 'no exit: says so'
run 1 less <<'END'
args: data/hundred
keys: q
exit: 3
END
logged 'exit status 0, not 3'
run 1 less <<'END'
args: data/hundred
timeout: 1
exit: 0
END
logged 'still runs'
run 1 less <<'END'
setup: exit 5
wait: x
END
run 1 /nonexistent/program <<'END'
wait: x
exit: 0
END

# A key that changes nothing is not taken for one that was not looked at yet: the answer may take 6 s.
FOLIO_TEST_PATIENCE=40 run 1 sh <<'END'
args: -c 'stty -echo; echo same; read x; sleep 0.05; echo other'
timeout: 1
row 2:
|
keys: <CR>
rows 1-3:
|same
|
|
END
logged 'the screen is another'

# What is missing is skipped.
run 77 less <<'END'
needs: no-such-command-here
wait: x
END
logged 'needs the command no-such-command-here'

# Recording: rows that match stay, others are written, and the result passes.
run 0 less --update <<'END'
size: 5x20
args: data/hundred
# a comment stays
screen:
|line {*}
|wrong
keys: 50p
row 1:
attributes last:
|too
|many
keys: q
exit: 0
END
diff "$WORK/test.screen" - <<'END'
size: 5x20
args: data/hundred
# a comment stays
screen:
|line {*}
|line 2
|line 3
|line 4
|data/hundred
keys: 50p
row 1:
|line 51
attributes last:
|
keys: q
exit: 0
END
cp "$WORK/test.screen" "$WORK/recorded.screen"
run 0 less <"$WORK/recorded.screen"

# Keys as bytes; cursor keys in both modes.
run 0 sh <<'END'
args: -c 'stty raw -echo; echo ready; cat -v'
wait: ready
keys: a<lt><C-a><M-b><BS><Tab><ESC><S-Tab><x9b><Up>
wait: a<^A^[b^?
wait: ^[^[[ZM-^[^[[A
END
run 0 sh <<'END'
args: -c 'stty raw -echo; printf "\033[?1hready"; cat -v'
wait: ready
keys: <Up><F1><F12><PgUp>
wait: ^[OA^[OP^[[24~^[[5~
END

# Standard input, output and terminal in all the ways they can be.
run 0 less <<'END'
size: 5x20
stdin: yes; echo $? > status
keys: <Space>
row 1:
|y
alternate: yes
keys: q
exit: 0
alternate: no
shell: until test -s status; do sleep 0.01; done
shell: grep 141 status
END
run 0 less <<'END'
args: data/hundred
stdout: copy
exit: 0
shell: cmp copy data/hundred
END
run 0 sh <<'END'
args: -c '{ true </dev/tty; } 2>/dev/null && echo terminal; read line <&0 || echo closed; exit 4'
terminal: none
input: closed
wait: closed
gone: terminal
exit: 4
END
run 0 sh <<'END'
args: -c 'while :; do sleep 1; done'
start: now
ignore: HUP
hangup:
signal: KILL
exit: 137
END
run 0 less <<'END'
args: data/hundred
hangup:
exit: 129
END

# A job of a shell can be stopped and go on.
run 0 less <<'END'
size: 5x20
args: data/hundred
terminal: job
wait: data/hundred
keys: <C-z>
stopped:
signal: CONT
row 2:
|line 2
keys: q
exit: 0
END

# The environment is that of a fresh machine, and nothing is left behind.
LESS=-N LINES=3 run 0 sh <<'END'
args: -c 'echo "[$LESS$LINES] $TERM $LC_ALL" $(ls -A "$HOME" | wc -l); read x'
setup: sleep 1000 & echo $! > pid
wait: [] xterm-256color C.UTF-8 0
shell: cp pid data/
END
if kill -0 "$(cat "$WORK/samples/pid")" 2>/dev/null; then
    echo "a command was left running"
    exit 1
fi

# Extreme windows. At 1x1 less may be waiting for RETURN after the jump, and would swallow the g.
run 0 less <<'END'
size: 1x1
args: data/hundred
keys: jjG
resize: 400x1000
keys: <CR>g
wait: line 99
resize: 0x0
resize: 2x2
resize: 24x80
keys: g
row 1:
|line 1
END
{
    printf 'args: data/hundred\n'
    RANDOM=1
    for _ in $(seq 500); do printf 'resize: %dx%d\n' $((RANDOM % 60 + 1)) $((RANDOM % 200 + 1)); done
    printf 'resize: 5x30\nkeys: g\nrow 1:\n|line 1\nkeys: q\nexit: 0\n'
} | run 0 less

# A picture of the same cells: 10 rows and 40 columns make a PNG of this shape.
"${SCREEN_RUNNER%/*}/screenshot" less "$WORK/picture.png" 10x40 '/line 5<CR>' "$WORK/samples/hundred"
od -An -tx1 -N8 "$WORK/picture.png" | grep -q '89 50 4e 47 0d 0a 1a 0a' || { echo "no PNG"; exit 1; }
read -r wide high < <(od -An -tu1 -j16 -N8 "$WORK/picture.png" | awk '{ print $3 * 256 + $4, $7 * 256 + $8 }')
[ "$wide" -gt 300 ] && [ "$high" -gt 150 ] || { echo "a picture of ${wide}x$high"; exit 1; }
