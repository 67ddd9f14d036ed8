/* SPDX-License-Identifier: MIT */
/*
 * base: finding an encoding by name, and learning it from iconv. One thread at a time (see the header).
 *
 * iconv knows the names and the characters, and nothing else: whether an encoding has states, and whether ASCII is in
 * it, is found out by converting. Every byte alone; every byte behind each one that needs more; and so on. An encoding
 * that answers a byte with nothing (shifts, a letter that waits for its vowel) or a pair with something else than its
 * halves has states. So a name that iconv learns one day is judged by the same rules. That is some 30,000 calls, a
 * few milliseconds. ISO-8859-1 and WINDOWS-1252 are known here, because guesses fall back on them and the tables of
 * iconv are files that may not be installed.
 */
#include "tree.h"

#include "folio/base/text/encoding.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Code points that one sequence may make before it counts as none. */
#define PROBE_MAX 4

/** What a sequence of bytes is: so many code points, or one of these. */
enum { PROBE_NONE = -1, PROBE_MORE = -2 };

/** An encoding that was found, in a list that only grows: others may point to any of them at any time. */
struct found {
    struct found *next;
    struct encoding encoding;
};

/* Guarded by the promise that nobody finds two at once. */
static struct found *found_list;

/** 0x80-0x9f of WINDOWS-1252, where it is not ISO-8859-1; 0: no character. */
static const uint16_t windows_1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

/* --- names -------------------------------------------------------------------------------------------------------- */

/** Spellings without what is neither letter nor digit, and the name that is shown. Others are shown as spelled. */
static const struct {
    const char *spelling, *name;
} spellings[] = {
    {"utf8", "UTF-8"},           {"csutf8", "UTF-8"},
    {"iso10646utf8", "UTF-8"},   {"latin1", "ISO-8859-1"},
    {"l1", "ISO-8859-1"},        {"latin2", "ISO-8859-2"},
    {"latin3", "ISO-8859-3"},    {"latin4", "ISO-8859-4"},
    {"latin5", "ISO-8859-9"},    {"latin6", "ISO-8859-10"},
    {"latin7", "ISO-8859-13"},   {"latin8", "ISO-8859-14"},
    {"latin9", "ISO-8859-15"},   {"latin10", "ISO-8859-16"},
    {"cyrillic", "ISO-8859-5"},  {"arabic", "ISO-8859-6"},
    {"greek", "ISO-8859-7"},     {"hebrew", "ISO-8859-8"},
    {"ascii", "US-ASCII"},       {"usascii", "US-ASCII"},
    {"ansix341968", "US-ASCII"}, {"sjis", "SHIFT_JIS"},
    {"shiftjis", "SHIFT_JIS"},   {"mskanji", "SHIFT_JIS"},
    {"windows31j", "CP932"},     {"eucjp", "EUC-JP"},
    {"ujis", "EUC-JP"},          {"euckr", "EUC-KR"},
    {"euccn", "GB2312"},         {"gb2312", "GB2312"},
    {"euctw", "EUC-TW"},         {"gbk", "GBK"},
    {"gb18030", "GB18030"},      {"big5", "BIG5"},
    {"koi8r", "KOI8-R"},         {"koi8u", "KOI8-U"},
    {"mac", "MACINTOSH"},        {"macroman", "MACINTOSH"},
};

/** Units of two and four bytes, of which iconv and we need not agree on the order of the bytes. */
static const struct encoding wide[] = {
    {"UTF-16LE", ENCODING_UTF16, 2, false, false, NULL},
    {"UTF-16BE", ENCODING_UTF16, 2, true, false, NULL},
    {"UTF-32LE", ENCODING_UTF32, 4, false, false, NULL},
    {"UTF-32BE", ENCODING_UTF32, 4, true, false, NULL},
};

