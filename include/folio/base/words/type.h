/* SPDX-License-Identifier: MIT */
/**
 * base: the types of numbers in a file, by name: u16le, i8, f64be, unix32, sleb.
 *
 * The one list for all that takes such a name: places (@u32le), searching (u32le 1234), typing over bytes. Pure; any
 * thread.
 */
#ifndef FOLIO_BASE_WORDS_TYPE_H
#define FOLIO_BASE_WORDS_TYPE_H

#include "folio/base/bytes/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum type_form {
    TYPE_UNSIGNED,   /**< u8 u16le u16be ... u64be */
    TYPE_SIGNED,     /**< i8 i16le i16be ... i64be */
    TYPE_REAL,       /**< f16 f32 f64; these and the dates with le or be behind, or, as le, without */
    TYPE_LEB,        /**< uleb: LEB128 of as many bytes as it takes */
    TYPE_SIGNED_LEB, /**< sleb */
    TYPE_TIME,       /**< parts of a second since 1970 or 1601: unix32 unix64 unixms unixus unixns filetime */
    TYPE_DOS,        /**< dos: time and date of a FAT directory, 32 bits */
};

struct type {
    enum type_form form;
    unsigned bits;  /**< 0: as many as it takes */
    bool big;       /**< the byte with the highest bits comes first */
    uint32_t parts; /**< of TYPE_TIME: in a second */
    int64_t epoch;  /**< of TYPE_TIME: seconds from where it counts to 1970 */
};

enum type_answer {
    TYPE_NONE,  /**< the word means something else */
    TYPE_KNOWN, /**< it is a type */
    TYPE_WRONG, /**< it looks like one, and why it is none is in the error */
};

/** Which type is the word of `length` characters at `text`? `error` may be NULL. */
enum type_answer type_read(const char *text, size_t length, struct type *type, struct error *error);

#endif
