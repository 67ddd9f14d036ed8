#!/bin/bash
# SPDX-License-Identifier: MIT
# What others do to a file while it is viewed: cut off, rotated, deleted, appended to, overwritten, renamed.
. "$(dirname "$0")/lib.sh"
fault_begin

seq -f 'line %05.0f' 1 100000 >hundred
export MAKE="cp $WORK/hundred log"

# Cut off behind what is on the screen, then before it; then it grows again.
screen <<'END'
size: 8x90
args: log
setup: $MAKE
wait: 1/100,000
keys: G
wait: line 100000
shell: truncate -s 1100 log
wait: file shrank from 1074.2 KiB to 1100 bytes
rows 1-2:
|line 00100
|~
keys: g
row 1:
|line 00001
keys: /00100<CR>
row 1:
|line 00100
keys: g/00101<CR>
wait: attern not found
shell: printf 'more\n' >>log
keys: <C-l>
wait: /101
keys: G
row 7:
|more
shell: truncate -s 0 log
wait: file shrank from
row 1:
|~
shell: printf 'anew\n' >>log
row 1:
|anew
keys: q
exit: 0
END

# Cut off in the middle of a page: what was behind is no longer shown, and is not zeros.
screen <<'END'
size: 6x90
args: log
setup: $MAKE
wait: line 00001
shell: truncate -s 15 log
rows 1-3:
|line 00001
|line
|~
never: ^@
keys: q
exit: 0
END

# Emptied and written again before anybody looks (copytruncate): other bytes at the same size.
screen <<'END'
size: 6x90
args: log
setup: printf 'one\ntwo\n' >log
wait: (END)
shell: printf 'six\nten\n' >log
wait: rewritten
rows 1-2:
|six
|ten
keys: R
gone: rewritten
row 1:
|six
keys: q
exit: 0
END

# Rotated: the old file stays on the screen; R takes the new one.
screen <<'END'
size: 6x90
args: log
setup: printf 'old\n' >log
wait: (END)
shell: mv log log.1 && printf 'new\n' >log
wait: another file stands at this path now; R opens it
row 1:
|old
keys: R
row 1:
|new
gone: another file
shell: rm log
wait: file was deleted
row 1:
|new
keys: R
wait: No such file
row 1:
|new
keys: q
exit: 0
END

# Following goes on with the new file by itself.
screen <<'END'
size: 6x90
args: +F log
setup: printf 'old\n' >log
wait: waiting for data
shell: printf 'later\n' >>log
wait: later
shell: mv log log.1; printf 'last words\n' >>log.1
wait: last words
shell: printf 'new\n' >log
wait: new
gone: later
shell: printf 'and on\n' >>log
wait: and on
shell: : >log
gone: and on
shell: printf 'from the start\n' >>log
wait: from the start
keys: <C-c>
gone: waiting for data
keys: q
exit: 0
END

# A symbolic link that leads elsewhere now: the file that was opened stays until R.
screen <<'END'
size: 6x90
args: current
setup: printf 'first\n' >a; printf 'second\n' >b; ln -s a current
wait: first
shell: ln -s b swap && mv -T swap current
wait: another file stands at this path
row 1:
|first
keys: R
row 1:
|second
keys: q
exit: 0
END

# Appended to: seen without a key, from every place.
screen <<'END'
size: 6x90
args: log
setup: printf 'one\n' >log
wait: (END)
shell: printf 'two, without its end' >>log
row 2:
|two, without its end
shell: printf ' and with it\n' >>log
row 2:
|two, without its end and with it
keys: q
exit: 0
END

# Overwritten in place.
screen <<'END'
size: 6x90
args: log
setup: printf 'one\ntwo\n' >log
wait: two
shell: printf X | dd of=log bs=1 seek=4 conv=notrunc status=none
row 2:
|Xwo
keys: q
exit: 0
END

# Looking changes nothing: no time moves, and a program can be written and run while it is viewed.
screen <<'END'
size: 6x90
args: prog
setup: printf '#!/bin/sh\n' >prog; chmod +x prog; touch -d 2001-01-01 prog; stat -c '%%x %%y' prog | tee before
wait: #!/bin/sh
shell: stat -c '%%x %%y' prog | cmp before -
shell: ./prog
keys: q
exit: 0
END
