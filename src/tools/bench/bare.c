/* SPDX-License-Identifier: MIT */
/*
 * tools: a program that changes a byte as folio --poke does, without anything else.
 *
 *     bench_bare FILE JOURNAL OFFSET BYTE
 *
 * Opens and compares, appends a line to JOURNAL and waits for the disk, maps the page, swaps, syncs, reads past the cache,
 * marks the line. For script/bench, which measures both from their start to their end.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096, LINE = 256 };

/** A line on the disk; -1: it is not. Its place is `*place`. */
static int bare_intend(const char *path, off_t *place)
{
    char line[LINE];
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    snprintf(line, sizeof line, "%-*s", LINE - 1, "intent");
    line[LINE - 1] = '\n';
    *place = fd < 0 ? -1 : lseek(fd, 0, SEEK_END);
    return *place >= 0 && pwrite(fd, line, sizeof line, *place) == LINE && fdatasync(fd) == 0 ? fd : -1;
}

/** The byte in the page of the file, stored and synced. */
static bool bare_store(int fd, off_t offset, uint8_t byte)
{
    uint8_t *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset / PAGE * PAGE);
    if (page == MAP_FAILED)
        return false;
    page[offset % PAGE] = byte;
    return msync(page, PAGE, MS_SYNC) == 0 && munmap(page, PAGE) == 0;
}

/** Is it on the disk? Where that cannot be asked it is believed. */
static bool bare_verify(const char *path, off_t offset, uint8_t byte)
{
    void *block = NULL;
    int fd = open(path, O_RDONLY | O_DIRECT | O_CLOEXEC);
    if (fd < 0 || posix_memalign(&block, PAGE, PAGE) != 0)
        return true;
    return pread(fd, block, PAGE, offset / PAGE * PAGE) < 0 || ((uint8_t *)block)[offset % PAGE] == byte;
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    off_t offset = (off_t)strtoull(argv[3], NULL, 0);
    uint8_t byte = (uint8_t)strtoul(argv[4], NULL, 16);
    uint8_t before;
    off_t place;
    int fd = open(argv[1], O_RDWR | O_CLOEXEC);
    if (fd < 0 || pread(fd, &before, 1, offset) != 1)
        return 1;
    int journal = bare_intend(argv[2], &place);
    if (journal < 0 || !bare_store(fd, offset, byte) || !bare_verify(argv[1], offset, byte) ||
        pwrite(journal, "done  ", 6, place) != 6)
        return 1;
    printf("0x%08llx: %02x -> %02x\n", (unsigned long long)offset, before, byte);
    return 0;
}
