#!/bin/bash
# SPDX-License-Identifier: MIT
# slowfs does what fault tests believe it does, and so do the helpers.
. "$(dirname "$0")/lib.sh"
fault_need root fuse
fault_begin

seq 1 200000 >numbers
slowfs_mount mirror "backing=$WORK/numbers" kernel_cache
mirror=$SLOWFS_PID
cmp numbers mirror/file || fail "the mirror differs"
[ "$(stat -c %s mirror/file)" = "$(stat -c %s numbers)" ] || fail "the size differs"
if echo x 2>/dev/null >mirror/file; then fail "the mirror can be written"; fi

# What is cached is not asked of the server again. (A machine may take pages back, but not each time.)
cached=
for _ in 1 2 3 4 5; do
    cmp numbers mirror/file
    reads=$(slowfs_told mirror reads)
    cmp numbers mirror/file
    [ "$(slowfs_told mirror reads)" != "$reads" ] || cached=yes
done
[ -n "$cached" ] || fail "the page cache was lost"

# Reads wait, but not for one another.
slowfs_mount slow "backing=$WORK/numbers" direct_io
slow=$SLOWFS_PID
slowfs_order slow "delay 0 1048576 600000"
readers=
for block in $(seq 20); do
    dd if=slow/file of=/dev/null bs=4096 skip=$((block * 10)) count=1 status=none &
    readers="$readers $!"
done
wait_until 30 eval '[ "$(slowfs_told slow waiting)" = 20 ]'
for reader in $readers; do
    kill -0 "$reader" || fail "no delay"
done
[ "$(slowfs_told slow reads)" = 0 ] || fail "a read was answered"
slowfs_order slow clear
for reader in $readers; do
    wait "$reader" || fail "a read failed after its delay"
done

# What does not read does not wait. Taking an order back wakes the reads that do.
slowfs_mount woken "backing=$WORK/numbers" delay=600000
head -c 10 woken/file >first &
reader=$!
wait_until 30 eval '[ "$(slowfs_told woken waiting)" -gt 0 ]'
stat woken/file >/dev/null
[ "$(slowfs_told woken waiting)" -gt 0 ] || fail "stat has waited for a read"
slowfs_order woken clear
wait "$reader"
[ "$(head -n 1 first)" = 1 ] || fail "wrong bytes after the delay"

# A range of errors, with good bytes beside it.
slowfs_mount broken "backing=$WORK/numbers" eio=524288:4096
dd if=broken/file of=/dev/null bs=4096 count=16 2>/dev/null || fail "good bytes cannot be read"
if dd if=broken/file of=/dev/null bs=4096 skip=128 count=1 2>/dev/null; then fail "no error"; fi

# Sizes and short reads.
slowfs_order broken clear "size 100"
[ "$(stat -c %s broken/file)" = 100 ] || fail "the size cannot be ordered"
slowfs_mount short "backing=$WORK/numbers" short=7 direct_io
[ "$(dd if=short/file bs=100 count=1 2>/dev/null | wc -c)" = 7 ] || fail "no short read"
cmp -n 20000 numbers short/file || fail "short reads lose bytes"
if slowfs_order short "nonsense" 2>/dev/null; then fail "nonsense is taken"; fi

# Files that nobody has room for.
slowfs_mount huge huge=9000000000000000000
[ "$(tail -c 16 huge/file)" = 500000000000000 ] || fail "the end of a huge file"
[ "$(dd if=huge/file bs=16 skip=1000000 count=1 2>/dev/null)" = 000000001000001 ] || fail "a line of a huge file"
slowfs_mount lines huge=5000000000 pattern=newline
[ "$(dd if=lines/file bs=1M skip=4000 count=1 2>/dev/null | wc -l)" = 1048576 ] || fail "a file of newlines"
[ "$(slowfs_told lines reads)" -gt 0 ] || fail "reads are not counted"

# A server that dies.
slowfs_kill "$slow"
if stat slow/file 2>/dev/null; then fail "a dead server answers"; fi
cmp numbers mirror/file || fail "the other server died too"
slowfs_kill "$mirror"
