#!/bin/bash
# SPDX-License-Identifier: MIT
# More than 2^32 of a thing: lines, bytes of one line, bytes of a line that is a hole.
. "$(dirname "$0")/lib.sh"
fault_need root fuse
fault_begin

# 2^33 empty lines; the number of the last one is exact.
slowfs_mount lines huge=8589934592 pattern=newline
screen <<'END'
size: 6x90
timeout: 300
args: -N $WORK/lines/file
wait: /8,589,934,592
keys: G
within: 2000
row 5:
|{*}8589934592
keys: 4294967297g
within: 2000
row 1:
|{*}4294967297
keys: g
within: 1000
wait: begin
keys: :0x80000000<CR>
within: 1000
wait: 0x7fffff
wait: 50%
shell: awk '/^RssAnon/ { exit !(\$2 < 30000) }' /proc/\$(cat pid)/status
keys: q
within: 200
exit: 0
END
done
