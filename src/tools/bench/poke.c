/* SPDX-License-Identifier: MIT */
/*
 * tools: what a poke costs beside the bare sequence that it is built on.
 *
 *     bench_poke FILE JOURNAL [TIMES]     FILE is made, 8 MiB; TIMES is 401
 *
 * In turns, each at a random byte: open, mmap, store, msync, munmap, close; and a poke up to "verified", with its entry
 * in the journal. Prints the median of both and how many times the one the other is.
 */
#include "folio/io/poke/poke.h"

#include "measure.h"

#include "folio/io/page/guard.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LENGTH = 8 << 20, PAGE = 4096 };

static uint64_t bench_offset(void)
{
    return (uint64_t)rand() % LENGTH;
}

static void bench_make(const char *path)
{
    FILE *file = fopen(path, "w");
    if (!file)
        bench_fail("%s cannot be made", path);
    for (int byte = 0; byte < LENGTH; byte++)
        putc(byte * 7 % 251, file);
    if (fclose(file) != 0)
        bench_fail("%s cannot be made", path);
    sync();
}

/** The sequence without any care. */
static void bench_bare(const char *path)
{
    uint64_t offset = bench_offset();
    int fd = open(path, O_RDWR | O_CLOEXEC);
    char *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, (off_t)(offset / PAGE * PAGE));
    if (page == MAP_FAILED)
        bench_fail("%s cannot be mapped", path);
    page[offset % PAGE] ^= 1;
    if (msync(page, PAGE, MS_SYNC) != 0)
        bench_fail("%s cannot be synced", path);
    munmap(page, PAGE);
    close(fd);
}

static void bench_poke(const char *path, int fd, struct journal *journal, size_t *verified)
{
    struct poke_byte byte = {.offset = bench_offset(), .expected = POKE_ANY, .value = (uint8_t)rand()};
    struct poke_request request = {.fd = fd, .path = path, .byte = &byte, .count = 1, .journal = journal};
    struct poke_result result;
    if (!poke_run(&request, &result))
        bench_fail("%s", result.error.message);
    *verified += result.verified;
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc > 4)
        bench_fail("usage: bench_poke FILE JOURNAL [TIMES]");
    size_t times = argc > 3 ? strtoul(argv[3], NULL, 10) : 401;
    size_t verified = 0;
    struct samples bare = {0};
    struct samples poke = {0};
    struct error error;
    guard_install();
    bench_make(argv[1]);
    struct journal *journal = journal_open(argv[2], &error);
    int fd = open(argv[1], O_RDONLY | O_CLOEXEC);
    if (!journal || fd < 0)
        bench_fail("%s", !journal ? error.message : argv[1]);
    for (size_t time = 0; time < times; time++) {
        double start = bench_now();
        bench_bare(argv[1]);
        double between = bench_now();
        bench_poke(argv[1], fd, journal, &verified);
        samples_add(&bare, between - start);
        samples_add(&poke, bench_now() - between);
    }
    double ratio = samples_at(&poke, 0.5) / samples_at(&bare, 0.5);
    printf("bare %.3f ms, poke %.3f ms: %.2f times (%zu of %zu verified)\n", samples_at(&bare, 0.5),
           samples_at(&poke, 0.5), ratio, verified, times);
    journal_close(journal);
    close(fd);
    return 0;
}
