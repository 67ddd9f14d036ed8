/* SPDX-License-Identifier: MIT */
/** ui: the terminal's clipboard (see the header). Main thread. */
#include "folio/ui/terminal/clipboard.h"

#include "folio/base/bytes/base64.h"
#include "folio/ui/terminal/tty.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Terminals that have no clipboard and do not know that a sequence of this kind ends. */
static const char *const clipboard_none[] = {"dumb", "linux", "cons25", "unknown"};

static bool clipboard_known(int out)
{
    const char *type = getenv("TERM");
    if (!type || type[0] == '\0' || !isatty(out))
        return false;
    for (size_t i = 0; i < sizeof clipboard_none / sizeof clipboard_none[0]; i++)
        if (strcmp(type, clipboard_none[i]) == 0)
            return false;
    return true;
}

bool clipboard_put(int out, const void *data, size_t length, struct error *error)
{
    struct buf sequence = {0};
    if (!clipboard_known(out))
        return error_set(error, 0, "This terminal has no clipboard for programs");
    buf_text(&sequence, "\033]52;c;");
    base64_append(&sequence, data, length);
    buf_text(&sequence, "\a");
    bool fine = !sequence.failed || error_set(error, 0, "Out of memory");
    if (fine && !tty_write(out, sequence.data, sequence.length))
        fine = error_system(error, errno, "Cannot write to the terminal");
    buf_release(&sequence);
    return fine;
}
