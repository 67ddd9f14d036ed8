/* SPDX-License-Identifier: MIT */
/* io: where the book lies, and what a file is known by. Any thread that may wait.
 *
 * Inode and birth together are a file, on the file systems that know when it was born; a device number is no help there,
 * it changes from one start of the machine to the next. Two things are not told apart by them:
 *
 *  - files of file systems without births (FUSE, NFS): the number of the inode is 2 in many a mount. There the file system
 *    counts as well: by its own number (statfs), which survives a remount, or, where it has none, by the mount of this very
 *    run of the machine. A file of such a mount is then, after a remount, known by its path alone.
 *  - a snapshot of btrfs, whose files have inode and birth of those it was made of. Its number tells them apart; that of
 *    other file systems is not asked, for some make it from the number of the device. */
#include "folio/io/journal/place.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define NANOSECONDS INT64_C(1000000000)

/** Linux 6.8: a number of the mount that is not used again; before, STATX_MNT_ID is asked for. */
#define PLACE_MOUNT_UNIQUE 0x4000u
#define PLACE_MOUNT        0x1000u
/** Where statx puts it: libc may not know it yet. */
#define PLACE_MOUNT_AT 0x90

bool journal_place(struct buf *path, struct error *error)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");

    if (state && state[0] == '/')
        buf_format(path, "%s/folio/pokes", state);
    else if (home && home[0] == '/')
        buf_format(path, "%s/.local/state/folio/pokes", home);
    else
        return error_set(error, 0,
                         "there is no place for the journal: neither XDG_STATE_HOME nor HOME is set");
    return !path->failed || error_set(error, 0, "out of memory");
}

bool journal_name(int fd, char *path, size_t size)
{
    char link[32];

    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    path[length > 0 ? length : 0] = '\0';
    return length > 0;
}

/** FNV-1a, gone on with. */
static uint64_t place_mix(uint64_t sum, const void *data, size_t length)
{
    for (size_t index = 0; index < length; index++)
        sum = (sum ^ ((const uint8_t *)data)[index]) * UINT64_C(0x100000001b3);
    return sum;
}

/** A number for a mount that has none of its own: of this run of the machine, its device and the mount. */
static uint64_t place_mount(const struct statx *now)
{
    char run[64] = "";
    uint64_t mount = 0;
    uint32_t device[2] = {now->stx_dev_major, now->stx_dev_minor};
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);

    if (fd >= 0 && read(fd, run, sizeof run) < 0)
        run[0] = '\0';
    if (fd >= 0)
        close(fd);
    if (now->stx_mask & (PLACE_MOUNT_UNIQUE | PLACE_MOUNT))
        memcpy(&mount, (const char *)now + PLACE_MOUNT_AT, sizeof mount);
    uint64_t sum = place_mix(UINT64_C(0xcbf29ce484222325), run, sizeof run);
    return place_mix(place_mix(sum, device, sizeof device), &mount, sizeof mount) | 1;
}

/** The number of the file system, where it is needed. */
static uint64_t place_system(int fd, const struct statx *now, bool born)
{
    struct statfs system;
    uint64_t number = 0;

    if (fstatfs(fd, &system) != 0)
        return 0;
    memcpy(&number, &system.f_fsid, sizeof number);
    if (born)
        return system.f_type == BTRFS_SUPER_MAGIC ? number : 0;
    return number != 0 ? number : place_mount(now);
}

bool journal_identify(int fd, struct journal_file *file)
{
    struct statx now;
    unsigned mask = STATX_INO | STATX_BTIME;

    *file = (struct journal_file){0};
    if (statx(fd, "", AT_EMPTY_PATH, mask | PLACE_MOUNT_UNIQUE, &now) != 0)
        return false;
    if (!(now.stx_mask & PLACE_MOUNT_UNIQUE))
        (void)statx(fd, "", AT_EMPTY_PATH, mask | PLACE_MOUNT, &now);
    bool born = (now.stx_mask & STATX_BTIME) != 0;
    file->inode = now.stx_ino;
    file->birth_ns = born ? now.stx_btime.tv_sec * NANOSECONDS + now.stx_btime.tv_nsec : 0;
    file->system = place_system(fd, &now, file->birth_ns != 0);
    return true;
}

bool journal_is_same(const struct journal_file *file, const struct journal_file *other)
{
    bool born = file->birth_ns != 0;
    bool unknown = file->system == 0 || other->system == 0;

    return file->inode == other->inode && file->birth_ns == other->birth_ns &&
           (unknown ? born : file->system == other->system);
}
