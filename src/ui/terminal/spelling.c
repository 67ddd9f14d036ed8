/* SPDX-License-Identifier: MIT */
/**
 * ui: the grammar of what terminals send. Pure.
 *
 *     CSI  ESC [  parameters 0-9:;<=>?  intermediates SP-/  a final byte @-~      ESC [ 1 ; 5 C
 *     SS3  ESC O  digits of a modifier, seldom               a final byte          ESC O A
 *     OSC, DCS, APC, PM  ESC ] P _ ^  text up to BEL or ESC \                      ESC ] 11 ; rgb:0/0/0 BEL
 *
 * Three spellings do not keep to it: the Linux console's ESC [ [ A, rxvt's ESC [ 3 $, and the old report of the mouse,
 * ESC [ M and three bytes. A key with a modifier that we have no use for means nothing, as it always did. A key of a
 * protocol that says more than old terminals could (ESC [ 13 ; 5 u) is what those would have sent for it.
 */
#include "spelling.h"

#include "folio/ui/terminal/stroke.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/** Parameters and what a colon divides each of them into; more are passed over. */
enum { SPELLING_FIELDS = 4, SPELLING_PARTS = 3 };

/** A modifier's number is one more than the sum of these. */
enum {
    MODIFIER_SHIFT = 1,
    MODIFIER_ALT = 2,
    MODIFIER_CONTROL = 4,
    MODIFIER_OTHER = 8 + 16 + 32, /* Super, Hyper, Meta */
    MODIFIER_LOCKS = 64 + 128,    /* Caps Lock, Num Lock: no keys that are held */
};

struct spelling_parameters {
    char mark; /**< one of <=>? in front of them; 0: none */
    unsigned value[SPELLING_FIELDS][SPELLING_PARTS];
    unsigned count;
};

static const struct {
    unsigned number;
    uint32_t stroke;
} spelling_tilde[] = {
    {1, STROKE_HOME},    {2, STROKE_INSERT},    {3, STROKE_DELETE},   {4, STROKE_END},
    {5, STROKE_PAGE_UP}, {6, STROKE_PAGE_DOWN}, {7, STROKE_HOME},     {8, STROKE_END},
    {11, STROKE_F1},     {12, STROKE_F1 + 1},   {13, STROKE_F1 + 2},  {14, STROKE_F1 + 3},
    {15, STROKE_F1 + 4}, {17, STROKE_F1 + 5},   {18, STROKE_F1 + 6},  {19, STROKE_F1 + 7},
    {20, STROKE_F1 + 8}, {21, STROKE_F1 + 9},   {23, STROKE_F1 + 10}, {24, STROKE_F1 + 11},
};

/** Keys without a character that are others with what is held. */
static const struct {
    unsigned modifiers;
    uint32_t stroke, with;
} spelling_held[] = {
    {MODIFIER_CONTROL, STROKE_LEFT, STROKE_WORD_LEFT},    {MODIFIER_CONTROL, STROKE_RIGHT, STROKE_WORD_RIGHT},
    {MODIFIER_SHIFT, STROKE_UP, STROKE_SHIFT_UP},         {MODIFIER_SHIFT, STROKE_DOWN, STROKE_SHIFT_DOWN},
    {MODIFIER_SHIFT, STROKE_LEFT, STROKE_SHIFT_LEFT},     {MODIFIER_SHIFT, STROKE_RIGHT, STROKE_SHIFT_RIGHT},
    {MODIFIER_SHIFT, STROKE_SHIFT_TAB, STROKE_SHIFT_TAB},
};

/** Final bytes that are keys behind CSI and behind SS3. */
static const struct {
    char letter;
    uint32_t stroke;
} spelling_letter[] = {
    {'A', STROKE_UP},     {'B', STROKE_DOWN},      {'C', STROKE_RIGHT}, {'D', STROKE_LEFT},
    {'H', STROKE_HOME},   {'F', STROKE_END},       {'P', STROKE_F1},    {'Q', STROKE_F1 + 1},
    {'S', STROKE_F1 + 3}, {'Z', STROKE_SHIFT_TAB},
};

/** What the keypad sends in its application mode, and kitty's numbers of the same keys from 57399 on. */
static const char spelling_keypad[] = "0123456789./*-+\r=,";
enum { KITTY_KEYPAD = 57399, KITTY_CURSOR = 57417, KITTY_PRIVATE_END = 63743, KITTY_PRIVATE = 57344 };
static const uint32_t spelling_kitty_cursor[] = {
    STROKE_LEFT,      STROKE_RIGHT, STROKE_UP,  STROKE_DOWN,   STROKE_PAGE_UP,
    STROKE_PAGE_DOWN, STROKE_HOME,  STROKE_END, STROKE_INSERT, STROKE_DELETE,
};

static struct spelling spelling_whole(uint32_t stroke)
{
    return (struct spelling){SPELLING_WHOLE, {stroke, STROKE_NONE}};
}

static struct spelling spelling_kind(enum spelling_kind kind)
{
    return (struct spelling){kind, {STROKE_NONE, STROKE_NONE}};
}

