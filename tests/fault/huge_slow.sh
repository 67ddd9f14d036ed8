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
row 5:
|{*}8589934592
keys: 4294967297g
row 1:
|{*}4294967297
keys: =
wait: lines 4294967297-4294967301/8589934592
keys: q
exit: 0
END

# One line of 4 GiB, real and sparse.
[ "$(df --output=avail -B1 . | tail -n 1)" -gt 10000000000 ] || skip "needs 10 GB below /tmp"
limit=30000
[ -z "${SANITIZER:-}" ] || limit=400000
{
    printf 'begin '
    head -c 4294967296 /dev/zero | tr '\0' x
    printf ' needle end'
} >real
printf 'begin ' >sparse
truncate -s 4294967302 sparse
printf ' needle end' >>sparse
for file in real sparse; do
    say "$file"
    screen <<END
size: 6x90
timeout: 120
args: \$(echo \$\$ >pid) \$WORK/$file
wait: begin
keys: G
wait: needle
keys: g/needle<CR>
wait: needle
wait: match 1 of 1
keys: g
wait: begin
keys: :0x80000000<CR>
wait: 0x7ffff
wait: 50%
shell: awk '/^RssAnon/ { exit !(\$2 < $limit) }' /proc/\$(cat pid)/status
keys: q
exit: 0
END
done
