/* SPDX-License-Identifier: MIT */
/**
 * tests: memory with a fence on both sides.
 *
 * A few pages between two that may not be touched, so that a read of one byte too many is a crash and not a matter
 * of luck. Owned by the test, one thread.
 */
#ifndef FOLIO_TESTS_BASE_FENCE_H
#define FOLIO_TESTS_BASE_FENCE_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/** `length` bytes at `data`; data[-1] and data[length] crash. */
struct fence {
    char *data;
    size_t length;
    char *base;
    size_t whole;
};

/** At least `length` bytes, rounded up to pages, between two fences. Aborts where there is no memory. */
static inline struct fence fence_open(size_t length)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t inner = (length + page - 1) / page * page;
    size_t whole = inner + 2 * page;
    char *base = mmap(NULL, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (base == MAP_FAILED || mprotect(base + page, inner, PROT_READ | PROT_WRITE) != 0)
        abort();
    return (struct fence){.data = base + page, .length = inner, .base = base, .whole = whole};
}

static inline void fence_close(struct fence *fence)
{
    (void)munmap(fence->base, fence->whole);
}

/** Random numbers that are the same in every run (xorshift). `*state` must not be 0. */
static inline uint64_t random_next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

#endif
