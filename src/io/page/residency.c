/* SPDX-License-Identifier: MIT */
/* io: asking the page cache. Any thread; no state but the page size.
 *
 * Three witnesses, none perfect:
 *
 *   cachestat          one call for any range, but counts a page as soon as it has a place in the cache, while its
 *                      bytes may still be on their way; EPERM to those who neither own the file nor may write it;
 *                      on overlayfs always 0, because it asks the file of the overlay and the pages are another's
 *   mincore            only pages whose bytes are there, page by page (1 us for 64 KiB); but to the same strangers
 *                      it says "all there", which is worse than nothing
 *   preadv2 NOWAIT     tells anybody the truth, by giving the bytes; not on tmpfs, FUSE and some network systems
 *
 * So: cachestat tells whether mincore may speak; then mincore, or else NOWAIT, a byte per page.
 * On overlayfs a 0 of cachestat is believed only where mincore says the same of a mapping made for that question.
 * Before Linux 6.5 there is no cachestat, and leave is told by who owns the file. A touch of a page that is still
 * on its way would wait for the device, so "cached" alone never counts as "in memory". */
#include "folio/io/page/residency.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

/** The number is the same on every architecture but alpha; Debian 12's headers are older than the call. */
#ifndef SYS_cachestat
#define SYS_cachestat 451
#endif

/** Pages asked of one mincore. */
#define PAGE_BATCH 512
/** Longest readahead() that no kernel cuts short. */
#define REQUEST_MAX (1u << 20)

/** What cachestat(2) takes and gives, as in linux/mman.h of 6.5. */
struct cache_range {
    uint64_t offset;
    uint64_t length;
};

struct cache_count {
    uint64_t cached;
    uint64_t dirty;
    uint64_t writeback;
    uint64_t evicted;
    uint64_t recently_evicted;
};

/** Bytes of a page; 16 or 64 KiB on some machines. */
static uint64_t residency_page(void)
{
    return (uint64_t)sysconf(_SC_PAGESIZE);
}

/** 0, or the errno of cachestat. */
static int residency_count(int fd, struct range range, uint64_t *pages)
{
    struct cache_range wanted = {range.begin, range.end - range.begin};
    struct cache_count count = {0};

    if (syscall(SYS_cachestat, fd, &wanted, &count, 0) != 0)
        return errno;
    *pages = count.cached;
    return 0;
}

/** May this process hear the truth from mincore? The kernel's own rule: owner, or allowed to write. */
static bool residency_allowed(int fd)
{
    struct stat state;
    char path[32];

    if (fstat(fd, &state) != 0)
        return false;
    if (state.st_uid == geteuid() || geteuid() == 0)
        return true;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
}

/** Page by page through the mapping. */
static enum residency residency_mapped(const char *base, struct range range, uint64_t *first_missing)
{
    uint64_t page = residency_page();
    unsigned char present[PAGE_BATCH];

    for (uint64_t offset = range.begin / page * page; offset < range.end; offset += PAGE_BATCH * page) {
        uint64_t end = range.end - offset < PAGE_BATCH * page ? range.end : offset + PAGE_BATCH * page;
        size_t count = (size_t)((end - offset + page - 1) / page);

        if (mincore((void *)(uintptr_t)(base + (offset - range.begin / page * page)), count * page,
                    present) != 0)
            return RESIDENCY_UNKNOWN;
        for (size_t index = 0; index < count; index++) {
            if (present[index] & 1)
                continue;
            *first_missing = offset + index * page;
            return RESIDENCY_PART;
        }
    }
    return RESIDENCY_ALL;
}

/** Page by page without a mapping: a byte of each is read, if that needs no waiting. */
static enum residency residency_probed(int fd, struct range range, uint64_t *first_missing)
{
    uint64_t page = residency_page();

    for (uint64_t offset = range.begin / page * page; offset < range.end; offset += page) {
        char byte;
        struct iovec vector = {&byte, 1};
        ssize_t count = preadv2(fd, &vector, 1, (off_t)offset, RWF_NOWAIT);
        if (count < 0 && errno != EAGAIN)
            return RESIDENCY_UNKNOWN;
        if (count == 1)
            continue;
        *first_missing = offset;
        return RESIDENCY_PART;
    }
    return RESIDENCY_ALL;
}

enum residency residency_ask(int fd, const void *base, struct range range, uint64_t *first_missing)
{
    uint64_t ignored;
    uint64_t pages;

    if (!first_missing)
        first_missing = &ignored;
    if (range.begin >= range.end)
        return RESIDENCY_ALL;
    if (base) {
        /* cachestat keeps to the same rule as mincore, but says no where mincore lies. */
        int code = residency_count(fd, range, &pages);
        if (code == 0 || (code != EPERM && residency_allowed(fd)))
            return residency_mapped(base, range, first_missing);
    }
    return residency_probed(fd, range, first_missing);
}

void residency_request(int fd, struct range range)
{
    for (uint64_t offset = range.begin; offset < range.end; offset += REQUEST_MAX) {
        uint64_t length = range.end - offset < REQUEST_MAX ? range.end - offset : REQUEST_MAX;
        /* Fails only for what cannot be read ahead at all. */
        if (readahead(fd, (off_t)offset, (size_t)length) != 0)
            return;
    }
}

/** How many pages from `base` on are there, says mincore; 0 where it says nothing. */
static uint64_t residency_present(const char *base, size_t length)
{
    uint64_t page = residency_page();
    uint64_t pages = 0;
    unsigned char present[PAGE_BATCH];

    for (size_t at = 0; at < length; at += PAGE_BATCH * page) {
        size_t batch = length - at < PAGE_BATCH * page ? length - at : PAGE_BATCH * page;
        if (mincore((void *)(uintptr_t)(base + at), batch, present) != 0)
            return pages;
        for (size_t index = 0; index * page < batch; index++)
            pages += present[index] & 1;
    }
    return pages;
}

/** The same of a range of a file, by way of a mapping that is never touched. */
static uint64_t residency_looked(int fd, struct range range)
{
    uint64_t begin = range.begin - range.begin % residency_page();
    size_t length = (size_t)(range.end - begin);

    if (!residency_allowed(fd))
        return 0;
    void *base = mmap(NULL, length, PROT_READ, MAP_SHARED, fd, (off_t)begin);
    if (base == MAP_FAILED)
        return 0;
    uint64_t pages = residency_present(base, length);
    munmap(base, length);
    return pages;
}

/** Would cachestat say 0 whatever there is? */
static bool residency_overlaid(int fd)
{
    struct statfs system;
    return fstatfs(fd, &system) == 0 && system.f_type == OVERLAYFS_SUPER_MAGIC;
}

bool residency_cached(int fd, struct range range, uint64_t *bytes)
{
    uint64_t page = residency_page();
    uint64_t pages = 0;

    if (range.begin < range.end && residency_count(fd, range, &pages) != 0)
        return false;
    if (range.begin < range.end && pages == 0 && residency_overlaid(fd))
        pages = residency_looked(fd, range);
    uint64_t span = range.end - range.begin;
    *bytes = pages * page < span ? pages * page : span;
    return true;
}

struct residency_faults residency_faults(void)
{
    struct rusage usage;

    if (getrusage(RUSAGE_THREAD, &usage) != 0)
        return (struct residency_faults){0};
    return (struct residency_faults){(uint64_t)usage.ru_minflt, (uint64_t)usage.ru_majflt};
}
