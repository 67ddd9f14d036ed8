/* SPDX-License-Identifier: MIT */
/* base: the types of numbers by name (see the header). Pure; any thread. */
#include "folio/base/words/type.h"

#include <ctype.h>
#include <string.h>

/** What may stand behind a name. */
enum type_order {
    ORDER_NONE,   /**< nothing */
    ORDER_NEEDED, /**< le or be */
    ORDER_LITTLE, /**< either, or nothing for le */
};

/** Seconds from 1601 to 1970. */
#define TYPE_1601 INT64_C(11644473600)

static const struct type_row {
    const char *name;
    enum type_order order;
    struct type type;
} type_rows[] = {
    {"u8", ORDER_NONE, {TYPE_UNSIGNED, 8, false, 0, 0}},
    {"i8", ORDER_NONE, {TYPE_SIGNED, 8, false, 0, 0}},
    {"u16", ORDER_NEEDED, {TYPE_UNSIGNED, 16, false, 0, 0}},
    {"i16", ORDER_NEEDED, {TYPE_SIGNED, 16, false, 0, 0}},
    {"u32", ORDER_NEEDED, {TYPE_UNSIGNED, 32, false, 0, 0}},
    {"i32", ORDER_NEEDED, {TYPE_SIGNED, 32, false, 0, 0}},
    {"u64", ORDER_NEEDED, {TYPE_UNSIGNED, 64, false, 0, 0}},
    {"i64", ORDER_NEEDED, {TYPE_SIGNED, 64, false, 0, 0}},
    {"f16", ORDER_LITTLE, {TYPE_REAL, 16, false, 0, 0}},
    {"f32", ORDER_LITTLE, {TYPE_REAL, 32, false, 0, 0}},
    {"f64", ORDER_LITTLE, {TYPE_REAL, 64, false, 0, 0}},
    {"uleb", ORDER_NONE, {TYPE_LEB, 0, false, 0, 0}},
    {"sleb", ORDER_NONE, {TYPE_SIGNED_LEB, 0, false, 0, 0}},
    {"unix32", ORDER_LITTLE, {TYPE_TIME, 32, false, 1, 0}},
    {"unix64", ORDER_LITTLE, {TYPE_TIME, 64, false, 1, 0}},
    {"unixms", ORDER_LITTLE, {TYPE_TIME, 64, false, 1000, 0}},
    {"unixus", ORDER_LITTLE, {TYPE_TIME, 64, false, 1000000, 0}},
    {"unixns", ORDER_LITTLE, {TYPE_TIME, 64, false, 1000000000, 0}},
    {"filetime", ORDER_LITTLE, {TYPE_TIME, 64, false, 10000000, TYPE_1601}},
    {"dos", ORDER_LITTLE, {TYPE_DOS, 32, false, 0, 0}},
};

#define TYPE_ROWS (sizeof type_rows / sizeof *type_rows)

/** The word begins with the name of this row, and goes on with `order`: is that one? */
static bool type_ordered(const struct type_row *row, const char *order, size_t length, struct type *type)
{
    bool both = length == 2 && order[1] == 'e' && (order[0] == 'l' || order[0] == 'b');
    *type = row->type;
    type->big = both && order[0] == 'b';
    return length == 0 ? row->order != ORDER_NEEDED : both && row->order != ORDER_NONE;
}

/** Does it only look like a type? */
static bool type_like(const char *text, size_t length)
{
    return length > 1 && (text[0] == 'u' || text[0] == 'i') && isdigit((unsigned char)text[1]);
}

/** Why what begins like this row is none of it. */
static enum type_answer type_mend(const struct type_row *row, const char *text, size_t length,
                                  struct error *error)
{
    if (row->order == ORDER_NONE)
        error_set(error, 0, "there is no type %.*s: %s has no byte order", (int)length, text, row->name);
    else
        error_set(error, 0, "a byte order is missing: %sle or %sbe", row->name, row->name);
    return TYPE_WRONG;
}

enum type_answer type_read(const char *text, size_t length, struct type *type, struct error *error)
{
    for (size_t i = 0; i < TYPE_ROWS; i++) {
        const struct type_row *row = &type_rows[i];
        size_t name = strlen(row->name);
        if (length < name || memcmp(text, row->name, name) != 0)
            continue;
        if (type_ordered(row, text + name, length - name, type))
            return TYPE_KNOWN;
        if (length == name || isalpha((unsigned char)text[name]))
            return type_mend(row, text, length, error);
    }
    if (!type_like(text, length))
        return TYPE_NONE;
    error_set(error, 0,
              "there is no type %.*s; there are u8 i8, u16le u16be i16le ... i64be, f16 f32 f64, uleb sleb, "
              "unix32 unix64 unixms unixus unixns filetime dos",
              (int)(length < 16 ? length : 16), text);
    return TYPE_WRONG;
}
