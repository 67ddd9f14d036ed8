/* SPDX-License-Identifier: MIT */
/* io: asking the disk itself, past the cache. Any thread that may wait.
 *
 * O_DIRECT wants place, length and memory aligned; statx says to what (Linux 6.1), a page fits everywhere else. A file
 * system may answer from its cache all the same (tmpfs always does): then it proves no more than the cache, which the
 * result says where it is known. What cannot be read so is synced and not verified, which is no failure. */
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Linux 6.1 added these to statx; libc may not know them yet: a bit of the mask, and the place of two numbers. */
#define POKE_STATX_DIOALIGN 0x2000u
#define POKE_STATX_PLACE    0x98

/** What reads past the cache must be aligned to; false: the file does not allow any. */
static bool poke_alignment(struct poke *poke)
{
    struct statx now = {0};
    uint32_t align[2];

    poke->alignment = poke->page;
    if (statx(poke->direct, "", AT_EMPTY_PATH, POKE_STATX_DIOALIGN, &now) != 0 ||
        !(now.stx_mask & POKE_STATX_DIOALIGN))
        return true;
    memcpy(align, (const char *)&now + POKE_STATX_PLACE, sizeof align);
    for (int index = 0; index < 2; index++)
        if (align[index] > poke->alignment && (align[index] & (align[index] - 1)) == 0)
            poke->alignment = align[index];
    return align[1] != 0;
}

/** Our descriptor past the cache; opened when it is first needed. */
static bool poke_direct(struct poke *poke)
{
    char path[32];

    if (poke->direct >= 0)
        return true;
    snprintf(path, sizeof path, "/proc/self/fd/%d", poke->fd);
    poke->direct = open(path, O_RDONLY | O_DIRECT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (poke->direct >= 0 && poke_alignment(poke))
        return true;
    poke->result->unverified_code = poke->direct < 0 ? errno : EINVAL;
    return false;
}

/** Read `*length` bytes at `place`, or what is there of them, past the cache; false and errno in the result. */
static bool poke_direct_read(struct poke *poke, uint64_t place, uint8_t *buffer, size_t *length)
{
    ssize_t count;

    do
        count = pread(poke->direct, buffer, *length, (off_t)place);
    while (count < 0 && errno == EINTR);
    if (count < 0)
        poke->result->unverified_code = errno;
    *length = count > 0 ? (size_t)count : 0;
    return count >= 0;
}

/** The aligned block that holds [begin, end) from the disk; NULL: it cannot be read. */
static uint8_t *poke_block(struct poke *poke, uint64_t begin, uint64_t end, uint64_t *place, size_t *length)
{
    void *memory = NULL;

    if (!poke_direct(poke))
        return NULL;
    *place = begin / poke->alignment * poke->alignment;
    *length = (size_t)((end - *place + poke->alignment - 1) / poke->alignment * poke->alignment);
    if (posix_memalign(&memory, poke->alignment, *length) != 0)
        return NULL;
    if (!poke_direct_read(poke, *place, memory, length)) {
        free(memory);
        return NULL;
    }
    return memory;
}

int poke_disk(struct poke *poke, uint64_t offset)
{
    uint64_t place;
    size_t length;
    uint8_t *block = poke_block(poke, offset, offset + 1, &place, &length);
    int byte = block && offset - place < length ? block[offset - place] : -1;

    free(block);
    return byte;
}

/** The disk holds another byte. What it was before: the disk lied. A third one: somebody wrote after us. */
static bool poke_differs(struct poke *poke, size_t which, int disk)
{
    const struct poke_byte *byte = &poke->request->byte[which];
    int cached = poke_cached(poke->fd, byte->offset);

    poke->result->disk = disk;
    if (cached >= 0 && cached != byte->value && disk != byte->expected)
        return poke_refuse(poke, POKE_OVERTAKEN, which, 0,
                           "0x%08" PRIx64
                           " of %s was written and synced, and is %02x by now: somebody else changed it",
                           byte->offset, poke->name, (unsigned)cached);
    return poke_refuse(poke, POKE_MISSING, which, EIO,
                       "NOT saved: 0x%08" PRIx64
                       " of %s: the disk holds %02x, though %02x was said to be written",
                       byte->offset, poke->name, (unsigned)disk, (unsigned)byte->value);
}

bool poke_verify(struct poke *poke, const struct poke_run *run)
{
    uint64_t place;
    size_t length;
    uint64_t end = run->place + poke->page;
    uint8_t *block = poke_block(poke, run->place, end, &place, &length);
    bool fine = true;

    for (size_t index = run->first; block && fine && index < run->first + run->count; index++) {
        const struct poke_byte *byte = &poke->request->byte[index];
        uint64_t at = byte->offset - place;
        if (at >= length)
            break; /* the file became shorter: poke_still_there tells */
        if (block[at] != byte->value)
            fine = poke_differs(poke, index, block[at]);
        else if (poke->result->verified == index)
            poke->result->verified = index + 1;
        poke->result->disk = block[at];
    }
    free(block);
    return fine;
}
