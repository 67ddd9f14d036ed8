/* SPDX-License-Identifier: MIT */
/**
 * model/known/columns: places in one long line, against a plain walk of the whole line from its start. The line is made of
 * everything that is hard to measure; it grows, is cut off, has holes, and every answer is checked while workers run.
 */
#include "folio/model/known/columns.h"

#include "model/sample.h"
#include "test.h"

#include "folio/io/page/guard.h"

#include <locale.h>

/** The plain walk: where rows begin, or glyphs with their columns. Every so many are kept, the others found from there. */
struct walk {
    const struct sample *sample;
    const struct fit *fit;
    bool chopped;
    struct columns_place *place;
    size_t count, room;
    uint64_t end; /**< of the line */
};

/** Places of which one is kept; rows may be long, and are few. */
static size_t walk_every(const struct fit *fit, bool chopped)
{
    return chopped || fit->width < 80 ? 32 : 1;
}

static void walk_add(struct walk *walk, struct columns_place place)
{
    if (walk->count == walk->room) {
        walk->room = walk->room * 2 + 1024;
        walk->place = realloc(walk->place, walk->room * sizeof *walk->place);
        assert_non_null(walk->place);
    }
    walk->place[walk->count++] = place;
}

/** Go to the next place. False, and it is the line's end, when there is none. */
static bool walk_step(const struct walk *walk, struct columns_place *place)
{
    struct glyph glyph;
    unsigned used;
    struct span rest = {walk->sample->data + place->offset, walk->sample->length - place->offset};
    if (rest.length == 0)
        return false;
    glyph_next(rest.data, rest.length, (struct glyph_place){place->column, &walk->fit->rules}, &glyph);
    if (glyph.kind == GLYPH_NEWLINE)
        return false;
    place->offset += walk->chopped ? glyph.length : fit_row(walk->fit, rest, &used);
    place->column += walk->chopped ? glyph.width : 0;
    return true;
}

/** In a chopped line of zeros each is ^@, of two columns: go over as many as a page has. */
static bool walk_zeros(const struct walk *walk, struct columns_place *place)
{
    static const char zeros[4096];
    if (!walk->chopped || walk->fit->rules.encoding || walk->sample->length - place->offset < sizeof zeros ||
        memcmp(walk->sample->data + place->offset, zeros, sizeof zeros) != 0)
        return false;
    place->offset += sizeof zeros;
    place->column += 2 * sizeof zeros;
    return true;
}

static struct walk walk_make(const struct sample *sample, const struct fit *fit, bool chopped, uint64_t begin)
{
    struct walk walk = {.sample = sample, .fit = fit, .chopped = chopped};
    struct columns_place place = {.offset = begin};
    size_t count = 0;
    do {
        do
            if (count++ % walk_every(fit, chopped) == 0)
                walk_add(&walk, place);
        while (walk_zeros(&walk, &place));
    } while (walk_step(&walk, &place));
    walk_add(&walk, place);
    walk.end = place.offset;
    return walk;
}

/** The last place of the plain walk at or before both. */
static struct columns_place walk_find(const struct walk *walk, uint64_t offset, uint64_t column)
{
    size_t low = 0, high = walk->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (walk->place[middle].offset <= offset && walk->place[middle].column <= column)
            low = middle + 1;
        else
            high = middle;
    }
    assert_true(low > 0);
    struct columns_place place = walk->place[low - 1], next = place;
    while (walk_step(walk, &next) && next.offset <= offset && next.column <= column)
        place = next;
    return place;
}

/** Is it a place of the plain walk? */
static void walk_has(const struct walk *walk, struct columns_place place)
{
    struct columns_place same = walk_find(walk, place.offset, UINT64_MAX);
    assert_int_equal(same.offset, place.offset);
    assert_int_equal(same.column, place.column);
}

static void before_is_right(const struct columns *columns, const struct walk *walk, uint64_t offset,
                            bool known)
{
    struct columns_place place;
    bool found = columns_before(columns, offset, &place);
    assert_true(found || !known);
    if (!found)
        return;
    walk_has(walk, place);
    assert_true(place.offset <= offset);
    assert_true(offset - place.offset <= SURVEY_BLOCK + FIT_AHEAD_MAX);
}

