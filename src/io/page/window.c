/* SPDX-License-Identifier: MIT */
/* io: bytes for scans. One worker thread each.
 *
 * Three ways to the bytes of a run; the first that the file system allows is taken:
 *
 *   WAY_NOWAIT   preadv2(RWF_NOWAIT) into a buffer of our own: copies what is in memory, starts the kernel's
 *                read-ahead for what is not, never waits
 *   WAY_MAPPED   64 MiB of the file mapped, sliding; mincore first, then the scan under the guard (tmpfs, FUSE, and
 *                wherever an advice was asked for)
 *   WAY_FETCH    a helper's pread into the buffer (no NOWAIT, and mincore may not speak)
 *
 * Why copy in a program about mapping? Measured on Linux 6.18, ext4, two processors, 1 GiB of log in memory, newlines
 * counted by AVX2, median ms (wc -l: 70 where cat had filled the cache, 88 where readahead() had):
 *
 *                                              two threads            one thread
 *   cache filled by                            cat     readahead      cat     readahead
 *   mapped, cachestat, plain faults             24        73           31       135
 *   the same, MADV_POPULATE_READ first          24        85           32       148
 *   NOWAIT, 256 KiB a run                       27        32           41        55
 *   NOWAIT, 1 MiB a run                         28        33           46        57
 *
 * The cost of a mapping is its faults. There is one per folio, so it depends on who filled the cache: cat leaves
 * folios of a MiB, readahead() and older kernels pages of 4 KiB that are mapped 16 at a time. And the first row is
 * not to be had: cachestat counts pages that are still on their way, and touching one of those is a wait in the
 * kernel that `stop` cannot end. mincore, which knows better, adds 10 us per MiB, and then the copy wins or is equal
 * everywhere. Where the mapping is used all the same: windows of 16, 64 and 256 MiB took 25, 24 and 31 ms, and
 * MADV_NORMAL and MADV_HUGEPAGE changed nothing once the file was in memory. Runs of 256 KiB stay in the
 * second-level cache between copy and scan.
 *
 * Invariant: whatever way, the scan gets only bytes that the file had. A file cut off during a run makes the run
 * SHORT, for the rest of a last page reads as zeros, and SEEK_DATA takes what is gone for a hole. */
#include "folio/io/page/window.h"

#include "folio/io/file/source.h"
#include "folio/io/page/fetch.h"
#include "folio/io/page/guard.h"
#include "folio/io/page/residency.h"
#include "folio/io/thread/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

/** Windows start at multiples of this, and reach one run further, so that every run is inside one. */
#define WINDOW_STRIDE (UINT64_C(64) << 20)

enum way { WAY_NOWAIT, WAY_MAPPED, WAY_FETCH };

struct window {
    int fd;
    enum advice advice;
    /** May source_data be asked? */
    bool holes;
    /** Ways that turned out not to be open; never taken back. */
    bool no_nowait;
    bool no_mapped;
    /** The last run was unreadable. The next one is not waited for, but fetched: a dead disk is to be told soon. */
    bool failed;
    /** And where that was. */
    uint64_t bad;
    /** A run has been made, so it is known which ways are open. */
    bool tried;
    /** Room for WINDOW_RUN_MAX bytes; costs what is used of it. */
    char *buffer;
    /** What is mapped; NULL: nothing. */
    char *base;
    struct range mapped;
};

/** A window_run under way. */
struct run {
    struct range range;
    const atomic_bool *stop;
    struct error *error;
    struct wait wait;
    /** Bytes of it in the buffer. */
    size_t done;
    /** The missing page waited for, and since when. */
    uint64_t missing;
    uint64_t missing_ns;
    struct fetch *fetch;
};

/** The scan and what it wants. */
struct scan {
    void (*call)(struct span bytes, void *argument);
    void *argument;
    struct span bytes;
};

/** Where a step of a run leads. */
enum step { STEP_READY, STEP_AGAIN, STEP_STOPPED, STEP_SHORT, STEP_UNREADABLE, STEP_OTHER_WAY };

