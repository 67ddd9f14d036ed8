/* SPDX-License-Identifier: MIT */
/**
 * ui: escaping for mdoc. Pure.
 */
#include "folio/ui/manual.h"

#include <ctype.h>
#include <string.h>

/** What stands for a character of text in roff; NULL: itself. */
static const char *const manual_escape[128] = {
    ['\\'] = "\\e", ['-'] = "\\-", ['^'] = "\\(ha", ['~'] = "\\(ti", ['\''] = "\\(aq", ['`'] = "\\(ga", ['"'] = "\\(dq",
};

void manual_text(struct buf *out, const char *text)
{
    /* A period at the start of a line would make it a request. */
    if (text[0] == '.') {
        buf_text(out, "\\&");
    }
    for (; *text != '\0'; text++) {
        const char *escape = (unsigned char)*text < 128 ? manual_escape[(unsigned char)*text] : NULL;
        if (escape != NULL) {
            buf_text(out, escape);
        } else {
            buf_append(out, text, 1);
        }
    }
}

void manual_word(struct buf *out, const char *text)
{
    bool delimiter = ispunct((unsigned char)text[0]) && text[1] == '\0' &&
                     manual_escape[(unsigned char)text[0]] == NULL && text[0] != '.';
    buf_text(out, delimiter ? "\\&" : "");
    manual_text(out, text);
}
