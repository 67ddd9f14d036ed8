/* SPDX-License-Identifier: MIT */
/* io: a poke from its first question to its last. Any thread that may wait.
 *
 *      check      what it is, how long it is, whether its name still leads to it     check.c
 *      compare    every byte, with pread: what is refused here has touched nothing   check.c
 *      open       /proc/self/fd/N for reading and writing, each byte locked          check.c
 *      compare    once more: now no other folio can change them                      check.c
 *      room       is there any for the holes? asked, not taken                       store.c
 *      intent     in the journal, on the disk, before the file is touched            journal.c
 *      allocate   blocks for holes                                                   store.c
 *      store      a page mapped, made writable, one compare-and-swap per byte        store.c
 *      sync       msync of that page                                                 store.c
 *      verify     read past the cache                                                verify.c
 *      done       in the journal; lock and descriptor go                             here
 *
 * What all of these need (saying no, the size now, the byte in the cache) is in step.c.
 *
 * The invariant: at each moment, and after a crash at each moment, either the byte is what it was and nothing says
 * otherwise, or the journal has what it was. And no count in the result is raised before the kernel has answered.
 *
 * Why so:
 *  - The view's descriptor cannot write, and is never made to: one that can keeps a program from being run, and on an
 *    overlay copies the file. Ours goes through /proc, for the name may lead elsewhere by now.
 *  - A store into a mapping and not a write: a compare-and-swap is the one operation in which no change of another
 *    program is lost. Where mapping is refused, compare and pwrite follow each other, and the result says so.
 *  - A failed msync is final. The kernel marks the page clean and the next msync says yes, with the old byte still on
 *    the disk. Storing once more and then msync is a new poke, with an entry of its own.
 *  - A store that finds no room raises SIGBUS. Blocks are asked for first (fallocate), the page is made writable next
 *    (MADV_POPULATE_WRITE reserves what copy-on-write needs, and answers with an errno), and the store itself runs
 *    under the guard, for others take room at the same time.
 *  - Read back, because only that finds a disk that said yes and lost it. */
#include "folio/io/poke/poke.h"

#include "inside.h"

#include "folio/io/journal/place.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/** The bytes around an offset, as many as there are. */
static void poke_context(const struct poke *poke, struct poke_window *window, struct journal_entry *entry)
{
    uint64_t offset = entry->offset;
    uint64_t begin;
    uint64_t end;
    const uint8_t *data = poke_look(window, poke->fd, offset, &begin, &end);

    if (offset >= end)
        return;
    uint64_t left = offset - begin;
    uint64_t right = end - offset - 1;
    entry->left_count = (uint8_t)(left < JOURNAL_CONTEXT ? left : JOURNAL_CONTEXT);
    entry->right_count = (uint8_t)(right < JOURNAL_CONTEXT ? right : JOURNAL_CONTEXT);
    memcpy(entry->left, data + left - entry->left_count, entry->left_count);
    memcpy(entry->right, data + left + 1, entry->right_count);
}

/** The entries, before anything is stored. */
static bool poke_intend(struct poke *poke)
{
    const struct poke_request *request = poke->request;
    struct poke_window window = {.filled = 0};
    struct journal_file file;
    struct error error = {0};

    poke->entry = calloc(request->count, sizeof *poke->entry);
    if (!poke->entry)
        return poke_refuse(poke, POKE_SYSTEM, 0, ENOMEM, "nothing is changed: out of memory");
    (void)journal_identify(poke->fd, &file);
    for (size_t index = 0; index < request->count; index++) {
        const struct poke_byte *byte = &request->byte[index];
        poke->entry[index] = (struct journal_entry){.way = byte->reverts != 0 ? request->way : JOURNAL_POKE,
                                                    .reverts = byte->reverts,
                                                    .offset = byte->offset,
                                                    .before = (uint8_t)byte->expected,
                                                    .after = byte->value,
                                                    .size = poke->size,
                                                    .inode = file.inode,
                                                    .birth_ns = file.birth_ns,
                                                    .system = file.system,
                                                    .path = poke->name};
        poke_context(poke, &window, &poke->entry[index]);
    }
    if (!journal_begin(request->journal, request->since, poke->entry, request->count, &error))
        return poke_refuse(poke, POKE_JOURNAL, 0, error.code, "nothing is changed: %s", error.message);
    poke->result->group = poke->entry[0].id;
    return true;
}

/** The state in which the journal keeps byte `index`. */
static enum journal_state poke_state(const struct poke_result *result, size_t index)
{
    if (index >= result->stored)
        return JOURNAL_REFUSED;
    if (result->reason == POKE_LOST && index >= result->which)
        return JOURNAL_LOST;
    if (index >= result->synced || (result->reason == POKE_MISSING && index == result->which))
        return JOURNAL_FAILED;
    return JOURNAL_DONE;
}

/**
 * The journal learns what came of it. Entries that stay "intent" are judged by the byte: nothing is lost when this
 * fails.
 */
static void poke_settle(const struct poke *poke)
{
    for (size_t index = 0; index < poke->request->count; index++)
        poke->entry[index].state = poke_state(poke->result, index);
    (void)journal_mark_all(poke->request->journal, poke->entry, poke->request->count, NULL);
}

