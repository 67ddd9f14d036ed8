/* SPDX-License-Identifier: MIT */
/* io: the view's mapping. View thread, except mapping_data.
 *
 *   |<------------------------- reserve: size + 64 GiB ------------------------->|
 *   [ file ....................... size ][ valid addresses, SIGBUS until it grows ]
 *
 * Invariant: no thread of folio touches a page before the kernel said that its bytes are in memory. What is not there
 * is requested, then asked for again and again between short naps, so that whoever waits can leave. A hole is zeros by
 * definition, so it is filled in here and never touched: reading it through the mapping would allocate memory on tmpfs.
 * Pages that do not come within FETCH_AFTER_MS are read by one fetch, which brings either the bytes or the reason. It
 * stays with the mapping when patience ends, so that the next call for the same place finds it. All this costs 4 us
 * for 64 KiB in memory, 10 us at the first touch.
 *
 * How the bytes are had is decided per mapping, and only ever goes downwards:
 *
 *   WAY_MAPPED   memcpy from the mapping; mincore says what is there
 *   WAY_NOWAIT   preadv2(RWF_NOWAIT); where mmap is refused, or mincore lies (somebody else's file, read-only) or
 *                never says yes (DAX)
 *   WAY_FETCH    a helper's pread for everything; where RWF_NOWAIT is not supported either
 *
 * Of the address space that a limit (ulimit -v) leaves, the reserve takes half at most: the rest of the program needs
 * some too. A window that slides over the file was rejected for that case: preadv2 costs the same and cannot fail.
 *
 * A file cut off between the question and the copy shows as SIGBUS, or, in its last page, as zeros. The guard sees the
 * former; asking for the size once more after the copy cuts off the latter. */
#include "folio/io/page/mapping.h"

#include "folio/io/file/source.h"
#include "folio/io/page/fetch.h"
#include "folio/io/page/guard.h"
#include "folio/io/page/residency.h"
#include "folio/io/thread/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <unistd.h>

/** Address space kept for growth. */
#define RESERVE_GROWTH (UINT64_C(64) << 30)
/** The most that one mapping_prefetch asks for. */
#define PREFETCH_MAX (UINT64_C(4) << 20)
/** Missing pages remembered from call to call. */
#define ABSENCE_COUNT 4

enum way { WAY_MAPPED, WAY_NOWAIT, WAY_FETCH };

/** A page that was asked for and has not come. */
struct absence {
    uint64_t page;
    uint64_t since_ns;
};

struct mapping {
    /** Our own open file; its number stays the same as long as the mapping lives. */
    int fd;
    /** The caller's, looked at by mapping_refresh only. */
    int source;
    char *name;
    enum mapping_kind kind;
    enum advice advice;
    enum way way;
    /** May source_data be asked? Read by any thread. */
    atomic_bool holes;
    struct source_identity identity;
    uint64_t size;
    uint64_t page;
    char *base;
    uint64_t reserve;
    /** The last missing pages, since several short waits for one page must add up. */
    struct absence absence[ABSENCE_COUNT];
    unsigned absence_next;
    /** A fetch under way or not taken yet. */
    struct fetch *fetch;
    /** The last fetch brought an error: what else is missing is fetched at once, not waited for. */
    bool failed;
};

/** A copy under way: `done` bytes of [offset, offset + length) are in `buffer`. */
struct gather {
    uint64_t offset;
    char *buffer;
    size_t length;
    size_t done;
};

/** How a step of a gather ended. */
enum gathered { GATHER_COMPLETE, GATHER_MISSING, GATHER_UNREADABLE };

/** What this process may still map: half of its address space where that is limited. */
static uint64_t mapping_allowance(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return SIZE_MAX;
    return limit.rlim_cur / 2;
}

/** Give the address space back. */
static void mapping_unmap(struct mapping *mapping)
{
    if (mapping->base)
        munmap(mapping->base, (size_t)mapping->reserve);
    mapping->base = NULL;
    mapping->reserve = 0;
}

