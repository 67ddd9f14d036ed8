#!/bin/bash
# SPDX-License-Identifier: MIT
# Producers: endless, slow, killed, rude; memory stays small, and a producer that is no longer wanted gets SIGPIPE.
. "$(dirname "$0")/lib.sh"
fault_begin

# Endless: little is read ahead, G asks for all, ^C ends that; the memory of our own stays small all the while.
limit=30000
[ -z "${SANITIZER:-}" ] || limit=400000
screen <<END
size: 6x70
args: \$(echo \$\$ >pid)
stdin: sh -c 'echo \$\$ >producer; exec yes "an endless line"'; echo \$? >status
start: now
wait: an endless line
keys: <Space><Space>
# (Nobody reads on: each of many looks finds the producer in its write.)
shell: \$WORK/soon '! for look in \$(seq 20); do cat /proc/\$(cat producer)/syscall; done | grep -v "^1 "'
shell: test \$(stat -L -c %s /proc/\$(cat pid)/fd/* 2>&- | sort -n | tail -n 1) -le 17000000
keys: G
shell: \$WORK/soon 'test \$(stat -L -c %s /proc/\$(cat pid)/fd/* | sort -n | tail -n 1) -gt 300000000'
shell: awk '/^RssAnon/ { exit !(\$2 < $limit) }' /proc/\$(cat pid)/status
shell: awk '/^RssShmem/ { exit !(\$2 < 70000) }' /proc/\$(cat pid)/status
keys: <C-c>
keys: g
wait: an endless line
keys: q
exit: 0
shell: \$WORK/soon 'grep -x 141 status'
END

# Slow: what has come is shown; every key is answered while it does not.
screen <<'END'
size: 6x70
args: -
stdin: echo one; until test -e go; do sleep 0.01; done; echo two; until test -e end; do sleep 0.01; done; echo three
start: now
row 1:
|one
keys: j
keys: G
keys: g
shell: : >go
row 2:
|two
keys: /two<CR>
row 1:
|two
keys: F
wait: waiting for data
shell: : >end
wait: three
keys: <C-c>
gone: waiting for data
keys: q
exit: 0
END

# Silent: ^C ends the wait for the first byte (keys are not read before it, for the producer may ask on this
# terminal), and q leaves.
screen <<'END'
size: 6x70
args: $(echo $$ >pid) -
stdin: sleep 1000
start: now
shell: $WORK/soon 'grep "^SigCgt:.*[2367abef]$" /proc/$(cat pid)/status' # it has a handler for SIGINT
keys: <C-c>
alternate: yes
keys: q
exit: 0
END

# Killed in the middle: what came stays, as a file that ends there.
screen <<'END'
size: 6x70
args: -N
stdin: echo $$ >producer; seq 100000; echo -n torn; exec sleep 1000
start: now
row 1:
|{*}1 1
keys: G
shell: kill -KILL $(cat producer)
wait: torn
wait: (END)
keys: =
wait: lines 99997-100001/100001
keys: q
exit: 0
END

# Nothing at all.
screen <<'END'
size: 6x70
args: -
stdin: true
start: now
wait: (END)
row 1:
|~
keys: q
exit: 0
END

# No room for what comes.
if [ "$(id -u)" = 0 ]; then
    mkdir small
    mount -t tmpfs -o size=80m none small
    screen <<END
size: 6x200
env: TMPDIR=$WORK/small
args: -
stdin: yes 'more and more of it'
start: now
wait: more and more
keys: G
wait: No space left on device
keys: g
wait: more and more
keys: q
exit: 0
END
    umount -l small
fi
