#!/bin/bash
# SPDX-License-Identifier: MIT
# Names that cannot be opened, and things that are no files: one sentence or a view, never a wait, the right status.
. "$(dirname "$0")/lib.sh"
fault_need root setpriv python3
fault_begin

# refused SENTENCE NAME: on a terminal and into a pipe.
refused() {
    say "$2"
    screen <<END
start: now
args: "$2" 2>errors
exit: 1
shell: printf '%s\n' 'folio: $1' | diff - errors
alternate: no
END
    status=0
    "$FOLIO" "$2" >out 2>errors </dev/null || status=$?
    [ "$status" = 1 ] || fail "status $status"
    [ ! -s out ] || fail "something was printed"
    printf '%s\n' "folio: $1" | diff - errors || fail "another sentence"
}

mkdir folder
ln -s nowhere dangling
ln -s round round
python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
long=$(printf '%0300d' 0)
refused "$WORK/missing: No such file or directory" "$WORK/missing"
refused "$WORK/folder is a directory" "$WORK/folder"
refused "$WORK/dangling: No such file or directory" "$WORK/dangling"
refused "$WORK/round: Too many levels of symbolic links" "$WORK/round"
refused "$WORK/$long: File name too long" "$WORK/$long"
refused "$WORK/socket is a socket" "$WORK/socket"

# A name is harmless in a sentence, too.
screen <<'END'
start: now
args: "$(printf 'a\033]0;x\nb')" 2>errors
exit: 1
shell: printf '%s\n' 'folio: aESC]0;x^Jb: No such file or directory' | diff - errors
never: \e]0;
END

# Not ours.
echo secret >secret
chmod 600 secret
chmod 755 "$WORK"
cat >nobody <<END
#!/bin/sh
exec setpriv --reuid 65534 --regid 65534 --clear-groups "$FOLIO" "\$@"
END
chmod +x nobody
if setpriv --reuid 65534 --regid 65534 --clear-groups test -x "$FOLIO"; then
    FOLIO=$WORK/nobody screen <<'END'
start: now
args: $WORK/secret
wait: secret: Permission denied
exit: 1
END
fi

# The others are shown, and the status says that one was not.
screen <<'END'
size: 6x100
args: missing data/app.log folder $WORK/folder 2>errors
setup: mkdir folder
wait: missing: No such file
wait: (file 2 of 4)
shell: grep -c . errors | grep -x 1; grep 'missing: No such file' errors
keys: :n<CR>
wait: is a directory
keys: q
exit: 1
END

# The working directory is gone.
screen <<'END'
start: now
args: here 2>errors
setup: true
exit: 1
shell: grep 'here: No such file' errors
END
status=0
(mkdir gone && cd gone && rmdir ../gone && "$FOLIO" here) >out 2>errors || status=$?
[ "$status" = 1 ] && grep -q 'here: No such file' errors || fail "a directory that is gone"

# Answers of the kernel: no size, no mapping, and yet there is something to read.
for file in /proc/self/maps /proc/cpuinfo /proc/version /sys/kernel/mm/transparent_hugepage/enabled; do
    [ -r "$file" ] || continue
    say "$file"
    first=$(head -c 6 "$file" 2>/dev/null | head -n 1)
    [ "$file" != /proc/self/maps ] || first=-
    screen <<END
size: 10x100
args: $file
wait: $first
keys: G
wait: (END)
keys: q
exit: 0
END
done

# Devices without an end: shown, paged through, left.
limit=30000
[ -z "${SANITIZER:-}" ] || limit=400000
for device in /dev/zero /dev/urandom; do
    screen <<END
size: 10x60
args: \$(echo \$\$ >pid) $device
wait: $device
keys: <Space><Space><Space>
wait: 0x
keys: G
shell: \$WORK/soon 'test \$(sed -n "s/^rchar: //p" /proc/\$(cat pid)/io) -gt 100000000'
shell: awk '/^RssAnon/ { exit !(\$2 < $limit) }' /proc/\$(cat pid)/status
keys: <C-c>
keys: q
exit: 0
END
done
screen <<'END'
size: 5x60
args: /dev/null
wait: (END)
keys: q
exit: 0
END

# A FIFO that nobody writes to: no wait in the open; then a writer comes, and goes.
screen <<'END'
size: 6x60
args: fifo
setup: mkfifo fifo
start: now
wait: fifo
shell: printf 'one\ntwo\n' >fifo
row 2:
|two
keys: q
exit: 0
END
screen <<'END'
size: 6x60
args: fifo
setup: mkfifo fifo
start: now
wait: fifo
keys: q
exit: 0
END

# A terminal as the file: it and the keys are one, and a signal ends it.
screen <<'END'
size: 6x60
args: $(echo $$ >pid) /dev/tty
start: now
shell: $WORK/soon 'grep "^SigCgt:.*[4567cdef]...$" /proc/$(cat pid)/status' # it has a handler for SIGTERM
signal: TERM
exit: 143
END