static void at_is_right(const struct columns *columns, const struct walk *walk, const struct sample *sample,
                        const struct fit *fit, uint64_t column, bool known)
{
    struct columns_place place;
    bool found = columns_at(columns, column, &place);
    assert_true(found || !known);
    if (!found)
        return;
    walk_has(walk, place);
    assert_true(place.column <= column);
    struct columns_place expected = walk_find(walk, UINT64_MAX, column);
    assert_true(expected.offset - place.offset <= 2 * SURVEY_BLOCK);
    struct span rest = {sample->data + place.offset, sample->length - place.offset};
    place.offset += fit_walk(fit, rest, &place.column, column);
    if (place.offset < walk->end) {
        assert_int_equal(place.offset, expected.offset);
        assert_int_equal(place.column, expected.column);
    }
}

/** Ask for every block (of a long line: for some) and many places between. `known`: each must have an answer. */
static void answers_are_right(const struct columns *columns, const struct walk *walk,
                              const struct sample *sample, const struct fit *fit, bool chopped, bool known)
{
    uint64_t begin = walk->place[0].offset, length = walk->end - begin;
    uint64_t last = walk->place[walk->count - 1].column;
    uint64_t step = (1 + length / (64 * SURVEY_BLOCK)) * SURVEY_BLOCK;
    for (uint64_t block = begin; block <= walk->end; block += step - block % SURVEY_BLOCK)
        for (int delta = -1; delta <= 1; delta++)
            if (block + (uint64_t)delta + 1 > begin && block + (uint64_t)delta <= walk->end)
                before_is_right(columns, walk, block + (uint64_t)delta, known);
    before_is_right(columns, walk, walk->end, known);
    for (int round = 0; round < 300; round++) {
        before_is_right(columns, walk, begin + sample_below(length + 1), known);
        if (chopped && round % 8 == 0)
            at_is_right(columns, walk, sample, fit, sample_below(last + 1), known);
    }
    if (chopped)
        at_is_right(columns, walk, sample, fit, last + 1000, known);
}

static void columns_wait(const struct columns *columns)
{
    for (int tries = 0; tries < 60000; tries++, sample_sleep(1))
        if (columns_complete(columns))
            return;
    fail_msg("the walk does not come to its end");
}

/** Open, check while it runs, check when it is through. The survey runs already. */
static void walk_is_followed(const struct sample *sample, const struct fit *fit, bool chopped, uint64_t begin)
{
    struct error error;
    struct walk walk = walk_make(sample, fit, chopped, begin);
    struct columns *columns = columns_open(sample->survey, fit, chopped, begin, &error);
    assert_non_null(columns);
    for (int round = 0; round < 3; round++)
        answers_are_right(columns, &walk, sample, fit, chopped, false);
    columns_wait(columns);
    answers_are_right(columns, &walk, sample, fit, chopped, true);
    columns_close(columns);
    free(walk.place);
}

/** Text that is hard to measure, without a newline. */
static char *hard_text(size_t length)
{
    static const char *const piece[] = {
        "a",
        "plain text with words ",
        "{\"id\":1,\"name\":\"",
        "\t",
        "\t\t",
        "\x01",
        "\x1b[31m",
        "\x1b[0m",
        "\x1b[38;2;1;2;3m",
        "\x1b]8;;http://example.org/\x1b\\",
        "\xc3\xa9",
        "\xd0\x96\xd0\xb8\xd0\xb7",
        "\xe6\x97\xa5\xe6\x9c\xac",
        "\xf0\x9f\x98\x80",
        "\xe2\x80\x8d",
        "e\xcc\x81",
        "\xcc\x81\xcc\x81",
        "\xff",
        "\xe6\x97",
        "a\ba",
        "_\bx",
        "\r",
        "   ",
        "\xe2\x80\xae",
        "longerwordthanthat",
    };
    char *data = malloc(length);
    assert_non_null(data);
    for (size_t at = 0; at < length;) {
        const char *text = piece[sample_below(sizeof piece / sizeof *piece)];
        size_t size = strlen(text), times = sample_below(500) ? 1 : sample_below(5000);
        for (; times > 0 && at < length; times--) {
            size_t take = size < length - at ? size : length - at;
            memcpy(data + at, text, take);
            at += take;
        }
    }
    return data;
}

static struct fit fit_of(unsigned width, bool sgr, bool word)
{
    return (struct fit){.rules = {.sgr = sgr, .tab_width = 8}, .width = width, .word = word};
}

