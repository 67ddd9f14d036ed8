/* SPDX-License-Identifier: MIT */
/* session: what verbs say (see the header). View thread. */
#include "folio/session/core/reply.h"

#include "folio/base/glyph/glyph.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum progress reply_say(struct reply *reply, enum outcome outcome, const char *format, ...)
{
    char text[REQUEST_TEXT];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    reply->outcome = outcome;
    glyph_text(text, strlen(text), reply->message, sizeof reply->message);
    return PROGRESS_DONE;
}