/** Read "1;5:3" and the like. */
static struct spelling_parameters spelling_parse(const char *text, size_t length)
{
    struct spelling_parameters read = {0};
    unsigned part = 0;
    if (length > 0 && text[0] >= '<')
        read.mark = text[0];
    for (size_t i = read.mark != 0; i < length; i++) {
        unsigned field = read.count > 0 ? read.count - 1 : 0;
        read.count = field + 1;
        if (text[i] == ';') {
            read.count += read.count < SPELLING_FIELDS + 1;
            part = 0;
        } else if (text[i] == ':') {
            part++;
        } else if (isdigit((unsigned char)text[i]) && field < SPELLING_FIELDS && part < SPELLING_PARTS &&
                   read.value[field][part] < 0x110000) {
            read.value[field][part] = 10 * read.value[field][part] + (unsigned)(text[i] - '0');
        }
    }
    return read;
}

/** The keys that were held, from the parameter that says it. */
static unsigned spelling_modifiers(const unsigned parameter[SPELLING_PARTS])
{
    unsigned sum = parameter[0] > 0 ? parameter[0] - 1 : 0;
    return sum & ~(unsigned)MODIFIER_LOCKS;
}

/** Was the key let go, which only kitty's protocol tells? */
static bool spelling_released(const unsigned parameter[SPELLING_PARTS])
{
    return parameter[1] == 3;
}

/** A key without a character, with what was held. */
static uint32_t spelling_modified(uint32_t stroke, const unsigned parameter[SPELLING_PARTS])
{
    unsigned modifiers = spelling_modifiers(parameter);
    if (spelling_released(parameter))
        return STROKE_NONE;
    for (size_t i = 0; i < sizeof spelling_held / sizeof spelling_held[0]; i++)
        if (spelling_held[i].modifiers == modifiers && spelling_held[i].stroke == stroke)
            return spelling_held[i].with;
    return modifiers == 0 ? stroke : (uint32_t)STROKE_NONE;
}

/** What Control makes of a character on old terminals; STROKE_NONE where they have nothing for it. */
static uint32_t spelling_control(uint32_t rune)
{
    if (rune == '\r' || rune == '\t' || rune == STROKE_ESCAPE)
        return rune;
    if (rune == ' ')
        return 0;
    if (rune == 0x7f)
        return '\b';
    if (rune < 0x80 && isalpha((int)rune))
        return rune & 0x1f;
    return rune < 0x80 && rune > 0 && strchr("@[\\]^_", (int)rune) ? rune & 0x1f : (uint32_t)STROKE_NONE;
}

/** A character with what was held, as an old terminal would have sent it. */
static struct spelling spelling_character(uint32_t rune, unsigned shifted, unsigned modifiers)
{
    bool printable = rune >= ' ' && rune < STROKE_NONE && (rune < 0x7f || rune > 0x9f);
    if ((modifiers & MODIFIER_OTHER) != 0 ||
        (!printable && rune != '\r' && rune != '\t' && rune != STROKE_ESCAPE && rune != 0x7f && rune != '\b'))
        return spelling_whole(STROKE_NONE);
    if ((modifiers & MODIFIER_SHIFT) != 0 && printable)
        rune = shifted >= ' '                      ? shifted
               : rune < 0x80 && islower((int)rune) ? (uint32_t)toupper((int)rune)
                                                   : rune;
    if (modifiers == MODIFIER_SHIFT && rune == '\t')
        rune = STROKE_SHIFT_TAB;
    if ((modifiers & MODIFIER_CONTROL) != 0)
        rune = spelling_control(rune);
    if ((modifiers & MODIFIER_ALT) == 0 || rune == STROKE_NONE)
        return spelling_whole(rune);
    return (struct spelling){SPELLING_WHOLE, {STROKE_ESCAPE, rune}};
}

/** ESC [ code ; modifiers u. */
static struct spelling spelling_kitty(const struct spelling_parameters *read)
{
    unsigned code = read->value[0][0];
    unsigned modifiers = spelling_modifiers(read->value[1]);
    if (read->count == 0 || spelling_released(read->value[1]))
        return spelling_whole(STROKE_NONE);
    if (code >= KITTY_KEYPAD && code < KITTY_KEYPAD + sizeof spelling_keypad - 1)
        return spelling_character((unsigned char)spelling_keypad[code - KITTY_KEYPAD], 0, modifiers);
    if (code >= KITTY_CURSOR && code < KITTY_CURSOR + sizeof spelling_kitty_cursor / sizeof(uint32_t))
        return spelling_whole(spelling_modified(spelling_kitty_cursor[code - KITTY_CURSOR], read->value[1]));
    if (code >= KITTY_PRIVATE && code <= KITTY_PRIVATE_END)
        return spelling_whole(STROKE_NONE);
    return spelling_character(code, read->value[0][1], modifiers);
}

