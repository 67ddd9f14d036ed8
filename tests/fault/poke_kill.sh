# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# tests: folio killed at the N-th system call of a poke, a group, an undo, a redo, for each N (poke_kill_slow.sh), or every
# KILL_STEP-th of them (poke_kill_test.sh). After each, whatever the journal says then: undo until nothing is left makes
# the file what it was, undo is never stuck, and nothing else was changed.

[ -z "${SANITIZER:-}" ] || skip "a sanitizer does not work while strace looks on"
strace -f -o /dev/null true 2>/dev/null || skip "may not trace"
export XDG_STATE_HOME=$WORK/state HOME=$WORK LESS=

# What was before: pokes of earlier days, one of them undone.
head -c 16384 /dev/zero | tr '\0' A >before
cp before file
"$FOLIO" --poke 100=42 file >/dev/null
"$FOLIO" --poke 100=43 --poke 5000=61626364 file >/dev/null
"$FOLIO" --poke 101=44 file >/dev/null
"$FOLIO" --undo file >/dev/null
cp file start
cp -a state start_state

# setting: all as it was then; the file stays the file that it is.
setting() {
    cat start >file
    rm -rf state
    cp -a start_state state
}

# all_undone WHAT: takes back all there is.
all_undone() {
    for try in $(seq 20); do
        "$FOLIO" --undo file >said 2>&1 || break
    done
    grep -q 'there is nothing to undo in this file' said || fail "$1: undo is stuck: $(cat said)"
    cmp -s file before || fail "$1: not as before: $(cmp -l file before | head -3) $("$FOLIO" --pokes file)"
}

# kill_all ARGUMENT...: at each KILL_STEP-th of its system calls. strace counts each kind of call for itself.
kill_all() {
    setting
    strace -o trace "$FOLIO" "$@" file >said 2>&1
    sed -n 's/^\([a-z0-9_]*\)(.*/\1/p' trace | awk -v step="$KILL_STEP" '{ print NR, $1, ++count[$1] }' |
        awk -v step="$KILL_STEP" '$2 != "execve" && ($1 % step == 0 || $2 ~ /^(pwrite64|fdatasync|msync|fcntl|flock|munmap)$/)' >points
    while read -r number name count; do
        setting
        { strace -o trace -e trace="$name" -e inject="$name:signal=SIGKILL:when=$count" \
            "$FOLIO" "$@" file >said 2>&1; } 2>/dev/null || true
        grep -q 'killed by SIGKILL' trace || fail "$*: not killed at call $number, the $count. $name"
        all_undone "$* killed at call $number, the $count. $name"
    done <points
    [ -s points ] || fail "$*: it was never killed"
    say "$*: $(wc -l <points) points"
}

kill_all --poke 200=5a
kill_all --poke 100=45 --poke 300=4647 --poke 9000=48
kill_all --undo
kill_all --redo
