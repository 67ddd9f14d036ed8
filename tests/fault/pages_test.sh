#!/bin/bash
# SPDX-License-Identifier: MIT
# Pages that fail one by one: each is told by itself, all others are read, lines are counted and found right beside it,
# and a search says how much it could not see.
. "$(dirname "$0")/lib.sh"
fault_need root fuse
fault_begin

# One page of each 64 KiB fails, in its middle and at its ends: its row, and the lines around it, which is where the
# numbers of the lines go on: the page ends a line and counts none. 256 lines to a page.
seq -f '%015.0f' 1 65536 >numbers
for page in 8 0 15; do
    slowfs_mount page-$page "backing=$WORK/numbers"
    begin=$((524288 + page * 4096))
    last=$((begin / 16)) # the line that ends there
    slowfs_order page-$page "eio $begin 4096"
    screen <<END
size: 8x90
args: -N \$WORK/page-$page/file
wait: 000000000000001
keys: :$(printf '0x%x' $((begin - 32)))<CR>
rows 1-5:
|{*}$((last - 1)) $(printf '%015d' $((last - 1)))
|{*}$last $(printf '%015d' "$last")
|{*}$((last + 1)) I/O error at $(printf '0x%x-0x%x' $begin $((begin + 4095)))
|{*}$((last + 1)) $(printf '%015d' $((last + 257)))
|{*}$((last + 2)) $(printf '%015d' $((last + 258)))
keys: g/$(printf '%015d' $((last - 2)))<CR>
row 1:
|{*}$(printf '%015d' $((last - 2)))
wait: match 1 of 1
keys: g/$(printf '%015d' $((last + 258)))<CR>
row 1:
|{*}$(printf '%015d' $((last + 258)))
wait: match 1 of 1
keys: g/$(printf '%015d' $((last + 7)))<CR>
wait: attern not found
wait: 4,096 bytes could not be read
keys: G
wait: /65,280
row 7:
|  65280 000000000065536
keys: q
exit: 0
END
    slowfs_kill "$SLOWFS_PID"
done
