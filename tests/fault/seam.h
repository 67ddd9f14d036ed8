/* SPDX-License-Identifier: MIT */
/**
 * tests: the seam, shared by the program that fails on request (seam.c) and the one that requests (seam_loop.c).
 *
 * folio_seam is folio, linked once more from the same object files, with each function below led through seam.c
 * (the linker's --wrap): nothing of it is in the product. It obeys the environment:
 *
 *     FOLIO_SEAM=KIND:N:ERRNO     the N-th call (from 1) of KIND fails with ERRNO; N+ means that one and all after it
 *     FOLIO_SEAM_LOG=FILE         a file of sizeof(struct seam_log) bytes, mapped shared: counts, and who was refused
 *
 * Without FOLIO_SEAM it only counts. The kinds are groups of functions that fail for the same reasons.
 */
#ifndef FOLIO_TESTS_SEAM_H
#define FOLIO_TESTS_SEAM_H

#include <stdint.h>

/** KIND(name, errno values that it is made to fail with; 0 ends them) */
#define SEAM_KINDS                                                                                           \
    KIND(memory, ENOMEM, 0)                                                                                  \
    KIND(mmap, ENOMEM, ENODEV)                                                                               \
    KIND(madvise, EINVAL, 0)                                                                                 \
    KIND(mincore, ENOSYS, EAGAIN)                                                                            \
    KIND(open, EMFILE, EACCES)                                                                               \
    KIND(stat, EIO, EOVERFLOW)                                                                               \
    KIND(lseek, EINVAL, EIO)                                                                                 \
    KIND(pread, EIO, EINTR)                                                                                  \
    KIND(preadv, EOPNOTSUPP, EIO)                                                                            \
    KIND(read, EIO, EINTR)                                                                                   \
    KIND(write, EIO, ENOSPC)                                                                                 \
    KIND(advise, ENOSYS, 0)                                                                                  \
    KIND(cachestat, ENOSYS, EPERM)                                                                           \
    KIND(descriptor, EMFILE, 0)                                                                              \
    KIND(folder, ENOENT, EACCES)                                                                             \
    KIND(control, EINVAL, 0)                                                                                 \
    KIND(thread, EAGAIN, 0)                                                                                  \
    KIND(poll, EINTR, ENOMEM)                                                                                \
    KIND(watch, ENOSPC, 0)                                                                                   \
    KIND(terminal, EIO, 0)                                                                                   \
    KIND(pattern, ENOMEM, 0)                                                                                 \
    KIND(match, ENOMEM, 0)                                                                                   \
    KIND(magic, ENOMEM, 0)                                                                                   \
    KIND(iconv, EMFILE, 0)

enum seam_kind {
#define KIND(name, first, second) SEAM_##name,
    SEAM_KINDS
#undef KIND
        SEAM_KIND_COUNT
};

/** What a run leaves behind; the program writes it with atomics, the loop reads it when the program has ended. */
struct seam_log {
    uint64_t calls[SEAM_KIND_COUNT]; /**< calls of each kind */
    uint64_t refused;                /**< how many were made to fail */
    uint64_t caller;                 /**< the first of them: its caller, as an address for addr2line */
};

/** The linker's: where the program begins in memory. Addresses in the log count from it. */
extern const char __executable_start[];

#endif
