/* SPDX-License-Identifier: MIT */
/* model: a list of pokes from a file (see the header). Any thread that may wait. */
#include "folio/model/poke/load.h"

#include "folio/base/bytes/buf.h"
#include "folio/io/file/copy.h"

#include <errno.h>
#include <unistd.h>

/** The longest list of pokes that is read. */
#define LOAD_MAX ((size_t)64 << 20)

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

bool poke_list_load(int fd, const char *name, struct poke_target target, struct poke_list *list,
                    struct error *error)
{
    struct buf text = {0};
    *list = (struct poke_list){0};
    bool fine = copy_in(fd, name, LOAD_MAX, &text, error) &&
                poke_list_parse(name, (struct span){buf_string(&text), text.length},
                                (struct poke_now){load_now, &target}, list, error);
    buf_release(&text);
    return fine;
}
