/* SPDX-License-Identifier: MIT */
/*
 * base: SGR parameters become changes of ink. Pure; any thread.
 *
 * A parameter is numbers with `:` between them, and parameters have `;` between them. A colour is written in either
 * way, and the older one is ambiguous: `38;5;1` is colour 1, but only because 38 swallows the two parameters behind
 * it. So `38;` with a colour space takes its arguments with it even where they make no colour, lest `38;5;999;1`
 * or an unknown space turn colour components into attributes. With `:` everything stands in one parameter, and what
 * is wrong with it stays there.
 */
#include "folio/base/glyph/ink.h"

/* No parameter means more than 255; what is larger stops here, so that no digits overflow. */
#define NUMBER_MAX 9999
/* `38:2:space:red:green:blue`, the most that counts; what follows (a tolerance) is read and forgotten. */
#define PART_MAX 6
/* What counts of the numbers that `38;` swallows: red, green and blue. */
#define COMPONENT_MAX 3

/* A hyperlink is not ended by SGR 0: only by another one, and at a newline. */
#define FIELDS_OF_SGR (INK_ALL & ~INK_LINK)

const struct ink_change ink_reset = {.fields = INK_ALL};

/* One parameter: its numbers, empty ones being 0. */
struct parameter {
    unsigned part[PART_MAX];
    unsigned part_count; /* of all that there are, also those behind the last that is kept */
    bool valid;          /* nothing but digits and `:` */
};

/* The rest of the parameters. `more` is false behind the last; an empty one counts, so there is always one. */
struct parameters {
    const char *next, *end;
    bool more;
};

/* One more number of a parameter; it counts, even where there is no room to keep it. */
static void parameter_add(struct parameter *parameter, unsigned number)
{
    if (parameter->part_count < PART_MAX)
        parameter->part[parameter->part_count] = number;
    parameter->part_count++;
}

/* Read the next parameter, and go behind its `;`. */
static void parameter_read(struct parameters *parameters, struct parameter *parameter)
{
    unsigned number = 0;
    const char *next = parameters->next;
    *parameter = (struct parameter){.valid = true};
    for (; next < parameters->end && *next != ';'; next++) {
        unsigned digit = (unsigned)(*next - '0');
        if (digit <= 9) {
            number = number * 10 + digit;
            number = number < NUMBER_MAX ? number : NUMBER_MAX;
        } else if (*next == ':') {
            parameter_add(parameter, number);
            number = 0;
        } else {
            parameter->valid = false;
        }
    }
    parameter_add(parameter, number);
    parameters->more = next < parameters->end;
    parameters->next = next + parameters->more;
}

/* What 0 to 9 and 21 to 29 do: the fields they touch, and what they put there. Those that are unknown touch nothing.
 * 21 is a second underline, as in ECMA-48; only the Linux console once took it for the end of bold. */
static const struct attribute {
    uint16_t fields, flags;
} attribute_table[] = {
    [0] = {FIELDS_OF_SGR, 0},
    [1] = {INK_BOLD, INK_BOLD},
    [2] = {INK_DIM, INK_DIM},
    [3] = {INK_ITALIC, INK_ITALIC},
    [4] = {INK_UNDERLINE, INK_UNDERLINE},
    [5] = {INK_BLINK, INK_BLINK},
    [6] = {INK_BLINK, INK_BLINK},
    [7] = {INK_REVERSE, INK_REVERSE},
    [8] = {INK_HIDDEN, INK_HIDDEN},
    [9] = {INK_STRIKE, INK_STRIKE},
    [21] = {INK_UNDERLINE, INK_UNDERLINE},
    [22] = {INK_BOLD | INK_DIM, 0},
    [23] = {INK_ITALIC, 0},
    [24] = {INK_UNDERLINE, 0},
    [25] = {INK_BLINK, 0},
    [27] = {INK_REVERSE, 0},
    [28] = {INK_HIDDEN, 0},
    [29] = {INK_STRIKE, 0},
    [39] = {INK_FOREGROUND, 0},
    [49] = {INK_BACKGROUND, 0},
};

#define ATTRIBUTE_COUNT (sizeof attribute_table / sizeof attribute_table[0])

/* The colour spaces of ISO 8613-6 (T.416) by number, and how many components each has. */
enum colour_space { SPACE_RGB = 2, SPACE_PALETTE = 5, SPACE_COUNT };
static const uint8_t component_count[SPACE_COUNT] = {0, 0, 3, 3, 4, 1};

static void change_set_colour(struct ink_change *change, enum ink_field field, uint32_t colour)
{
    change->fields |= (uint16_t)field;
    if (field == INK_FOREGROUND)
        change->to.foreground = colour;
    else
        change->to.background = colour;
}

/* Components in a space set the colour, if the space is one that a terminal knows and none is out of range. */
static void change_set_components(struct ink_change *change, enum ink_field field, unsigned space,
                                  const unsigned *component)
{
    if (space == SPACE_PALETTE && component[0] <= UINT8_MAX)
        change_set_colour(change, field, INK_PALETTE(component[0]));
    if (space == SPACE_RGB && component[0] <= UINT8_MAX && component[1] <= UINT8_MAX &&
        component[2] <= UINT8_MAX)
        change_set_colour(change, field, INK_RGB(component[0] << 16 | component[1] << 8 | component[2]));
}

/* 38, 48 or 58 in one parameter. The name of a colour space stands before red, if there is room for it. `field` 0: the
 * colour of underlines, which is not ours. */
