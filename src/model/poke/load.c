/* SPDX-License-Identifier: MIT */
/* model: a list of pokes from a file (see the header). Any thread that may wait. */
#include "folio/model/poke/load.h"

#include "folio/base/bytes/buf.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

/** The longest list of pokes that is read. */
#define LOAD_MAX ((size_t)64 << 20)
/** Read at a time. */
#define LOAD_STEP ((size_t)64 << 10)

/** The bytes of the target, as a struct poke_now has them read. */
static size_t load_now(void *context, uint64_t offset, uint8_t *byte, size_t count)
{
    const struct poke_target *target = context;
    ssize_t got;
    do
        got = pread(target->fd, byte, count, (off_t)offset);
    while (got < 0 && errno == EINTR);
    if (got > 0 && target->edits)
        edits_apply(target->edits, offset, byte, (size_t)got);
    return got > 0 ? (size_t)got : 0;
}

/** The next bytes; 0 at the end, -1 and errno. A pipe that nobody writes to yet has not ended. */
static ssize_t load_step(int fd, char *block)
{
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    ssize_t count;
    do {
        (void)poll(&wait, 1, -1);
        count = read(fd, block, LOAD_STEP);
    } while (count < 0 && errno == EINTR);
    return count;
}

/** All of it in memory. */
static bool load_text(int fd, const char *name, struct buf *text, struct error *error)
{
    ssize_t count = 1;
    char *block = malloc(LOAD_STEP);
    if (!block)
        return error_set(error, 0, "%s: out of memory", name);
    while (count > 0 && text->length <= LOAD_MAX && !text->failed) {
        count = load_step(fd, block);
        buf_append(text, block, count > 0 ? (size_t)count : 0);
    }
    if (count < 0)
        error_system(error, errno, "%s", name);
    else if (text->failed)
        error_set(error, 0, "%s: out of memory", name);
    else if (count > 0)
        error_set(error, 0, "%s is too long for a list of pokes", name);
    free(block);
    return count == 0 && !text->failed;
}

bool poke_list_load(int fd, const char *name, struct poke_target target, struct poke_list *list,
                    struct error *error)
{
    struct buf text = {0};
    *list = (struct poke_list){0};
    bool fine = load_text(fd, name, &text, error) &&
                poke_list_parse(name, (struct span){buf_string(&text), text.length},
                                (struct poke_now){load_now, &target}, list, error);
    buf_release(&text);
    return fine;
}