static const struct {
    const char *spelling;
    const struct encoding *encoding;
} wide_spellings[] = {
    {"utf16", &wide[0]},         {"utf16le", &wide[0]},    {"ucs2", &wide[0]},    {"ucs2le", &wide[0]},
    {"iso10646ucs2", &wide[0]},  {"unicode", &wide[0]},    {"utf16be", &wide[1]}, {"ucs2be", &wide[1]},
    {"unicodelittle", &wide[0]}, {"unicodebig", &wide[1]}, {"utf32", &wide[2]},   {"utf32le", &wide[2]},
    {"ucs4", &wide[2]},          {"ucs4le", &wide[2]},     {"utf32be", &wide[3]}, {"ucs4be", &wide[3]},
    {"iso10646ucs4", &wide[2]},
};

/** "ISO_8859-1:1987", "iso8859-1" and "8859_1" are one, and so are "cp1252" and "windows-1252". */
static bool name_numbered(const char *plain, char name[32])
{
    static const struct {
        const char *prefix;
        bool iso;
    } families[] = {{"iso8859", true}, {"8859", true}, {"windows", false}, {"cp", false}, {"win", false}};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        size_t length = strlen(families[i].prefix);
        char *end;
        if (strncmp(plain, families[i].prefix, length) != 0 || !isdigit((unsigned char)plain[length]))
            continue;
        unsigned long number = strtoul(plain + length, &end, 10), low = families[i].iso ? 1 : 1250;
        if (*end || plain[length] == '0' || number < low || number > (families[i].iso ? 16 : 1258))
            continue;
        snprintf(name, 32, families[i].iso ? "ISO-8859-%u" : "WINDOWS-%u", (unsigned)number);
        return true;
    }
    return false;
}

/** Letters and digits of `name`, in lower case, up to a colon (a year follows there). */
static void name_plain(const char *name, char plain[32])
{
    size_t length = 0;
    for (; *name && *name != ':'; name++)
        if (isalnum((unsigned char)*name))
            plain[length++] = (char)tolower((unsigned char)*name);
    plain[length] = '\0';
}

/** The name to show for a spelling. */
static void name_show(const char *spelling, const char *plain, char name[32])
{
    size_t i = 0;
    if (name_numbered(plain, name))
        return;
    for (; i < sizeof spellings / sizeof *spellings; i++)
        if (strcmp(plain, spellings[i].spelling) == 0) {
            snprintf(name, 32, "%s", spellings[i].name);
            return;
        }
    for (i = 0; spelling[i]; i++)
        name[i] = (char)toupper((unsigned char)spelling[i]);
    name[i] = '\0';
}

/** Can it be a name at all? Not longer than is shown, and nothing that iconv takes for more than a name. */
static bool name_possible(const char *name)
{
    size_t length = strlen(name);
    return length > 0 && length < 32 &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:+()") == length;
}

/* --- asking iconv ------------------------------------------------------------------------------------------------- */

/** What these bytes, and no others, are: code points, PROBE_NONE or PROBE_MORE. */
static int probe(iconv_t converter, const unsigned char *byte, size_t length, uint32_t rune[PROBE_MAX])
{
    char in[ENCODING_LENGTH_MAX];
    char *from = in, *to = (char *)rune;
    size_t room = PROBE_MAX * sizeof *rune;
    memcpy(in, byte, length);
    size_t result = iconv(converter, &from, &length, &to, &room);
    int failure = result == (size_t)-1 ? errno : 0;
    /* Some keep a letter back until they know that no accent follows. */
    if (!failure && room == PROBE_MAX * sizeof *rune)
        (void)iconv(converter, NULL, NULL, &to, &room);
    else
        (void)iconv(converter, NULL, NULL, NULL, NULL);
    if (failure)
        return failure == EINVAL ? PROBE_MORE : PROBE_NONE;
    return PROBE_MAX - (int)(room / sizeof *rune);
}

/** Must this byte be what it is in ASCII? Punctuation may differ, and controls that mean nothing to a text. */
static bool ascii_matters(unsigned byte)
{
    return isalnum((int)byte) || byte == 0 || (byte >= 8 && byte <= 15) || byte == 27 || byte == 32;
}

/** Is no byte the first one of several, and is one at least a character? */
static bool bytes_alone(const uint32_t first[256])
{
    bool any = false;
    for (unsigned value = 0; value < 256; value++) {
        if (first[value] == MULTI_NODE)
            return false;
        any = any || first[value] != MULTI_NONE;
    }
    return any;
}

