#!/bin/bash
# SPDX-License-Identifier: MIT
# Few descriptors, no threads, little stack, little memory: it works, or one sentence says what is missing.
. "$(dirname "$0")/lib.sh"
fault_need root prlimit setpriv
[ -z "${SANITIZER:-}" ] || skip "a sanitizer needs more of everything"
fault_begin
# Descriptors that whoever runs this test has left open would count.
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-

seq -f 'line %015.0f' 1 200000 >numbers
chmod 755 "$WORK"

# limited COMMAND...: put COMMAND before folio.
limited() {
    printf '#!/bin/bash\n%s exec "%s" "$@"\n' "$*" "$FOLIO" >limited
    chmod 755 limited
}

# works: walk, search and count under `limited`.
works() {
    say "$*"
    FOLIO=$WORK/limited screen <<'END'
size: 8x90
args: -N $WORK/numbers
wait: line 000000000000001
wait: /200,000
keys: G
row 7:
| 200000 line 000000000200000
keys: g/0199999<CR>
row 1:
| 199999 line 000000000199999
keys: h
wait: q leaves the help
keys: q
keys: q
exit: 0
alternate: no
END
}

# works_or_says WHAT COMMAND...: the same under COMMAND; or it is printed, until ^C, or it ends with status 1, both with a
# sentence; the terminal as it was.
works_or_says() {
    say "$1"
    printf '#!/bin/bash\ntrap : INT\n%s "%s" "$@" 2>errors; echo $? >status; echo line end\n' "${*:2}" "$FOLIO" >limited
    FOLIO=$WORK/limited screen <<'END'
size: 8x90
args: -N $WORK/numbers
setup: chmod 777 .
wait: line
keys: Gg<C-c>q
exit: 0
alternate: no
shell: cat status errors; test "$(cat status)" = 0 || grep '^folio: ' errors
shell: case $(cat status) in 0 | 1 | 130) ;; *) exit 1 ;; esac
END
}

for count in 64 24; do
    limited "ulimit -n $count;"
    works "$count descriptors"
done
for count in 4 5 7 9 11 12 13 14 15 16 20; do
    works_or_says "$count descriptors" prlimit --nofile="$count" --
done

# No thread but the first, then one, two... (The limit counts what the user has, so it is a user that has nothing.)
if setpriv --reuid 61234 --regid 61234 --clear-groups test -x "$FOLIO" -a -r "$WORK/numbers"; then
    for count in 1 2 3 6; do
        works_or_says "$count processes" setpriv --reuid 61234 --regid 61234 --clear-groups prlimit --nproc="$count" --
    done
fi

limited "ulimit -s 256;"
works "256 KiB of stack"
limited "ulimit -l 0; ulimit -c 0; ulimit -q 0;"
works "nothing locked, no queues"
limited "ulimit -f 0;"
FOLIO=$WORK/limited screen <<'END'
size: 8x90
args: $WORK/numbers
wait: line 000000000000001
keys: h
wait: HELP: cannot be kept in memory: File too large
keys: G
row 7:
|line 000000000200000
keys: q
exit: 0
END

# A control group with 24 MiB for a file of 256 MB: the page cache goes, what is our own stays small.
group=
for root in /sys/fs/cgroup/memory /sys/fs/cgroup /sys/fs/cgroup/unified; do
    [ -z "$group" ] && mkdir "$root/folio-fault-$$" 2>/dev/null || continue
    for limit in memory.limit_in_bytes memory.max; do
        if [ -e "$root/folio-fault-$$/$limit" ] && echo 25165824 >"$root/folio-fault-$$/$limit"; then
            group=$root/folio-fault-$$
        fi
    done
    [ -n "$group" ] || rmdir "$root/folio-fault-$$"
done
if [ -n "$group" ]; then
    seq -f 'line %010.0f' 1 16000000 >big
    limited "echo \$\$ >$group/cgroup.procs;"
    FOLIO=$WORK/limited screen <<'END'
size: 8x90
timeout: 60
args: -N $(echo $$ >pid) $WORK/big
wait: line 0000000001
wait: /16,000,000
keys: G
wait: line 0016000000
keys: g/0012345678<CR>
wait: 12345678 line 0012345678
wait: match 1 of 1
shell: awk '/^RssAnon/ { exit !($2 < 30000) }' /proc/$(cat pid)/status
keys: q
exit: 0
END
    wait_until 10 rmdir "$group"
else
    say "left out: no control group for memory"
fi
