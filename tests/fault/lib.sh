# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# tests: what fault tests share. A test is one script, fault/NAME_test.sh, that begins with
#
#     . "$(dirname "$0")/lib.sh"
#     fault_need root fuse xfs_io         # skip (77, with the reason) where one is missing
#     fault_begin                         # mounts of our own, an empty folder $WORK, cleaned up at the end
#
# and goes on with commands that must succeed (set -e). From ctest it has BUILD, SOURCE, DATA, FOLIO, SCREEN_RUNNER and
# SLOWFS. What a person would see is tested with `screen`, which takes the lines of a .screen test from its input.

set -eu
FAULT_SCRIPT=$0

# say MESSAGE...: a line in the log of the test.
say() {
    printf '%s: %s\n' "$(basename "$FAULT_SCRIPT" .sh)" "$*"
}

# skip REASON...: the test cannot be made here.
skip() {
    say "skipped: $*"
    exit 77
}

# fail MESSAGE...: the test has found a fault.
fail() {
    say "failed: $*" >&2
    exit 1
}

# fault_need THING...: root, fuse, disk, or commands. With disk, $WORK is in $FAULT_FOLDER: files of a tmpfs never leave
# memory and have no read that does not wait (RWF_NOWAIT), and the page that cannot be read there costs its lines.
fault_need() {
    for thing in "$@"; do
        case $thing in
        root) [ "$(id -u)" = 0 ] || skip "needs root" ;;
        fuse)
            [ -w /dev/fuse ] || skip "needs /dev/fuse"
            [ -x "${SLOWFS:-}" ] || skip "needs SLOWFS, the path of slowfs"
            ;;
        disk)
            FAULT_FOLDER=$(disk_folder) || skip "needs a disk: /tmp and /var/tmp are in memory"
            export FAULT_FOLDER
            ;;
        *) command -v "$thing" >/dev/null || skip "needs the command $thing" ;;
        esac
    done
}

# disk_folder: where files are on a disk.
disk_folder() {
    for folder in /tmp /var/tmp; do
        if [ "$(stat -f -c %T "$folder")" != tmpfs ]; then
            echo "$folder"
            return
        fi
    done
    return 1
}

# fault_begin: run the rest of the script in mounts of our own (it starts once more, inside) and in a fresh $WORK.
fault_begin() {
    if [ -z "${FAULT_INSIDE:-}" ]; then
        unshare -m true 2>/dev/null || skip "needs a mount namespace (unshare -m)"
        FAULT_INSIDE=1 exec unshare -m --propagation private bash "$FAULT_SCRIPT"
    fi
    WORK=$(mktemp -d "${FAULT_FOLDER:-/tmp}/folio-fault-XXXXXX")
    # soon COMMAND: for steps of a screen; until the command succeeds, for half a minute at most.
    cat >"$WORK/soon" <<'END'
#!/bin/sh
for try in $(seq $((1500 * ${FOLIO_TEST_PATIENCE:-1}))); do
    eval "$1" 2>/dev/null && exit 0
    sleep 0.02
done
echo "waited in vain for: $1"
exit 1
END
    chmod +x "$WORK/soon"
    SLOWFS_PIDS=
    RANDOM=1 # the same numbers in each run
    trap fault_end EXIT
    trap 'exit 143' TERM INT HUP
    cd "$WORK"
}

# fault_end: end the servers, unmount what is below $WORK, remove it; keeps the exit status.
fault_end() {
    fault_status=$?
    set +e
    trap - EXIT
    cd /
    for pid in $SLOWFS_PIDS; do
        kill -KILL "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    awk -v work="$WORK" 'index($2, work) == 1 { print $2 }' /proc/self/mounts | sort -r | while read -r mounted; do
        umount -l "$mounted"
    done
    rm -rf --one-file-system "$WORK"
    exit "$fault_status"
}

# wait_until SECONDS COMMAND...: until the command succeeds; fails the test after so many tries that it must have had
# this time at least.
wait_until() {
    fault_tries=$(($1 * 50 * ${FOLIO_TEST_PATIENCE:-1}))
    shift
    until "$@" 2>/dev/null; do
        [ $((fault_tries--)) -gt 0 ] || fail "waited in vain for: $*"
        sleep 0.02
    done
}

# noise BYTES: bytes that look random and are the same in each run.
noise() {
    python3 -c 'import random, sys; random.seed(1); sys.stdout.buffer.write(random.randbytes(int(sys.argv[1])))' "$1"
}

# slowfs_mount FOLDER OPTION...: mount a slowfs on FOLDER (made if missing) with options such as backing=FILE delay=6000
# huge=4294967296; its file is FOLDER/file. The server is $SLOWFS_PID.
slowfs_mount() {
    slowfs_folder=$1
    shift
    mkdir -p "$slowfs_folder"
    set -- "$(IFS=,; printf '%s' "$*")"
    "$SLOWFS" -f "$slowfs_folder" -o "$1" &
    SLOWFS_PID=$!
    SLOWFS_PIDS="$SLOWFS_PIDS $SLOWFS_PID"
    wait_until 10 test -e "$slowfs_folder/control"
}

# slowfs_order FOLDER ORDER...: change its faults: "delay 0 1048576 6000", "eio 4096 8192", "size 100", "clear".
slowfs_order() {
    slowfs_folder=$1
    shift
    printf '%s\n' "$@" >"$slowfs_folder/control"
}

# slowfs_told FOLDER WORD: a number of its state: reads, bytes, waiting, size, short.
slowfs_told() {
    awk -v word="$2" '$1 == word { print $2 }' "$1/control"
}

# slowfs_kill PID: the server dies as servers do, and leaves a mount that nobody answers for.
slowfs_kill() {
    kill -KILL "$1"
    wait "$1" 2>/dev/null || true
}

# screen: run the .screen test on standard input. Its folder is a new one below $WORK's file system; $WORK itself is
# in the environment of its commands and arguments.
screen() {
    {
        printf 'env: WORK=%s\n' "$WORK"
        cat
    } >"$WORK/here.screen"
    export WORK
    "$SCREEN_RUNNER" "$FOLIO" "${DATA:-$WORK}" "$WORK/here.screen" ||
        fail "the screen is not as expected"
}

# journal_screen: the same, with the journal of pokes that this test has, on a screen of 8x120.
journal_screen() {
    {
        printf 'size: 8x120\nenv: XDG_STATE_HOME=%s\n' "$XDG_STATE_HOME"
        cat
    } | screen
}

# writefs_there: can a file system that fails to write be had here?
writefs_there() {
    [ -w /dev/fuse ] && [ -x "$(dirname "$SLOWFS")/writefs" ]
}

# served OPTION: a writefs on ./served.
served() {
    mkdir -p served
    "$(dirname "$SLOWFS")/writefs" -f served -o "$1" 2>/dev/null &
    SLOWFS_PIDS="$SLOWFS_PIDS $!"
    wait_until 10 test -e served/file
}
