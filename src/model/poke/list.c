/* SPDX-License-Identifier: MIT */
/* model: a list of pokes is read (see the header). Any thread that may wait, where it is asked what is there now. */
#include "folio/model/poke/list.h"

#include "inside.h"

#include <stdlib.h>
#include <string.h>

/** The longest line; one of the journal holds a path. */
#define LIST_LINE 16384u

/** Where in the list, and which byte of the file. */
struct list_order {
    uint64_t offset;
    size_t index;
};

static int list_compare(const void *left, const void *right)
{
    const struct list_order *a = left, *b = right;
    if (a->offset != b->offset)
        return a->offset < b->offset ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/** Bring the bytes in order, and make one of those that are about the same place. */
static bool list_fold(struct list_reader *reader)
{
    struct poke_list *list = reader->list, folded = {0};
    struct list_order *order = calloc(list->count + 1, sizeof *order);
    bool fine = true;
    if (!order)
        return error_set(reader->error, 0, "%s: out of memory", reader->name);
    for (size_t i = 0; i < list->count; i++)
        order[i] = (struct list_order){list->byte[i].offset, i};
    qsort(order, list->count, sizeof *order, list_compare);
    struct list_reader into = {.list = &folded, .name = reader->name, .error = reader->error};
    for (size_t i = 0; fine && i < list->count; i++) {
        const struct poke_byte *byte = &list->byte[order[i].index];
        struct poke_byte *last = folded.count ? &folded.byte[folded.count - 1] : NULL;
        into.line = list->line[order[i].index];
        if (!last || last->offset != byte->offset)
            fine = poke_list_add(&into, *byte);
        else if (byte->expected != POKE_ANY && byte->expected != last->value)
            fine = poke_list_refuse(&into, into.line,
                                    "it expects another byte than the line before makes of it");
        else
            last->value = byte->value;
    }
    free(order);
    poke_list_release(list);
    *list = folded;
    return fine;
}

/** Of those that came out of order it is known only now whether they change anything. */
static void list_thin(struct list_reader *reader)
{
    struct poke_list *list = reader->list;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        int now[LIST_ROW];
        poke_list_now(&reader->now, list->byte[i].offset, 1, now);
        if (poke_list_same(&list->byte[i], now[0]))
            continue;
        list->line[kept] = list->line[i];
        list->byte[kept++] = list->byte[i];
    }
    list->count = kept;
}

/** All lines are read. */
static bool list_finish(struct list_reader *reader)
{
    struct poke_list *list = reader->list;
    const char *against = xxd_against(&reader->signs);
    if (against)
        return error_set(reader->error, 0, "%s: %s", reader->name, against);
    if (!reader->any)
        return error_set(reader->error, 0, "%s holds no poke", reader->name);
    if (!list_fold(reader))
        return false;
    if (reader->back)
        list_thin(reader);
    return list->count <= POKE_LIST_MAX ||
           poke_list_refuse(reader, list->line[POKE_LIST_MAX], "more bytes than can be changed at once");
}

bool poke_list_parse(const char *name, struct span text, struct poke_now now, struct poke_list *list,
                     struct error *error)
{
    struct list_reader reader = {.list = list, .name = name, .now = now, .error = error};
    char *line = malloc(LIST_LINE);
    *list = (struct poke_list){0};
    bool fine = true;
    if (!line)
        return error_set(error, 0, "%s: out of memory", name);
    for (size_t at = 0; fine && at < text.length;) {
        const char *end = memchr(text.data + at, '\n', text.length - at);
        size_t length = end ? (size_t)(end - text.data) - at : text.length - at;
        reader.line++;
        fine = (length < LIST_LINE && !memchr(text.data + at, '\0', length)) ||
               poke_list_refuse(&reader, reader.line, "no line of a list of pokes");
        if (fine) {
            memcpy(line, text.data + at, length);
            line[length] = '\0';
            fine = poke_list_line(&reader, line);
        }
        at += length + 1;
    }
    fine = fine && list_finish(&reader);
    if (!fine)
        poke_list_release(list);
    free(reader.path);
    free(line);
    return fine;
}

void poke_list_release(struct poke_list *list)
{
    free(list->byte);
    free(list->line);
    *list = (struct poke_list){0};
}
