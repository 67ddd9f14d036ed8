/* SPDX-License-Identifier: MIT */
/** model/byte/runs: runs, neighbours, ranks and numbers equal a loop over all bytes. */
#include "folio/model/byte/runs.h"

#include "model/sample.h"
#include "model/units.h"
#include "test.h"

#include <locale.h>

/** The encoding that runs are looked for in, and its byte order and unit as the test knows them. */
struct spelling {
    const char *name; /**< NULL: none is set */
    unsigned unit;
    bool big;
};

static const struct spelling spellings[] = {
    {NULL, 1, false},      {"latin1", 1, false},   {"cp037", 1, false},   {"utf-16le", 2, false},
    {"utf-16be", 2, true}, {"utf-32le", 4, false}, {"utf-32be", 4, true}, {"shift_jis", 1, false},
};

#define SPELLINGS (sizeof spellings / sizeof *spellings)

static const struct spelling *spelled = &spellings[0];
static const struct encoding *charset;

/** From now on samples are in this encoding. */
static void spell(size_t number)
{
    struct error error;
    spelled = &spellings[number % SPELLINGS];
    charset = spelled->name ? encoding_find_bytes(spelled->name, &error) : NULL;
    assert_true(charset || !spelled->name);
}

/** The characters of EBCDIC (cp037) that samples have, in the order of those of ASCII in `plain`. */
static const char plain[] = "\t abcXYZ~019\n\x1f\x7f\r\x01";
static const unsigned char ebcdic[] = {0x05, 0x40, 0x81, 0x82, 0x83, 0xe7, 0xe8, 0xe9, 0xa1,
                                       0xf0, 0xf1, 0xf9, 0x25, 0x1f, 0x07, 0x0d, 0x01};

/** What stands for itself on a screen, of what samples have. */
static bool rune_is_text(uint32_t rune)
{
    return rune == '\t' || (rune >= 0x20 && rune <= 0x7e) || (rune >= 0xa0 && rune <= 0xff && rune != 0xad) ||
           rune == 0x301 || rune == 0x4e2d || rune == 0x1f600;
}

/** The character at `at`; how many bytes it has. */
static size_t rune_read(const struct sample *sample, size_t at, uint32_t *rune)
{
    const unsigned char *byte = (const unsigned char *)sample->data + at;
    uint32_t unit[2] = {0};
    *rune = UINT32_MAX;
    if (sample->length - at < spelled->unit)
        return sample->length - at;
    size_t units = sample->length - at >= 2 * spelled->unit ? 2 : 1;
    for (size_t i = 0; i < units * spelled->unit; i++)
        unit[i / spelled->unit] |= (uint32_t)byte[i]
                                   << 8 * (spelled->big ? spelled->unit - 1 - i % spelled->unit
                                                        : i % spelled->unit);
    *rune = unit[0];
    const unsigned char *found = memchr(ebcdic, byte[0], sizeof ebcdic);
    if (spelled->name && strcmp(spelled->name, "cp037") == 0)
        *rune = found ? (unsigned char)plain[found - ebcdic] : 0x80;
    if ((!spelled->name || strcmp(spelled->name, "shift_jis") == 0) && *rune >= 0x80)
        *rune = UINT32_MAX;
    if (spelled->unit != 2 || unit[0] < 0xd800 || unit[0] > 0xdbff || unit[1] < 0xdc00 || unit[1] > 0xdfff)
        return spelled->unit;
    *rune = 0x10000 + ((unit[0] & 0x3ff) << 10 | (unit[1] & 0x3ff));
    return 4;
}

/** All runs, and of each byte in which run it is (UINT64_MAX: none), the plain way. */
static struct units runs_find(const struct sample *sample, unsigned shortest, uint64_t *holder)
{
    struct units units = {0};
    uint32_t rune;
    for (size_t begin = 0, end, length, characters; begin < sample->length; begin = end) {
        length = characters = 0;
        for (end = begin; end < sample->length; end += length, characters++) {
            length = rune_read(sample, end, &rune);
            if (!rune_is_text(rune))
                break;
            length = length > 0 ? length : 1;
        }
        bool run = characters > 0 && characters >= shortest;
        if (run)
            units_add(&units, begin);
        for (size_t at = begin; at < end; at++)
            holder[at] = run ? begin : UINT64_MAX;
        for (; end < sample->length && length > 0; length--)
            holder[end++] = UINT64_MAX;
    }
    return units;
}

