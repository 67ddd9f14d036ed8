/* SPDX-License-Identifier: MIT */
/**
 * tools: what every meter needs: a clock, sorted samples, the state of the page cache, and the pieces of a command
 * line that are separated by `--`. One thread.
 */
#ifndef FOLIO_TOOLS_BENCH_MEASURE_H
#define FOLIO_TOOLS_BENCH_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Measured values, milliseconds unless said otherwise. All zero is empty. */
struct samples {
    double *value;
    size_t count, room;
};

/** Monotonic time in milliseconds, with the resolution of the clock. */
double bench_now(void);

/** Add a value. */
void samples_add(struct samples *samples, double value);

/** The value that `share` of all are not above: 0.5 the median, 1 the worst. Sorts. NaN when there is none. */
double samples_at(struct samples *samples, double share);

/** Print "NAME median M p99 P worst W (N)" with `unit`. */
void samples_print(struct samples *samples, const char *name, const char *unit);

/** Say what went wrong and end with status 2. */
_Noreturn void bench_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** How the page cache is made to hold a file. */
enum cache {
    CACHE_AS_IS, /**< whatever it is */
    CACHE_CAT,   /**< emptied, then read in order by read(2): large folios where the file system has them */
    CACHE_READAHEAD, /**< emptied, then POSIX_FADV_WILLNEED piece by piece: pages of the smallest size */
    CACHE_COLD,      /**< emptied: written back, POSIX_FADV_DONTNEED until cachestat finds nothing */
};

/** The word for it: as-is, cat, readahead, cold. Fails at another one. */
enum cache cache_named(const char *name);

/** Bring the cache to that state; fails where the kernel does not do as it is asked. */
void cache_set(const char *path, enum cache cache);

/** Bytes of the file in memory (cachestat). */
uint64_t cache_resident(const char *path);

/**
 * The next command of a command line: takes what stands before a `--` (or the end) off, terminates it with NULL and
 * returns it; NULL when nothing is left.
 */
char **command_take(int *argc, char ***argv);

#endif
