/* SPDX-License-Identifier: MIT */
/* base: filling a struct error. Pure but for the text of errno values; any thread. */
#include "folio/base/bytes/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The code and the sentence, cut by vsnprintf where it is too long: the start of a sentence names the file, which is
 * what a person needs most. Cut inside a character, it shows a broken byte; ui sanitizes anyway. */
__attribute__((format(printf, 3, 0))) static void error_fill(struct error *error, int code,
                                                             const char *format, va_list arguments)
{
    error->code = code;
    if (vsnprintf(error->message, sizeof error->message, format, arguments) < 0)
        error->message[0] = '\0';
}

bool error_set(struct error *error, int code, const char *format, ...)
{
    if (!error)
        return false;
    va_list arguments;
    va_start(arguments, format);
    error_fill(error, code, format, arguments);
    va_end(arguments);
    return false;
}

/* The cause is put behind what has been written, however short the room that is left: nothing is moved or cut for
 * it, because the sentence knows more than errno does. */
bool error_system(struct error *error, int code, const char *format, ...)
{
    if (!error)
        return false;
    va_list arguments;
    va_start(arguments, format);
    error_fill(error, code, format, arguments);
    va_end(arguments);

    /* The GNU strerror_r: returns the text, which need not be in `text`. Unlike strerror it is safe in any thread. */
    char text[128];
    const char *cause = strerror_r(code, text, sizeof text);
    size_t length = strlen(error->message);
    (void)snprintf(error->message + length, sizeof error->message - length, ": %s", cause);
    return false;
}

void error_clear(struct error *error)
{
    error->code = 0;
    error->message[0] = '\0';
}