/** Every byte alone, into `first`: its code point, MULTI_NONE, or MULTI_NODE where more must follow. */
static bool learn_single(iconv_t converter, const char *name, uint32_t first[256], bool *foreign,
                         struct error *error)
{
    bool shifts = false, several = false, ascii = true;
    for (unsigned value = 0; value < 256; value++) {
        unsigned char byte = (unsigned char)value;
        uint32_t rune[PROBE_MAX];
        int count = probe(converter, &byte, 1, rune);
        bool shift = value == 0x0e || value == 0x0f || value == 0x1b;
        shifts = shifts || count == 0 || (value < 0x80 && count < 0 && (shift || count == PROBE_MORE));
        several = several || count > 1;
        ascii = ascii && (value >= 0x80 || !ascii_matters(value) || (count == 1 && rune[0] == value));
        first[value] = count == 1 ? rune[0] : count == PROBE_MORE ? MULTI_NODE : MULTI_NONE;
    }
    *foreign = first['A'] != 'A' || (!ascii && !shifts);
    if (*foreign && (shifts || several || !bytes_alone(first)))
        return error_set(error, 0, "%s: is no superset of ASCII, so folio does not show it", name);
    if (shifts)
        return error_set(error, 0, "%s: has states, so no place in a file can be read by itself", name);
    if (several)
        return error_set(error, 0, "%s: has bytes that are several characters, which folio does not show",
                         name);
    return true;
}

/**
 * Are two single bytes next to each other what they are alone? One character made of both (a letter and its accent) is
 * as good: the two code points mean the same.
 */
static bool learn_pairs(iconv_t converter, const char *name, const uint32_t first[256], struct error *error)
{
    for (unsigned value = 0; value < 128 * 128; value++) {
        unsigned char byte[2] = {(unsigned char)(0x80 | value >> 7), (unsigned char)(0x80 | (value & 0x7f))};
        uint32_t rune[PROBE_MAX];
        if (first[byte[0]] >= MULTI_NODE || first[byte[1]] >= MULTI_NODE)
            continue;
        int count = probe(converter, byte, 2, rune);
        if (count != 1 && (count != 2 || rune[0] != first[byte[0]] || rune[1] != first[byte[1]]))
            return error_set(error, 0, "%s: has states, so no place in a file can be read by itself", name);
    }
    return true;
}

/* --- the table of a multi-byte encoding ----------------------------------------------------------------------------- */

/** A new node for the bytes from `first` to `last`, with no characters. Its number, or UINT32_MAX: no memory. */
static uint32_t multi_add(struct encoding_multi *multi, unsigned first, unsigned last)
{
    size_t count = last - first + 1;
    if (multi->node_count == multi->node_room) {
        size_t room = multi->node_room * 2 + 256;
        struct multi_node *node = realloc(multi->node, room * sizeof *node);
        if (!node)
            return UINT32_MAX;
        multi->node = node;
        multi->node_room = room;
    }
    if (multi->entry_count + count > multi->entry_room) {
        size_t room = (multi->entry_count + count) * 2;
        uint32_t *entry = realloc(multi->entry, room * sizeof *entry);
        if (!entry)
            return UINT32_MAX;
        multi->entry = entry;
        multi->entry_room = room;
    }
    memset(multi->entry + multi->entry_count, 0xff, count * sizeof *multi->entry);
    multi->node[multi->node_count] =
        (struct multi_node){(uint32_t)multi->entry_count, (uint8_t)first, (uint8_t)last};
    multi->entry_count += count;
    return (uint32_t)multi->node_count++;
}

/**
 * Which bytes can stand behind `length` bytes `byte`. All, for the second one; for the third and fourth, of which there
 * are too many to try, those that GB18030 has behind a digit, and those that the EUC family has.
 */
static void multi_reach(const unsigned char *byte, size_t length, unsigned *first, unsigned *last)
{
    bool digits = length > 1 && byte[1] >= 0x30 && byte[1] <= 0x39;
    *first = length == 1 ? 0 : digits ? (length == 2 ? 0x81 : 0x30) : 0xa1;
    *last = length == 1 ? 0xff : digits ? (length == 2 ? 0xfe : 0x39) : 0xfe;
}

