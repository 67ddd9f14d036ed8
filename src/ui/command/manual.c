/* SPDX-License-Identifier: MIT */
/**
 * ui: escaping for mdoc. Pure.
 */
#include "folio/ui/command/manual.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/** What stands for a character of text in roff; NULL: itself. */
static const char *const manual_escape[128] = {
    ['\\'] = "\\e",   ['-'] = "\\-",   ['^'] = "\\(ha", ['~'] = "\\(ti",
    ['\''] = "\\(aq", ['`'] = "\\(ga", ['"'] = "\\(dq",
};

void manual_text(struct buf *out, const char *text)
{
    /* A period at the start of a line would make it a request. */
    if (text[0] == '.')
        buf_text(out, "\\&");
    for (; *text != '\0'; text++) {
        const char *escape = (unsigned char)*text < 128 ? manual_escape[(unsigned char)*text] : NULL;
        if (escape)
            buf_text(out, escape);
        else
            buf_append(out, text, 1);
    }
}

void manual_word(struct buf *out, const char *text)
{
    size_t length = strlen(text);
    char head[64];
    char last = length > 0 ? text[length - 1] : '\0';
    /* mdoc takes these out of the argument where they stand at its end, or alone. */
    if (length == 0 || length > sizeof head || !ispunct((unsigned char)last) ||
        manual_escape[(unsigned char)last]) {
        manual_text(out, text);
        return;
    }
    snprintf(head, sizeof head, "%.*s", (int)length - 1, text);
    manual_text(out, head);
    buf_format(out, "\\&%c", last);
}
