/* SPDX-License-Identifier: MIT */
/** cli: copying files to standard output as cat does. Main thread. */
#include "folio/cli/copy.h"

#include "folio/cli/complain.h"
#include "folio/io/file/copy.h"
#include "folio/io/file/source.h"

#include <string.h>
#include <unistd.h>

static bool cli_copy_one(const char *path)
{
    struct source source = {.fd = 0};
    struct error error;
    bool input = source_names_stdin(path);
    if (!input && !source_open(path, &source, &error)) {
        cli_complain(&error);
        return false;
    }
    bool fine = copy_out(source.fd, input ? "standard input" : path, 1, &error);
    if (!fine)
        cli_complain(&error);
    if (!input)
        close(source.fd);
    return fine;
}

int cli_copy(char *const *path, size_t count)
{
    bool fine = true;
    for (size_t i = 0; i < count; i++)
        fine = cli_copy_one(path[i]) && fine;
    return fine ? 0 : 1;
}
