/* SPDX-License-Identifier: MIT */
/*
 * model: the text that a person sees, and the way back (see the header). Workers and view thread.
 *
 * The map is a list of *runs*, ascending in text and in bytes. In a run every character takes as much text and as many
 * bytes as the others, so a run is where it begins and two steps; what lies between two runs in the bytes is hidden:
 *
 *     bytes   r e d : ESC[31m f i r e ESC[m . \n          text    r e d : f i r e . \n
 *     runs    text 0, byte 0, steps 1 and 1     text 4, byte 9, steps 1 and 1     text 8, byte 16, steps 1 and 1
 *
 * UTF-8 is copied byte by byte, steps 1 and 1, whatever its characters; UTF-16 is 1 and 2 where it is ASCII; a struck
 * glyph is one character with steps of its own. A list of every character would take longer to write than the text.
 *
 * Bounds. A run has a character, a character at least a byte of its own: there are never more runs than bytes. A
 * character of one byte is at most four bytes of text, and a struck glyph is no more than the characters it is made of.
 * So a full room is had in advance, and only what is written of it becomes memory.
 *
 * What is hidden is asked of base/glyph, but only at an ESC, a CR, a character that may take no room, and around a
 * backspace; the rest is copied. Around a backspace one has to begin where a glyph begins. That is so behind the last
 * glyph asked for, and at each ASCII character, which combines with nothing before it; the nearest such place is the
 * *border*. The text behind it is taken back and made again by glyphs, and no byte is taken back twice, because the
 * border comes along.
 */
#include "folio/model/pattern/shown.h"

#include "folio/base/scan/scan.h"
#include "folio/base/text/encoding.h"
#include "folio/base/text/utf8.h"

#include <stdlib.h>
#include <string.h>

#define SHOWN_MAX ((size_t)1 << 20)
#define ESC       0x1b
#define BS        0x08
#define CR        0x0d
/** Colours up to this many bytes are known without base/glyph. */
#define COLOUR_MAX 64
/** In no UTF-8, so no character. */
#define NOTHING '\xff'

/** `text_step` bytes of text stand for `byte_step` bytes of the span, again and again, up to the next run. */
struct run {
    uint32_t text, byte;
    uint8_t text_step, byte_step;
};

struct shown {
    size_t capacity;
    /** Of the text; of the span it was made from. */
    size_t length, span_length;
    size_t run_count;
    /** Where the last run would go on; SIZE_MAX: it does not. */
    size_t next_byte;
    struct run *run;
    char *text;
};

/** A text in the making. `encoding` is NULL for UTF-8. */
struct maker {
    struct shown *shown;
    const struct glyph_rules *rules;
    const struct encoding *encoding;
    /** Are bytes below 0x80 ASCII wherever a character begins? */
    bool ascii;
    struct span span;
    size_t at;
    /** Where a glyph surely begins, and where the text was then. */
    size_t border, border_text;
    /** The nearest place from `at` on where something may be hidden, in encodings of one byte; or the span's end. */
    size_t special;
};

struct shown *shown_open(size_t capacity)
{
    struct shown *shown = calloc(1, sizeof *shown);
    if (!shown)
        return NULL;
    shown->capacity = capacity < SHOWN_MAX ? capacity : SHOWN_MAX;
    shown->run = malloc((shown->capacity + 1) * sizeof *shown->run);
    shown->text = malloc((shown->capacity + 1) * UTF8_LENGTH_MAX);
    if (!shown->run || !shown->text) {
        shown_close(shown);
        return NULL;
    }
    return shown;
}

void shown_close(struct shown *shown)
{
    if (!shown)
        return;
    free(shown->run);
    free(shown->text);
    free(shown);
}

static const struct encoding *rules_encoding(const struct glyph_rules *rules)
{
    return rules->encoding && rules->encoding->form != ENCODING_UTF8 ? rules->encoding : NULL;
}

/** Is every byte below 0x80 itself? Old encodings have a yen sign for a backslash, or letters for brackets. */
static bool encoding_is_ascii(const struct encoding *encoding)
{
    for (unsigned value = 0; value < 0x80; value++) {
        const char byte = (char)value;
        struct utf8 character = encoding_decode(encoding, &byte, 1);
        if (!character.valid || character.rune != value)
            return false;
    }
    return true;
}

