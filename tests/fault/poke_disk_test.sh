#!/bin/bash
# SPDX-License-Identifier: MIT
# Pokes on full disks, on disks whose writes fail later, and on ones that stop: ext4, xfs and btrfs in images. What this
# machine cannot make is said and left out.
. "$(dirname "$0")/lib.sh"
fault_need root losetup mount xxd
fault_begin
export XDG_STATE_HOME=$WORK/state HOME=$WORK LESS=

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

says() {
    said_status=$1
    said_pattern=$2
    shift 2
    said_got=0
    "$FOLIO" "$@" >said 2>&1 || said_got=$?
    [ "$said_got" = "$said_status" ] || fail "status $said_got, not $said_status: folio $*: $(cat said)"
    grep -Eq -- "$said_pattern" said || fail "folio $*: \"$said_pattern\" is not in: $(cat said)"
}

holds() {
    held=$(xxd -p -s "$2" -l 1 "$1")
    [ "$held" = "$3" ] || fail "$1 holds $held at $2, not $3"
}

# made KIND FOLDER: a file system of that kind in ./KIND, its image in FOLDER; false with the reason.
made() {
    command -v "mkfs.$1" >/dev/null || { say "left out: needs mkfs.$1"; return 1; }
    image=$2/$1.image
    rm -f "$image"
    case $1 in
    ext4) truncate -s 16M "$image" && mkfs.ext4 -q -F -b 4096 -m 0 "$image" ;;
    xfs) truncate -s 300M "$image" && mkfs.xfs -q -f "$image" >/dev/null ;;
    btrfs) truncate -s 114294784 "$image" && mkfs.btrfs -q -f -m single -d single "$image" >/dev/null ;;
    esac
    device=$(losetup --show -f "$image") || skip "needs a loop device"
    devices="$devices $device"
    mkdir -p "$1"
    mount "$device" "$1" 2>/dev/null || { say "left out: the kernel has no $1"; return 1; }
}

unmade() {
    umount "$1" 2>/dev/null || umount -l "$1"
    losetup -d "$device"
}

# filled FOLDER: until not a byte fits.
filled() {
    dd if=/dev/zero of="$1/fill" bs=1M status=none 2>/dev/null || true
    for try in 1 2 3 4 5 6 7 8; do
        dd if=/dev/zero of="$1/fill$try" bs=4k status=none 2>/dev/null || true
        sync -f "$1" || true
    done
}

# cached FILE: nothing of it is.
cold() {
    sync -f "$1" 2>/dev/null || true
    echo 1 >/proc/sys/vm/drop_caches 2>/dev/null || true
}

for kind in ext4 xfs btrfs; do
    made "$kind" . || continue
    say "$kind: plain, and still there when it is mounted again"
    head -c 65536 /dev/zero | tr '\0' A >"$kind/file"
    truncate -s 64M "$kind/sparse"
    sync -f "$kind"
    says 0 'written, synced, verified' --poke 4096=5a "$kind/file"
    says 0 'written, synced, verified' --poke 1M=5a "$kind/sparse"
    umount "$kind"
    mount "$device" "$kind"
    holds "$kind/file" 4096 5a
    holds "$kind/sparse" 1048576 5a
    says 0 "5a 'Z' -> 41 'A' written" --undo "$kind/file"
    holds "$kind/file" 4096 41
    [ "$kind" != xfs ] || cp --reflink=always xfs/file xfs/twin 2>/dev/null || say "left out: no reflinks"

    say "$kind: full"
    filled "$kind"
    cold "$kind"
    # xfs may have a reserve for the one block; then the poke is true, and otherwise refused before it is stored.
    place=33554432
    if "$FOLIO" --poke "$place=5a" "$kind/sparse" >said 2>&1; then
        grep -q 'written, synced' said || fail "$kind: $(cat said)"
        holds "$kind/sparse" "$place" 5a
        [ "$kind" = xfs ] || fail "$kind was not full"
    else
        grep -q 'no space left' said || fail "$kind: $(cat said)"
        holds "$kind/sparse" "$place" 00
    fi
    # A block that is there already: in place, or copied on write.
    for name in file twin; do
        [ -e "$kind/$name" ] || continue
        if "$FOLIO" --poke 8192=5a "$kind/$name" >said 2>&1; then
            grep -q 'written, synced' said || fail "$kind: $(cat said)"
            holds "$kind/$name" 8192 5a
        else
            grep -q 'no space left' said || fail "$kind: $(cat said)"
            holds "$kind/$name" 8192 41
        fi
        say "$kind/$name: $(head -1 said)"
    done
    unmade "$kind"