struct window *window_open(int fd, enum advice advice, struct error *error)
{
    struct window *window = calloc(1, sizeof *window);
    void *buffer = mmap(NULL, WINDOW_RUN_MAX, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int own = -1;

    if (!window || buffer == MAP_FAILED) {
        error_system(error, ENOMEM, "cannot open a window");
        goto failed;
    }
    own = source_reopen(fd, &window->holes);
    if (own < 0) {
        error_system(error, errno, "cannot open a window");
        goto failed;
    }
    window->fd = own;
    window->advice = advice;
    window->buffer = buffer;
    /* What a scan reads once should not push out what the person reads. */
    (void)posix_fadvise(own, 0, 0, POSIX_FADV_NOREUSE);
    return window;
failed:
    if (buffer != MAP_FAILED)
        munmap(buffer, WINDOW_RUN_MAX);
    free(window);
    return NULL;
}

/** Forget the mapped part. */
static void window_unmap(struct window *window)
{
    if (window->base)
        munmap(window->base, (size_t)(window->mapped.end - window->mapped.begin));
    window->base = NULL;
}

void window_close(struct window *window)
{
    if (!window)
        return;
    window_unmap(window);
    munmap(window->buffer, WINDOW_RUN_MAX);
    close(window->fd);
    free(window);
}

/** Slide so that `range` is inside. False where mmap is refused. */
static bool window_slide(struct window *window, struct range range)
{
    uint64_t begin = range.begin / WINDOW_STRIDE * WINDOW_STRIDE;
    size_t length = (size_t)(WINDOW_STRIDE + WINDOW_RUN_MAX);

    if (window->base && range.begin >= window->mapped.begin && range.end <= window->mapped.end)
        return true;
    window_unmap(window);
    void *base = mmap(NULL, length, PROT_READ, MAP_SHARED | MAP_NORESERVE, window->fd, (off_t)begin);
    if (base == MAP_FAILED)
        return false;
    window->base = base;
    window->mapped = (struct range){begin, begin + length};
    advice_apply(base, length, window->advice, ADVICE_FOR_SURVEY);
    return true;
}

/** Where `offset`, which is inside the mapped part, is in memory. */
static const char *window_bytes(const struct window *window, uint64_t offset)
{
    return window->base + (offset - window->mapped.begin);
}

/** The patience of a run: until somebody says stop. */
static bool run_go_on(void *context, unsigned waited_ms)
{
    const struct run *run = context;

    (void)waited_ms;
    return !atomic_load_explicit(run->stop, memory_order_relaxed);
}

/**
 * The file may have been cut off; everything from its end on would be zeros. A remote file's size is no witness: a
 * short read alone makes the kernel believe that it shrank; there the reads themselves tell.
 */
static bool run_short(const struct window *window, const struct run *run)
{
    uint64_t size;

    return window->holes && source_size(window->fd, &size) && size < run->range.end;
}

/** The best way that is open: NOWAIT before mapping, unless an advice was asked for. */
static enum way window_way(const struct window *window)
{
    if (window->advice != ADVICE_AUTO && !window->no_mapped)
        return WAY_MAPPED;
    if (!window->no_nowait)
        return WAY_NOWAIT;
    return window->no_mapped ? WAY_FETCH : WAY_MAPPED;
}

/** Have `missing` brought: a request when it is newly missed, a fetch when it stays away or nothing else helps. */
static void run_order(const struct window *window, struct run *run, uint64_t missing, bool hopeless)
{
    uint64_t now = clock_ns();

    if (run->fetch)
        return;
    if (run->missing != missing) {
        run->missing = missing;
        run->missing_ns = now;
        if (!hopeless)
            residency_request(window->fd, (struct range){missing, run->range.end});
    }
    if (hopeless || window->failed || now - run->missing_ns >= FETCH_AFTER_MS * UINT64_C(1000000))
        run->fetch = fetch_start(window->fd, (struct range){missing, run->range.end});
}

/** Wait a little for `missing`. */
static enum step run_wait(const struct window *window, struct run *run, uint64_t missing, bool hopeless)
{
    run_order(window, run, missing, hopeless);
    return wait_nap(&run->wait, run->fetch) ? STEP_AGAIN : STEP_STOPPED;
}

/** Put what a finished fetch brought for `offset` into the buffer, if it is the next byte wanted there. */
static enum step run_take(struct window *window, struct run *run, uint64_t offset)
{
    int code = EAGAIN;
    struct span bytes = {NULL, 0};
    enum step step = STEP_AGAIN;