/** The length of the character at `at` of UTF-8, or of the letters of a flag, if nothing is shown for it; otherwise 0. */
static size_t dropped_length(struct span span, size_t at)
{
    const unsigned char *byte = (const unsigned char *)span.data + at;
    if (span.length - at < 3)
        return 0;
    /* Most characters that begin so are others. */
    bool may = (byte[0] == 0xef && byte[1] == 0xb8) || (byte[0] == 0xe2 && byte[1] == 0x80) ||
               (byte[0] == 0xe1 && byte[1] == 0xa0) || (byte[0] == 0xf3 && byte[1] == 0xa0);
    if (!may)
        return 0;
    struct utf8 character = utf8_decode(span.data + at, span.length - at);
    if (!character.valid || glyph_dropped(character.rune))
        return character.valid ? character.length : 0;
    /* The letters of a flag, which are nothing anywhere else. */
    return byte[0] == 0xf3 && at >= 4 && memcmp(byte - 4, "\xf0\x9f\x8f\xb4", 4) == 0
               ? glyph_tags(NULL, span.data + at, span.length - at)
               : 0;
}

/** May what stands at `at`, a byte of scan_special, hide something? */
static bool special_stands(const struct glyph_rules *rules, struct span span, size_t at)
{
    const char next = at + 1 < span.length ? span.data[at + 1] : '\0';
    switch (span.data[at]) {
    case ESC:
    case BS:
        return rules->sgr;
    case CR:
        return next == '\n' || (next == ESC && rules->sgr);
    default:
        return !rules_encoding(rules) && dropped_length(span, at) > 0;
    }
}

/** The first place from `at` on where something may be hidden, in an encoding of bytes with ASCII in it; or the end. */
static size_t special_next(const struct glyph_rules *rules, struct span span, size_t at)
{
    for (at += scan_special(span.data + at, span.length - at);
         at < span.length && !special_stands(rules, span, at);
         at += scan_special(span.data + at, span.length - at))
        at++;
    return at;
}

bool shown_differs(const struct glyph_rules *rules, struct span span)
{
    const struct encoding *encoding = rules_encoding(rules);
    if (span.length == 0)
        return false;
    if (encoding && encoding->unit > 1)
        return true;
    if (encoding && (!encoding_is_ascii(encoding) || scan_tally(span.data, span.length).flags & SCAN_HIGH))
        return true;
    return special_next(rules, span, 0) < span.length;
}

/** `count` characters were written behind the text, of `text_step` each; they come from `byte` on, `byte_step` each. */
static void shown_add(struct shown *shown, size_t byte, size_t count, size_t text_step, size_t byte_step)
{
    bool goes_on = shown->run_count > 0 && byte == shown->next_byte;
    if (count == 0)
        return;
    if (goes_on) {
        struct run last = shown->run[shown->run_count - 1];
        goes_on = last.text_step == text_step && last.byte_step == byte_step;
    }
    if (!goes_on)
        shown->run[shown->run_count++] =
            (struct run){(uint32_t)shown->length, (uint32_t)byte, (uint8_t)text_step, (uint8_t)byte_step};
    shown->length += count * text_step;
    shown->next_byte = byte + count * byte_step;
}

/** Take back what is behind `text`. */
static void shown_cut(struct shown *shown, size_t text)
{
    shown->length = text;
    while (shown->run_count && shown->run[shown->run_count - 1].text >= text)
        shown->run_count--;
    shown->next_byte = SIZE_MAX;
}

/** Bytes that stand for themselves. */
static void maker_copy(struct maker *maker, size_t length)
{
    struct shown *shown = maker->shown;
    memcpy(shown->text + shown->length, maker->span.data + maker->at, length);
    shown_add(shown, maker->at, length, 1, 1);
    maker->at += length;
}

/** One character in another encoding. Returns what it is. */
static uint32_t maker_character(struct maker *maker)
{
    struct shown *shown = maker->shown;
    size_t rest = maker->span.length - maker->at;
    struct utf8 character = encoding_decode(maker->encoding, maker->span.data + maker->at, rest);
    size_t length = rest < maker->encoding->unit ? 1 : character.length; /* of a cut unit byte by byte */
    char *out = shown->text + shown->length;
    size_t written = character.valid ? utf8_encode(character.rune, out) : 0;
    if (written == 0) {
        *out = NOTHING;
        written = 1;
    }
    if (!character.valid || !glyph_dropped(character.rune))
        shown_add(shown, maker->at, 1, written, length);
    maker->at += length;
    if (character.valid && character.rune == GLYPH_FLAG)
        maker->at +=
            glyph_tags(maker->encoding, maker->span.data + maker->at, maker->span.length - maker->at);
    return character.valid ? character.rune : UINT32_MAX;
}

/** The same without what takes no room. */
static void maker_sift(struct maker *maker, size_t end)
{
    while (maker->at < end) {
        size_t length = 0, dropped = 0;
        while (maker->at + length < end && (dropped = dropped_length(maker->span, maker->at + length)) == 0)
            length++;
        maker_copy(maker, length);
        maker->at += dropped;
    }
}

/** The characters of the next `length` bytes, no sequence among them. */
static void maker_verbatim(struct maker *maker, size_t length)
{
    size_t end = maker->at + length;
    if (!maker->encoding)
        maker_sift(maker, end);
    while (maker->at < end)
        maker_character(maker);
}

