/* SPDX-License-Identifier: MIT */
/**
 * model: one member of a JSON container, as it stands: its key, its value, and what is wrong with them.
 *
 * A member is read from a boundary outside of strings: the beginning of a document, or behind an opening bracket or a
 * comma. At most a block is read at a time; only the ends of long strings and of containers are asked of the nesting.
 * Nothing is converted and nothing is refused: whatever stands there is a value of some kind, with a mark where JSON has
 * it otherwise. View thread.
 */
#ifndef FOLIO_MODEL_JSON_VALUE_H
#define FOLIO_MODEL_JSON_VALUE_H

#include "folio/base/bytes/span.h"
#include "folio/model/json/nesting.h"

#include <stdbool.h>
#include <stdint.h>

/** What a value is, by its bytes. */
enum json_kind {
    JSON_ABSENT, /**< none stands there: a comma, a closing bracket or the end comes first */
    JSON_OBJECT,
    JSON_ARRAY,
    JSON_STRING,
    JSON_NUMBER,
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL,
    JSON_WORD, /**< anything else: NaN, True, 'a', 0x1f */
};

/** What is wrong with a member; the first thing that is. */
enum json_mark {
    JSON_FINE,
    JSON_EXPECTED,   /**< no value where there must be one */
    JSON_NOT_JSON,   /**< a word or a number that JSON does not have */
    JSON_UNCLOSED,   /**< a string that a newline or the end of the file ends */
    JSON_CONTROL,    /**< a control character in a string */
    JSON_ESCAPE,     /**< a backslash in a string with something behind it that JSON does not have */
    JSON_NO_COLON,   /**< in an object: no key, or no colon behind it */
    JSON_KEY,        /**< a key where there must be none */
    JSON_MORE,       /**< more behind the value, or a comma missing before it */
    JSON_UNOPENED,   /**< a closing bracket where nothing is open */
    JSON_OTHER_KIND, /**< a closing bracket of the other kind */
    JSON_OPEN,       /**< the document ends, and something is still open */
    JSON_MARK_COUNT,
};

/** One member. Ranges are of the file. */
struct json_value {
    uint64_t begin;     /**< its first byte that is no blank */
    bool keyed;         /**< there is a string with a colon behind it */
    struct range key;   /**< that string, quotes included */
    struct range value; /**< strings with their quotes; of a container `end` is behind the opening bracket */
    bool ended;         /**< the end of the value is known; never that of a container: json_value_end */
    enum json_kind kind;
    enum json_mark
        mark;        /**< only of what was read: not behind a container, nor in the middle of a long string */
    uint64_t marked; /**< the byte that the mark is about */
};

/** What is wrong, as words that go behind "Line 5: ". "" where it is fine. */
const char *json_mark_text(enum json_mark mark);

/** Is it a container? */
static inline bool json_kind_contains(enum json_kind kind)
{
    return kind == JSON_OBJECT || kind == JSON_ARRAY;
}

/**
 * Read the member from boundary `at` on; `bracket` is what opens its container, '\0' where it is in none. FOUND, also if
 * it is absent; UNKNOWN, FAILED.
 */
enum nesting_answer json_value_read(struct nesting *nesting, struct reader *reader, uint64_t at, char bracket,
                                    struct json_value *value);

/**
 * The boundary behind the value, to `*end`. NONE: it does not end, and `*end` is the size of the file. UNKNOWN, FAILED.
 */
enum nesting_answer json_value_end(struct nesting *nesting, struct reader *reader,
                                   const struct json_value *value, uint64_t *end);

/** The container that a boundary is in. */
struct json_around {
    int64_t depth;   /**< of its content, as the nesting counts */
    uint64_t opener; /**< its bracket */
    char bracket;    /**< '[' or '{'; '\0': it is in none, and `opener` is nothing */
};

/**
 * What the byte at `at` is in; of a bracket, its own container. Containers that begin before `from`, where the document
 * begins, do not count. FOUND, UNKNOWN, FAILED.
 */
enum nesting_answer json_around(struct nesting *nesting, struct reader *reader, uint64_t from, uint64_t at,
                                struct json_around *around);

/**
 * The member that the byte at `at` stands in: the innermost one, of an opening or a closing bracket that whose value it
 * opens or closes. Otherwise as json_value_read. `from`: where its document begins.
 */
enum nesting_answer json_value_holding(struct nesting *nesting, struct reader *reader, uint64_t from,
                                       uint64_t at, struct json_value *value);

#endif