static void check_neighbour(struct runs *runs, struct reader *reader, const struct units *units,
                            uint64_t offset, bool forward, bool complete)
{
    uint64_t begin;
    size_t rank = units_rank(units, offset);
    bool some = forward ? rank < units->count : rank > 0;
    enum matches_result result = runs_next(runs, reader, offset, forward, &begin);
    if (result == MATCHES_UNKNOWN && !complete)
        return;
    assert_int_equal(result, some ? MATCHES_FOUND : MATCHES_NONE);
    if (some)
        assert_int_equal(begin, units->unit[forward ? rank : rank - 1]);
}

static void check_holding(struct runs *runs, struct reader *reader, uint64_t offset, uint64_t holder,
                          bool complete)
{
    uint64_t begin;
    enum matches_result result = runs_holding(runs, reader, offset, &begin);
    if (result == MATCHES_UNKNOWN && !complete)
        return;
    assert_int_equal(result, holder == UINT64_MAX ? MATCHES_NONE : MATCHES_FOUND);
    if (holder != UINT64_MAX)
        assert_int_equal(begin, holder);
}

static void check_place(const struct sample *sample, struct runs *runs, const struct units *units,
                        const uint64_t *holder, bool complete)
{
    uint64_t offset = sample_below(sample->length + 1), rank, begin;
    if (units->count && sample_below(2))
        offset = units->unit[sample_below(units->count)] + sample_below(2);
    if (sample_below(4) == 0)
        offset -= offset % SURVEY_BLOCK;
    check_neighbour(runs, sample->reader, units, offset, true, complete);
    check_neighbour(runs, sample->reader, units, offset, false, complete);
    if (offset < sample->length)
        check_holding(runs, sample->reader, offset, holder[offset], complete);
    if (runs_rank(runs, sample->reader, offset, &rank))
        assert_int_equal(rank, units_rank(units, offset));
    else
        assert_false(complete);
    size_t number = sample_below(units->count + 1);
    enum matches_result result = runs_select(runs, sample->reader, number, &begin);
    if (result == MATCHES_UNKNOWN && !complete)
        return;
    assert_int_equal(result, number < units->count ? MATCHES_FOUND : MATCHES_NONE);
    if (number < units->count)
        assert_int_equal(begin, units->unit[number]);
}

/** Everything about one file (closed afterwards) and one length, asked so often once all is counted. */
static void check_often(struct sample *sample, unsigned shortest, int rounds)
{
    struct error error;
    uint64_t *holder = malloc((sample->length + 1) * sizeof *holder);
    assert_non_null(holder);
    struct units units = runs_find(sample, shortest, holder);
    struct runs *runs = runs_open(sample->survey, charset, shortest, &error);
    assert_non_null(runs);
    survey_start(sample->survey);
    while (!runs_state(runs).complete)
        check_place(sample, runs, &units, holder, false);
    assert_int_equal(runs_state(runs).count, units.count);
    for (int i = 0; i < sample_rounds(rounds); i++)
        check_place(sample, runs, &units, holder, true);
    runs_close(runs);
    sample_close(sample);
    free(units.unit);
    free(holder);
}

static void check_sample(struct sample *sample, unsigned shortest)
{
    check_often(sample, shortest, 200);
}

/** Put a unit at `at` as the encoding spells it; returns what is behind. */
static size_t put_unit(char *data, size_t length, size_t at, uint32_t unit)
{
    for (unsigned i = 0; i < spelled->unit && at < length; i++)
        data[at++] = (char)(unit >> 8 * (spelled->big ? spelled->unit - 1 - i : i));
    return at;
}

