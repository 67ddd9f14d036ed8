/* SPDX-License-Identifier: MIT */
/** cli: what went wrong, on standard error. Main thread. */
#include "folio/cli/complain.h"

#include "folio/base/glyph/glyph.h"

#include <stdio.h>
#include <string.h>

void cli_complain_text(const char *text)
{
    fprintf(stderr, "folio: %s\n", text);
}

void cli_complain(const struct error *error)
{
    char harmless[4 * sizeof error->message];
    glyph_text(error->message, strlen(error->message), harmless, sizeof harmless);
    cli_complain_text(harmless);
}