done

say "a disk that finds itself full when it writes (an image on a full tmpfs)"
mkdir thin
mount -t tmpfs -o size=96m none thin
for kind in ext4 xfs btrfs; do
    made "$kind" thin || continue
    # Blocks of the file, but none of the image below it.
    [ "$kind" = btrfs ] && truncate -s 8M "$kind/file" || fallocate -l 8M "$kind/file"
    sync -f "$kind"
    cold "$kind"
    dd if=/dev/zero of=thin/fill bs=1M status=none 2>/dev/null || true
    dd if=/dev/zero of=thin/fill2 bs=4k status=none 2>/dev/null || true
    if "$FOLIO" --poke 4M=5a "$kind/file" >said 2>&1; then
        say "left out: the image had room"
    else
        grep -Eq 'NOT saved|no space left|nothing is changed' said || fail "thin: $(cat said)"
        say "thin: $(cat said)"
        grep -q 'NOT saved' said && says 0 'NOT saved' --pokes "$kind/file"
        rm -f thin/fill thin/fill2
        # Room again: an undo compares with what is there now, and never pretends.
        "$FOLIO" --undo "$kind/file" >said 2>&1 || true
        say "thin: undo: $(cat said)"
        cold "$kind"
        holds "$kind/file" 4194304 00
    fi
    unmade "$kind"
    rm -f thin/*
done
umount -l thin

say "a disk that stops: what was synced is there afterwards"
if command -v xfs_io >/dev/null; then
    for kind in ext4 xfs; do
        made "$kind" . || continue
        head -c 65536 /dev/zero | tr '\0' A >"$kind/file"
        sync -f "$kind"
        says 0 'written, synced' --poke 4096=5a "$kind/file"
        xfs_io -x -c shutdown "$kind" || { say "left out: no shutdown"; unmade "$kind"; continue; }
        says 1 '.' --poke 8192=5a "$kind/file"
        umount "$kind"
        mount "$device" "$kind"
        holds "$kind/file" 4096 5a
        holds "$kind/file" 8192 41
        unmade "$kind"
    done
else
    say "left out: needs xfs_io"
fi

say "a block device"
truncate -s 1M disk.image
device=$(losetup --show -f disk.image)
devices="$devices $device"
says 1 'block device.*\(--write-devices\)$' --poke 4096=5a "$device"
says 1 'past the end' --write-devices --poke 1M=5a "$device"
says 0 'written, synced' --write-devices --poke 4096=5a "$device"
says 0 'synced, verified$' --write-devices --poke 4096=5a "$device"
sync "$device"
holds disk.image 4096 5a
says 0 'written' --write-devices --undo "$device"
if command -v mkfs.ext4 >/dev/null; then
    truncate -s 16M used.image
    mkfs.ext4 -q -F used.image
    used=$(losetup --show -f used.image)
    devices="$devices $used"
    mkdir used
    mount "$used" used
    says 1 'in use' --write-devices --poke 4096=5a "$used"
    umount used
fi
device=$(losetup --show -r -f disk.image)
devices="$devices $device"
says 1 'read-only' --write-devices --poke 4096=5a "$device"
say "done"
