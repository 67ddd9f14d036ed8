/* SPDX-License-Identifier: MIT */
/*
 * model: guessing an encoding (see the header). Pure; view thread.
 *
 * Why not leave it to libmagic: it comes after the first picture, and a guess that comes late changes the picture. Its
 * word counts where this look finds nothing, and where it names an encoding that is not looked for here.
 */
#include "folio/model/kind/charset.h"

#include "folio/base/scan/scan.h"

#include <string.h>
#include <strings.h>

/** One control in so many bytes (or units) is still text; with more it is none. */
#define CONTROL_SHARE 10
/** Fewer bytes are no ground for taking zero bytes as those of wide units; of a few units, most must be common. */
#define WIDE_LEAST 8
#define WIDE_FEW   8

/** Single bytes are text of ASCII with something in it if so many in a hundred are ASCII. */
#define ASCII_SHARE 85

/** What a walk over the sample in one encoding saw. */
struct census {
    size_t units;    /**< characters, and broken bytes or units */
    size_t longer;   /**< characters beyond ASCII */
    size_t controls; /**< those that texts do not have */
    size_t broken;   /**< bytes or units that are no character */
    size_t zeros;    /**< U+0000 */
    size_t
        strangers; /**< no characters (U+FFFE, whole planes), and U+0A00, U+0D00, U+2000: ends and blanks in the other order */
    size_t common; /**< letters, digits, blanks and ends of ASCII */
};

/** Controls that a log, a man page or a coloured listing has: BS TAB LF VT FF CR, ESC. */
static bool is_text_control(uint32_t rune)
{
    return (rune >= 8 && rune <= 13) || rune == 0x1b;
}

static bool is_stranger(uint32_t rune)
{
    return (rune >= 0x40000 && rune < 0xe0000) || (rune & 0xfffe) == 0xfffe ||
           (rune >= 0xfdd0 && rune <= 0xfdef) || rune == 0x0a00 || rune == 0x0d00 || rune == 0x2000;
}

static void census_add(struct census *census, struct utf8 character)
{
    uint32_t rune = character.rune;
    census->units++;
    census->broken += !character.valid;
    census->longer += character.valid && rune >= 0x80;
    census->controls += rune == 0x7f || (rune < 0x20 && !is_text_control(rune));
    census->zeros += rune == 0;
    census->strangers += character.valid && is_stranger(rune);
    census->common += rune < 0x7f && (rune >= 0x20 || is_text_control(rune));
}

/** Could these last bytes be the first ones of a character that goes on behind them? */
static bool is_cut(const struct encoding *encoding, const char *data, size_t length)
{
    static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
    const unsigned char *byte = (const unsigned char *)data;
    if (encoding->unit > 1)
        return length < 4;
    for (size_t i = 1; i < length; i++)
        if ((byte[i] & 0xc0) != 0x80)
            return false;
    return length > 0 && length < 4 && byte[0] >= lead[length] && byte[0] >= 0xc2 && byte[0] <= 0xf4;
}

/** A file that ends inside a character is not broken: it was cut, or its writer has not come further yet. */
static struct census census_take(const struct encoding *encoding, struct span sample)
{
    struct census census = {0};
    for (size_t at = 0; at < sample.length;) {
        struct utf8 character = encoding_decode(encoding, sample.data + at, sample.length - at);
        if (!character.valid && is_cut(encoding, sample.data + at, sample.length - at))
            break;
        census_add(&census, character);
        at += character.length;
    }
    return census;
}

static const struct encoding *find(const char *name)
{
    const struct encoding *encoding = encoding_find(name, NULL);
    return encoding ? encoding : &encoding_utf8;
}

