/* SPDX-License-Identifier: MIT */
/**
 * base: one failure, told once.
 *
 * A function that can fail takes a `struct error *` last. The function in which the failure happens fills the error in
 * with a sentence that names the file, the offset if there is one, and the cause; nobody adds to that sentence on the way
 * up, and only ui and tools print it. On success an error is left untouched, so calls chain with `&&`. The caller owns
 * the error; any thread.
 */
#ifndef FOLIO_BASE_BYTES_ERROR_H
#define FOLIO_BASE_BYTES_ERROR_H

#include <stdbool.h>

/** A failure: `message` is complete enough to be printed as it is (not yet harmless: ui sanitizes). */
struct error {
    /** An errno value, or 0 where no system call is behind it. */
    int code;
    /** One sentence without a full stop or newline at the end; cut at the end if too long. */
    char message[512];
};

/** Fill `error` (NULL: ignored) with `code` and a printf-formatted sentence. Returns false, always. */
bool error_set(struct error *error, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/** As error_set, with ": " and the text of errno value `code` put after the sentence. Returns false, always. */
bool error_system(struct error *error, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Make `error` empty: code 0, message "". */
void error_clear(struct error *error);

#endif