/** Does `byte` begin the part of GB18030 that is arithmetic, or one of its empty parts? Then `*entry` says so. */
static bool multi_linear(iconv_t converter, const unsigned char *byte, uint32_t *entry)
{
    static const unsigned char begin[] = {0x90, 0x30, 0x81, 0x30}, end[] = {0xe3, 0x32, 0x9a, 0x35};
    uint32_t rune[PROBE_MAX];
    if (byte[1] < 0x30 || byte[1] > 0x39 || byte[0] < 0x85)
        return false;
    if (probe(converter, begin, 4, rune) != 1 || rune[0] != 0x10000 || probe(converter, end, 4, rune) != 1 ||
        rune[0] != 0x10ffff)
        return false;
    *entry = byte[0] >= 0x90 && byte[0] <= 0xe3 ? MULTI_LINEAR : MULTI_NONE;
    return true;
}

/** Fill node `number`, to which the `length` bytes `byte` lead, and all below it. False: no memory. */
static bool multi_learn(struct encoding_multi *multi, iconv_t converter, unsigned char *byte, size_t length,
                        uint32_t number)
{
    const struct multi_node node = multi->node[number]; /* by value: the array moves */
    for (unsigned value = node.first; value <= node.last; value++) {
        uint32_t rune[PROBE_MAX], entry = MULTI_NONE;
        byte[length] = (unsigned char)value;
        int count = probe(converter, byte, length + 1, rune);
        if (count > 0) {
            entry = rune[0];
        } else if (count == PROBE_MORE && length + 1 < ENCODING_LENGTH_MAX &&
                   (length != 1 || !multi_linear(converter, byte, &entry))) {
            unsigned first, last;
            multi_reach(byte, length + 1, &first, &last);
            uint32_t below = multi_add(multi, first, last);
            if (below == UINT32_MAX || !multi_learn(multi, converter, byte, length + 1, below))
                return false;
            entry = MULTI_NODE | below;
        }
        multi->entry[node.entry + value - node.first] = entry;
        multi->trail[value] = multi->trail[value] || entry != MULTI_NONE;
        if (entry == MULTI_LINEAR)
            for (unsigned trail = 0x81; trail <= 0xfe; trail++)
                multi->trail[trail] = true;
    }
    return true;
}

static void multi_free(struct encoding_multi *multi)
{
    if (!multi)
        return;
    free(multi->node);
    free(multi->entry);
    free(multi);
}

/** The table of an encoding whose single bytes are `first`. NULL and `error`. */
static struct encoding_multi *multi_make(iconv_t converter, const char *name, const uint32_t first[256],
                                         struct error *error)
{
    struct encoding_multi *multi = calloc(1, sizeof *multi);
    bool room = multi && multi_add(multi, 0, 255) == 0;
    for (unsigned value = 0; room && value < 256; value++) {
        unsigned char byte[ENCODING_LENGTH_MAX] = {(unsigned char)value};
        uint32_t entry = first[value];
        if (entry == MULTI_NODE && value >= 0x80) {
            unsigned low, high;
            multi_reach(byte, 1, &low, &high);
            uint32_t below = multi_add(multi, low, high);
            room = below != UINT32_MAX && multi_learn(multi, converter, byte, 1, below);
            entry |= below;
        }
        multi->entry[value] = entry;
    }
    if (room && !multi->trail['\n'])
        return multi;
    if (room)
        error_set(error, 0, "%s: a newline can stand inside a character, which folio does not show", name);
    else
        error_set(error, 0, "%s: out of memory", name);
    multi_free(multi);
    return NULL;
}

/* --- finding ------------------------------------------------------------------------------------------------------ */

/** The table of an encoding of single bytes, from its code points. NULL and `error`. */
static uint32_t *bytes_make(const uint32_t first[256], const char *name, struct error *error)
{
    uint32_t *table = malloc(256 * sizeof *table);
    if (table)
        memcpy(table, first, 256 * sizeof *table);
    else
        error_set(error, 0, "%s: out of memory", name);
    return table;
}