/** The encoding whose byte order mark the sample begins with; NULL: there is none. */
static const struct encoding *charset_mark(struct span sample)
{
    /* The longer first: that of UTF-32LE begins as that of UTF-16LE does. */
    static const struct {
        const char *name, *bytes;
        size_t length;
    } marks[] = {
        {"UTF-32LE", "\xff\xfe\0\0", 4}, {"UTF-32BE", "\0\0\xfe\xff", 4}, {"UTF-8", "\xef\xbb\xbf", 3},
        {"UTF-16LE", "\xff\xfe", 2},     {"UTF-16BE", "\xfe\xff", 2},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (sample.length >= marks[i].length && memcmp(sample.data, marks[i].bytes, marks[i].length) == 0)
            return find(marks[i].name);
    return NULL;
}

/**
 * Is it text in this encoding of wide units: not broken, hardly a control, and either a quarter of it characters that
 * all texts have, which are mostly zero bytes, or some of these and no text as single bytes either? The second is so
 * in Chinese; a text of ASCII with a zero byte in it is neither.
 */
static bool is_wide_text(const char *name, struct span sample, bool text)
{
    struct census census = census_take(find(name), sample);
    size_t least = text ? census.units / 4 : census.units / 200;
    if (census.units < WIDE_FEW && census.common * 4 < census.units * 3)
        return false;
    return census.units > 0 && census.zeros == 0 && census.broken * 100 <= census.units &&
           census.controls * 100 <= census.units && census.strangers * 100 <= census.units &&
           census.common > least;
}

/** UTF-16 or UTF-32 without a mark; NULL: none of them. */
static const struct encoding *charset_wide(struct span sample)
{
    if (sample.length < WIDE_LEAST)
        return NULL;
    static const char *const name[] = {"UTF-32LE", "UTF-32BE", "UTF-16LE", "UTF-16BE"};
    struct census bytes = census_take(&encoding_utf8, sample);
    bool text = (bytes.units - bytes.zeros) * ASCII_SHARE <= bytes.common * 100;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (is_wide_text(name[i], sample, text))
            return find(name[i]);
    return NULL;
}

/**
 * The encoding of single bytes that western texts are in. Bytes from 80 to 9f are letters and quotes in WINDOWS-1252
 * and nothing to see in ISO-8859-1; five of them are nothing in either, and then it is neither.
 */
static const struct encoding *charset_western(struct span sample)
{
    const struct encoding *windows = find("WINDOWS-1252");
    bool needed = false;
    for (size_t i = 0; i < sample.length; i++) {
        if (!encoding_decode(windows, sample.data + i, 1).valid)
            return &encoding_utf8;
        needed = needed || ((unsigned char)sample.data[i] & 0xe0) == 0x80;
    }
    return needed ? windows : find("ISO-8859-1");
}

struct charset charset_guess(struct span sample)
{
    struct charset guess = {.encoding = charset_mark(sample)};
    if (guess.encoding) {
        struct census marked = census_take(guess.encoding, sample);
        if ((marked.broken + marked.controls + marked.strangers) * CONTROL_SHARE <= marked.units) {
            guess.sure = true;
            return guess;
        }
    }
    guess.encoding = &encoding_utf8;
    /* Most files: nothing but ASCII. It is asked before the first screen, so it is told at the speed of memory. */
    const unsigned other = SCAN_HIGH | SCAN_NUL | SCAN_CONTROL;
    guess.ascii = (scan_tally(sample.data, sample.length).flags & other) == 0;
    if (guess.ascii)
        return guess;
    if (memchr(sample.data, '\0', sample.length)) {
        const struct encoding *wide = charset_wide(sample);
        guess.binary = !wide;
        guess.encoding = wide ? wide : &encoding_utf8;
        return guess;
    }
    struct census census = census_take(&encoding_utf8, sample);
    guess.binary = census.controls * CONTROL_SHARE > census.units;
    guess.ascii = census.longer == 0 && census.broken == 0;
    guess.sure = census.longer > 0 && census.broken == 0 && !guess.binary;
    /* By chance hardly a character of several bytes is well-formed: who has more of them than of broken bytes is UTF-8. */
    if (!guess.binary && census.broken > census.longer)
        guess.encoding = charset_western(sample);
    return guess;
}

struct charset charset_hear(struct charset guess, const char *magic)
{
    /* What libmagic says of bytes that it cannot place, or that this look knows better. */
    static const char *const nothing[] = {"",      "binary",     "unknown-8bit", "us-ascii",
                                          "utf-8", "iso-8859-1", "utf-7",        "ebcdic"};
    if (!magic || guess.sure || guess.ascii)
        return guess;
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        if (strcasecmp(magic, nothing[i]) == 0)
            return guess;
    const struct encoding *heard = encoding_find(magic, NULL);
    if (heard)
        return (struct charset){.encoding = heard};
    return guess;
}