/** Map with as much reserve as can be had, or fall back to WAY_NOWAIT. */
static void mapping_map(struct mapping *mapping)
{
    int flags = (mapping->kind == MAPPING_PRIVATE ? MAP_PRIVATE : MAP_SHARED) | MAP_NORESERVE;
    uint64_t allowance = mapping_allowance();

    mapping_unmap(mapping);
    mapping->way = WAY_NOWAIT; /* until it works */
    for (uint64_t growth = RESERVE_GROWTH;; growth /= 2) {
        uint64_t reserve = (mapping->size + growth + mapping->page - 1) / mapping->page * mapping->page;
        void *base = MAP_FAILED;
        errno = ENOMEM;
        if (reserve > 0 && reserve <= allowance)
            base = mmap(NULL, (size_t)reserve, PROT_READ, flags, mapping->fd, 0);
        if (base != MAP_FAILED) {
            mapping->base = base;
            mapping->reserve = reserve;
            mapping->way = WAY_MAPPED;
            advice_apply(base, (size_t)reserve, mapping->advice, ADVICE_FOR_VIEW);
            return;
        }
        /* ENODEV, EOVERFLOW and the like do not go away with a smaller reserve. */
        if (errno != ENOMEM || growth == 0)
            return;
        if (growth < mapping->page)
            growth = 0;
    }
}

/** Make `mapping->fd`, under its old number if it has one, stand for what the caller's descriptor stands for. */
static bool mapping_adopt(struct mapping *mapping)
{
    bool holes;
    int fd = source_reopen(mapping->source, &holes);

    if (fd < 0)
        return false;
    /* dup3 keeps the number valid at every moment for a thread in mapping_data; until it is known better, no
     * question about holes goes to the new file. */
    atomic_store(&mapping->holes, false);
    if (mapping->fd < 0) {
        mapping->fd = fd;
    } else {
        (void)dup3(fd, mapping->fd, O_CLOEXEC);
        close(fd);
    }
    atomic_store(&mapping->holes, holes);
    return true;
}

/** Let go of the fetch: its bytes are taken or no longer wanted. */
static void mapping_unfetch(struct mapping *mapping)
{
    fetch_drop(mapping->fetch);
    mapping->fetch = NULL;
}

/** Forget what is known about pages of the old content. */
static void mapping_forget(struct mapping *mapping)
{
    mapping_unfetch(mapping);
    for (unsigned index = 0; index < ABSENCE_COUNT; index++)
        mapping->absence[index].page = UINT64_MAX;
}

/** The page that `offset` is in has been missing since `since_ns`; keeps an earlier time unless that is 0. */
static const struct absence *mapping_miss(struct mapping *mapping, uint64_t offset, uint64_t since_ns)
{
    uint64_t page = offset / mapping->page * mapping->page;
    struct absence *absence = mapping->absence;

    while (absence < mapping->absence + ABSENCE_COUNT && absence->page != page)
        absence++;
    if (absence == mapping->absence + ABSENCE_COUNT) {
        absence = &mapping->absence[mapping->absence_next++ % ABSENCE_COUNT];
        *absence = (struct absence){page, since_ns};
    } else if (since_ns == 0) {
        absence->since_ns = 0;
    }
    return absence;
}

/** The page that `offset` is in has come. */
static void mapping_came(struct mapping *mapping, uint64_t offset)
{
    for (unsigned index = 0; index < ABSENCE_COUNT; index++)
        if (mapping->absence[index].page == offset / mapping->page * mapping->page)
            mapping->absence[index].page = UINT64_MAX;
}

struct mapping *mapping_open(int fd, const char *name, enum mapping_kind kind, enum advice advice,
                             struct error *error)
{
    struct mapping *mapping = calloc(1, sizeof *mapping);
    struct source_state state;

    if (!mapping || !(mapping->name = strdup(name))) {
        free(mapping);
        error_system(error, ENOMEM, "%s", name);
        return NULL;
    }
    mapping->fd = -1;
    mapping->source = fd;
    mapping->kind = kind;
    mapping->advice = advice;
    mapping->page = (uint64_t)sysconf(_SC_PAGESIZE);
    mapping_forget(mapping);
    if (!mapping_adopt(mapping) || !source_state(mapping->fd, &state)) {
        error_system(error, errno, "%s", name);
        mapping_close(mapping);
        return NULL;
    }
    mapping->size = state.size;
    mapping->identity = state.identity;
    mapping_map(mapping);
    return mapping;
}

void mapping_close(struct mapping *mapping)
{
    if (!mapping)
        return;
    fetch_drop(mapping->fetch);
    mapping_unmap(mapping);
    if (mapping->fd >= 0)
        close(mapping->fd);
    free(mapping->name);
    free(mapping);
}

uint64_t mapping_size(const struct mapping *mapping)
{
    return mapping->size;
}

