/* SPDX-License-Identifier: MIT */
/* model: keys of members as steps of a path (see key.h). Pure. */
#include "key.h"

#include "folio/model/json/string.h"

#include <string.h>

/** Can the key be written without quotes? */
static bool key_is_plain(struct span key)
{
    for (size_t i = 0; i < key.length; i++) {
        char byte = key.data[i];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
        if (!letter && (i == 0 || byte < '0' || byte > '9'))
            return false;
    }
    return key.length > 0;
}

void json_key_write(struct span key, bool cut, struct buf *path)
{
    const bool plain = key_is_plain(key) && !cut;
    bool root = path->length == 1 && path->data[0] == '.';
    if (plain)
        buf_text(path, root ? "" : ".");
    else
        buf_text(path, "[\"");
    buf_append(path, key.data, key.length);
    if (!plain)
        buf_text(path, cut ? "...\"]" : "\"]");
}

/** What stands at `at` of a key: the text of an escape, or the bytes that stand for themselves; how long it is there. */
static struct span key_piece(struct span key, size_t at, struct json_escape *escape, size_t *length)
{
    *length = 1;
    if (key.data[at] != '\\')
        return (struct span){key.data + at, 1};
    *escape = json_escape_decode(key.data + at, key.length - at, true);
    *length = escape->length;
    return escape->count > 0 ? (struct span){escape->text, escape->count}
                             : (struct span){key.data + at, escape->length};
}

bool json_key_is(struct span key, struct span wanted, bool begins)
{
    struct json_escape escape;
    size_t at = 0, had = 0, length;
    while (at < key.length && key.data[at] != '"' && had < wanted.length) {
        struct span piece = key_piece(key, at, &escape, &length);
        if (piece.length > wanted.length - had || memcmp(piece.data, wanted.data + had, piece.length) != 0)
            return false;
        had += piece.length;
        at += length;
    }
    return had == wanted.length && (begins || (at < key.length && key.data[at] == '"'));
}
