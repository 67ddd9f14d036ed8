/* SPDX-License-Identifier: MIT */
/* io: private windows with changed bytes in them (see the header). Helper threads; no state.
 *
 *   anonymous  [ 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 ]   the window, reserved
 *   file       [ data, mapped ][ hole: left ][ data, mapped ]   over it, page by page what holds data
 *   stored               x          x                           the kernel copies those two pages
 *
 * Mapped with MAP_PRIVATE, over a descriptor that can only read: the kernel copies a page at its first store, and what is
 * stored has no way into the file. MAP_NORESERVE, for such a mapping is charged to the memory that may be promised, all
 * of it, though only the pages with a change are ever copied.
 *
 *  - A page is touched only after a pread has brought it in: a thread in a page fault of a dead disk cannot be killed,
 *    one in pread can. What pread brought and mincore still does not see (DAX, or a stranger who is told nothing), and
 *    what cannot be mapped at all, is read into the window instead: the same bytes, only paid for.
 *  - A hole is not mapped. Its bytes are zeros by definition, and on tmpfs even reading it through a mapping would
 *    allocate the page in the file.
 *  - Everything on mapped pages happens under the guard. Truncation takes away also the pages that were copied, so a
 *    window is no snapshot, and the size is looked at once more before anybody believes what was seen in it: the rest of
 *    a last page that was cut off reads as zeros.
 *
 * That is also why the view does not look through such a window: edits would be lost by a truncation, their pages would
 * no longer follow the file, and bytes appended to a copied last page would never be seen. There edits are a list. */
#include "folio/io/page/sandbox.h"

#include "folio/io/file/source.h"
#include "folio/io/page/guard.h"
#include "folio/io/page/residency.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/** Bytes of one read that only brings pages in. */
#define SANDBOX_READ 65536u

struct sandbox {
    int fd;     /**< our own: asking for holes moves its place */
    bool holes; /**< may source_data be asked? */
    struct range range;
    uint64_t page;
    /** The window: `length` bytes, from the page that holds range.begin, at offset `place` of the file. */
    char *base;
    uint64_t place;
    size_t length;
    /** What it is for. */
    const struct sandbox_byte *byte;
    size_t count;
    void (*look)(struct span bytes, void *argument);
    void *argument;
    struct error *error;
};

static char *sandbox_at(const struct sandbox *sandbox, uint64_t offset)
{
    return sandbox->base + (offset - sandbox->place);
}

/** Put anonymous memory, or the file, over whole pages of the window. False where the file cannot be mapped. */
static bool sandbox_map(const struct sandbox *sandbox, struct range pages, bool file)
{
    int flags = MAP_PRIVATE | MAP_NORESERVE | MAP_FIXED | (file ? 0 : MAP_ANONYMOUS);
    void *base = mmap(sandbox_at(sandbox, pages.begin), (size_t)(pages.end - pages.begin),
                      PROT_READ | PROT_WRITE, flags, file ? sandbox->fd : -1, file ? (off_t)pages.begin : 0);
    return base != MAP_FAILED;
}

/** Read `range` to `to`, or (NULL) to nowhere. */
static enum sandbox_result sandbox_read(const struct sandbox *sandbox, struct range range, char *to)
{
    char *scratch = to ? NULL : malloc(SANDBOX_READ);
    enum sandbox_result result = SANDBOX_DONE;
    if (!to && !scratch) {
        error_system(sandbox->error, ENOMEM, "no window");
        return SANDBOX_UNREADABLE;
    }
    while (range.begin < range.end && result == SANDBOX_DONE) {
        size_t want =
            range.end - range.begin < SANDBOX_READ ? (size_t)(range.end - range.begin) : SANDBOX_READ;
        ssize_t got = pread(sandbox->fd, to ? to : scratch, want, (off_t)range.begin);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            const char *why = strerrordesc_np(errno);
            error_set(sandbox->error, errno, "%s at 0x%llx", why ? why : "read error",
                      (unsigned long long)range.begin);
            result = SANDBOX_UNREADABLE;
        } else if (got == 0) {
            result = SANDBOX_CHANGED;
        } else {
            range.begin += (uint64_t)got;
            to = to ? to + got : NULL;
        }
    }
    free(scratch);
    return result;
}

