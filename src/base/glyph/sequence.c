/* SPDX-License-Identifier: MIT */
/*
 * base: the few sequences of a terminal that are carried out. Any thread.
 *
 *     ESC [ 0-9;: m           colours and attributes (SGR), to a change of ink; with a ^O right behind it, which belongs to
 *                             sgr0 of the Linux console and of screen: back to letters, which is what we have
 *     ESC [ 0-9;: K           erase in line, which grep writes behind every colour: nothing
 *     ESC ( B                 ASCII, which `tput sgr0` writes before ESC [ m: nothing, as it is what we have
 *     ESC ] 8 ; a ; URI end   a hyperlink, or without a URI its end; `end` is BEL or ESC \
 *
 * That is all, and none of it reaches the terminal: what they mean comes out as ink, and ink is drawn by curses. Any
 * other sequence is no sequence here: its ESC shows as a control, and the rest of it as the text that it is. The same
 * holds for one of these that has anything in it which does not belong there (a control, a newline, broken bytes), or
 * does not end within GLYPH_SEQUENCE_MAX bytes. A terminal might go on swallowing text in such a place; a person who
 * reads a file that nobody wrote with good intentions should see it all.
 *
 * The bytes are read as characters, so that it is the same in UTF-16, and in encodings where a byte that looks like a
 * letter is the second half of something else.
 */
#include "inside.h"

/* A walk over characters. `rune` is the one at `offset`; RUNE_NONE at the end, and where bytes are broken. */
struct walk {
    const struct glyph_bytes *bytes;
    size_t offset;
    uint32_t rune;
    uint8_t length;
};

#define RUNE_NONE UINT32_MAX

#define ESC       0x1b
#define BEL       0x07
#define SI        0x0f

static void walk_look(struct walk *walk)
{
    struct utf8 character = bytes_decode(walk->bytes, walk->offset);
    walk->rune = character.valid ? character.rune : RUNE_NONE;
    walk->length = character.length;
}

static void walk_next(struct walk *walk)
{
    walk->offset += walk->length;
    walk_look(walk);
}

/* May what the walk stands on be inside a hyperlink? C1 counts as a control, though it is two bytes in UTF-8. */
static bool walk_in_link(const struct walk *walk)
{
    return walk->rune != RUNE_NONE && !rune_is_control(walk->rune) &&
           !(walk->rune >= 0x80 && walk->rune < 0xa0);
}

/* Where the bytes [begin, end) lie as ASCII: in place, or one character a byte in `room`, which has half of them. */
static struct span walk_ascii(const struct walk *walk, size_t begin, size_t end,
                              char room[GLYPH_SEQUENCE_MAX / 2])
{
    const struct glyph_bytes *bytes = walk->bytes;
    if (!bytes->encoding || bytes->encoding->unit == 1)
        return (struct span){bytes->data + begin, end - begin};
    size_t length = 0;
    for (struct utf8 character; begin < end; begin += character.length) {
        character = bytes_decode(bytes, begin);
        room[length++] = (char)character.rune;
    }
    return (struct span){room, length};
}

/* Digits, `:` and `;`, which are neighbours in ASCII. */
static bool is_parameter(uint32_t rune)
{
    return rune >= '0' && rune <= ';';
}

/* Go behind the parameters. In UTF-8 they are bytes, of which a coloured log has so many that it matters. */
static void walk_parameters(struct walk *walk)
{
    const struct glyph_bytes *bytes = walk->bytes;
    if (!bytes->encoding) {
        while (walk->offset < bytes->length && is_parameter((unsigned char)bytes->data[walk->offset]))
            walk->offset++;
        walk_look(walk);
        return;
    }
    while (is_parameter(walk->rune))
        walk_next(walk);
}

/* Behind ESC [: the length up to the end of the sequence, or 0. */
static size_t control_read(struct walk *walk, struct ink_change *change)
{
    size_t begin = walk->offset;
    walk_parameters(walk);
    size_t end = walk->offset;
    if (walk->rune != 'm' && walk->rune != 'K')
        return 0;
    if (walk->rune == 'm') {
        char room[GLYPH_SEQUENCE_MAX / 2];
        struct span parameters = walk_ascii(walk, begin, end, room);
        *change = ink_parse(parameters.data, parameters.length);
        walk_next(walk);
        return walk->rune == SI ? walk->offset + walk->length : walk->offset;
    }
    return end + walk->length;
}

/* Behind ESC ]: the length up to the end of the sequence, or 0; [*begin, *end) is the URI. */
static size_t link_read(struct walk *walk, size_t *begin, size_t *end)
{
    if (walk->rune != '8')
        return 0;
    walk_next(walk);
    if (walk->rune != ';')
        return 0;
    walk_next(walk);
    /* Parameters, `id=...`. What is behind their `;` is the URI, which may have more of them. */
    while (walk->rune != ';' && walk_in_link(walk))
        walk_next(walk);
    if (walk->rune != ';')
        return 0;
    walk_next(walk);
    *begin = walk->offset;
    while (walk_in_link(walk))
        walk_next(walk);
    *end = walk->offset;
    if (walk->rune == ESC) {
        walk_next(walk);
        return walk->rune == '\\' ? walk->offset + walk->length : 0;
    }
    return walk->rune == BEL ? walk->offset + walk->length : 0;
}

/* Does the walk, which stands on ESC, begin a sequence that is introduced by `second`? Then it goes behind that. */
static bool walk_enter(struct walk *walk, uint32_t second)
{
    if (walk->rune != second)
        return false;
    walk_next(walk);
    return true;
}

size_t sequence_read(const struct glyph_bytes *bytes, struct ink_change *change)
{
    struct walk walk = {.bytes = bytes};
    *change = (struct ink_change){0};
    walk_look(&walk);
    walk_next(&walk);
    if (walk_enter(&walk, '['))
        return control_read(&walk, change);
    if (walk_enter(&walk, '('))
        return walk.rune == 'B' ? walk.offset + walk.length : 0;
    if (!walk_enter(&walk, ']'))
        return 0;
    size_t begin, end;
    size_t length = link_read(&walk, &begin, &end);
    if (length > 0)
        *change = (struct ink_change){.to.flags = end > begin ? INK_LINK : 0, .fields = INK_LINK};
    return length;
}

struct span sequence_link(const struct glyph_bytes *bytes)
{
    struct walk walk = {.bytes = bytes};
    size_t begin = 0, end = 0;
    walk_look(&walk);
    if (walk.rune != ESC)
        return (struct span){bytes->data, 0};
    walk_next(&walk);
    bool link = walk_enter(&walk, ']') && link_read(&walk, &begin, &end) > 0;
    return (struct span){bytes->data + begin, link ? end - begin : 0};
}
