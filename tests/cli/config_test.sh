#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The configuration file: which one is read, what counts more, and --print-config, which can be read again.
set -u

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT PIPE TERM
cd "$work" || exit 1
mkdir -p home/.config/folio xdg/folio
export HOME="$work/home" LESS=
unset XDG_CONFIG_HOME LESSSECURE
failures=0

fail() {
    echo "FAIL: $*" >&2
    failures=$((failures + 1))
}

# prints LINE ARGUMENT...: --print-config has this line.
prints() {
    line=$1
    shift
    "$FOLIO" --print-config "$@" >out 2>errors </dev/null || fail "status $?: --print-config $*"
    grep -qxF "$line" out || fail "--print-config $* has no line: $line"
}

prints 'tabs = 8'
[ ! -s errors ] || fail "without a file it says: $(cat errors)"
printf '[options]\ntabs = 5\n' >home/.config/folio/config
prints 'tabs = 5'
printf '[options]\ntabs = 6\n' >xdg/folio/config
XDG_CONFIG_HOME="$work/xdg" prints 'tabs = 6'
XDG_CONFIG_HOME=xdg prints 'tabs = 5'
printf '[options]\ntabs = 7' >mine
prints 'tabs = 7' --config=mine
prints 'tabs = 7' --config mine
prints 'tabs = 8' --no-config
prints 'tabs = 8' --no-config --config=mine
prints 'tabs = 8' --secure
LESSSECURE=1 prints 'tabs = 8'
# Defaults, the file, LESS, the command line.
LESS=-x3 prints 'tabs = 3'
LESS=-x3 prints 'tabs = 2' -x2
prints 'tabs = 2' -x2
prints 'tabs = 8' -+x

"$FOLIO" --secure --config=mine x >out 2>errors
[ $? -eq 2 ] || fail "--config under --secure is not wrong usage"
grep -qx 'folio: --config names a file, which --secure forbids' errors || fail "it says: $(cat errors)"

# What is printed is read again and prints the same.
cat >all <<'END'
[options]
tabs = 9,17,33
numbers = yes
foldcase = yes
QUIT-AT-EOF = yes
target = .5
window = -3
header = 2,3
sgr = carry
search = raw
encoding = latin1
color = never
advice = random
[colors]
hit = #ff8000 on 17 bold
status = plain
[keys]
g = none
gg = first
F5 = 10 line-forward
Semicolon = quit
ctrl-t = :set tabs=4 numbers
x = :0x1f3a0
END
"$FOLIO" --print-config --config=all >first 2>errors
[ ! -s errors ] || fail "it complains: $(cat errors)"
for line in 'tabs = 9,17,33' 'hit = #ff8000 on 17 bold' 'gg = first' 'g = none' '^T = set tabs=4 numbers'; do
    grep -qxF "$line" first || fail "there is no line: $line"
done
"$FOLIO" --print-config --config=first >second 2>errors
[ ! -s errors ] || fail "it complains of what it printed: $(cat errors)"
cmp first second || fail "what was read again prints something else"

# Wrong lines are told, one each, and the status is 0; so are files that are none.
printf '[options]\ntbs = 4\nnumbers = yes\n[keys]\nx = qiut\n' >wrong
prints 'numbers = yes' --config=wrong
printf 'wrong:2: there is no option tbs; did you mean tabs?\nwrong:5: there is no command qiut; did you mean quit?\n' |
    cmp -s - errors || fail "of wrong lines it says: $(cat errors)"
# noise BYTES: bytes that look random and are the same in each run.
noise() {
    python3 -c 'import random, sys; random.seed(1); sys.stdout.buffer.write(random.randbytes(int(sys.argv[1])))' "$1"
}
noise 10000000 >large
prints 'tabs = 8' --config=large
noise 100000 >binary
prints 'mouse = no' --config=binary
[ "$(wc -l <errors)" -le 20 ] || fail "of a binary file it says too much"
prints 'tabs = 8' --config=.
prints 'tabs = 8' --config=missing
grep -q '^missing: cannot be read: No such file' errors || fail "of a missing file it says: $(cat errors)"

# Copying needs no configuration, and says nothing of it.
"$FOLIO" --config=missing mine >out 2>errors
cmp -s mine out || fail "a copy is not one"
[ ! -s errors ] || fail "copying, it says: $(cat errors)"
[ "$failures" -eq 0 ]