/** The bytes from `first` on that lie in one page. */
static struct poke_run poke_next(const struct poke *poke, size_t first)
{
    const struct poke_byte *byte = poke->request->byte;
    struct poke_run run = {.first = first, .place = byte[first].offset / poke->page * poke->page};

    while (first + run.count < poke->request->count &&
           byte[first + run.count].offset / poke->page * poke->page == run.place)
        run.count++;
    return run;
}

/** Is the rest of the group not wanted any more? Then what is stored so far is all. */
static bool poke_stops(struct poke *poke, size_t done)
{
    struct poke_progress *progress = poke->request->progress;

    if (!progress)
        return false;
    atomic_store(&progress->stored, done);
    if (done == 0 || !atomic_load(&progress->stop))
        return false;
    atomic_store(&progress->stopped, true);
    (void)poke_refuse(poke, POKE_STOPPED, done, 0, "the rest was left out, because folio was to end");
    return true;
}

/** Store, sync and verify, a page at a time. */
static bool poke_carry_out(struct poke *poke)
{
    for (size_t done = 0; done < poke->request->count;) {
        struct poke_run run = poke_next(poke, done);
        if (poke_stops(poke, done))
            return false;
        if (!poke_store(poke, &run) || !poke_verify(poke, &run))
            return false;
        done += run.count;
    }
    if (poke->request->progress)
        atomic_store(&poke->request->progress->stored, poke->request->count);
    return true;
}

/** Is the file still as long as it must be? What lies behind its end is lost, whatever msync said. */
static bool poke_still_there(struct poke *poke)
{
    struct poke_result *result = poke->result;
    struct stat now;

    if (!poke_size(poke->fd, &now, &result->size))
        return true;
    result->modified_ns = now.st_mtim.tv_sec * INT64_C(1000000000) + now.st_mtim.tv_nsec;
    for (size_t index = 0; index < result->written; index++)
        if (poke->request->byte[index].offset >= result->size)
            return poke_refuse(poke, POKE_LOST, index, 0,
                               "0x%08" PRIx64 " of %s is lost: the file was cut to %" PRIu64
                               " bytes while it was written",
                               poke->request->byte[index].offset, poke->name, result->size);
    return true;
}

/** The steps from the first to the last that holds nothing. */
static bool poke_steps(struct poke *poke)
{
    if (!poke_check(poke) || !poke_compare(poke) || !poke_open(poke) || !poke_compare(poke) ||
        !poke_room(poke) || !poke_intend(poke))
        return false;
    bool fine = poke_allocate(poke) && poke_carry_out(poke);
    fine = poke_still_there(poke) && fine;
    poke_settle(poke);
    return fine;
}

/** Close what can write. A FUSE server may tell of a failed write only now. */
static bool poke_leave(struct poke *poke, bool fine)
{
    struct poke_result *result = poke->result;
    size_t which = fine ? poke->request->count - 1 : result->which;
    uint64_t offset = poke->request->byte[which].offset;

    if (poke->direct >= 0)
        close(poke->direct);
    if (poke->fd >= 0) {
        result->cached = poke_cached(poke->fd, offset);
        if (close(poke->fd) != 0 && fine) {
            fine = poke_refuse(poke, POKE_UNSYNCED, which, errno,
                               "NOT saved: 0x%08" PRIx64 " of %s: closing it: %s", offset, poke->name,
                               strerror(errno));
            result->cached = poke_cached(poke->request->fd, offset);
            result->synced = result->verified = 0;
            poke_seen(poke, poke->request->fd, 0);
            poke_settle(poke);
        }
    }
    journal_end(poke->request->journal);
    free(poke->entry);
    return fine;
}

/** Writing past RLIMIT_FSIZE sends SIGXFSZ, which kills; blocked, it is EFBIG and a pending signal to be taken. */
static bool poke_calm(sigset_t *before)
{
    sigset_t set;
    sigset_t pending;

    sigemptyset(&set);
    sigaddset(&set, SIGXFSZ);
    (void)pthread_sigmask(SIG_BLOCK, &set, before);
    return sigpending(&pending) == 0 && sigismember(&pending, SIGXFSZ) == 1;
}

static void poke_calm_over(const sigset_t *before, bool pending)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGXFSZ);
    if (!pending)
        (void)sigtimedwait(&set, NULL, &(struct timespec){0});
    (void)pthread_sigmask(SIG_SETMASK, before, NULL);
}

bool poke_run(struct poke_request *request, struct poke_result *result)
{
    struct poke poke = {.request = request, .result = result, .fd = -1, .direct = -1};
    sigset_t before;
    bool pending = poke_calm(&before);

    if (request->progress) {
        atomic_store(&request->progress->stored, 0);
        atomic_store(&request->progress->count, request->count);
    }
    *result = (struct poke_result){.cached = -1, .disk = -1, .atomic = true};
    poke.page = (size_t)sysconf(_SC_PAGESIZE);
    bool fine = poke_leave(&poke, poke_steps(&poke));
    poke_calm_over(&before, pending);
    return fine;
}
