#!/bin/bash
# SPDX-License-Identifier: MIT
# Ten gigabytes through a pipe.
. "$(dirname "$0")/lib.sh"
fault_begin
bytes=10000000000
[ "$(df --output=avail -B1 /var/tmp | tail -n 1)" -gt $((2 * bytes)) ] || skip "needs 20 GB below /var/tmp"

screen <<END
size: 6x90
timeout: 600
env: TMPDIR=/var/tmp
args: -N \$(echo \$\$ >pid)
stdin: yes '123456789 123456789 123456789 1234567' | head -c $bytes
start: now
wait: 123456789
keys: G
wait: (END)
row 5:
|{*}263157895 12345678{*}
shell: awk '/^RssAnon/ { exit !(\$2 < 30000) }' /proc/\$(cat pid)/status
keys: :50%<CR>
wait: 0x12a05f1
keys: g
row 1:
|{*} 1 12345{*}
keys: q
alternate: no
# (The kernel frees ten gigabytes of temporary file before it lets the process go.)
exit: 0
END
