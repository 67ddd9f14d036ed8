#!/bin/bash
# SPDX-License-Identifier: MIT
# Two and six folios that poke and undo one file at once, some of them killed: every byte is what one of them was told that
# it is, nobody hears of a poke that is under way as of one that was not finished, and undo takes all of it back. Then
# random pokes, undos, renames and copies against a plain model of what each file must hold (the seed is printed).
. "$(dirname "$0")/lib.sh"
fault_need python3
fault_begin
export XDG_STATE_HOME=$WORK/state HOME=$WORK LESS=

all_undone() {
    for try in $(seq 400); do
        "$FOLIO" --undo file >said 2>&1 || break
    done
    grep -q 'there is nothing to undo in this file' said || fail "$1: undo is stuck: $(cat said)"
    cmp -s file before || fail "$1: not as before: $(cmp -l file before | head -3) $("$FOLIO" --pokes file)"
}

# worker NUMBER KILL: pokes at random, and undoes now and then; with KILL some of its folios die.
worker() {
    RANDOM=$1
    for step in $(seq 12); do
        offset=$((RANDOM % 24))
        value=$(printf '%02x' $((RANDOM % 256)))
        if [ $((RANDOM % 4)) = 0 ]; then
            set -- "$1" "$2" --undo
        else
            set -- "$1" "$2" --poke "$offset=$value"
        fi
        "$FOLIO" "${@:3}" file >"out$1" 2>&1 &
        if [ "$2" = 1 ] && [ $((RANDOM % 3)) = 0 ]; then
            for ((spin = RANDOM % 300; spin > 0; spin--)); do :; done
            kill -KILL $! 2>/dev/null || true
        fi
        wait $! 2>/dev/null || true
        if [ "$2" = 0 ] && grep -q 'earlier time' "out$1"; then
            cp "out$1" "false$1"
        fi
    done 2>/dev/null
}

for many in 2 6; do
    for kills in 0 1; do
        say "$many at once, $([ $kills = 1 ] && echo some || echo none) of them killed"
        rm -rf state file
        head -c 4096 /dev/zero | tr '\0' A >before
        cp before file
        workers=
        for ((number = 1; number <= many; number++)); do
            worker $((number + 10 * many)) $kills &
            workers="$workers $!"
        done
        # shellcheck disable=SC2086
        wait $workers || true
        cat false* 2>/dev/null && fail "a poke under way was taken for an unfinished one"
        all_undone "$many at once"
    done
done

say "random pokes, undos, renames and copies"
cat >model.py <<'END'
import os, random, subprocess, sys

# A file is what it holds, and the pokes of it that stand, the last one at the end. A copy has pokes of nobody: what was
# done to the one it was made of is undone there by its number alone, or as long as nobody poked the copy itself. Once that
# was done, folio knows what it was made of, and goes on there when the copy's own pokes are all undone.
folio = os.environ["FOLIO"]
seed = int(sys.argv[1])
random.seed(seed)
print("seed", seed, flush=True)
names = ["a", "b", "c"]


class File:
    def __init__(self, data):
        self.data, self.done, self.own, self.heir = bytearray(data), [], False, False


def run(*arguments):
    return subprocess.run([folio, *arguments], capture_output=True, text=True)


files = {}
for name in names:
    data = bytes(random.randrange(256) for _ in range(64))
    open(name, "wb").write(data)
    files[name] = File(data)

for step in range(int(sys.argv[2])):
    what = random.randrange(10)
    name = random.choice(names)
    file = files[name]
    if what < 4:
        offset, value = random.randrange(64), random.randrange(256)
        got = run("--poke", f"{offset}={value:02x}", name)
        assert got.returncode == 0, got
        file.done.append((offset, file.data[offset], value))
        file.data[offset] = value
        file.own = True
    elif what < 7:
        got = run("--undo", name)
        if file.own and not file.done and not file.heir:
            assert got.returncode == 1 and "nothing to undo" in got.stderr, (name, got)
        elif file.done and file.own:
            offset, before, after = file.done.pop()
            assert got.returncode == 0, (name, got, run("--pokes", name))
            file.data[offset] = before
        elif got.returncode == 0:
            # A file that nobody poked, at a path where one was: what folio took back it says, and no other byte changes.
            line = got.stdout.split()
            file.data[int(line[0][:-1], 16)] = open(name, "rb").read()[int(line[0][:-1], 16)]
            file.own, file.heir = None, True
    elif what < 9:
        other = random.choice([n for n in names if n != name])
        os.rename(name, "aside")
        os.rename(other, name)
        os.rename("aside", other)
        files[name], files[other] = files[other], files[name]
    else:
        # Somebody saves it anew, with what it holds.
        data = bytes(file.data)
        open("new", "wb").write(data)
        os.rename("new", name)
        files[name] = File(data)
    for each in names:
        held = open(each, "rb").read()
        if held != bytes(files[each].data):
            sys.exit(f"step {step}: {each} is not what it must be\n{run('--pokes', each).stdout}")
END
for seed in 1 $$; do
    rm -rf state a b c
    python3 model.py $seed 120 || fail "seed $seed: see above"
done
say "done"