    if (fetch_covers(run->fetch, offset))
        bytes = fetch_bytes(run->fetch, offset, &code);
    if (bytes.length == 0 && code == 0)
        step = STEP_SHORT;
    if (code != 0 && code != EAGAIN) {
        const char *why = strerrordesc_np(code);
        error_set(run->error, code, "%s at 0x%llx", why ? why : "read error", (unsigned long long)offset);
        window->bad = offset;
        step = STEP_UNREADABLE;
    }
    if (bytes.length > 0 && offset == run->range.begin + run->done) {
        memcpy(window->buffer + run->done, bytes.data, bytes.length);
        run->done += bytes.length;
    }
    fetch_drop(run->fetch);
    run->fetch = NULL;
    return step;
}

/** How many bytes at the buffer's end can be filled without waiting: by the kernel, or because there is a hole. */
static ssize_t run_present(struct window *window, const struct run *run)
{
    struct range rest = {run->range.begin + run->done, run->range.end};
    struct iovec vector = {window->buffer + run->done, (size_t)(rest.end - rest.begin)};
    struct range data;

    if (!window->no_nowait) {
        ssize_t count = preadv2(window->fd, &vector, 1, (off_t)rest.begin, RWF_NOWAIT);
        if (count >= 0)
            return count;
        window->no_nowait = errno == EOPNOTSUPP;
    }
    /* Not in memory. If it is a hole, it never needs to be. */
    if (!window->holes)
        return -1;
    if (!source_data(window->fd, rest, &data))
        data.begin = rest.end;
    memset(vector.iov_base, 0, (size_t)(data.begin - rest.begin));
    return data.begin > rest.begin ? (ssize_t)(data.begin - rest.begin) : -1;
}

/** Fill the buffer with the whole range. */
static enum step run_fill(struct window *window, struct run *run)
{
    enum step step = STEP_AGAIN;

    while (step == STEP_AGAIN && run->done < run->range.end - run->range.begin) {
        uint64_t offset = run->range.begin + run->done;
        if (run->fetch && fetch_done(run->fetch, 0)) {
            step = run_take(window, run, offset);
            continue;
        }
        ssize_t count = run->fetch ? -1 : run_present(window, run);
        if (count > 0)
            run->done += (size_t)count;
        else if (count == 0)
            step = STEP_SHORT;
        else
            step = run_wait(window, run, offset, window->no_nowait);
    }
    if (step == STEP_AGAIN)
        step = run_short(window, run) ? STEP_SHORT : STEP_READY; /* a cut-off end looks like a hole */
    return step;
}

/** Wait until all pages of the mapped range are in memory. */
static enum step run_await(struct window *window, struct run *run)
{
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    const char *base = window_bytes(window, run->range.begin / page * page);
    bool fetched = false;

