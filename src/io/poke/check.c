/* SPDX-License-Identifier: MIT */
/* io: whether a poke may be, each no with its true reason. Nothing is changed here. Any thread that may wait.
 *
 * The order is that of harm: first what statting tells, then what reading tells, and only then an open for writing,
 * which is no harmless thing. On an overlay it copies the whole file up, a program cannot be run while it lasts, and a
 * tape would rewind. So a poke that a comparison refuses has done nothing that anybody could notice, and moved no time.
 *
 * What open refuses is one errno for many reasons, and a person needs the reason: EPERM is asked about once more
 * (immutable? append-only?), since advice that is wrong is worse than none. */
#include "inside.h"

#include "folio/io/journal/place.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/vfs.h>
#include <unistd.h>

/** So many bytes are locked one by one. */
#define POKE_LOCKS 256u

/** What it is instead of a file. */
static const char *poke_kind(mode_t mode)
{
    if (S_ISFIFO(mode) || S_ISSOCK(mode))
        return "is a pipe: there is nothing to change in it";
    if (S_ISDIR(mode))
        return "is a directory";
    return "is a character device: there is nothing to change in it";
}

/**
 * Its kind, and those kinds that ask once more. A write clears the set-user-ID bit of a program, a store into a mapping
 * does not: changing such a file quietly hands somebody a program of another person.
 */
static bool poke_check_kind(struct poke *poke)
{
    const struct poke_request *request = poke->request;
    mode_t mode = poke->state.st_mode;

    if (S_ISBLK(mode) && !(request->consent & POKE_MAY_DEVICE))
        return poke_refuse(poke, POKE_DEVICE, 0, 0, "%s is a block device: a poke there must be asked for",
                           poke->name);
    if (!S_ISREG(mode) && !S_ISBLK(mode))
        return poke_refuse(poke, POKE_KIND, 0, 0, "%s %s", poke->name, poke_kind(mode));
    if (journal_is(request->journal, request->fd))
        return poke_refuse(poke, POKE_KIND, 0, 0, "%s is the journal of pokes itself", poke->name);
    /* Before the name is looked at: memory that can be sealed never had one. */
    int seals = fcntl(request->fd, F_GET_SEALS);
    if (seals > 0 && (seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)))
        return poke_refuse(poke, POKE_SEALED, 0, EPERM, "%s is sealed against writing", poke->name);
    bool privileged = (mode & S_ISUID) != 0 || (mode & (S_ISGID | S_IXGRP)) == (S_ISGID | S_IXGRP);
    if (S_ISREG(mode) && privileged && !(request->consent & POKE_MAY_SETUID))
        return poke_refuse(
            poke, POKE_SETUID, 0, 0,
            "%s runs with the rights of its owner (set-user-ID or set-group-ID) and would go on to do so"
            " with the new byte; this must be asked for",
            poke->name);
    return true;
}

/**
 * Whether its name still leads to it. An editor that saves puts a new file at the name; the one that is looked at is then
 * an orphan, and a byte stored there is one that nobody will ever find.
 */
static bool poke_check_name(struct poke *poke)
{
    const struct poke_request *request = poke->request;
    struct stat named;

    if (request->consent & POKE_MAY_UNNAMED)
        return true;
    bool there = !request->path || stat(request->path, &named) == 0;
    if (poke->state.st_nlink == 0)
        return there && request->path
                   ? poke_refuse(poke, POKE_REPLACED, 0, 0,
                                 "another file stands at %s now; the one you look at was deleted",
                                 request->path)
                   : poke_refuse(poke, POKE_UNNAMED, 0, 0,
                                 "%s has no name any more: nobody would see the new byte", poke->name);
    if (!there)
        return poke_refuse(poke, POKE_REPLACED, 0, errno, "the file is not at %s any more: %s", request->path,
                           strerror(errno));
    if (request->path && (named.st_dev != poke->state.st_dev || named.st_ino != poke->state.st_ino))
        return poke_refuse(poke, POKE_REPLACED, 0, 0,
                           "another file stands at %s now; the one you look at is %s", request->path,
                           poke->name);
    return true;
}

static bool poke_check_end(struct poke *poke)
{
    for (size_t index = 0; index < poke->request->count; index++)
        if (poke->request->byte[index].offset >= poke->size)
            return poke_refuse(poke, POKE_END, index, 0,
                               "0x%08" PRIx64 " is past the end of %s, which has %" PRIu64 " bytes",
                               poke->request->byte[index].offset, poke->name, poke->size);
    return true;
}