/** One character for all the bytes of a struck glyph. */
static void maker_struck(struct maker *maker, const struct glyph *glyph)
{
    struct shown *shown = maker->shown;
    size_t length = 0;
    for (unsigned i = 0; i < glyph->rune_count; i++)
        length += utf8_encode(glyph->rune[i], shown->text + shown->length + length);
    if (length)
        shown_add(shown, maker->at, 1, length, glyph->length);
    maker->at += glyph->length;
}

/** Here a glyph begins. */
static void maker_border(struct maker *maker, size_t at, size_t text)
{
    maker->border = at;
    maker->border_text = text;
}

/** From the border on by glyphs, until the special character at `special` is in one of them. */
static void maker_glyphs(struct maker *maker, size_t special)
{
    size_t look = glyph_ahead(maker->rules);
    shown_cut(maker->shown, maker->border_text);
    maker->at = maker->border;
    while (maker->at <= special) {
        size_t rest = maker->span.length - maker->at;
        struct glyph glyph;
        glyph_next(maker->span.data + maker->at, rest < look ? rest : look,
                   (struct glyph_place){0, maker->rules}, &glyph);
        size_t length = glyph.length < rest ? glyph.length : rest;
        if (glyph.kind == GLYPH_SEQUENCE || glyph.kind == GLYPH_DROPPED)
            maker->at += length;
        else if (glyph.kind == GLYPH_TEXT && maker->at < special && maker->at + length > special)
            maker_struck(maker, &glyph);
        else
            maker_verbatim(maker, length);
    }
    maker_border(maker, maker->at, maker->shown->length);
}

/** The nearest special place, or the span's end. */
static size_t maker_special(struct maker *maker)
{
    if (maker->special == SIZE_MAX || maker->special < maker->at)
        maker->special = special_next(maker->rules, maker->span, maker->at);
    return maker->special;
}

/**
 * The length of the colour at the start of `data`, where ESC stands, in an encoding whose ASCII is bytes. 0 where it is
 * something else, not short, or has a ^O behind it. base/glyph would say the same, but it reads what the colour is, and colours are most
 * of what there is to hide.
 */
static size_t colour_length(const char *data, size_t length)
{
    const size_t most = length < COLOUR_MAX ? length : COLOUR_MAX;
    size_t at = 2;
    if (most < 3 || data[1] != '[')
        return 0;
    while (at < most && data[at] >= '0' && data[at] <= ';') /* the digits, `:` and `;` */
        at++;
    bool shifted = at + 1 < length && data[at + 1] == 0x0f; /* which belongs to it */
    return at < most && data[at] == 'm' && !shifted ? at + 1 : 0;
}

/** A CR, which is not shown where a newline follows. */
static void maker_return(struct maker *maker)
{
    const size_t rest = maker->span.length - maker->at, look = glyph_ahead(maker->rules);
    struct glyph glyph = {.kind = GLYPH_DROPPED, .length = 1};
    if (!maker->ascii || rest < 2 || maker->span.data[maker->at + 1] != '\n')
        glyph_next(maker->span.data + maker->at, rest < look ? rest : look,
                   (struct glyph_place){0, maker->rules}, &glyph);
    if (glyph.kind == GLYPH_DROPPED)
        maker->at += glyph.length;
    else
        maker_verbatim(maker, glyph.length);
    maker_border(maker, maker->at, maker->shown->length);
}

/** An ESC: a sequence, or not. */
static void maker_escape(struct maker *maker)
{
    size_t special = maker->at, colour = 0;
    if (maker->ascii)
        colour = colour_length(maker->span.data + special, maker->span.length - special);
    maker->at += colour;
    maker_border(maker, maker->at, maker->shown->length);
    if (!colour)
        maker_glyphs(maker, special);
}

/** The special character at `at`. */
static void maker_mark(struct maker *maker, uint32_t character)
{
    switch (character) {
    case ESC:
        maker_escape(maker);
        break;
    case BS:
        maker_glyphs(maker, maker->at);
        break;
    case CR:
        maker_return(maker);
        break;
    default:
        maker->at += dropped_length(maker->span, maker->at);
        break;
    }
}

/** The nearest border before the special place at `at`, up to which all was copied. */
static void maker_go_back(struct maker *maker)
{
    size_t border = maker->at;
    if (border > maker->border)
        border--;
    while (border > maker->border && (unsigned char)maker->span.data[border] >= 0x80)
        border--;
    /* Behind the border there is, nothing was hidden: what is hidden lets the border stay, or is one. */
    if (border > maker->border)
        maker_border(maker, border, maker->shown->length - (maker->at - border));
}

