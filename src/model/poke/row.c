/* SPDX-License-Identifier: MIT */
/* model: the bytes of one line go into a list (see list.h). Any thread that may wait, where it is asked what is there now.
 *
 * A dump of all of a file is far longer than what may be changed. A byte that the file holds already is dropped where it
 * is read, unless an earlier line may have been about it, which can only be where offsets do not ascend. */
#include "inside.h"

#include <stdlib.h>

/** The most bytes that are kept before it is known which of them differ. */
#define LIST_KEPT (4 * (size_t)POKE_LIST_MAX)

bool poke_list_refuse(struct list_reader *reader, size_t line, const char *why)
{
    return error_set(reader->error, 0, "%s, line %zu: %s", reader->name, line, why);
}

bool poke_list_add(struct list_reader *reader, struct poke_byte byte)
{
    struct poke_list *list = reader->list;
    if (list->count == LIST_KEPT)
        return poke_list_refuse(reader, reader->line, "more bytes than can be changed at once");
    if (list->count == reader->room) {
        size_t room = reader->room * 2 + 64;
        struct poke_byte *bytes = realloc(list->byte, room * sizeof *bytes);
        list->byte = bytes ? bytes : list->byte;
        size_t *line = realloc(list->line, room * sizeof *line);
        list->line = line ? line : list->line;
        if (!bytes || !line)
            return error_set(reader->error, 0, "%s: out of memory", reader->name);
        reader->room = room;
    }
    list->line[list->count] = reader->line;
    list->byte[list->count++] = byte;
    return true;
}

bool poke_list_same(const struct poke_byte *byte, int now)
{
    return byte->value == now && (byte->expected == POKE_ANY || byte->expected == now);
}

void poke_list_now(const struct poke_now *now, uint64_t offset, size_t count, int byte[LIST_ROW])
{
    uint8_t there[LIST_ROW];
    size_t got = now->read ? now->read(now->context, offset, there, count) : 0;
    for (size_t i = 0; i < count; i++)
        byte[i] = i < got ? there[i] : -1;
}

bool poke_list_row(struct list_reader *reader, uint64_t offset, const uint8_t *old, const uint8_t *new,
                   size_t count)
{
    int now[LIST_ROW];
    bool ascends = offset >= reader->behind, fine = true;
    poke_list_now(&reader->now, offset, count, now);
    for (size_t i = 0; fine && i < count; i++) {
        struct poke_byte byte = {
            .offset = offset + i, .expected = old ? old[i] : POKE_ANY, .value = new[i], .mask = 0xff};
        if (!ascends || !poke_list_same(&byte, now[i]))
            fine = poke_list_add(reader, byte);
    }
    reader->any = true;
    reader->back = reader->back || !ascends;
    reader->behind = ascends ? offset + count : reader->behind;
    return fine;
}
