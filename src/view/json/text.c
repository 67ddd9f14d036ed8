/* SPDX-License-Identifier: MIT */
/*
 * view: the tree, strings as the text that they mean (see json.h). View thread.
 *
 * A piece of the string is made text at a time, with the byte that each byte of it is from; so a mark that is spelled as an
 * escape stands on its character, and cells know their place in the file. What means no text stands for itself, in a style
 * that no text has. The file's own bytes are of its encoding, and what escapes mean is UTF-8.
 */
#include "json.h"

#include "folio/base/glyph/glyph.h"
#include "folio/model/json/string.h"

#include <string.h>

/** Bytes of a string that are made text at a time. */
#define PIECE_BYTES 1024u

/** What a byte of the text is. */
enum meaning { MEANT_PLAIN, MEANT_ESCAPE, MEANT_ITSELF };

/** A string being gone through, glyph by glyph. */
struct telling {
    const struct canvas *canvas;
    struct range rest; /**< from the piece on */
    char text[PIECE_BYTES];
    uint16_t from[PIECE_BYTES];
    uint8_t meaning[PIECE_BYTES];
    size_t length, at;
    size_t taken; /**< bytes of the string that the piece is made of */
    bool last;
    enum layout_result result;
};

static void telling_put(struct telling *telling, const char *text, size_t count, size_t from,
                        enum meaning meaning)
{
    for (size_t i = 0; i < count; i++, telling->length++) {
        telling->text[telling->length] = text[i];
        telling->from[telling->length] = (uint16_t)(meaning == MEANT_ESCAPE ? from : from + i);
        telling->meaning[telling->length] = (uint8_t)meaning;
    }
}

/** Make a piece text: up to an escape that it does not hold whole. */
static void telling_decode(struct telling *telling, struct span piece)
{
    size_t i = 0;
    telling->length = telling->at = 0;
    for (size_t taken = 1; taken > 0 && i < piece.length; i += taken) {
        struct json_escape escape = {.length = 1};
        bool escaped = piece.data[i] == '\\';
        if (escaped)
            escape = json_escape_decode(piece.data + i, piece.length - i, telling->last);
        taken = escape.length;
        if (escape.count)
            telling_put(telling, escape.text, escape.count, i, MEANT_ESCAPE);
        else
            telling_put(telling, piece.data + i, taken, i, escaped ? MEANT_ITSELF : MEANT_PLAIN);
    }
    telling->taken = i;
}

/** The next piece. False: there is none. */
static bool telling_piece(struct telling *telling)
{
    struct span span;
    uint64_t left = telling->rest.end - telling->rest.begin;
    size_t want = left < PIECE_BYTES ? (size_t)left : PIECE_BYTES;
    if (left == 0)
        return false;
    enum reader_result result = reader_span(telling->canvas->reader, telling->rest.begin, want, &span);
    if (result == READER_GIVEN_UP)
        telling->result = LAYOUT_WAIT;
    if (result != READER_OK || span.length == 0)
        return false;
    span.length = span.length < want ? span.length : want;
    telling->last = span.length == left || span.length < want;
    telling_decode(telling, span);
    return telling->length > 0;
}

/** Bytes of the text from `at` on that are spelled alike, as far as the encoding minds. */
static size_t telling_run(const struct telling *telling)
{
    const struct encoding *encoding = telling->canvas->fit.rules.encoding;
    size_t end = telling->at + 1;
    bool escape = telling->meaning[telling->at] == MEANT_ESCAPE;
    if (!encoding || encoding->form == ENCODING_UTF8)
        return telling->length - telling->at;
    while (end < telling->length && (telling->meaning[end] == MEANT_ESCAPE) == escape)
        end++;
    return end - telling->at;
}

/** A control character that glyphs of a text show as nothing, or as blanks. */
static void glyph_show(const char *byte, struct glyph *glyph)
{
    if (*byte != '\n' && *byte != '\t' && *byte != '\r')
        return;
    *glyph = (struct glyph){.kind = GLYPH_CONTROL, .length = 1, .width = 2, .rune_count = 2};
    glyph->rune[0] = '^';
    glyph->rune[1] = (uint32_t)*byte + '@';
}

/** The next glyph, the byte of the file that it begins at, and what it is. False: there is none, or `result` says why. */
static bool telling_next(struct telling *telling, struct glyph *glyph, uint64_t *offset,
                         enum meaning *meaning)
{
    bool short_of = !telling->last && telling->length - telling->at < GLYPH_LENGTH_MAX;
    if (telling->at >= telling->length || short_of) {
        telling->rest.begin += telling->at < telling->length ? telling->from[telling->at] : telling->taken;
        if (!telling_piece(telling))
            return false;
    }
    const char *data = telling->text + telling->at;
    *meaning = (enum meaning)telling->meaning[telling->at];
    *offset = telling->rest.begin + telling->from[telling->at];
    const struct glyph_rules *rules = *meaning == MEANT_ESCAPE ? &glyph_plain : &telling->canvas->fit.rules;
    glyph_next(data, telling_run(telling), (struct glyph_place){0, rules}, glyph);
    glyph_show(data, glyph);
    telling->at += glyph->length;
    return true;
}

static void telling_begin(struct telling *telling, const struct canvas *canvas, struct range range)
{
    telling->canvas = canvas;
    telling->rest = range;
    telling->length = telling->at = telling->taken = 0;
    telling->last = false;
    telling->result = LAYOUT_OK;
}

unsigned json_text_width(const struct canvas *canvas, struct range range, unsigned limit)
{
    struct telling telling;
    struct glyph glyph;
    uint64_t offset;
    enum meaning meaning;
    unsigned width = 0;
    telling_begin(&telling, canvas, range);
    while (width <= limit && telling_next(&telling, &glyph, &offset, &meaning))
        width += glyph.width;
    return width;
}

enum layout_result json_text(struct pen *pen, struct range range, enum style style)
{
    struct telling telling;
    struct glyph glyph;
    uint64_t offset;
    enum meaning meaning;
    telling_begin(&telling, pen->canvas, range);
    while (pen->column < pen->columns && telling_next(&telling, &glyph, &offset, &meaning)) {
        unsigned from = pen->column;
        pen_glyph(pen, &glyph, offset);
        for (; from < pen->column; from++)
            if (pen->cell[from].style == STYLE_TEXT)
                pen->cell[from].style = (uint8_t)(meaning == MEANT_ITSELF ? STYLE_FLAW : style);
    }
    return telling.result;
}
