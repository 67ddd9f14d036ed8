#!/bin/bash
# SPDX-License-Identifier: MIT
# File systems on loop devices: a flipped byte that a checksum finds, a device that loses its end, one that is shut down,
# and the largest file each file system can hold. What this machine cannot make is said and left out.
. "$(dirname "$0")/lib.sh"
fault_need root losetup mount python3
fault_begin

devices=
let_go() {
    disk_status=$?
    set +e
    cd /
    for device in $devices; do
        umount -l "$device" 2>/dev/null || true
        losetup -d "$device" 2>/dev/null || true
    done
    (exit $disk_status)
    fault_end
}
trap let_go EXIT

# device IMAGE: a loop device of it, in $device.
device() {
    device=$(losetup --show -f "$1") || skip "needs a loop device"
    devices="$devices $device"
}

# made KIND SIZE: a file system of that kind in ./KIND, or false with the reason.
made() {
    command -v "mkfs.$1" >/dev/null || { say "left out: needs mkfs.$1"; return 1; }
    rm -f "$1.image"
    truncate -s "$2" "$1.image"
    case $1 in
    ext4) mkfs.ext4 -q -F -b 4096 -E lazy_itable_init=1 "$1.image" ;;
    xfs) mkfs.xfs -q -f "$1.image" >/dev/null ;;
    btrfs) mkfs.btrfs -q -f -m single -d single "$1.image" >/dev/null ;;
    esac
    device "$PWD/$1.image"
    mkdir -p "$1"
    mount "$device" "$1" 2>/dev/null || { say "left out: the kernel has no $1"; return 1; }
}

# unmade KIND
unmade() {
    umount -l "$1"
    losetup -d "$device"
}

# The largest file: at once, its end, its middle, a search through nothing but hole.
# largest FOLDER SIZE
largest() {
    truncate -s "$2" "$1/sparse" 2>/dev/null || { say "left out: no file of $2 bytes on $1"; return 0; }
    printf 'first\n' | dd of="$1/sparse" conv=notrunc status=none
    printf '\nlast one' | dd of="$1/sparse" bs=1 seek=$(($2 - 10000)) conv=notrunc status=none
    say "$2 bytes on $1"
    screen <<END
size: 6x100
args: \$WORK/$1/sparse
wait: first
keys: /last one<CR>
wait: last one
wait: match 1 of 1
wait: $(printf '0x%x' $(($2 - 9999)))
keys: :end<CR>
wait: (END)
keys: :$(printf '0x%x' $(($2 - 1)))<CR>
row 1:
|^@{*}
keys: :50%<CR>
wait: 50%
keys: =
wait: /$2
keys: q
exit: 0
END
    [ "$(stat -c %b "$1/sparse")" -lt 4096 ] || fail "holes were filled on $1"
}

seq -f 'line %015.0f' 1 200000 >numbers # 21 bytes each: 4.2 MB

# A checksum that is wrong: one page is not given out, its neighbours are.
if made btrfs 300M; then
    cp numbers btrfs/numbers
    largest btrfs 9223372036854775807
    sync -f btrfs
    umount btrfs
    python3 - btrfs.image <<'END'
import sys
image = open(sys.argv[1], "r+b")
data = image.read()
at = data.find(b"line %015d\n" % 100000)
assert at >= 0
image.seek(at + 10)
image.write(b"X")
END
    mount "$device" btrfs
    page=$((99999 * 21 / 4096 * 4096)) # that of line 100000
    screen <<END
size: 8x90
args: \$WORK/btrfs/numbers
wait: line 000000000000001
keys: :$(printf '0x%x' $((page - 30)))<CR>
wait: rror at $(printf '0x%x-0x%x' $page $((page + 4095)))
keys: :$(printf '0x%x' $((page - 100)))<CR>
rows 1-3:
|line 0000000000{*}
|line 0000000000{*}
|line 0000000000{*}
keys: :$(printf '0x%x' $((page + 4096 + 30)))<CR>
row 1:
|line 000000000100{*}
keys: g/line 000000000150000<CR>
row 1:
|line 000000000150000
keys: g/nothing like it<CR>
wait: attern not found
keys: q
exit: 0
END
    unmade btrfs
fi

# The device loses its end under the file system: what is in memory stays, the rest says why.
if made ext4 64M; then
    cp numbers ext4/numbers
    largest ext4 17592186040320
    sync -f ext4
    umount ext4
    mount "$device" ext4
    python3 - ext4/numbers <<'END' # 128 KiB of it are in memory
import os, sys
file = os.open(sys.argv[1], os.O_RDONLY)
os.posix_fadvise(file, 0, 0, os.POSIX_FADV_RANDOM)
os.pread(file, 131072, 0)
END
    truncate -s 4096 ext4.image
    screen <<END
size: 8x90
args: \$WORK/ext4/numbers
wait: line 000000000000001
keys: G
wait: rror at 0x
keys: g
row 1:
|line 000000000000001
keys: /line 000000000001000<CR>
row 1:
|line 000000000001000
keys: q
exit: 0
END
    umount -l ext4
    losetup -d "$device"
fi

# Shut down, as a driver does that has given up: reads fail from then on, and so does a new open.
shutdown() {
    python3 - "$1" <<'END'
import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))  # GOINGDOWN, without a flush
END
}
for kind in ext4 xfs; do
    size=64M
    [ $kind != xfs ] || size=400M
    made $kind $size || continue
    [ $kind != xfs ] || largest xfs 9223372036854775807
    cp numbers $kind/numbers
    sync -f $kind
    umount $kind
    mount "$device" $kind
    declare -f shutdown >shutdown
    screen <<END
size: 8x90
args: \$WORK/$kind/numbers
wait: line 000000000000001
wait: /200,000
shell: . "\$WORK/shutdown"; shutdown "\$WORK/$kind"
keys: G
wait: line 000000000200000
keys: R
keys: g
wait: line 000000000000001
keys: q
exit: 0
END
    status=0
    "$FOLIO" "$kind/numbers" >out 2>errors </dev/null || status=$?
    if [ "$status" != 0 ]; then
        [ "$status" = 1 ] && grep -q "^folio: $kind/numbers: Input/output error" errors || fail "another sentence"
    fi
    unmade $kind
done
