#!/bin/bash
# SPDX-License-Identifier: MIT
# Pokes that wait for bytes that do not come are given up by a movement and by Esc, and it is said that nothing was changed.
. "$(dirname "$0")/lib.sh"
fault_need root fuse
fault_begin
export XDG_STATE_HOME=$WORK/state HOME=$WORK LESS=

# A mount for each: what is read in vain keeps its pages locked.
for name in down bottom stop; do
    case $name in down) way=j ;; bottom) way=G ;; *) way="<ESC>" ;; esac
    say ":poke, and then $way"
    slowfs_mount $name huge=1048576
    slowfs_order $name "delay 524288 65536 600000"
    journal_screen <<END
args: --write --hex \$WORK/$name/file
wait: 00000010
keys: :poke 0x80000=5a<CR>
wait: reading
keys: $way
wait: It was given up before it was asked: nothing was changed
keys: g
wait: 0x0 (0)
gone: It was given up
keys: q
exit: 0
END
done

say "what was typed, and is to be stored"
slowfs_mount direct huge=1048576 direct_io
journal_screen <<'END'
args: --write --hex $WORK/direct/file
wait: 00000010
keys: 5a
wait: Enter
shell: echo 'delay 0 1048576 600000' >$WORK/direct/control
keys: <CR>
wait: reading
keys: <ESC>
wait: It was given up before it was asked: nothing was changed
shell: echo clear >$WORK/direct/control
keys: j
gone: It was given up
keys: q
exit: 0
END
[ ! -s "$XDG_STATE_HOME/folio/pokes" ] || fail "the journal knows of something"
say "done"