static void places_are_those_of_a_plain_walk(void **state)
{
    static const unsigned width[] = {1, 7, 80, 203, 3000};
    struct sample sample;
    uint64_t begin = 100 * KIB + 17, end = begin + MIB;
    (void)state;
    char *data = hard_text(20 * MIB);
    data[begin - 1] = data[end] = data[begin / 2] = data[15 * MIB] = data[18 * MIB] = '\n';
    sample_open(&sample, data, 20 * MIB);
    survey_start(sample.survey);
    for (size_t i = 0; i < sizeof width / sizeof *width; i++) {
        for (int way = 0; way < 4; way++) {
            struct fit fit = fit_of(width[i], way % 2, way / 2);
            walk_is_followed(&sample, &fit, false, begin);
        }
    }
    struct fit fit = fit_of(80, true, false);
    walk_is_followed(&sample, &fit, true, begin);
    walk_is_followed(&sample, &fit, true, 0);
    walk_is_followed(&sample, &fit, false, 15 * MIB + 1); /* over the border of a chunk */
    walk_is_followed(&sample, &fit, true, 15 * MIB + 1);
    walk_is_followed(&sample, &fit, false, 18 * MIB + 1); /* to the end of the file */
    fit.rules.stop_count = 2;
    fit.rules.stop[0] = 4;
    fit.rules.stop[1] = 40;
    walk_is_followed(&sample, &fit, true, begin);
    walk_is_followed(&sample, &fit, false, begin);
    sample_close(&sample);
}

static void other_encodings(void **state)
{
    static const char *const name[] = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "ISO-8859-1", "SHIFT_JIS"};
    (void)state;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        struct sample sample;
        struct error error;
        const struct encoding *encoding = encoding_find(name[i], &error);
        assert_non_null(encoding);
        size_t unit = encoding->unit, count = 150 * KIB, low = encoding->big_endian ? unit - 1 : 0;
        char *text = hard_text(count), *data = calloc(count, unit);
        assert_non_null(data);
        for (size_t at = 0; at < count; at++) {
            data[at * unit + low] = text[at];
            if (unit == 2 && text[at] == ' ') /* U+4E00 and more, and a byte 0A that is no newline */
                memcpy(data + at * unit, low ? "\x4e\x0a" : "\x0a\x4e", 2);
        }
        free(text);
        for (size_t at = 0; at < 2; at++) {
            size_t newline = at ? 5000 : count - 300;
            memset(data + newline * unit, 0, unit);
            data[newline * unit + low] = '\n';
        }
        sample_open(&sample, data, count * unit);
        survey_start(sample.survey);
        for (int way = 0; way < 4; way++) {
            struct fit fit = fit_of(79, way % 2, way / 2);
            fit.rules.encoding = encoding;
            walk_is_followed(&sample, &fit, false, 5001 * unit);
            walk_is_followed(&sample, &fit, true, 5001 * unit);
        }
        sample_close(&sample);
    }
}

/** The file grows while the walk is on its way; the line goes on in what is new, and ends in the end. */
static void the_line_grows(void **state)
{
    uint64_t begin = 15 * MIB - 100 * KIB - 1; /* so that it goes on behind the border of a chunk */
    (void)state;
    for (int way = 0; way < 6; way++) {
        if (sample_skips((size_t)way))
            continue;
        struct sample sample;
        struct error error;
        bool chopped = way % 3 == 2;
        struct fit fit = fit_of(way % 3 ? 80 : 500, true, way % 3 == 1);
        char *more = hard_text(1200 * KIB);
        char *data = malloc(15 * MIB), *text = hard_text(200 * KIB);
        assert_non_null(data);
        memset(data, 'x', 15 * MIB);
        memcpy(data + 15 * MIB - 200 * KIB, text, 200 * KIB);
        free(text);
        data[begin - 1] = '\n';
        sample_open(&sample, data, 15 * MIB);
        struct columns *columns = columns_open(sample.survey, &fit, chopped, begin, &error);
        assert_non_null(columns);
        survey_start(sample.survey);
        for (size_t at = 0, step; at < 1200 * KIB; at += step) {
            step = sample_below(2) ? sample_below(200) : sample_below(400 * KIB);
            step = step < 1200 * KIB - at ? step : 1200 * KIB - at;
            if (at + step == 1200 * KIB)
                more[1200 * KIB - 1] = '\n';
            if (way < 3)
                columns_wait(columns);
            sample_append(&sample, more + at, step);
            struct walk walk = {0};
            if (sample_below(24) == 0 || at + step == 1200 * KIB) {
                walk = walk_make(&sample, &fit, chopped, begin);
                answers_are_right(columns, &walk, &sample, &fit, chopped, false);
            }
            free(walk.place);
        }
        columns_wait(columns);
        struct walk walk = walk_make(&sample, &fit, chopped, begin);
        answers_are_right(columns, &walk, &sample, &fit, chopped, true);
        free(walk.place);
        free(more);
        columns_close(columns);
        sample_close(&sample);
    }
}