    for (;;) {
        uint64_t missing = run->range.end;
        enum residency residency = residency_ask(window->fd, base, run->range, &missing);
        if (residency == RESIDENCY_ALL)
            return STEP_READY;
        /* Read, and yet never in memory (DAX, say), or nobody may tell. */
        window->no_mapped = window->no_mapped || fetched || residency == RESIDENCY_UNKNOWN;
        if (window->no_mapped)
            return STEP_OTHER_WAY;
        if (run_short(window, run))
            return STEP_SHORT;
        struct range data = {missing, run->range.end};
        if (missing < run->range.begin)
            missing = data.begin = run->range.begin;
        /* A hole is not to be touched: on tmpfs that would allocate memory. The buffer gets zeros. */
        if (window->holes && (!source_data(window->fd, data, &data) || data.begin > missing))
            return STEP_OTHER_WAY;
        fetched = run->fetch && fetch_done(run->fetch, 0);
        enum step step = fetched ? run_take(window, run, missing) : run_wait(window, run, missing, false);
        if (step != STEP_AGAIN)
            return step;
    }
}

/** The scan, in the shape that guard_call takes. */
static void scan_call(void *argument)
{
    const struct scan *scan = argument;

    scan->call(scan->bytes, scan->argument);
}

/** The run on mapped bytes. */
static enum step run_mapped(struct window *window, struct run *run, struct scan *scan)
{
    if (!window_slide(window, run->range)) {
        window->no_mapped = true;
        return STEP_OTHER_WAY;
    }
    enum step step = run_await(window, run);
    if (step != STEP_READY)
        return step;
    scan->bytes =
        (struct span){window_bytes(window, run->range.begin), (size_t)(run->range.end - run->range.begin)};
    bool whole = guard_call(scan->bytes.data, scan->bytes.length, scan_call, scan);
    if (run_short(window, run))
        return STEP_SHORT;
    return whole ? STEP_READY : STEP_OTHER_WAY; /* the read into the buffer will tell why */
}

/** The run on a copy. */
static enum step run_copied(struct window *window, struct run *run, struct scan *scan)
{
    enum step step = run_fill(window, run);

    if (step != STEP_READY)
        return step;
    scan->bytes = (struct span){window->buffer, run->done};
    scan_call(scan);
    return STEP_READY;
}

enum window_result window_run(struct window *window, struct range range,
                              void (*scan)(struct span bytes, void *argument), void *argument,
                              const atomic_bool *stop, struct error *error)
{
    static const enum window_result result[] = {
        [STEP_READY] = WINDOW_DONE,
        [STEP_STOPPED] = WINDOW_STOPPED,
        [STEP_SHORT] = WINDOW_SHORT,
        [STEP_UNREADABLE] = WINDOW_UNREADABLE,
    };
    struct scan call = {.call = scan, .argument = argument};
    struct run run = {.range = range, .stop = stop, .error = error, .missing = UINT64_MAX};
    enum step step = STEP_OTHER_WAY;

    run.wait.patience = (struct patience){run_go_on, &run};
    if (range.end - range.begin > WINDOW_RUN_MAX)
        run.range.end = range.begin + WINDOW_RUN_MAX;
    if (window_way(window) == WAY_MAPPED)
        step = run_mapped(window, &run, &call);
    if (step == STEP_OTHER_WAY)
        step = run_copied(window, &run, &call);
    fetch_drop(run.fetch);
    window->failed = step == STEP_UNREADABLE;
    window->tried = true;
    return result[step];
}

uint64_t window_bad(const struct window *window)
{
    return window->bad;
}

/** Has this byte's page a place in the cache? */
static bool window_cached(const struct window *window, uint64_t offset)
{
    uint64_t cached;

    return residency_cached(window->fd, (struct range){offset, offset + 1}, &cached) && cached > 0;
}

void window_prefetch(struct window *window, struct range range)
{
    /* Where pages are of no use, read-ahead does harm: FUSE takes a short read for the end of the file then. */
    if (window_way(window) == WAY_FETCH || (!window->holes && !window->tried))
        return;
    /* Both ends cached: so is the rest, nearly always. To count every page costs a warm scan a fifth of its time. */
    if (range.begin >= range.end ||
        (window_cached(window, range.end - 1) && window_cached(window, range.begin)))
        return;
    residency_request(window->fd, range);
}

bool window_holds(const struct window *window, uint64_t size)
{
    uint64_t there;

    return !window->holes || !source_size(window->fd, &there) || there >= size;
}

bool window_data(const struct window *window, uint64_t offset, uint64_t size, struct range *data)
{
    struct range within = {offset, size};

    if (offset >= size)
        return false;
    *data = within;
    return !window->holes || source_data(window->fd, within, data);
}