/** ESC [ number ; modifiers ~. */
static struct spelling spelling_number(const struct spelling_parameters *read)
{
    unsigned number = read->value[0][0];
    if (number == 27 && read->count >= 3)
        return spelling_character(read->value[2][0], 0, spelling_modifiers(read->value[1]));
    if (number == 200 || number == 201)
        return spelling_whole(number == 200 ? STROKE_PASTE_BEGIN : STROKE_PASTE_END);
    for (size_t i = 0; i < sizeof spelling_tilde / sizeof spelling_tilde[0]; i++)
        if (spelling_tilde[i].number == number)
            return spelling_whole(spelling_modified(spelling_tilde[i].stroke, read->value[1]));
    return spelling_whole(STROKE_NONE);
}

/** A button of the mouse, as xterm numbers them: only the wheel is a key. */
static struct spelling spelling_button(unsigned button, bool pressed)
{
    return spelling_whole(!pressed       ? STROKE_NONE
                          : button == 64 ? STROKE_WHEEL_UP
                          : button == 65 ? STROKE_WHEEL_DOWN
                                         : STROKE_NONE);
}

static uint32_t spelling_lettered(char letter)
{
    for (size_t i = 0; i < sizeof spelling_letter / sizeof spelling_letter[0]; i++)
        if (spelling_letter[i].letter == letter)
            return spelling_letter[i].stroke;
    return STROKE_NONE;
}

/** A whole CSI sequence: its parameters and its last byte. */
static struct spelling spelling_csi_whole(const char *text, size_t length)
{
    struct spelling_parameters read = spelling_parse(text, length - 1);
    char last = text[length - 1];
    if (read.mark == '<' && (last == 'M' || last == 'm'))
        return spelling_button(read.value[0][0], last == 'M');
    if (read.mark != 0 || (length > 1 && text[length - 2] < '0'))
        return spelling_whole(STROKE_NONE);
    if (last == '~')
        return spelling_number(&read);
    if (last == 'u')
        return spelling_kitty(&read);
    if (last == 'M')
        return spelling_button(read.value[0][0] - 32, true);
    /* A report of the cursor's place, or of anything else, has other numbers. */
    return spelling_whole(read.value[0][0] <= 1 ? spelling_modified(spelling_lettered(last), read.value[1])
                                                : (uint32_t)STROKE_NONE);
}

/** Behind ESC [. */
static struct spelling spelling_csi(const char *text, size_t length)
{
    if (text[0] == '[' && length < 2)
        return spelling_kind(SPELLING_MORE);
    if (text[0] == '[')
        return spelling_whole(text[1] >= 'A' && text[1] <= 'E' ? STROKE_F1 + (uint32_t)(text[1] - 'A')
                                                               : (uint32_t)STROKE_NONE);
    if (text[0] == 'M')
        return length < 4 ? spelling_kind(SPELLING_MORE)
                          : spelling_button((unsigned)(unsigned char)text[1] - 32, true);
    bool intermediate = false;
    bool digits = true;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < ' ' || byte > '~' || (intermediate && byte >= '0' && byte < '@'))
            return spelling_kind(SPELLING_BROKEN);
        if (byte >= '@' || (byte == '$' && digits && i > 0))
            return spelling_csi_whole(text, i + 1);
        intermediate = intermediate || byte < '0';
        digits = digits && isdigit(byte);
    }
    return spelling_kind(SPELLING_MORE);
}

/** Behind ESC O. */
static struct spelling spelling_ss3(const char *text, size_t length)
{
    size_t digits = 0;
    while (digits < length && (isdigit((unsigned char)text[digits]) || text[digits] == ';'))
        digits++;
    if (digits == length)
        return spelling_kind(SPELLING_MORE);
    unsigned char last = (unsigned char)text[digits];
    if (last < ' ' || last > '~')
        return spelling_kind(SPELLING_BROKEN);
    if (digits > 0)
        return spelling_whole(STROKE_NONE);
    static const char keypad[] = "pqrstuvwxynojmkMXl";
    const char *key = strchr(keypad, last);
    if (key)
        return spelling_whole((unsigned char)spelling_keypad[key - keypad]);
    return spelling_whole(last == 'R' ? STROKE_F1 + 2 : spelling_lettered((char)last));
}

struct spelling spelling_read(const char *text, size_t length)
{
    /* C1: a terminal that sends eight bits has one byte for ESC and what is behind it. */
    bool eight = (unsigned char)text[0] >= 0x80;
    unsigned char introducer = eight        ? (unsigned char)(text[0] - 0x40)
                               : length > 1 ? (unsigned char)text[1]
                                            : 0;
    size_t head = eight ? 1 : 2;
    if ((!eight && text[0] != STROKE_ESCAPE) || (introducer != 0 && !strchr("[O]P_^", introducer)))
        return spelling_kind(SPELLING_NONE);
    if (length <= head)
        return spelling_kind(length < head || !eight ? SPELLING_PAIR : SPELLING_MORE);
    if (introducer == '[')
        return spelling_csi(text + head, length - head);
    if (introducer == 'O')
        return spelling_ss3(text + head, length - head);
    return spelling_kind(SPELLING_STRING);
}
