/* SPDX-License-Identifier: MIT */
/* base: filling a struct error. Pure but for the text of errno values; any thread. */
#include "folio/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Callers write `return error_set(...)` right after a system call and may still want errno: vsnprintf of plain
 * sentences leaves it alone, strerror_r is the only call here that might not, and it comes last. */
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
