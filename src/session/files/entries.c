/* SPDX-License-Identifier: MIT */
/* session: the rows of the list of files (see entries.h). View thread. */
#include "entries.h"

#include "folio/model/reader/edits.h"

#include <stdlib.h>
#include <string.h>

bool entries_add(struct session *session, const char *name, size_t *after)
{
    struct session_file *file = realloc(session->files.file, (session->files.count + 1) * sizeof *file);
    char *copy = strdup(name);
    if (file)
        session->files.file = file;
    if (!file || !copy) {
        free(copy);
        return false;
    }
    size_t number = ++*after;
    memmove(&file[number + 1], &file[number], (session->files.count - number) * sizeof *file);
    file[number] = (struct session_file){.name = copy};
    session->files.count++;
    return true;
}

void entries_remove(struct session *session, size_t gone)
{
    free(session->files.file[gone].name);
    edits_close(session->files.file[gone].edits);
    memmove(&session->files.file[gone], &session->files.file[gone + 1],
            (session->files.count - gone - 1) * sizeof session->files.file[0]);
    session->files.count--;
    if (session->files.current > gone)
        session->files.current--;
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->forget)
            session->part[i]->forget(session, gone);
}