static size_t put_text(char *data, size_t length, size_t at)
{
    static const uint32_t wide[] = {0xe9, 0x301, 0x4e2d, 0x1f600, 0xa0, 0xff};
    size_t number = sample_below(12);
    bool far = spelled->name && sample_below(3) == 0;
    uint32_t rune = far ? wide[sample_below(spelled->unit > 1 ? 6 : 1)] : (unsigned char)plain[number];
    if (spelled->name && strcmp(spelled->name, "cp037") == 0)
        return put_unit(data, length, at, ebcdic[number]);
    if (spelled->unit == 2 && rune > 0xffff) {
        at = put_unit(data, length, at, 0xd800 | (rune - 0x10000) >> 10);
        rune = 0xdc00 | (rune & 0x3ff);
    }
    return put_unit(data, length, at, spelled->name && strcmp(spelled->name, "shift_jis") == 0 ? 'a' : rune);
}

static size_t put_other(char *data, size_t length, size_t at)
{
    static const uint32_t wide[] = {0, 0xad, 0x85, 0x200b, 0xfeff, 0xd83d, 0xde00, 0xffff, 0x202e};
    size_t number = 12 + sample_below(5);
    if (spelled->name && strcmp(spelled->name, "cp037") == 0)
        return put_unit(data, length, at, ebcdic[number]);
    if (!spelled->name && sample_below(2))
        return put_unit(data, length, at, 0x80 + (uint32_t)sample_below(0x80));
    if (spelled->unit > 1 && sample_below(2))
        return put_unit(data, length, at, wide[sample_below(9)]);
    return put_unit(data, length, at, (unsigned char)plain[number]);
}

/** Runs of up to `longest` characters, and as long gaps. */
static char *blend(size_t length, size_t longest)
{
    char *data = calloc(1, length + 1);
    assert_non_null(data);
    for (size_t at = 0; at < length;) {
        for (size_t run = sample_below(longest + 1); run > 0 && at < length; run--)
            at = put_text(data, length, at);
        for (size_t gap = 1 + sample_below(longest); gap > 0 && at < length; gap--)
            at = put_other(data, length, at);
    }
    return data;
}

static void random_files(void **state)
{
    static const unsigned shortest[] = {1, 2, 4, 4, 7, 64, 700, RUNS_SHORTEST_MAX};
    (void)state;
    for (size_t round = 0; round < (size_t)sample_rounds(32); round++) {
        unsigned least = shortest[sample_below(8)];
        size_t length = 1 + sample_below(round % 31 ? 150 * KIB : 17 * MIB);
        struct sample sample;
        spell(round);
        sample_open(&sample, blend(length, 1 + least * (1 + sample_below(3))), length);
        check_often(&sample, least, 60);
    }
    spell(0);
}

/** Around the borders of blocks: what begins before, ends behind, and a pair that lies across. */
static void wide_at_borders(void **state)
{
    (void)state;
    for (size_t spelling = 3; spelling < 7; spelling++)
        for (unsigned before = 0; before < 5; before++)
            for (unsigned behind = before % 2; behind < 6; behind += 2) {
                size_t length = 2 * SURVEY_BLOCK + 3;
                char *data = calloc(1, length);
                struct sample sample;
                assert_non_null(data);
                spell(spelling);
                size_t at = SURVEY_BLOCK - spelled->unit * before;
                if (spelled->unit == 2 && before % 2)
                    at = put_unit(data, length, put_unit(data, length, at, 0xd83d), 0xde00);
                while (at < SURVEY_BLOCK + spelled->unit * behind)
                    at = put_unit(data, length, at, 0x4e2d);
                sample_open(&sample, data, length);
                check_often(&sample, 4, 12);
            }
    spell(0);
}

static void at_borders(void **state)
{
    (void)state;
    for (unsigned before = 0; before < 6; before++)
        for (unsigned behind = 0; behind < 6; behind++) {
            size_t length = 3 * SURVEY_BLOCK;
            char *data = calloc(1, length);
            struct sample sample;
            memset(data + SURVEY_BLOCK - before, 'x', before + behind);
            memset(data + length - before, 'y', before);
            sample_open(&sample, data, length);
            check_often(&sample, 4, 12);
        }
}

/** One run is longer than any block and its margins: it is one, and every byte of it says so. */
static void longer_than_blocks(void **state)
{
    static const size_t begin[] = {0, 1, 5000, SURVEY_BLOCK - 1, SURVEY_BLOCK, 2 * SURVEY_BLOCK + 7};
    (void)state;
    for (unsigned i = 0; i < sizeof begin / sizeof *begin; i++) {
        if (sample_skips(i))
            continue;
        size_t length = 17 * MIB;
        char *data = calloc(1, length);
        struct sample sample;
        assert_non_null(data);
        memset(data + begin[i], 'z', length - begin[i] - (i % 2 ? 70000 : 0));
        memcpy(data + length - 10, "tail\0tail", 10);
        sample_open(&sample, data, length);
        check_sample(&sample, i == 3 ? RUNS_SHORTEST_MAX : RUNS_SHORTEST);
    }
}

