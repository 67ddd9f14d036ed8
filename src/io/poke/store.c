/* SPDX-License-Identifier: MIT */
/* io: the moment in which the file is changed: room, a writable page, the store, msync. Any thread that may wait.
 *
 * Room may be missing in three ways, and each is asked for by its own call, because a store that finds none is a SIGBUS:
 * a hole has no block (fallocate), a block that is shared or that the file system never overwrites must be copied
 * (MADV_POPULATE_WRITE), and what there was a moment ago is gone (the guard). Which one it was, is asked afterwards.
 *
 * One page is mapped, for one run of bytes, and unmapped before anything else is done: while it stands, a stray pointer
 * could hit it. */
#include "inside.h"

#include "folio/io/page/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/vfs.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 /* Linux 5.14 */
#endif

/** No file system has smaller blocks. */
#define POKE_SECTOR 512u

/** No room, in whatever way it is told. */
static bool poke_is_full(int code)
{
    return code == ENOSPC || code == EDQUOT || code == EFBIG;
}

static bool poke_refuse_space(struct poke *poke, size_t which, int code, const char *where)
{
    return poke_refuse(poke, POKE_SPACE, which, code, "no space left to write 0x%08" PRIx64 " of %s (%s)",
                       poke->request->byte[which].offset, poke->name, where);
}

/**
 * Does the byte lie in a hole? Where the file system does not know, everything is data. ENXIO: from here on all is
 * hole.
 */
static bool poke_in_hole(const struct poke *poke, uint64_t offset)
{
    off_t data = lseek(poke->fd, (off_t)offset, SEEK_DATA);
    return data < 0 ? errno == ENXIO : data != (off_t)offset;
}

/** The next byte from `index` on that lies in a hole, and in another sector than the one in front of it; `count`: none. */
static size_t poke_hole(const struct poke *poke, size_t index)
{
    const struct poke_byte *byte = poke->request->byte;

    for (; index < poke->request->count; index++) {
        bool known = index > 0 && byte[index].offset / POKE_SECTOR == byte[index - 1].offset / POKE_SECTOR;
        if (!known && poke_in_hole(poke, byte[index].offset))
            break;
    }
    return index;
}

/* A file system that is full says so when it is asked, and asking for a block that it has not moves the times of the file.
 * One that tells no numbers is not believed. */
bool poke_room(struct poke *poke)
{
    struct statfs system;
    size_t hole = S_ISREG(poke->state.st_mode) ? poke_hole(poke, 0) : poke->request->count;

    if (hole == poke->request->count || fstatfs(poke->fd, &system) != 0 || system.f_blocks == 0 ||
        (geteuid() == 0 ? system.f_bfree : system.f_bavail) > 0)
        return true;
    return poke_refuse_space(poke, hole, ENOSPC, "it lies in a hole of a sparse file");
}

/* Within the file only: KEEP_SIZE would give blocks behind the end as well, which nobody asked for. Where blocks cannot be
 * asked for, the page can. */
bool poke_allocate(struct poke *poke)
{
    size_t count = S_ISREG(poke->state.st_mode) ? poke->request->count : 0;

    for (size_t index = poke_hole(poke, 0); index < count; index = poke_hole(poke, index + 1)) {
        uint64_t place = poke->request->byte[index].offset / poke->page * poke->page;
        uint64_t rest = poke->size - place;
        if (fallocate(poke->fd, FALLOC_FL_KEEP_SIZE, (off_t)place,
                      (off_t)(rest < poke->page ? rest : poke->page)) == 0)
            poke->result->allocated = true;
        else if (poke_is_full(errno))
            return poke_refuse_space(poke, index, errno, "it lies in a hole of a sparse file");
    }
    return true;
}

/** The stores of a run. */
struct poke_swaps {
    const struct poke_byte *byte; /**< the first of them */
    size_t count;
    uint8_t *page;
    uint64_t place;         /**< of the page in the file */
    volatile size_t stored; /**< so many are done; read also where the guard ended it */
    int found; /**< the byte that was there instead of the expected one; -1: all was as expected */
};

/** Under the guard: for each byte one instruction that compares, stores, and lets nobody in between. */
static void poke_swap(void *argument)
{
    struct poke_swaps *swaps = argument;

    for (size_t index = 0; index < swaps->count; index++) {
        const struct poke_byte *byte = &swaps->byte[index];
        _Atomic uint8_t *place = (_Atomic uint8_t *)(swaps->page + (byte->offset - swaps->place));
        uint8_t expected = (uint8_t)byte->expected;
        if (!atomic_compare_exchange_strong(place, &expected, byte->value)) {
            swaps->found = expected;
            return;
        }
        swaps->stored = index + 1;
    }
}

static bool poke_refuse_changed(struct poke *poke, size_t which, int found)
{
    const struct poke_byte *byte = &poke->request->byte[which];

    if (found < 0)
        return poke_refuse(poke, POKE_UNREADABLE, which, EIO, "0x%08" PRIx64 " of %s cannot be read",
                           byte->offset, poke->name);
    return poke_refuse(poke, POKE_CHANGED, which, 0,
                       "0x%08" PRIx64 " of %s changed at the last moment: expected %02x, found %02x",
                       byte->offset, poke->name, (unsigned)byte->expected, (unsigned)found);
}

static bool poke_became_immutable(const struct poke *poke)
{
    struct statx now;

    return statx(poke->fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &now) == 0 &&
           (now.stx_attributes & STATX_ATTR_IMMUTABLE);
}