/** Cut off while the walk is on its way, and written anew. */
static void the_line_is_cut_off(void **state)
{
    (void)state;
    guard_install(); /* cmocka has put a handler of its own in its place */
    for (int round = 0; round < sample_rounds(8); round++) {
        struct sample sample;
        struct error error;
        struct fit fit = fit_of(80, true, false);
        bool chopped = round % 2;
        sample_open(&sample, hard_text(4 * MIB), 4 * MIB);
        struct columns *columns = columns_open(sample.survey, &fit, chopped, 0, &error);
        assert_non_null(columns);
        survey_start(sample.survey);
        sample_sleep((long)sample_below(12));
        sample.length = MIB + sample_below(2 * MIB);
        char *data = hard_text(sample.length);
        memcpy(sample.data, data, sample.length);
        free(data);
        assert_int_equal(ftruncate(sample.fd, (off_t)sample.length), 0);
        sample_write(sample.fd, 0, sample.data, sample.length);
        sample_resize(&sample, true);
        struct walk walk = walk_make(&sample, &fit, chopped, 0);
        answers_are_right(columns, &walk, &sample, &fit, chopped, false);
        columns_wait(columns);
        answers_are_right(columns, &walk, &sample, &fit, chopped, true);
        free(walk.place);
        columns_close(columns);
        sample_close(&sample);
    }
}

/** Holes inside chunks, of whole chunks, and at the end; the line may begin in one. */
static void holes_are_zeros(void **state)
{
    static const unsigned width[] = {79, 80, 1001};
    size_t length = 64 * MIB + 4096;
    uint64_t part[] = {0, 3 * MIB + 500, 33 * MIB + 100 * KIB, 34 * MIB};
    struct sample sample;
    (void)state;
    int fd = sample_file();
    char *data = calloc(1, length);
    assert_non_null(data);
    assert_int_equal(ftruncate(fd, (off_t)length), 0);
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        char *text = hard_text(200 * KIB);
        if (i == 0)
            text[1000] = '\n';
        memcpy(data + part[i], text, 200 * KIB);
        sample_write(fd, part[i], text, 200 * KIB);
        free(text);
    }
    sample_attach(&sample, fd, data, length, 2);
    survey_start(sample.survey);
    for (size_t i = 0; i < sizeof width / sizeof *width; i++) {
        struct fit fit = fit_of(width[i], i % 2, i % 3 == 0);
        if (!sample_skips(i + 2))
            walk_is_followed(&sample, &fit, false, 1001);
    }
    struct fit fit = fit_of(80, true, false), narrow = fit_of(1, true, false);
    if (!sample_skips(1))
        walk_is_followed(&sample, &fit, true, 1001);
    /* As if a newline stood before them. */
    if (!sample_skips(2))
        walk_is_followed(&sample, &fit, false, 20 * MIB + 77);
    walk_is_followed(&sample, &fit, false, 50 * MIB + 5);
    walk_is_followed(&sample, &narrow, false, 63 * MIB + 5);
    walk_is_followed(&sample, &fit, true, 50 * MIB + 5);
    walk_is_followed(&sample, &fit, true, length - 100);
    sample_close(&sample);
}

/** Megabytes that take no column. */
static void rows_without_end(void **state)
{
    static const char *const piece[] = {"\xe2\x80\x8d", "\x1b[31m", "\x1b]8;;http://example.org/ab\x07",
                                        "\xcc\x81"};
    (void)state;
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++) {
        struct sample sample;
        size_t size = strlen(piece[i]), length = 700 * KIB / size * size;
        char *data = malloc(length);
        assert_non_null(data);
        for (size_t at = 0; at < length; at += size)
            memcpy(data + at, piece[i], size);
        sample_open(&sample, data, length);
        survey_start(sample.survey);
        for (int way = 0; way < 4; way++) {
            struct fit fit = fit_of(way / 2 ? 80 : 5000, true, way % 2);
            walk_is_followed(&sample, &fit, false, 0);
            walk_is_followed(&sample, &fit, true, 0);
        }
        sample_close(&sample);
    }
}