bool mapping_refresh(struct mapping *mapping)
{
    struct source_state state;
    uint64_t before = mapping->size;

    /* While a read hangs, so may the server: take what the kernel knows. */
    if (mapping->fetch && !fetch_done(mapping->fetch, 0)) {
        state.identity = mapping->identity;
        if (!source_size(mapping->fd, &state.size))
            return false;
    } else if (!source_state(mapping->source, &state)) {
        return false;
    }
    /* A spool that grew too large for memory is another file under the same number. */
    bool moved =
        state.identity.device != mapping->identity.device || state.identity.inode != mapping->identity.inode;
    if (moved && !mapping_adopt(mapping))
        return false;
    mapping->size = state.size;
    mapping->identity = state.identity;
    if (moved || state.size < before)
        mapping_forget(mapping);
    if (moved || (mapping->base && state.size > mapping->reserve))
        mapping_map(mapping);
    return state.size != before;
}

void mapping_anew(struct mapping *mapping)
{
    mapping_forget(mapping);
    if (mapping_adopt(mapping))
        mapping_map(mapping);
}

/** The address of `offset` rounded down to a page. */
static const char *mapping_page(const struct mapping *mapping, uint64_t offset)
{
    return mapping->base + offset / mapping->page * mapping->page;
}

/** A memcpy for guard_call. */
struct transfer {
    void *to;
    const void *from;
    size_t length;
};

static void mapping_transfer(void *argument)
{
    const struct transfer *transfer = argument;

    memcpy(transfer->to, transfer->from, transfer->length);
}

/** Copy from the mapping what of `range` is in memory. How much; 0 also where the page turned out to be gone. */
static size_t mapping_present(struct mapping *mapping, struct range range, char *buffer)
{
    uint64_t missing = range.end;
    enum residency residency =
        residency_ask(mapping->fd, mapping_page(mapping, range.begin), range, &missing);

    if (residency == RESIDENCY_UNKNOWN)
        mapping->way = WAY_NOWAIT;
    if (residency == RESIDENCY_UNKNOWN || missing <= range.begin)
        return 0;
    struct transfer transfer = {buffer, mapping->base + range.begin, (size_t)(missing - range.begin)};
    if (guard_call(transfer.from, transfer.length, mapping_transfer, &transfer))
        return transfer.length;
    (void)mapping_miss(mapping, range.begin, 0); /* no use in waiting: fetch it */
    return 0;
}

/** Read what of `range` is in memory. */
static size_t mapping_nowait(struct mapping *mapping, struct range range, char *buffer)
{
    struct iovec vector = {buffer, (size_t)(range.end - range.begin)};
    ssize_t count = preadv2(mapping->fd, &vector, 1, (off_t)range.begin, RWF_NOWAIT);

    if (count < 0 && errno == EOPNOTSUPP)
        mapping->way = WAY_FETCH;
    return count > 0 ? (size_t)count : 0;
}

/** Fill in zeros where the file has a hole at range.begin. */
static size_t mapping_hole(const struct mapping *mapping, struct range range, char *buffer)
{
    struct range data;

    if (!atomic_load(&mapping->holes))
        return 0;
    if (!source_data(mapping->fd, range, &data))
        data.begin = range.end;
    memset(buffer, 0, (size_t)(data.begin - range.begin));
    return (size_t)(data.begin - range.begin);
}

/** Go on with what needs no waiting. */
static enum gathered gather_present(struct mapping *mapping, struct gather *gather)
{
    while (gather->done < gather->length) {
        struct range range = {gather->offset + gather->done, gather->offset + gather->length};
        char *buffer = gather->buffer + gather->done;
        size_t count = 0;
        if (mapping->way == WAY_MAPPED)
            count = mapping_present(mapping, range, buffer);
        if (count == 0 && mapping->way == WAY_NOWAIT)
            count = mapping_nowait(mapping, range, buffer);
        if (count == 0)
            count = mapping_hole(mapping, range, buffer);
        if (count == 0)
            return GATHER_MISSING;
        gather->done += count;
    }
    return GATHER_COMPLETE;
}

/** What a finished fetch brought for the place where the gather stands. */
static enum gathered gather_fetched(struct mapping *mapping, struct gather *gather, struct error *error)
{
    uint64_t offset = gather->offset + gather->done;
    int code;
    struct span bytes = fetch_bytes(mapping->fetch, offset, &code);