/** The page could not be had. SIGBUS says not why, and POPULATE says EFAULT to most: the file knows. */
static bool poke_refuse_page(struct poke *poke, int code)
{
    size_t which = poke->result->written;
    uint64_t offset = poke->request->byte[which].offset;
    struct stat now;
    uint64_t size;

    if (poke_size(poke->fd, &now, &size) && offset >= size)
        return poke_refuse(poke, POKE_END, which, 0,
                           "0x%08" PRIx64 " is past the end of %s, which was cut to %" PRIu64 " bytes",
                           offset, poke->name, size);
    if (poke_cached(poke->fd, offset) < 0)
        return poke_refuse_changed(poke, which, -1);
    if (poke_became_immutable(poke))
        return poke_refuse(poke, POKE_IMMUTABLE, which, EPERM, "%s became immutable (chattr +i)", poke->name);
    if (code != 0 && code != EFAULT)
        return poke_refuse(poke, POKE_SYSTEM, which, code,
                           "0x%08" PRIx64 " of %s cannot be made writable: %s", offset, poke->name,
                           strerror(code));
    return poke_refuse_space(poke, which, ENOSPC, "its block cannot be written where it is");
}

/** Store the bytes of `run` into the page at `page`. */
static bool poke_swap_all(struct poke *poke, const struct poke_run *run, uint8_t *page)
{
    /* EINVAL: an older kernel. The guard catches what this would have told. */
    if (madvise(page, poke->page, MADV_POPULATE_WRITE) != 0 && errno != EINVAL)
        return poke_refuse_page(poke, errno);
    struct poke_swaps swaps = {.byte = poke->request->byte + run->first,
                               .count = run->count,
                               .page = page,
                               .place = run->place,
                               .found = -1};
    bool whole = guard_call(page, poke->page, poke_swap, &swaps);
    if (swaps.stored > 0)
        poke->result->stored = poke->result->written = run->first + swaps.stored;
    if (!whole)
        return poke_refuse_page(poke, 0);
    return swaps.found < 0 || poke_refuse_changed(poke, run->first + swaps.stored, swaps.found);
}

/**
 * The disk failed to take what is stored: what is true there now, and in the cache. Asked and not assumed: a failed
 * write may have reached the disk, and a file system may have dropped the page.
 */
static bool poke_refuse_sync(struct poke *poke, size_t which, int code)
{
    const struct poke_byte *byte = &poke->request->byte[which];
    int disk = poke_disk(poke, byte->offset);
    int cached = poke_cached(poke->fd, byte->offset);
    char held[64];
    char seen[64] = "";

    poke->result->disk = disk;
    if (disk < 0)
        snprintf(held, sizeof held, "what the disk holds is not known");
    else
        snprintf(held, sizeof held, "the disk %s %02x", disk == byte->value ? "does hold" : "still holds",
                 (unsigned)disk);
    if (cached >= 0)
        snprintf(seen, sizeof seen, ", the cache %02x", (unsigned)cached);
    return poke_refuse(poke, POKE_UNSYNCED, which, code, "NOT saved: 0x%08" PRIx64 " of %s: %s; %s%s",
                       byte->offset, poke->name, strerror(code), held, seen);
}

/**
 * Compare and write, where no page can be mapped. Somebody may write between the two; nothing but a lock that all obey
 * could help, so it is said.
 */
static bool poke_write(struct poke *poke, const struct poke_run *run)
{
    poke->result->atomic = false;
    for (size_t index = run->first; index < run->first + run->count; index++) {
        const struct poke_byte *byte = &poke->request->byte[index];
        int found = poke_cached(poke->fd, byte->offset);
        if (found != byte->expected)
            return poke_refuse_changed(poke, index, found);
        ssize_t count;
        do
            count = pwrite(poke->fd, &byte->value, 1, (off_t)byte->offset);
        while (count < 0 && errno == EINTR);
        if (count != 1 && poke_is_full(errno))
            return poke_refuse_space(poke, index, errno, strerror(errno));
        if (count != 1)
            return poke_refuse(poke, POKE_SYSTEM, index, errno, "0x%08" PRIx64 " of %s cannot be written: %s",
                               byte->offset, poke->name, strerror(errno));
        poke->result->stored = poke->result->written = index + 1;
    }
    return true;
}

/** After the last store of the run. A failure before it leaves what is stored, so that is synced as well. */
static bool poke_synced(struct poke *poke, const struct poke_run *run, bool fine, int code)
{
    struct poke_result *result = poke->result;

    if (result->written <= run->first)
        return false;
    if (code != 0) {
        (void)poke_refuse_sync(poke, run->first, code);
        /* Now and not before: that the disk was asked may have dropped the page. */
        poke_seen(poke, poke->fd, run->first);
        return false;
    }
    result->synced = result->written;
    return fine;
}

bool poke_store(struct poke *poke, const struct poke_run *run)
{
    const size_t *written = &poke->result->written;
    uint8_t *page = mmap(NULL, poke->page, PROT_READ | PROT_WRITE, MAP_SHARED, poke->fd, (off_t)run->place);
    bool fine;

    if (page == MAP_FAILED && errno == EPERM)
        return poke_refuse(poke, POKE_SEALED, run->first, errno, "%s is sealed against writing", poke->name);
    if (page == MAP_FAILED) {
        bool stored = poke_write(poke, run);
        fine = poke_synced(poke, run, stored, *written > run->first && fdatasync(poke->fd) != 0 ? errno : 0);
    } else {
        bool stored = poke_swap_all(poke, run, page);
        fine = poke_synced(poke, run, stored,
                           *written > run->first && msync(page, poke->page, MS_SYNC) != 0 ? errno : 0);
        (void)munmap(page, poke->page);
    }
    return fine;
}