static void maker_utf8(struct maker *maker)
{
    while (maker->at < maker->span.length) {
        size_t special = maker_special(maker);
        maker_copy(maker, special - maker->at);
        if (special == maker->span.length)
            return;
        maker_go_back(maker);
        maker_mark(maker, (unsigned char)maker->span.data[special]);
    }
}

/** How many of the bytes [at, end) are ASCII before the first that is not. */
static size_t ascii_length(const char *data, size_t at, size_t end)
{
    size_t begin = at;
    for (uint64_t word; at + sizeof word <= end; at += sizeof word) {
        memcpy(&word, data + at, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < end && (unsigned char)data[at] < 0x80)
        at++;
    return at - begin;
}

/** Encodings of bytes with ASCII in them. */
static void maker_ascii(struct maker *maker)
{
    while (maker->at < maker->span.length) {
        size_t special = maker_special(maker);
        size_t length = ascii_length(maker->span.data, maker->at, special);
        maker_copy(maker, length);
        if (length)
            maker_border(maker, maker->at - 1, maker->shown->length - 1);
        if (maker->at == maker->span.length)
            return;
        if (maker->at == special)
            maker_mark(maker, (unsigned char)maker->span.data[special]);
        else
            maker_character(maker);
    }
}

/** The unit at `at`, where there is a whole one; otherwise something that is no ASCII. */
static uint32_t maker_unit(const struct maker *maker)
{
    const unsigned char *data = (const unsigned char *)maker->span.data + maker->at;
    unsigned unit = maker->encoding->unit;
    uint32_t value = 0;
    if (maker->span.length - maker->at < unit)
        return UINT32_MAX;
    for (unsigned i = 0; i < unit; i++)
        value = value << 8 | data[maker->encoding->big_endian ? i : unit - 1 - i];
    return value;
}

/** Any other encoding, character by character. ESC and backspace are themselves in all of them. */
static void maker_units(struct maker *maker)
{
    struct shown *shown = maker->shown;
    unsigned unit = maker->encoding->unit;
    while (maker->at < maker->span.length) {
        uint32_t value = maker_unit(maker);
        size_t at = maker->at, text = shown->length;
        if (value == CR || (maker->rules->sgr && (value == ESC || value == BS))) {
            maker_mark(maker, value);
        } else if (value < 0x80 && unit > 1) {
            maker_border(maker, at, text);
            shown->text[text] = (char)value;
            shown_add(shown, at, 1, 1, unit);
            maker->at += unit;
        } else if (maker_character(maker) < 0x80) {
            maker_border(maker, at, text);
        }
    }
}

struct span shown_make(struct shown *shown, const struct glyph_rules *rules, struct span span, unsigned phase)
{
    struct maker maker = {.shown = shown, .rules = rules, .encoding = rules_encoding(rules)};
    unsigned unit = maker.encoding ? maker.encoding->unit : 1;
    if (span.length > shown->capacity)
        span.length = shown->capacity;
    maker.ascii = !maker.encoding || (unit == 1 && encoding_is_ascii(maker.encoding));
    maker.span = span;
    maker.at = (unit - phase % unit) % unit;
    maker.border = maker.at;
    maker.special = SIZE_MAX;
    shown->length = shown->run_count = 0;
    shown->next_byte = SIZE_MAX;
    shown->span_length = span.length;
    if (!maker.encoding)
        maker_utf8(&maker);
    else if (maker.ascii)
        maker_ascii(&maker);
    else
        maker_units(&maker);
    return (struct span){shown->text, shown->length};
}

/** The last run whose text begins at or before `at`; there is one. */
static const struct run *shown_run(const struct shown *shown, size_t at)
{
    size_t low = 0, high = shown->run_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (shown->run[middle].text <= at)
            low = middle;
        else
            high = middle;
    }
    return &shown->run[low];
}

size_t shown_byte(const struct shown *shown, size_t at)
{
    if (at >= shown->length)
        return shown->span_length;
    const struct run *run = shown_run(shown, at);
    return run->byte + (at - run->text) / run->text_step * run->byte_step;
}

size_t shown_end(const struct shown *shown, size_t at)
{
    if (at == 0 || at > shown->length)
        return at ? shown->span_length : 0;
    return shown_byte(shown, at - 1) + shown_run(shown, at - 1)->byte_step;
}

size_t shown_text(const struct shown *shown, size_t at)
{
    size_t low = 0, high = shown->run_count;
    while (low < high) { /* the first run that begins behind `at` */
        size_t middle = low + (high - low) / 2;
        if (shown->run[middle].byte <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return 0;
    const struct run *run = &shown->run[low - 1];
    size_t text = run->text + (at - run->byte) / run->byte_step * run->text_step;
    size_t end = low < shown->run_count ? run[1].text : shown->length;
    return text < end ? text : end;
}
