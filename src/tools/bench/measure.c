/* SPDX-License-Identifier: MIT */
/* tools: clock, samples, page cache (see the header). */
#include "measure.h"

#include <fcntl.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* glibc of this age has no cachestat; the number is the same on every architecture. */
#ifndef SYS_cachestat
#define SYS_cachestat 451
#endif

enum { PIECE = 1 << 20, ATTEMPTS = 200 };

struct cachestat_range {
    uint64_t offset, length;
};

struct cachestat {
    uint64_t cached, dirty, writeback, evicted, recently_evicted;
};

double bench_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void bench_fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("bench: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(2);
}

void samples_add(struct samples *samples, double value)
{
    if (samples->count == samples->room) {
        samples->room = samples->room ? 2 * samples->room : 64;
        samples->value = realloc(samples->value, samples->room * sizeof *samples->value);
        if (!samples->value)
            bench_fail("out of memory");
    }
    samples->value[samples->count++] = value;
}

static int value_compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double samples_at(struct samples *samples, double share)
{
    if (samples->count == 0)
        return NAN;
    qsort(samples->value, samples->count, sizeof *samples->value, value_compare);
    size_t rank = (size_t)ceil(share * (double)samples->count);
    return samples->value[rank > 0 ? rank - 1 : 0];
}

void samples_print(struct samples *samples, const char *name, const char *unit)
{
    printf("%s median %.2f p99 %.2f worst %.2f %s (%zu)\n", name, samples_at(samples, 0.5),
           samples_at(samples, 0.99), samples_at(samples, 1), unit, samples->count);
}

static int file_open(const char *path, uint64_t *size)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &status) < 0)
        bench_fail("%s cannot be opened", path);
    *size = (uint64_t)status.st_size;
    return fd;
}

static uint64_t resident(int fd, uint64_t size)
{
    struct cachestat_range range = {0, size};
    struct cachestat state;
    if (syscall(SYS_cachestat, fd, &range, &state, 0) < 0)
        bench_fail("cachestat: needs Linux 6.5 and a file of one's own");
    return state.cached * (uint64_t)sysconf(_SC_PAGESIZE);
}

uint64_t cache_resident(const char *path)
{
    uint64_t size;
    int fd = file_open(path, &size);
    uint64_t bytes = resident(fd, size);
    close(fd);
    return bytes;
}

static void cache_empty(int fd, uint64_t size, const char *path)
{
    static const struct timespec nap = {0, 10000000};
    fsync(fd);
    /* Pages wait in per-processor lists for a moment and are then not dropped. */
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
        if (resident(fd, size) == 0)
            return;
        nanosleep(&nap, NULL);
    }
    bench_fail("%s does not leave the page cache: does another program use it?", path);
}

static void cache_read(int fd)
{
    static char buffer[128 << 10];
    while (read(fd, buffer, sizeof buffer) > 0)
        ;
}

static void cache_ask(int fd, uint64_t size, const char *path)
{
    static const struct timespec nap = {0, 5000000};
    for (int attempt = 0; attempt < 20 * ATTEMPTS; attempt++) {
        /* Again and again: what is asked for while the device is busy may be dropped. */
        for (uint64_t at = 0; attempt % 20 == 0 && at < size; at += PIECE)
            posix_fadvise(fd, (off_t)at, PIECE, POSIX_FADV_WILLNEED);
        if (resident(fd, size) >= size)
            return;
        nanosleep(&nap, NULL);
    }
    bench_fail("%s does not come into the page cache by read-ahead", path);
}

enum cache cache_named(const char *name)
{
    static const char *const names[] = {"as-is", "cat", "readahead", "cold"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return (enum cache)i;
    bench_fail("the cache cannot be %s: as-is, cat, readahead or cold", name);
}

void cache_set(const char *path, enum cache cache)
{
    uint64_t size;
    int fd = file_open(path, &size);
    if (cache != CACHE_AS_IS)
        cache_empty(fd, size, path);
    /* Read-ahead state is kept with the open file, and was not used yet. */
    if (cache == CACHE_CAT)
        cache_read(fd);
    if (cache == CACHE_READAHEAD)
        cache_ask(fd, size, path);
    close(fd);
}

char **command_take(int *argc, char ***argv)
{
    char **command = *argv;
    int length = 0;
    while (length < *argc && strcmp(command[length], "--") != 0)
        length++;
    int used = length < *argc ? length + 1 : length;
    *argc -= used;
    *argv += used;
    command[length] = NULL;
    return length > 0 ? command : NULL;
}