    if (bytes.length > gather->length - gather->done)
        bytes.length = gather->length - gather->done;
    memcpy(gather->buffer + gather->done, bytes.data, bytes.length);
    gather->done += bytes.length;
    mapping_unfetch(mapping);
    if (bytes.length == 0 && code == EAGAIN)
        return GATHER_MISSING; /* it was begun for somebody else, and stopped before this place */
    mapping_came(mapping, offset);
    mapping->failed = bytes.length == 0 && code != 0;
    if (bytes.length == 0 && code == 0)
        gather->length = gather->done; /* the file ends here now */
    if (bytes.length == 0 && code != 0) {
        (void)mapping_miss(mapping, offset, 0); /* the next one who asks is told at once */
        const char *why = strerrordesc_np(code);
        error_set(error, code, "%s: %s at 0x%llx", mapping->name, why ? why : "read error",
                  (unsigned long long)offset);
        return GATHER_UNREADABLE;
    }
    /* A page that was read and still is not there never will be: DAX, or a cache that is not the kernel's. */
    struct range page = {offset, offset + 1};
    if (bytes.length > 0 && mapping->way == WAY_MAPPED &&
        residency_ask(mapping->fd, mapping_page(mapping, offset), page, NULL) != RESIDENCY_ALL)
        mapping->way = WAY_NOWAIT;
    return gather->done < gather->length ? GATHER_MISSING : GATHER_COMPLETE;
}

/** Have the missing pages brought: a request when they are newly missed, a fetch when they stay away. */
static void gather_order(struct mapping *mapping, const struct gather *gather)
{
    struct range range = {gather->offset + gather->done, gather->offset + gather->length};
    uint64_t now = clock_ns();

    if (fetch_covers(mapping->fetch, range.begin))
        return;
    if (mapping->way != WAY_FETCH) {
        const struct absence *absence = mapping_miss(mapping, range.begin, now);
        if (absence->since_ns == now)
            residency_request(mapping->fd, (struct range){absence->page, range.end});
        if (!mapping->failed && now - absence->since_ns < FETCH_AFTER_MS * UINT64_C(1000000))
            return;
    }
    mapping_unfetch(mapping);
    mapping->fetch = fetch_start(mapping->fd, range);
}

/** Go on until all is there, or patience ends, or there is a reason to stop. */
static enum mapping_result gather_all(struct mapping *mapping, struct gather *gather,
                                      struct patience patience, struct error *error)
{
    struct wait wait = {.patience = patience};

    for (;;) {
        enum gathered step = GATHER_MISSING;
        if (!fetch_covers(mapping->fetch, gather->offset + gather->done))
            step = gather_present(mapping, gather);
        else if (fetch_done(mapping->fetch, 0))
            step = gather_fetched(mapping, gather, gather->done > 0 ? NULL : error);
        if (step == GATHER_COMPLETE || gather->done == gather->length)
            return MAPPING_OK;
        if (step == GATHER_UNREADABLE)
            return gather->done > 0 ? MAPPING_OK : MAPPING_UNREADABLE;
        gather_order(mapping, gather);
        if (!wait_nap(&wait, mapping->fetch) && !(mapping->fetch && fetch_done(mapping->fetch, 0)))
            return MAPPING_GIVEN_UP;
    }
}

enum mapping_result mapping_copy(struct mapping *mapping, uint64_t offset, void *buffer, size_t length,
                                 size_t *copied, struct patience patience, struct error *error)
{
    struct gather gather = {.offset = offset, .buffer = buffer, .length = length};
    uint64_t size;

    *copied = 0;
    if (offset >= mapping->size)
        return MAPPING_OK;
    if (gather.length > MAPPING_COPY_MAX)
        gather.length = MAPPING_COPY_MAX;
    if (gather.length > mapping->size - offset)
        gather.length = (size_t)(mapping->size - offset);
    enum mapping_result result = gather_all(mapping, &gather, patience, error);
    if (result != MAPPING_OK)
        return result;
    /* The rest of a last page that was cut off meanwhile reads as zeros, which are not data. */
    if (source_size(mapping->fd, &size) && size < offset + gather.done)
        gather.done = size > offset ? (size_t)(size - offset) : 0;
    *copied = gather.done;
    return MAPPING_OK;
}

void mapping_prefetch(struct mapping *mapping, struct range range)
{
    uint64_t cached;

    if (range.end > mapping->size)
        range.end = mapping->size;
    if (range.begin >= range.end || mapping->way == WAY_FETCH)
        return;
    if (range.end - range.begin > PREFETCH_MAX)
        range.end = range.begin + PREFETCH_MAX;
    if (residency_cached(mapping->fd, range, &cached) && cached == range.end - range.begin)
        return;
    residency_request(mapping->fd, range);
}

bool mapping_data(const struct mapping *mapping, uint64_t offset, struct range *data)
{
    uint64_t size;

    if (!source_size(mapping->fd, &size) || offset >= size)
        return false;
    *data = (struct range){offset, size};
    return !atomic_load(&mapping->holes) || source_data(mapping->fd, *data, data);
}