/** Most groups are in the order of their offsets, or, as an undo, against it: then no byte is there twice. */
static bool poke_is_ordered(const struct poke_byte *byte, size_t count)
{
    bool up = true;
    bool down = true;

    for (size_t index = 1; index < count; index++) {
        up = up && byte[index].offset > byte[index - 1].offset;
        down = down && byte[index].offset < byte[index - 1].offset;
    }
    return up || down;
}

/** One of the bytes asked for. */
struct poke_asked {
    uint64_t offset;
    size_t index;
};

/** By offset, and then as they are asked for. */
static int poke_order(const void *left, const void *right)
{
    const struct poke_asked *one = left;
    const struct poke_asked *two = right;

    if (one->offset != two->offset)
        return one->offset < two->offset ? -1 : 1;
    return one->index < two->index ? -1 : one->index > two->index;
}

/** A byte twice would be stored over its own expectation. */
static bool poke_check_twice(struct poke *poke)
{
    const struct poke_byte *byte = poke->request->byte;

    size_t count = poke->request->count;
    if (poke_is_ordered(byte, count))
        return true;
    struct poke_asked *sorted = malloc(count * sizeof *sorted);
    if (!sorted)
        return poke_refuse(poke, POKE_SYSTEM, 0, ENOMEM, "nothing is changed: out of memory");
    for (size_t index = 0; index < count; index++)
        sorted[index] = (struct poke_asked){byte[index].offset, index};
    qsort(sorted, count, sizeof *sorted, poke_order);
    size_t twice = 1;
    while (twice < count && sorted[twice].offset != sorted[twice - 1].offset)
        twice++;
    size_t which = twice < count ? sorted[twice].index : count;
    free(sorted);
    return which == count ||
           poke_refuse(poke, POKE_TWICE, which, 0, "0x%08" PRIx64 " is to be changed twice at once",
                       byte[which].offset);
}

bool poke_check(struct poke *poke)
{
    const struct poke_request *request = poke->request;
    struct statfs system;

    if (!journal_name(request->fd, poke->name, sizeof poke->name))
        (void)snprintf(poke->name, sizeof poke->name, "%s", request->path ? request->path : "?");
    if (!poke_size(request->fd, &poke->state, &poke->size))
        return poke_refuse(poke, POKE_SYSTEM, 0, errno, "%s: %s", poke->name, strerror(errno));
    poke->result->names = poke->state.st_nlink;
    poke->result->size = poke->size;
    /* The file system in which a device has its name is another matter. */
    poke->result->memory = S_ISREG(poke->state.st_mode) && fstatfs(request->fd, &system) == 0 &&
                           (system.f_type == TMPFS_MAGIC || system.f_type == RAMFS_MAGIC);
    return poke_check_kind(poke) && poke_check_name(poke) && poke_check_end(poke) && poke_check_twice(poke);
}

/** Another byte is there than expected. Who wanted to undo or redo is told how to do it all the same. */
static bool poke_refuse_other(struct poke *poke, size_t which, int found)
{
    const struct poke_byte *byte = &poke->request->byte[which];
    char hand[96] = "";

    if (poke->request->way != JOURNAL_POKE)
        snprintf(hand, sizeof hand, " (by hand: --poke 0x%" PRIx64 "=%02x --expect %02x)", byte->offset,
                 (unsigned)byte->value, (unsigned)found);
    return poke_refuse(poke, POKE_CHANGED, which, 0,
                       "0x%08" PRIx64 " of %s is not what it was: expected %02x, found %02x%s", byte->offset,
                       poke->name, (unsigned)byte->expected, (unsigned)found, hand);
}

/** The byte as it is read; -1: it cannot be. What is around it may be unreadable where it is not. */
static int poke_found(struct poke_window *window, int fd, uint64_t offset)
{
    uint64_t begin;
    uint64_t end;
    const uint8_t *data = poke_look(window, fd, offset, &begin, &end);
    return offset < end ? data[offset - begin] : poke_cached(fd, offset);
}

/* pread and not the mapping of the view, which may be an old one on an overlay. What the person did not say is taken as it
 * is found, and from here on everybody knows all of each byte. */
bool poke_compare(struct poke *poke)
{
    struct poke_window window = {.filled = 0};
    int fd = poke->fd >= 0 ? poke->fd : poke->request->fd;

    for (size_t index = 0; index < poke->request->count; index++) {
        struct poke_byte *byte = &poke->request->byte[index];
        int found = poke_found(&window, fd, byte->offset);
        if (found < 0)
            return poke_refuse(poke, POKE_UNREADABLE, index, EIO, "0x%08" PRIx64 " of %s cannot be read",
                               byte->offset, poke->name);
        if (byte->expected == POKE_ANY)
            byte->expected = found;
        if (found != byte->expected) {
            poke->result->cached = found;
            return poke_refuse_other(poke, index, found);
        }
        if (byte->mask != 0)
            byte->value = (uint8_t)((found & ~byte->mask) | (byte->value & byte->mask));
        byte->mask = 0xff;
    }
    return true;
}