/** iconv has names for UTF-8 that nobody can guess. */
static bool is_utf8(iconv_t converter)
{
    static const unsigned char euro[] = {0xe2, 0x82, 0xac}, grin[] = {0xf0, 0x9f, 0x98, 0x80};
    uint32_t rune[PROBE_MAX];
    return probe(converter, euro, 3, rune) == 1 && rune[0] == 0x20ac &&
           probe(converter, grin, 4, rune) == 1 && rune[0] == 0x1f600;
}

/** Learn what `converter` converts from. False and `error`. */
static bool learn(iconv_t converter, struct encoding *encoding, struct error *error)
{
    uint32_t first[256];
    bool single = true;
    if (!learn_single(converter, encoding->name, first, &encoding->foreign, error) ||
        !learn_pairs(converter, encoding->name, first, error))
        return false;
    for (unsigned value = 0x80; value < 256; value++)
        single = single && first[value] != MULTI_NODE;
    encoding->unit = 1;
    encoding->form = single ? ENCODING_BYTES : ENCODING_MULTI;
    if (single)
        encoding->table = bytes_make(first, encoding->name, error);
    else
        encoding->table = multi_make(converter, encoding->name, first, error);
    return encoding->table != NULL;
}

/** ISO-8859-1 and WINDOWS-1252. False when it is neither. */
static bool learn_known(struct encoding *encoding, struct error *error)
{
    uint32_t first[256];
    bool windows = strcmp(encoding->name, "WINDOWS-1252") == 0;
    if (!windows && strcmp(encoding->name, "ISO-8859-1") != 0)
        return false;
    for (unsigned value = 0; value < 256; value++)
        first[value] = value;
    for (unsigned value = 0; windows && value < 32; value++)
        first[0x80 + value] = windows_1252[value] ? windows_1252[value] : UINT32_MAX;
    encoding->unit = 1;
    encoding->form = ENCODING_BYTES;
    encoding->table = bytes_make(first, encoding->name, error);
    return true;
}

/** Learn the encoding named in `encoding`, which iconv knows as that or as `spelling`. */
static bool learn_name(struct encoding *encoding, const char *spelling, struct error *error)
{
    if (learn_known(encoding, error))
        return encoding->table != NULL;
    iconv_t converter = iconv_open("WCHAR_T", encoding->name);
    if (converter == (iconv_t)-1)
        converter = iconv_open("WCHAR_T", spelling);
    if (converter == (iconv_t)-1)
        return error_set(error, 0, "%s: there is no such encoding", spelling);
    bool utf8 = is_utf8(converter);
    if (utf8)
        *encoding = encoding_utf8;
    bool learnt = utf8 || learn(converter, encoding, error);
    iconv_close(converter);
    return learnt;
}

const struct encoding *encoding_find_bytes(const char *name, struct error *error)
{
    char plain[32], shown[32];
    if (!name_possible(name)) {
        error_set(error, 0, "%s: there is no such encoding", name);
        return NULL;
    }
    name_plain(name, plain);
    for (size_t i = 0; i < sizeof wide_spellings / sizeof *wide_spellings; i++)
        if (strcmp(plain, wide_spellings[i].spelling) == 0)
            return wide_spellings[i].encoding;
    name_show(name, plain, shown);
    if (strcmp(shown, encoding_utf8.name) == 0)
        return &encoding_utf8;
    for (const struct found *found = found_list; found; found = found->next)
        if (strcmp(found->encoding.name, shown) == 0)
            return &found->encoding;
    struct found *found = calloc(1, sizeof *found);
    if (!found) {
        error_set(error, 0, "%s: out of memory", name);
        return NULL;
    }
    memcpy(found->encoding.name, shown, sizeof shown);
    if (!learn_name(&found->encoding, name, error)) {
        free(found);
        return NULL;
    }
    if (found->encoding.form == ENCODING_UTF8) {
        free(found);
        return &encoding_utf8;
    }
    found->next = found_list;
    found_list = found;
    return &found->encoding;
}

const struct encoding *encoding_find(const char *name, struct error *error)
{
    const struct encoding *encoding = encoding_find_bytes(name, error);
    if (!encoding || !encoding->foreign)
        return encoding;
    error_set(error, 0, "%s: is no superset of ASCII, so folio does not show it", encoding->name);
    return NULL;
}
