/* SPDX-License-Identifier: MIT */
/**
 * base: places in a file as expressions: 0x200*3+16, end-0x200, @u32le+8, .+16.
 *
 * Numbers are decimal or 0x hexadecimal, with b K M G or T behind them for powers of 1024; with + - * / and parentheses
 * between them; division drops the remainder. `.` is the byte that keys are about, `end` the size of the file, 'a the
 * mark a, and @ with a type (u8 i8 u16le u16be ... i64be) the number that is stored at that byte. A sign in front of it
 * all counts from there: +0x200 is .+0x200. Blanks may stand anywhere between.
 *
 * What is known of the file comes through a `struct reckon_scene`. Pure otherwise; any thread.
 */
#ifndef FOLIO_BASE_WORDS_RECKON_H
#define FOLIO_BASE_WORDS_RECKON_H

#include "folio/base/bytes/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The longest number that @ reads, in bytes. */
#define RECKON_BYTES 8

enum reckon_result {
    RECKON_OK,
    RECKON_WAIT,   /**< the bytes that @ asks for are not here yet */
    RECKON_FAILED, /**< the error is one sentence, which says where */
    RECKON_UNKNOWN, /**< the same, but there is a word in it that means nothing: it may be something else than a place */
};

/** What an expression is about; borrowed for the call. */
struct reckon_scene {
    uint64_t cursor; /**< what `.` stands for */
    uint64_t size;   /**< what `end` stands for */
    void *context;
    /** `length` bytes of the file at `offset` (the cursor) into `out`: OK, WAIT, or FAILED with the error. */
    enum reckon_result (*read)(void *context, uint64_t offset, unsigned char out[RECKON_BYTES], size_t length,
                               struct error *error);
    /** Where the mark `letter` is. False: there is none. NULL: there are no marks. */
    bool (*mark)(void *context, char letter, uint64_t *offset);
};

/**
 * The byte offset that `text` means, 0 to INT64_MAX; whether the file has such a byte is not asked. Where it is not OK,
 * `*offset` stays as it is.
 */
enum reckon_result reckon_place(const char *text, const struct reckon_scene *scene, uint64_t *offset,
                                struct error *error);

/** Is `text` an expression at all, whatever the file is like? OK, FAILED or UNKNOWN. */
enum reckon_result reckon_check(const char *text, struct error *error);

#endif
