#!/bin/bash
# SPDX-License-Identifier: MIT
# The end of the program, wanted or not: the terminal as it was, the status that tells the truth, and soon.
. "$(dirname "$0")/lib.sh"
fault_need python3
fault_begin

seq -f 'line %06.0f' 1 100000 >numbers
head -c 300000000 /dev/zero | tr '\0' x >large

# The shell that becomes the program notes its number, and how the terminal is before.
note='$(echo $$ >pid; tty >tty; stty -g >before)'
same='stty -g -F $(cat tty) | cmp before -'

# leave STATUS STEP: at rest, and while something is under way.
leave() {
    for busy in '' 'keys: /no such line<CR>' 'keys: F' 'keys: :' 'keys: h'; do
        say "$2 $busy"
        screen <<END
size: 6x90
args: $note \$WORK/numbers
wait: line 000001
alternate: yes
$busy
$2
exit: $1
alternate: no
shell: $same
END
    done
}
leave 143 'signal: TERM'
leave 129 'signal: HUP'
leave 131 'signal: QUIT'
if [ -z "${SANITIZER:-}" ]; then # which takes these for itself
    leave 139 'signal: SEGV'
    leave 134 'signal: ABRT'
    leave 135 'signal: BUS'
fi

for key in q Q ZZ ':q<CR>'; do
    screen <<END
size: 6x90
args: $note \$WORK/large
wait: xxx
keys: /nothing<CR>
keys: <C-c>$key
exit: 0
alternate: no
shell: $same
END
done

# SIGINT is the key: it stops what runs, and under -K it ends the program.
screen <<END
size: 6x90
args: $note \$WORK/numbers
wait: line 000001
keys: F
wait: waiting for data
signal: INT
gone: waiting for data
keys: q
exit: 0
shell: $same
END
for interrupt in 'keys: <C-c>' 'signal: INT'; do
    screen <<END
size: 6x90
args: $note -K \$WORK/numbers
wait: line 000001
$interrupt
exit: 2
alternate: no
shell: $same
END
done

# The terminal goes away: gone in a second, also where SIGHUP is ignored (nohup), with and without a search, and where
# the terminal is not the controlling one; nothing spins meanwhile.
for how in '' 'ignore: HUP' 'terminal: job' ; do
    for busy in '' 'keys: /no such line<CR>' 'keys: F' ; do
        say "hangup $how $busy"
        status=129
        [ "$how" != 'ignore: HUP' ] || status=1
        screen <<END
size: 6x90
$how
args: $note \$WORK/numbers
wait: line 000001
$busy
hangup:
exit: $status
END
    done
done
say "hangup while standard input is awaited"
screen <<'END'
ignore: HUP
args: $(echo $$ >pid) -
stdin: sleep 1000
start: now
shell: $WORK/soon 'grep "^SigCgt:.*[2367abef]$" /proc/$(cat pid)/status' # it has a handler for SIGINT
hangup:
exit: 1
END

# Stopped and continued: the shell has its terminal meanwhile; the size may have changed; what ran goes on.
screen <<END
size: 6x90
terminal: job
args: $note \$WORK/numbers
wait: line 000001
keys: <C-z>
stopped:
alternate: no
shell: $same
resize: 10x40
signal: CONT
alternate: yes
rows 1-9:
|line 000001
|line 000002
|line 000003
|line 000004
|line 000005
|line 000006
|line 000007
|line 000008
|line 000009
keys: :5
signal: TSTP
stopped:
signal: CONT
wait: :5
keys: <CR>
row 1:
|line 000005
keys: F
wait: waiting for data
keys: <C-z>
stopped:
shell: echo and more >>\$WORK/numbers
signal: CONT
wait: and more
keys: <C-c>
keys: q
exit: 0
alternate: no
shell: $same
END

# The editor and back.
screen <<END
size: 6x90
env: VISUAL=./editor
args: $note copy
setup: cp \$WORK/numbers copy; printf '#!/bin/sh\\nstty -g >during\\n' >editor; chmod +x editor
wait: line 000001
keys: v
shell: \$WORK/soon 'cmp before during'
wait: line 000001
shell: stty -g -F \$(cat tty) >now; ! cmp -s before now
keys: q
exit: 0
shell: $same
END

# Nobody reads what is written (the terminal is stopped): the rest goes on, and so does the screen, afterwards.
noise 50000000 | base64 -w 990 >noise
first=$(head -c 30 noise)
screen <<END
size: 400x1000
args: $note \$WORK/noise
wait: $first
keys: G
# (Stuck: each of many looks finds it in its write.)
shell: \$WORK/soon '! for look in \$(seq 20); do cat /proc/\$(cat pid)/syscall; done | grep -v "^1 "'
wait: (END)
keys: g
wait: $first
wait: /67,
keys: q
exit: 0
alternate: no
shell: $same
END
screen <<END
size: 400x1000
args: $note \$WORK/noise
wait: $first
keys: G
shell: \$WORK/soon 'grep "^1 " /proc/\$(cat pid)/syscall'; kill -TERM \$(cat pid); \$WORK/soon '! grep "^S[a-z]*Pnd:.*[4567cdef]...\$" /proc/\$(cat pid)/status'
exit: 143
alternate: no
shell: $same
END
