/* SPDX-License-Identifier: MIT */
/**
 * model: reading a regular expression. Pure; any thread.
 *
 * Three things decide how fast a pattern can be searched, and all can be read off it:
 *
 *   utf       Whether PCRE2 must look at characters, or bytes do. Bytes do when everything in the pattern is ASCII and
 *             nothing can match "some other character": no dot, no negated class, no class by property.
 *   blind     Whether a whole stretch of lines may be given to PCRE2 at once. Let every item consume only bytes that
 *             are no newline, and let none look around. Then an attempt that begins in a line ends in it, because
 *             the newline fails every item just as the end of the subject does; hence it gives what it gives on the
 *             line alone. \b looks one character to either side, and a newline there is no word character, as
 *             nothing is none. Everything else that looks (^ $ \A \z \B, lookaround) or decides by what it could not
 *             take (possessive and atomic) is not blind, and neither is a class with a newline in it: [^x] \s \W.
 *             (\B differs where a line begins with broken UTF-8: PCRE2's JIT finds it there at the very beginning of
 *             a subject only.)
 *   need      Literals one of which every match contains, for a prefilter. A sequence needs what any of its items
 *             needs, and is given the best of that: a run of plain characters side by side, or what a group needs; what
 *             may be there no time at all (* ? {0,3}) does not count, nor do lookarounds. An alternation needs one of
 *             what its branches need, and nothing is known if that is so of one branch.
 *
 *   pattern = sequence ('|' sequence)*     sequence = (item quantifier?)*     item = character | class | ( pattern )
 *
 * The reader walks this grammar and keeps no tree; the runs it has read are in shape->room, one behind the other.
 * Anything it does not know (inline flags, verbs, \Q, names) makes it give up: `odd`. A wrong guess would lose matches
 * without a word, which no speed is worth.
 */
#include "folio/model/pattern/shape.h"

#include "folio/base/text/utf8.h"

#include <stdint.h>
#include <string.h>

/** Groups nested deeper than this are odd. */
#define SHAPE_DEPTH_MAX 50
/** Stands for an item that is not one plain character. */
#define SHAPE_NO_RUNE UINT32_MAX

/** The length from which on a literal is as good as any. */
#define SHAPE_LENGTH_BEST 10

/** The reader: where it is, and the run of plain characters just before, which is the end of shape->room. */
struct shape_reader {
    const char *text;
    size_t length;
    size_t at;
    bool caseless;
    /** Known from an earlier reading: with UTF, k and s have partners beyond ASCII (KELVIN SIGN, LONG S). */
    bool utf_known;
    bool odd;
    bool plain; /**< only runs and `|` so far, and no run was cut */
    unsigned depth;
    size_t run_begin, run_end;
    struct pattern_shape *shape;
};

enum shape_repeat { SHAPE_ONCE, SHAPE_OPTIONAL, SHAPE_REPEATED };

static struct shape_need shape_pattern(struct shape_reader *reader);

static bool shape_more(const struct shape_reader *reader)
{
    return !reader->odd && reader->at < reader->length;
}

/** The byte `ahead` of the next one, or 0 beyond the end (NUL is never special, so nobody mistakes it). */
static char shape_peek(const struct shape_reader *reader, size_t ahead)
{
    return reader->at + ahead < reader->length ? reader->text[reader->at + ahead] : '\0';
}

static bool shape_one_of(char byte, const char *set)
{
    return byte != '\0' && strchr(set, byte);
}