static void parse_colour_parts(struct ink_change *change, unsigned field, const struct parameter *parameter)
{
    unsigned space = parameter->part[1];
    unsigned first = space == SPACE_RGB && parameter->part_count >= PART_MAX ? 3 : 2;
    bool whole = space < SPACE_COUNT && parameter->part_count >= first + component_count[space];
    if (field && whole)
        change_set_components(change, (enum ink_field)field, space, parameter->part + first);
}

/* 38, 48 or 58 whose space and components are the parameters behind it. */
static void parse_colour_rest(struct ink_change *change, unsigned field, struct parameters *parameters)
{
    if (!parameters->more)
        return;
    struct parameter space, parameter;
    parameter_read(parameters, &space);
    bool whole = space.valid && space.part_count == 1;
    unsigned count = whole && space.part[0] < SPACE_COUNT ? component_count[space.part[0]] : 0;
    unsigned component[COMPONENT_MAX] = {0};
    for (unsigned i = 0; i < count; i++) {
        if (!parameters->more)
            return;
        parameter_read(parameters, &parameter);
        whole = whole && parameter.valid && parameter.part_count == 1;
        if (i < COMPONENT_MAX)
            component[i] = parameter.part[0];
    }
    if (field && whole)
        change_set_components(change, (enum ink_field)field, space.part[0], component);
}

/* 30-37 and 40-47 are the first eight of the palette, 90-97 and 100-107 the next. */
static void parse_palette(struct ink_change *change, unsigned number)
{
    unsigned bright = number >= 90 ? 8 : 0;
    unsigned index = bright ? number - 90 : number - 30;
    if (index % 10 < 8)
        change_set_colour(change, index < 10 ? INK_FOREGROUND : INK_BACKGROUND,
                          INK_PALETTE(index % 10 + bright));
}

/* A parameter that is one number, and no colour in the long form. */
static void parse_number(struct ink_change *change, unsigned number)
{
    bool palette = (number >= 30 && number < 50) || (number >= 90 && number < 110);
    struct attribute attribute = {0, 0};
    if (number < ATTRIBUTE_COUNT)
        attribute = attribute_table[number];
    if (attribute.fields) {
        struct ink_change next = {.to.flags = attribute.flags, .fields = attribute.fields};
        *change = ink_then(*change, next);
    } else if (palette) {
        parse_palette(change, number);
    }
}

/* Which colour 38, 48 and 58 set; 0 where the number is none of them, or the colour one that is not kept. */
static unsigned colour_field(unsigned number)
{
    return number == 38 ? INK_FOREGROUND : number == 48 ? INK_BACKGROUND : 0;
}

static bool takes_colour(unsigned number)
{
    return number == 38 || number == 48 || number == 58;
}

struct ink_change ink_parse(const char *parameters, size_t length)
{
    struct ink_change change = {0};
    struct parameters rest = {.next = parameters, .end = parameters + length, .more = true};
    struct parameter parameter;
    while (rest.more) {
        parameter_read(&rest, &parameter);
        unsigned number = parameter.part[0];
        if (!parameter.valid)
            continue;
        if (parameter.part_count == 1 && takes_colour(number))
            parse_colour_rest(&change, colour_field(number), &rest);
        else if (takes_colour(number))
            parse_colour_parts(&change, colour_field(number), &parameter);
        else if (parameter.part_count == 1)
            parse_number(&change, number);
        else if (number == 4 && parameter.part_count == 2 && parameter.part[1] <= 5)
            /* The kinds of underline are all one to us; 4:0 is none. */
            parse_number(&change, parameter.part[1] > 0 ? 4 : 24);
    }
    return change;
}

struct ink ink_apply(struct ink ink, struct ink_change change)
{
    ink.flags = (uint16_t)((ink.flags & ~change.fields) | change.to.flags);
    if (change.fields & INK_FOREGROUND)
        ink.foreground = change.to.foreground;
    if (change.fields & INK_BACKGROUND)
        ink.background = change.to.background;
    return ink;
}

struct ink_change ink_then(struct ink_change first, struct ink_change second)
{
    return (struct ink_change){
        .to = ink_apply(first.to, second),
        .fields = (uint16_t)(first.fields | second.fields),
    };
}

bool ink_same(struct ink a, struct ink b)
{
    return a.foreground == b.foreground && a.background == b.background && a.flags == b.flags;
}

/* What xterm makes of the first 16 of the palette. Others differ, but not in what black and white are. */
static const uint32_t palette_low[16] = {
    0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
    0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
};

/* One of the six levels of the palette's cube, of 8 bits. */
static uint32_t cube_level(uint32_t level)
{
    return level ? 55 + level * 40 : 0;
}

/* A colour as red, green and blue: 16-231 are a cube of six levels, 232-255 greys. */
static uint32_t colour_rgb(uint32_t colour)
{
    uint32_t index = colour & 0xff;
    if ((colour & ~UINT32_C(0xffffff)) == INK_RGB(0))
        return colour & 0xffffff;
    if (index < 16)
        return palette_low[index];
    if (index >= 232)
        return UINT32_C(0x010101) * (8 + (index - 232) * 10);
    index -= 16;
    return cube_level(index / 36) << 16 | cube_level(index / 6 % 6) << 8 | cube_level(index % 6);
}

struct ink ink_visible(struct ink ink)
{
    if (ink.flags & INK_HIDDEN) {
        ink.flags = (uint16_t)(ink.flags & ~INK_HIDDEN);
        ink.flags |= INK_DIM | INK_REVERSE;
    }
    /* One may be spelled as a palette's and the other as true colour. The terminal's own two are never the same. */
    if (ink.foreground != INK_DEFAULT && ink.background != INK_DEFAULT &&
        colour_rgb(ink.foreground) == colour_rgb(ink.background))
        ink.background = INK_DEFAULT;
    return ink;
}