/** Nothing but pairs, so that one lies across whatever place one looks back to. */
static void longer_than_blocks_in_pairs(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        size_t length = 3 * SURVEY_BLOCK + 10;
        char *data = calloc(1, length);
        struct sample sample;
        assert_non_null(data);
        spell(3 + i % 2);
        size_t at = put_unit(data, length, 0, 1);
        if (i / 2)
            at = put_unit(data, length, at, 'a');
        while (at + 8 < length)
            at = put_unit(data, length, put_unit(data, length, at, 0xd83d), 0xde00);
        sample_open(&sample, data, length);
        check_often(&sample, 4, 40);
    }
    spell(0);
}

static void among_holes(void **state)
{
    (void)state;
    size_t length = 40 * MIB + 5;
    int fd = sample_file();
    char *data = calloc(1, length);
    struct sample sample;
    assert_int_equal(ftruncate(fd, (off_t)length), 0);
    for (int i = 0; i < 20; i++) {
        size_t at = sample_below(length - 200), some = sample_below(200);
        memset(data + at, 'a' + i, some);
        sample_write(fd, at, data + at, some);
    }
    sample_attach(&sample, fd, data, length, 3);
    check_sample(&sample, RUNS_SHORTEST);
}

static void growing(void **state)
{
    (void)state;
    struct sample sample;
    struct error error;
    struct units units = {0};
    uint64_t holder[64];
    sample_open(&sample, strdup("\001abc"), 4);
    struct runs *runs = runs_open(sample.survey, NULL, 4, &error);
    assert_non_null(runs);
    survey_start(sample.survey);
    for (int i = 0; i < 6; i++) {
        for (int tries = 0; tries < 60000 && !runs_state(runs).complete; tries++)
            sample_sleep(1);
        free(units.unit);
        units = runs_find(&sample, 4, holder);
        assert_int_equal(runs_state(runs).count, units.count);
        sample_append(&sample, i % 2 ? "\002xyz" : "de", i % 2 ? 4 : 2);
    }
    assert_true(units.count > 1);
    runs_close(runs);
    sample_close(&sample);
    free(units.unit);
}

static void lengths(void **state)
{
    (void)state;
    struct error error;
    struct sample sample;
    sample_open_text(&sample, "x");
    struct runs *runs = runs_open(sample.survey, NULL, 4, &error);
    assert_non_null(runs);
    assert_int_equal(runs_length(runs, (struct span){"", 0}), 0);
    assert_int_equal(runs_length(runs, (struct span){"\t", 1}), 1);
    assert_int_equal(runs_length(runs, (struct span){"a\tb c~\x7f", 7}), 6);
    assert_int_equal(runs_length(runs, (struct span){"\na", 2}), 0);
    assert_true(runs_serve(runs, &encoding_utf8, 4) && !runs_encoding(runs));
    assert_false(runs_serve(runs, NULL, 5));
    spell(3);
    assert_false(runs_serve(runs, charset, 4));
    runs_close(runs);
    runs = runs_open(sample.survey, charset, 4, &error);
    assert_non_null(runs);
    assert_int_equal(runs_length(runs, (struct span){"a\0\x2d\x4e\x3d\xd8\x00\xde\0\0", 10}), 8);
    assert_int_equal(runs_length(runs, (struct span){"a\0\x3d\xd8", 4}), 2);
    assert_ptr_equal(runs_encoding(runs), charset);
    runs_close(runs);
    sample_close(&sample);
    spell(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths),
        cmocka_unit_test(at_borders),
        cmocka_unit_test(wide_at_borders),
        cmocka_unit_test(random_files),
        cmocka_unit_test(longer_than_blocks),
        cmocka_unit_test(longer_than_blocks_in_pairs),
        cmocka_unit_test(among_holes),
        cmocka_unit_test(growing),
    };
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