static bool shape_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool shape_alphanumeric(char byte)
{
    return shape_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/** How bad a prefilter is: short literals are everywhere, and several more than one. Equal: the shortest decides. */
static uint64_t need_cost(const struct shape_need *need)
{
    uint64_t cost = 0, shortest = NEEDLE_LENGTH_MAX;
    for (unsigned i = 0; i < need->count; i++) {
        uint64_t length = need->literal[i].length;
        cost += (uint64_t)1 << 3 * (SHAPE_LENGTH_BEST -
                                    (length < SHAPE_LENGTH_BEST ? length : SHAPE_LENGTH_BEST));
        shortest = length < shortest ? length : shortest;
    }
    return need->count == 0 ? UINT64_MAX : cost * (NEEDLE_LENGTH_MAX + 1) + NEEDLE_LENGTH_MAX - shortest;
}

/** Both are needed, so either will do. */
static void need_both(struct shape_need *need, const struct shape_need *other)
{
    if (need_cost(other) < need_cost(need))
        *need = *other;
}

/** One of the two is needed. */
static void need_either(struct shape_need *need, const struct shape_need *other)
{
    if (need->count == 0 || other->count == 0 || need->count + other->count > NEEDLES_MAX) {
        need->count = 0;
        return;
    }
    memcpy(&need->literal[need->count], other->literal, other->count * sizeof other->literal[0]);
    need->count += other->count;
}

/** The run ends here, and it is needed. */
static void shape_flush(struct shape_reader *reader, struct shape_need *need)
{
    struct shape_need run = {.count = 1};
    run.literal[0].begin = (uint16_t)reader->run_begin;
    run.literal[0].length = (uint16_t)(reader->run_end - reader->run_begin);
    if (run.literal[0].length > 0)
        need_both(need, &run);
    reader->run_begin = reader->run_end;
}

/** May `rune` be looked for as its bytes, ASCII letters in either case where caseless? */
static bool shape_runnable(const struct shape_reader *reader, uint32_t rune)
{
    if (rune == SHAPE_NO_RUNE || rune == '\n')
        return false;
    if (!reader->caseless)
        return true;
    return rune < 0x80 && !(reader->utf_known && shape_one_of((char)rune, "kKsS"));
}

/** An item has been read: go on with the run, or end it. */
static void shape_extend(struct shape_reader *reader, uint32_t rune, enum shape_repeat repeat,
                         struct shape_need *need)
{
    char *room = reader->shape->room;
    bool full = reader->run_end + UTF8_LENGTH_MAX > sizeof reader->shape->room;
    if (!shape_runnable(reader, rune) || repeat != SHAPE_ONCE || full)
        reader->plain = false;
    if (!shape_runnable(reader, rune) || repeat == SHAPE_OPTIONAL || full) {
        shape_flush(reader, need);
        return;
    }
    if (reader->run_end - reader->run_begin + UTF8_LENGTH_MAX > NEEDLE_LENGTH_MAX) {
        reader->plain = false;
        shape_flush(reader, need);
    }
    reader->run_end += utf8_encode(rune, room + reader->run_end);
    if (repeat == SHAPE_REPEATED)
        shape_flush(reader, need);
}

/** What \a \e \f \r \t stand for, else SHAPE_NO_RUNE. */
static uint32_t shape_control(char letter)
{
    static const char letters[] = "aefrt", bytes[] = "\a\033\f\r\t";
    const char *found = letter == '\0' ? NULL : strchr(letters, letter);
    return !found ? SHAPE_NO_RUNE : (uint32_t)bytes[found - letters];
}

/** Skip the X or {NAME} of \pX. */
static void shape_property(struct shape_reader *reader)
{
    if (shape_peek(reader, 0) != '{') {
        if (!shape_alphanumeric(shape_peek(reader, 0)))
            reader->odd = true;
        reader->at++;
        return;
    }
    const char *close = memchr(reader->text + reader->at, '}', reader->length - reader->at);
    if (!close) {
        reader->odd = true;
        return;
    }
    reader->at = (size_t)(close - reader->text) + 1;
}

/** What follows a backslash; the character where it is one. `in_class`: between brackets. */
static uint32_t shape_escape(struct shape_reader *reader, bool in_class)
{
    char letter = shape_peek(reader, 0);
    bool present = reader->at < reader->length;
    reader->at++;
    bool word = !in_class && shape_one_of(letter, "<>"); /* words.c spells it with \b: as blind as that */
    if (present && !word && (unsigned char)letter < 0x80 && !shape_alphanumeric(letter) && letter != '\0' &&
        letter != '\n')
        return (uint32_t)letter;
    uint32_t rune = shape_control(letter);
    if (rune != SHAPE_NO_RUNE)
        return rune;
    if (in_class && letter == 'b')
        return '\b';
    /* What is left looks at characters, and may see a newline unless it is known not to. */
    reader->shape->utf = true;
    if (shape_one_of(letter, in_class ? "dw" : "dwb<>"))
        return SHAPE_NO_RUNE;
    reader->shape->blind = false;
    if (shape_one_of(letter, "pP"))
        shape_property(reader);
    else if (!in_class && letter >= '1' && letter <= '9')
        while (shape_digit(shape_peek(reader, 0)))
            reader->at++;
    else if (!shape_one_of(letter, in_class ? "sSWDhHvV" : "sSWDhHvVRXAzZGKB"))
        reader->odd = true;
    return SHAPE_NO_RUNE;
}

/** One character as it stands. */
static uint32_t shape_character(struct shape_reader *reader)
{
    struct utf8 decoded = utf8_decode(reader->text + reader->at, reader->length - reader->at);
    reader->at += decoded.length;
    reader->odd = reader->odd || !decoded.valid;
    if (decoded.rune >= 0x80)
        reader->shape->utf = true;
    if (decoded.rune == '\n')
        reader->shape->blind = false;
    return decoded.rune;
}

/** "[:alpha:]" within a class; the reader stands after the '['. */
static void shape_posix(struct shape_reader *reader)
{
    static const char *const blind[] = {"alpha", "digit", "alnum",  "upper",
                                        "lower", "punct", "xdigit", "word"};
    const char *name = reader->text + reader->at + 1;
    size_t length = 0;
    while (shape_alphanumeric(shape_peek(reader, 1 + length)))
        length++;
    if (shape_peek(reader, 1 + length) != ':' || shape_peek(reader, 2 + length) != ']') {
        reader->odd = true; /* among others [:^space:] */
        return;
    }
    bool known = false;
    for (size_t i = 0; i < sizeof blind / sizeof blind[0]; i++)
        known = known || (strlen(blind[i]) == length && memcmp(blind[i], name, length) == 0);
    reader->shape->utf = true;
    reader->shape->blind = reader->shape->blind && known;
    reader->at += length + 3;
}

/** One member of a class, or one end of a range. */
static uint32_t shape_member(struct shape_reader *reader)
{
    char byte = shape_peek(reader, 0);
    if (byte == '\\') {
        reader->at++;
        return shape_escape(reader, true);
    }
    if (byte == '[' && shape_one_of(shape_peek(reader, 1), ":.=")) {
        reader->at++;
        if (shape_peek(reader, 0) == ':')
            shape_posix(reader);
        else
            reader->odd = true;
        return SHAPE_NO_RUNE;
    }
    return shape_character(reader);
}

/** A class; the reader stands after the '['. */
static void shape_class(struct shape_reader *reader)
{
    if (shape_peek(reader, 0) == '^') {
        reader->at++;
        reader->shape->utf = true;
        reader->shape->blind = false;
    }
    for (bool first = true; shape_more(reader); first = false) {
        if (shape_peek(reader, 0) == ']' && !first) {
            reader->at++;
            return;
        }
        uint32_t low = shape_member(reader);
        if (shape_peek(reader, 0) != '-' || shape_peek(reader, 1) == ']')
            continue;
        reader->at++;
        uint32_t high = shape_member(reader);
        if (low == SHAPE_NO_RUNE || high == SHAPE_NO_RUNE)
            reader->odd = true;
        else if (low <= '\n' && high >= '\n')
            reader->shape->blind = false;
    }
    reader->odd = true;
}

/** A group; the reader stands after the '('. What it needs, if that is something to be matched. */
static struct shape_need shape_group(struct shape_reader *reader)
{
    bool look_around = false;
    if (shape_peek(reader, 0) == '*') {
        reader->odd = true;
    } else if (shape_peek(reader, 0) == '?') {
        size_t look = shape_peek(reader, 1) == '<' ? 2 : 1;
        char kind = shape_peek(reader, look);
        if (look == 1 && kind == ':') {
            reader->at += 2;
        } else if (shape_one_of(kind, look == 1 ? "=!>" : "=!")) {
            reader->at += look + 1;
            look_around = kind != '>';
            reader->shape->utf = true;
            reader->shape->blind = false;
        } else {
            reader->odd = true;
        }
    }
    if (++reader->depth > SHAPE_DEPTH_MAX)
        reader->odd = true;
    struct shape_need need = shape_pattern(reader);
    reader->depth--;
    if (!shape_more(reader))
        reader->odd = true;
    reader->at++; /* the ')' */
    if (look_around)
        need.count = 0;
    return need;
}

/** Can the '{' that comes next only be itself? Later versions of PCRE2 take "{,3}" and "{ 3}" as quantifiers. */
static bool shape_brace_plain(const struct shape_reader *reader)
{
    char next = shape_peek(reader, 1);
    return !shape_digit(next) && !shape_one_of(next, ", \t") && reader->at + 1 < reader->length;
}

/** One item that is not followed by its quantifier yet; the character where it is one, what it needs if a group. */
static uint32_t shape_item(struct shape_reader *reader, struct shape_need *need)
{
    char byte = shape_peek(reader, 0);
    if (!shape_one_of(byte, "\\.^$[(*+?{"))
        return shape_character(reader);
    if (byte == '{' && shape_brace_plain(reader))
        return shape_character(reader);
    reader->at++;
    switch (byte) {
    case '\\':
        return shape_escape(reader, false);
    case '.':
        reader->shape->utf = true;
        break;
    case '^':
    case '$':
        reader->shape->blind = false;
        break;
    case '[':
        shape_class(reader);
        break;
    case '(':
        *need = shape_group(reader);
        break;
    default:
        reader->odd = true;
    }
    return SHAPE_NO_RUNE;
}

/** "{2}", "{2,}", "{2,5}"; the reader stands at the '{'. */
static enum shape_repeat shape_count(struct shape_reader *reader)
{
    bool zero = true;
    reader->at++;
    if (!shape_digit(shape_peek(reader, 0)))
        reader->odd = true;
    for (; shape_digit(shape_peek(reader, 0)); reader->at++)
        zero = zero && shape_peek(reader, 0) == '0';
    if (shape_peek(reader, 0) == ',')
        reader->at++;
    while (shape_digit(shape_peek(reader, 0)))
        reader->at++;
    if (shape_peek(reader, 0) != '}')
        reader->odd = true;
    reader->at++;
    return zero ? SHAPE_OPTIONAL : SHAPE_REPEATED;
}

/** The quantifier, if there is one. */
static enum shape_repeat shape_quantifier(struct shape_reader *reader)
{
    enum shape_repeat repeat;
    char byte = shape_peek(reader, 0);
    if (byte == '{' && !shape_brace_plain(reader)) {
        repeat = shape_count(reader);
    } else if (shape_one_of(byte, "*+?")) {
        reader->at++;
        repeat = byte == '+' ? SHAPE_REPEATED : SHAPE_OPTIONAL;
    } else {
        return SHAPE_ONCE;
    }
    if (shape_peek(reader, 0) == '?') {
        reader->at++;
    } else if (shape_peek(reader, 0) == '+') {
        reader->at++;
        reader->shape->blind = false;
    }
    return repeat;
}

/** Items side by side, up to `|`, to the end or to the ')' that closes the group. */
static struct shape_need shape_sequence(struct shape_reader *reader)
{
    struct shape_need need = {0};
    while (shape_more(reader) && !shape_one_of(shape_peek(reader, 0), "|)")) {
        struct shape_need inner = {0};
        if (shape_peek(reader, 0) == '(')
            shape_flush(reader, &need); /* the group's runs come behind it */
        uint32_t rune = shape_item(reader, &inner);
        enum shape_repeat repeat = reader->odd ? SHAPE_ONCE : shape_quantifier(reader);
        shape_extend(reader, rune, repeat, &need);
        if (repeat != SHAPE_OPTIONAL)
            need_both(&need, &inner);
    }
    shape_flush(reader, &need);
    return need;
}

/** Everything up to the end or to the ')' that closes the group. */
static struct shape_need shape_pattern(struct shape_reader *reader)
{
    struct shape_need need = shape_sequence(reader);
    while (shape_more(reader) && shape_peek(reader, 0) == '|') {
        reader->at++;
        struct shape_need branch = shape_sequence(reader);
        need_either(&need, &branch);
    }
    if (shape_more(reader) && reader->depth == 0)
        reader->odd = true; /* a ')' */
    return need;
}

/** Is there nothing in it that asks where the search began, or that ends it before its end? */
static bool shape_steady(const char *text, size_t length)
{
    static const char *const unsteady[] = {"\\G", "(*COMMIT", "(*SKIP", "(*NOTEMPTY_"};
    for (size_t i = 0; i < sizeof unsteady / sizeof unsteady[0]; i++)
        if (memmem(text, length, unsteady[i], strlen(unsteady[i])))
            return false;
    return true;
}

/** One reading from end to end. */
static struct pattern_shape shape_read(const char *text, size_t length, bool caseless, bool utf_known)
{
    struct pattern_shape shape = {.blind = true};
    struct shape_reader reader = {.text = text,
                                  .length = length,
                                  .caseless = caseless,
                                  .utf_known = utf_known,
                                  .plain = true,
                                  .shape = &shape};
    shape.need = shape_pattern(&reader);
    if (reader.odd)
        shape = (struct pattern_shape){.utf = true};
    shape.literal = reader.plain && !reader.odd && shape.need.count > 0;
    shape.steady = shape_steady(text, length);
    return shape;
}

struct pattern_shape pattern_shape_of(const char *text, size_t length, bool caseless)
{
    struct pattern_shape shape = shape_read(text, length, caseless, false);
    if (caseless && shape.utf)
        shape = shape_read(text, length, caseless, true);
    return shape;
}

struct pattern_shape pattern_shape_literal(const char *text, size_t length, bool caseless)
{
    struct pattern_shape shape = {.steady = true, .blind = !memchr(text, '\n', length)};
    bool ascii = true, valid = true;
    for (size_t at = 0; at < length;) {
        struct utf8 decoded = utf8_decode(text + at, length - at);
        ascii = ascii && decoded.rune < 0x80;
        valid = valid && decoded.valid;
        at += decoded.length;
    }
    /* Broken UTF-8 is searched byte by byte: PCRE2 would refuse it as text. */
    shape.utf = !ascii && valid;
    if (shape.blind && length > 0 && length <= NEEDLE_LENGTH_MAX && (ascii || !caseless)) {
        memcpy(shape.room, text, length);
        shape.need = (struct shape_need){1, {{0, (uint16_t)length}}};
        shape.literal = true;
    }
    return shape;
}

struct span pattern_shape_needed(const struct pattern_shape *shape, unsigned number)
{
    struct shape_literal literal = shape->need.literal[number];
    return (struct span){shape->room + literal.begin, literal.length};
}