/** Why open said EPERM: the attributes of the file know. */
static bool poke_refuse_attribute(struct poke *poke)
{
    struct statx now;
    bool known = statx(poke->request->fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &now) == 0;

    if (known && (now.stx_attributes & STATX_ATTR_IMMUTABLE))
        return poke_refuse(poke, POKE_IMMUTABLE, 0, EPERM, "%s is immutable (chattr +i)", poke->name);
    if (known && (now.stx_attributes & STATX_ATTR_APPEND))
        return poke_refuse(poke, POKE_APPEND, 0, EPERM, "%s can only be appended to (chattr +a)", poke->name);
    return poke_refuse(poke, POKE_FORBIDDEN, 0, EPERM, "%s may not be written: %s", poke->name,
                       strerror(EPERM));
}

/** What open refused, in words. */
static bool poke_refuse_open(struct poke *poke, int code)
{
    const char *name = poke->name;

    switch (code) {
    case EPERM:
        return poke_refuse_attribute(poke);
    case EROFS:
        return poke_refuse(poke, POKE_READ_ONLY, 0, code, "%s is on a file system that is mounted read-only",
                           name);
    case ETXTBSY:
        return poke_refuse(poke, POKE_RUNNING, 0, code, "%s is a program that is running", name);
    case EBUSY:
        return poke_refuse(poke, POKE_MOUNTED, 0, code, "%s is in use, as a mounted disk is", name);
    case EACCES:
        return poke_refuse(poke, POKE_FORBIDDEN, 0, code, "you may not write to %s", name);
    default:
        return poke_refuse(poke, POKE_SYSTEM, 0, code, "%s cannot be opened for writing: %s", name,
                           strerror(code));
    }
}

/** Lock `length` bytes from `offset` on, about byte `index`. File systems without locks do without. */
static bool poke_lock_range(struct poke *poke, size_t index, uint64_t offset, uint64_t length)
{
    struct flock lock = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)offset, .l_len = (off_t)length};

    if (fcntl(poke->fd, F_OFD_SETLK, &lock) == 0 || (errno != EAGAIN && errno != EACCES))
        return true;
    return poke_refuse(poke, POKE_LOCKED, index, errno,
                       "0x%08" PRIx64 " of %s is locked by another program (another folio, perhaps)", offset,
                       poke->name);
}

/**
 * Each byte locked, as long as our descriptor lives; the kernel lets go of it whatever happens to us. Only those who ask
 * for locks see them, so this keeps two folios apart and no more: what keeps the byte right is the compare-and-swap. The
 * kernel goes through all locks of a file for each new one, so a large group is locked as a whole, from end to end.
 */
static bool poke_lock(struct poke *poke)
{
    const struct poke_byte *byte = poke->request->byte;
    size_t count = poke->request->count;
    uint64_t first = UINT64_MAX;
    uint64_t last = 0;
    bool fine = true;

    for (size_t index = 0; index < count; index++) {
        first = byte[index].offset < first ? byte[index].offset : first;
        last = byte[index].offset > last ? byte[index].offset : last;
    }
    if (count > POKE_LOCKS)
        return poke_lock_range(poke, 0, first, last - first + 1);
    for (size_t index = 0; fine && index < count; index++)
        fine = poke_lock_range(poke, index, byte[index].offset, 1);
    return fine;
}

bool poke_open(struct poke *poke)
{
    char path[32];
    struct stat opened;
    bool block = S_ISBLK(poke->state.st_mode);
    int read_only = 0;

    snprintf(path, sizeof path, "/proc/self/fd/%d", poke->request->fd);
    /* O_EXCL on a device without O_CREAT: not while it is mounted. */
    poke->fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (block ? O_EXCL : 0));
    if (poke->fd < 0)
        return poke_refuse_open(poke, errno);
    if (block && ioctl(poke->fd, BLKROGET, &read_only) == 0 && read_only)
        return poke_refuse(poke, POKE_READ_ONLY, 0, EROFS, "%s is a device that is set read-only",
                           poke->name);
    /* From here on the size that counts is that of the descriptor that writes. */
    if (!poke_size(poke->fd, &opened, &poke->size))
        return poke_refuse(poke, POKE_SYSTEM, 0, errno, "%s: %s", poke->name, strerror(errno));
    if (opened.st_ino != poke->state.st_ino)
        return poke_refuse(poke, POKE_REPLACED, 0, 0, "%s is another file when opened for writing",
                           poke->name);
    return poke_check_end(poke) && poke_lock(poke);
}