/** Have whole pages of data in the window: mapped where that is safe, else read. */
static enum sandbox_result sandbox_bring(const struct sandbox *sandbox, struct range pages)
{
    struct range data = {pages.begin, pages.end < sandbox->range.end ? pages.end : sandbox->range.end};
    if (sandbox_map(sandbox, pages, true)) {
        enum sandbox_result result = sandbox_read(sandbox, data, NULL);
        if (result != SANDBOX_DONE ||
            residency_ask(sandbox->fd, sandbox_at(sandbox, pages.begin), data, NULL) == RESIDENCY_ALL)
            return result;
    }
    if (!sandbox_map(sandbox, pages, false)) {
        error_system(sandbox->error, errno, "no window");
        return SANDBOX_UNREADABLE;
    }
    return sandbox_read(sandbox, data, sandbox_at(sandbox, pages.begin));
}

/** The whole pages from `offset` on that hold any data, or nothing: `pages` is empty where the rest is a hole. */
static struct range sandbox_data(const struct sandbox *sandbox, uint64_t offset)
{
    struct range rest = {offset, sandbox->range.end}, data = rest;
    if (sandbox->holes && !source_data(sandbox->fd, rest, &data))
        return (struct range){rest.end, rest.end};
    data.begin -= data.begin % sandbox->page;
    data.end = (data.end + sandbox->page - 1) / sandbox->page * sandbox->page;
    return data;
}

/** Everything that the window is to hold. */
static enum sandbox_result sandbox_fill(const struct sandbox *sandbox)
{
    enum sandbox_result result = SANDBOX_DONE;
    for (uint64_t offset = sandbox->place; offset < sandbox->range.end && result == SANDBOX_DONE;) {
        struct range pages = sandbox_data(sandbox, offset);
        if (pages.begin < pages.end)
            result = sandbox_bring(sandbox, pages);
        offset = pages.end;
    }
    return result;
}

/** Under the guard: change the bytes, and let them be looked at. */
static void sandbox_look(void *argument)
{
    const struct sandbox *sandbox = argument;
    struct span bytes = {sandbox_at(sandbox, sandbox->range.begin),
                         (size_t)(sandbox->range.end - sandbox->range.begin)};
    for (size_t i = 0; i < sandbox->count; i++)
        if (sandbox->byte[i].offset >= sandbox->range.begin && sandbox->byte[i].offset < sandbox->range.end)
            *sandbox_at(sandbox, sandbox->byte[i].offset) = (char)sandbox->byte[i].value;
    sandbox->look(bytes, sandbox->argument);
}

/** Reserve the window. An empty one needs no memory. */
static bool sandbox_reserve(struct sandbox *sandbox)
{
    sandbox->page = (uint64_t)sysconf(_SC_PAGESIZE);
    sandbox->place = sandbox->range.begin - sandbox->range.begin % sandbox->page;
    sandbox->length =
        (size_t)((sandbox->range.end - sandbox->place + sandbox->page - 1) / sandbox->page * sandbox->page);
    void *base = mmap(NULL, sandbox->length, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED)
        return error_system(sandbox->error, errno, "no window");
    sandbox->base = base;
    return true;
}

/** The run on a range that is not empty. */
static enum sandbox_result sandbox_go(struct sandbox *sandbox)
{
    struct source_state after;
    if (!sandbox_reserve(sandbox))
        return SANDBOX_UNREADABLE;
    enum sandbox_result result = sandbox_fill(sandbox);
    if (result == SANDBOX_DONE && !guard_call(sandbox->base, sandbox->length, sandbox_look, sandbox))
        result = SANDBOX_CHANGED;
    if (result == SANDBOX_DONE && (!source_state(sandbox->fd, &after) || after.size < sandbox->range.end))
        result = SANDBOX_CHANGED;
    munmap(sandbox->base, sandbox->length);
    return result;
}

enum sandbox_result sandbox_run(int fd, struct range range, const struct sandbox_byte *byte, size_t count,
                                void (*look)(struct span bytes, void *argument), void *argument,
                                struct error *error)
{
    struct sandbox sandbox = {
        .range = range, .byte = byte, .count = count, .look = look, .argument = argument, .error = error};
    struct source_state state;
    enum sandbox_result result = SANDBOX_UNREADABLE;
    sandbox.fd = source_reopen(fd, &sandbox.holes);
    if (sandbox.fd < 0 || !source_state(sandbox.fd, &state)) {
        error_system(error, errno, "no window");
        goto done;
    }
    if (sandbox.range.end > state.size)
        sandbox.range.end = state.size;
    if (sandbox.range.begin < sandbox.range.end) {
        result = sandbox_go(&sandbox);
    } else {
        look((struct span){"", 0}, argument);
        result = SANDBOX_DONE;
    }
done:
    if (sandbox.fd >= 0)
        close(sandbox.fd);
    return result;
}