/** Lines of every length around the border of a block, with and without a newline behind them. */
static void ends_at_a_border(void **state)
{
    (void)state;
    const char *sanitizer = getenv("SANITIZER");
    const int step = sanitizer && *sanitizer ? 3 : 1; /* odd: with a newline and without */
    for (int round = 0; round < 26; round += step) {
        struct sample sample;
        bool newline = round % 2;
        size_t length = 2 * SURVEY_BLOCK - 6 + (size_t)round / 2, rest = newline ? sample_below(300) : 0;
        char *data = hard_text(length + rest);
        if (rest)
            data[length] = '\n';
        sample_open(&sample, data, length + rest);
        survey_start(sample.survey);
        struct fit fit = fit_of(80, true, round % 4 > 1);
        walk_is_followed(&sample, &fit, false, sample_below(100));
        walk_is_followed(&sample, &fit, true, sample_below(100));
        sample_close(&sample);
    }
}

static void nothing_is_known_before_the_walk(void **state)
{
    struct sample sample;
    struct error error;
    struct columns_place place;
    struct fit fit = fit_of(80, true, false);
    (void)state;
    char *data = hard_text(4 * MIB);
    data[3 * MIB] = '\n';
    sample_open(&sample, data, 4 * MIB);
    struct columns *columns = columns_open(sample.survey, &fit, true, 500, &error);
    assert_non_null(columns);
    assert_false(columns_complete(columns));
    assert_false(columns_before(columns, 2 * MIB, &place));
    assert_false(columns_before(columns, 499, &place));
    assert_false(columns_at(columns, 100000, &place));
    assert_true(columns_before(columns, 500, &place)); /* its beginning needs no walk */
    assert_int_equal(place.offset, 500);
    survey_start(sample.survey);
    columns_wait(columns);
    assert_true(columns_before(columns, 2 * MIB, &place));
    assert_false(columns_before(columns, 3 * MIB + 2 * SURVEY_BLOCK, &place)); /* no more the line */
    columns_close(columns);
    sample_close(&sample);
}

static void serving(void **state)
{
    struct sample sample;
    struct error error;
    struct fit fit = fit_of(80, true, false), wide = fit_of(81, true, false);
    (void)state;
    sample_open(&sample, hard_text(MIB), MIB);
    struct columns *rows = columns_open(sample.survey, &fit, false, 5, &error);
    struct columns *row = columns_open(sample.survey, &fit, true, 5, &error);
    struct columns_place place;
    assert_true(columns_serve(rows, &fit, false, 5));
    assert_false(columns_serve(rows, &fit, true, 5));
    assert_false(columns_serve(rows, &fit, false, 6));
    assert_false(columns_serve(rows, &wide, false, 5));
    assert_true(columns_serve(row, &wide, true, 5));
    wide.rules.tab_width = 4;
    assert_false(columns_serve(row, &wide, true, 5));
    assert_false(columns_serve(NULL, &fit, true, 5));
    assert_false(columns_at(rows, 0, &place)); /* wrapped: there are no columns */
    columns_close(NULL);
    columns_close(rows);
    columns_close(row);
    sample_close(&sample);
}

static void closing_while_it_runs(void **state)
{
    (void)state;
    for (int round = 0; round < sample_rounds(30); round++) {
        struct sample sample;
        struct error error;
        struct fit fit = fit_of(80, true, false);
        sample_open(&sample, hard_text(3 * MIB), 3 * MIB);
        struct columns *columns = columns_open(sample.survey, &fit, round % 2, 0, &error);
        survey_start(sample.survey);
        sample_sleep((long)sample_below(4));
        columns_close(columns);
        sample_close(&sample);
    }
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_those_of_a_plain_walk),
        cmocka_unit_test(other_encodings),
        cmocka_unit_test(the_line_grows),
        cmocka_unit_test(the_line_is_cut_off),
        cmocka_unit_test(holes_are_zeros),
        cmocka_unit_test(rows_without_end),
        cmocka_unit_test(ends_at_a_border),
        cmocka_unit_test(nothing_is_known_before_the_walk),
        cmocka_unit_test(serving),
        cmocka_unit_test(closing_while_it_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
