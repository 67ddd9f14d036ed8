#!/bin/bash
# SPDX-License-Identifier: MIT
# The server behind the file hangs, dies, or its mount is taken away.
. "$(dirname "$0")/lib.sh"
fault_need root fuse fusermount3
fault_begin

seq -f 'line %015.0f' 1 1000000 >numbers

# Dead: what is in memory stays, what is not says why it cannot be had, and it goes on.
slowfs_mount dead "backing=$WORK/numbers"
slowfs_order dead "delay 1048576 1000000000 600000"
server=$SLOWFS_PID
screen <<END
size: 10x90
args: \$WORK/dead/file
wait: line 000000000000001
keys: :50%<CR>
wait: reading...
shell: kill -KILL $server
wait: Transport endpoint is not connected
gone: reading...
keys: :10%<CR>
wait: Transport endpoint is not connected at 0x
keys: g
wait: line 000000000000001
keys: R
wait: Transport endpoint is not connected
row 1:
|line 000000000000001
keys: /nothing like it<CR>
wait: attern not found
keys: q
exit: 0
END

# Dead from the start: one sentence, nothing on the screen.
screen <<END
args: \$WORK/dead/file 2>errors
start: now
exit: 1
shell: grep -x "folio: $WORK/dead/file: Transport endpoint is not connected" errors
alternate: no
END

# The mount is taken away under the view (fusermount -uz, then the server ends).
slowfs_mount away "backing=$WORK/numbers"
slowfs_order away "delay 1048576 1000000000 600000"
server=$SLOWFS_PID
screen <<END
size: 10x90
args: \$WORK/away/file
wait: line 000000000000001
keys: G
wait: reading...
shell: fusermount3 -uz "$WORK/away"; kill -TERM $server
keys: g
wait: line 000000000000001
shell: kill -KILL $server
keys: :50%<CR>
wait: not connected
keys: q
exit: 0
END

# Stopped: nothing is answered any more, not even what stat asks.
slowfs_mount stopped "backing=$WORK/numbers"
server=$SLOWFS_PID
screen <<END
size: 10x90
args: \$(echo \$\$ >pid) \$WORK/stopped/file
wait: line 000000000000001
wait: 1/1,000,000
# (Nothing is looked through any more. Then an open makes the kernel forget what it has of the file.)
shell: for look in 1 2 3 4 5; do \$WORK/soon '! grep "^State:.[RD]" /proc/\$(cat pid)/task/*/status'; done
shell: : <\$WORK/stopped/file; kill -STOP $server
keys: :50%<CR>
wait: reading...
keys: h
wait: q leaves the help
keys: q
keys: R
keys: =
keys: q
exit: 0
shell: kill -CONT $server
END

# A folder that does not answer holds up nothing but the name that is looked for in it.
kill -STOP "$server"
screen <<END
size: 10x90
args: \$WORK/numbers
wait: line 000000000000001
keys: :e \$WORK/stopped/fil*<CR>
wait: reading...
keys: 5g
row 1:
|line 000000000000005
keys: q
exit: 0
END
kill -CONT "$server"

# Stopped from the start: the opening hangs, and ^C ends it.
kill -STOP "$server"
screen <<END
size: 10x90
args: \$(echo \$\$ >pid) \$WORK/stopped/file
start: now
shell: \$WORK/soon 'grep folio /proc/\$(cat pid)/comm && grep "^State:.[DS]" /proc/\$(cat pid)/status'
keys: <C-c>
exit: 130
alternate: no
END
kill -CONT "$server"
