#!/bin/bash
# SPDX-License-Identifier: MIT
# Two misfortunes at once: a window that changes its size, a signal, a file that is cut off or rotated while a prompt is
# open, a disk is slow, a search runs, a spool is full or libmagic looks at the file.
. "$(dirname "$0")/lib.sh"
fault_need root fuse
fault_begin

seq -f 'line %015.0f' 1 1000000 >numbers
note='$(echo $$ >pid; tty >tty; stty -g >before)'
same='stty -g -F $(cat tty) | cmp before -'

# hanging: a file in $hanging whose bytes from 1 MiB on do not come. (A mount each: the kernel would have the next open
# wait for what the last one left behind.)
hanging() {
    hanging=hanging-$((++mounts))
    slowfs_mount "$hanging" "backing=$WORK/numbers"
    slowfs_order "$hanging" "delay 1048576 1000000000 600000"
}
mounts=0

# A prompt, a disk that does not answer, and a window pulled about; then the place that was typed meanwhile.
hanging
{
    cat <<END
size: 24x80
args: $note \$WORK/$hanging/file
wait: line 000000000000001
keys: G
wait: reading...
keys: :0xa3
END
    for number in $(seq 100); do
        printf 'resize: %dx%d\n' $((RANDOM % 60 + 1)) $((RANDOM % 2000 + 1))
    done
    cat <<END
resize: 1x1
resize: 400x2000
resize: 10x80
row last:
|:0xa3
keys: 0<BS>fb<CR>
row 1:
|line 000000000002000
keys: G
wait: reading...
resize: 1x1
keys: q
exit: 0
alternate: no
shell: $same
END
} | screen

# Signals while a read hangs: the end comes at once, whatever the disk does.
for signal in TERM:143 HUP:129 QUIT:131; do
    hanging
    screen <<END
size: 10x80
args: $note \$WORK/$hanging/file
wait: line 000000000000001
keys: :50%<CR>
wait: reading...
signal: ${signal%:*}
exit: ${signal#*:}
alternate: no
shell: $same
END
done
hanging
screen <<END
size: 10x80
ignore: HUP
args: $note \$WORK/$hanging/file
wait: line 000000000000001
keys: G
wait: reading...
hangup:
exit: 1
END

# Stopped and continued in the middle of that, with another size.
hanging
screen <<END
size: 10x80
terminal: job
args: $note \$WORK/$hanging/file
wait: line 000000000000001
keys: G
wait: reading...
keys: <C-z>
stopped:
alternate: no
shell: $same
resize: 6x40
signal: CONT
wait: reading...
keys: g
rows 1-5:
|line 000000000000001
|line 000000000000002
|line 000000000000003
|line 000000000000004
|line 000000000000005
keys: q
exit: 0
END

# Stopped by a signal that nobody can see coming: nothing is lost.
screen <<END
size: 10x80
args: $note numbers
setup: cp \$WORK/numbers .
wait: line 000000000000001
shell: kill -STOP \$(cat pid); \$WORK/soon 'grep "^State:.T" /proc/\$(cat pid)/status'
keys: /000000000900000<CR>
shell: echo more >>numbers; kill -CONT \$(cat pid)
row 1:
|line 000000000900000
resize: 3x2000
row 1:
|line 000000000900000
resize: 10x80
keys: G
row 9:
|more
keys: q
exit: 0
END

# Cut off while libmagic, the index and a regular expression look at it; and rotated during a search.
cat >cut <<'END'
#!/bin/bash
for _ in $(seq 20); do
    truncate -s $((RANDOM * 600)) log
    cat "$WORK/numbers" >log
done
: >over
END
chmod +x cut
for try in 1 2; do
    screen <<END
size: 10x80
timeout: 60
args: log
setup: cp \$WORK/numbers log
setup: \$WORK/cut &
start: now
wait: log
keys: /(?:0{3}|x)+9{3}7 nothing<CR>
keys: n
keys: <C-c>
keys: R
keys: G
keys: g
shell: \$WORK/soon 'test -e over'
# (Another key takes away what the search may have said after the others.)
keys: g
wait: /1,000,000
keys: G
row 9:
|line 000000001000000
keys: /000000000999999<CR>
row 1:
|line 000000000999999
keys: q
exit: 0
END
done
screen <<'END'
size: 10x90
args: log
setup: cat $WORK/numbers $WORK/numbers $WORK/numbers $WORK/numbers >log
wait: line 000000000000001
keys: /nothing like it<CR>
shell: mv log log.1; printf 'new\n' >log; truncate -s 42 log.1
wait: attern not found
keys: R
row 1:
|new
keys: q
exit: 0
END

# The folder of the file and the folder one stands in go away under the view.
screen <<'END'
size: 6x90
args: sub/log
setup: mkdir sub; cp $WORK/numbers sub/log
wait: line 000000000000001
shell: mv sub other; rm other/log; rmdir other
wait: deleted
keys: G
row 5:
|line 000000001000000
keys: :e nothing<CR>
wait: No such file
keys: q
exit: 0
END

# A spool that is full, and then the end by a signal, with a prompt open.
mkdir small
mount -t tmpfs -o size=40m none small
screen <<END
size: 6x200
env: TMPDIR=$WORK/small
args: $note -
stdin: yes 'more and more of it'
start: now
wait: more and more
keys: G
wait: No space left on device
keys: /of it
resize: 1x1
resize: 6x200
row last:
|/of it
keys: <CR>
row 1:
|more and more of it
signal: TERM
exit: 143
alternate: no
shell: $same
END
umount -l small

# No room for the spool at all, and no memory to make up for it.
if [ -z "${SANITIZER:-}" ]; then
    printf '#!/bin/bash\nulimit -v 60000\nexec "%s" "$@"\n' "$FOLIO" >limited
    chmod +x limited
    FOLIO=$WORK/limited screen <<'END'
size: 6x160
env: TMPDIR=/nowhere
args: -
stdin: yes 'more and more of it' | head -c 300000000
start: now
wait: more and more
keys: G
keys: g
row 1:
|more and more of it
keys: q
exit: 0
END
fi
