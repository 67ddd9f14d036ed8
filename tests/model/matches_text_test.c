/* SPDX-License-Identifier: MIT */
/**
 * model/search/matches on text as it is shown: units, neighbours, ranks and hits equal those of the shown text of the whole
 * file, made glyph by glyph and searched line by line.
 */
#include "model/painted.h"
#include "model/sample.h"
#include "model/units.h"
#include "test.h"

#include "folio/model/search/matches.h"

#include <locale.h>

/** A file, what is shown of it, and a pattern that is looked for. */
struct scene {
    struct sample sample;
    struct matches_text text;
    struct seen seen;
    struct matches *matches;
    struct matcher *matcher;
    struct units units;
};

static size_t scene_unit(const struct scene *scene)
{
    return scene->text.rules.encoding ? scene->text.rules.encoding->unit : 1;
}

/** All matches in the shown text [first, last) of the long line with the bytes [begin, end). */
static void scene_long(struct scene *scene, size_t first, size_t last, size_t begin, size_t end)
{
    struct units *units = &scene->units;
    struct span line = {scene->seen.text.data + first, last - first};
    struct hit hit;
    size_t count = units->count;
    for (size_t from = 0; matcher_find(scene->matcher, line, from, &hit) == PATTERN_FOUND;) {
        size_t unit = hit.begin < line.length ? scene->seen.begin[first + hit.begin] : end;
        if (unit >= end)
            unit = end - scene_unit(scene);
        assert_true(unit >= begin);
        if (units->count == count || units->unit[units->count - 1] != unit)
            units_add(units, unit);
        from = hit.end > hit.begin ? hit.end : hit.begin + 1;
    }
}

/** The units of the file, line by line of what is shown. */
static void scene_units(struct scene *scene)
{
    const struct seen *seen = &scene->seen;
    size_t first = 0, begin = 0;
    scene->units.count = 0;
    while (begin < scene->sample.length) {
        size_t last = first;
        struct hit hit;
        while (last < seen->text.length && seen->text.data[last] != '\n')
            last++;
        size_t end = last < seen->text.length ? seen->begin[last] : scene->sample.length;
        struct span line = {seen->text.data + first, last - first};
        if (end - begin > LINES_LONG)
            scene_long(scene, first, last, begin, end);
        else if (matcher_find(scene->matcher, line, 0, &hit) == PATTERN_FOUND)
            units_add(&scene->units, begin);
        begin = last < seen->text.length ? seen->end[last] : scene->sample.length;
        first = last + 1;
    }
}

/** Where highlighted bytes are must be where the shown text matches, asked for at once and in small pieces. */
static void check_hits(struct scene *scene, size_t begin, size_t end)
{
    struct span line = {scene->sample.data + begin, end - begin};
    struct seen seen = scene->text.raw ? seen_bytes(line) : seen_make(&scene->text.rules, line);
    struct span text = {seen.text.data ? seen.text.data : "", seen.text.length};
    struct range hits[4];
    struct hit hit;
    size_t from = 0, count = 0, next = 0, place = begin;
    while (matcher_find(scene->matcher, text, from, &hit) == PATTERN_FOUND) {
        bool empty = hit.end == hit.begin;
        size_t first = hit.begin < text.length ? seen.begin[hit.begin] : line.length;
        if (next == count) {
            count = matches_hits(scene->matches, line, begin, place, hits, 1 + sample_below(4));
            assert_true(count > 0);
            next = 0;
        }
        assert_int_equal(hits[next].begin, begin + first);
        assert_int_equal(hits[next].end, begin + (empty ? first : seen.end[hit.end - 1]));
        place = hits[next].end + empty;
        from = empty ? hit.end + 1 : hit.end;
        while (empty && from < text.length && seen.begin[from] == seen.begin[from - 1])
            from++; /* inside a character */
        next++;
    }
    assert_int_equal(matches_hits(scene->matches, line, begin, place, hits, 1), 0);
    seen_release(&seen);
}

/** The hits of some lines. */
static void check_some_hits(struct scene *scene)
{
    const struct seen *seen = &scene->seen;
    for (int round = 0; round < 10 && seen->text.length; round++) {
        size_t first = sample_below(seen->text.length), last = first;
        while (first > 0 && seen->text.data[first - 1] != '\n' && last - first < 2000)
            first--;
        while (last < seen->text.length && seen->text.data[last] != '\n' && last - first < 4000)
            last++;
        while (first < last && first > 0 && seen->begin[first] == seen->begin[first - 1])
            first++;
        size_t end = last < seen->text.length ? seen->begin[last] : scene->sample.length;
        size_t begin = first == 0 ? 0 : seen->end[first - 1];
        if (begin < end)
            check_hits(scene, begin, end);
    }
}

/** n from the start to the end, N back again. */
static void check_walk(struct scene *scene)
{
    const struct units *units = &scene->units;
    uint64_t unit;
    size_t step = units->count / 25 + 1;
    for (size_t at = 0; at + 1 < units->count; at += step) {
        assert_int_equal(matches_next(scene->matches, scene->sample.reader, units->unit[at] + 1, true, &unit),
                         MATCHES_FOUND);
        assert_int_equal(unit, units->unit[at + 1]);
        assert_int_equal(
            matches_next(scene->matches, scene->sample.reader, units->unit[at + 1], false, &unit),
            MATCHES_FOUND);
        assert_int_equal(unit, units->unit[at]);
    }
}

static void check_pattern(struct scene *scene, const char *text)
{
    struct error error;
    struct pattern *pattern = pattern_compile(text, strlen(text), PATTERN_EXACT, false, &error);
    assert_non_null(pattern);
    scene->matches = matches_open(scene->sample.survey, pattern, &scene->text, &error);
    assert_non_null(scene->matches);
    scene->matcher = matches_matcher(scene->matches);
    scene_units(scene);
    sample_wait_for(scene->matches);
    assert_int_equal(matches_state(scene->matches).count, scene->units.count);
    for (int i = 0; i < 10; i++)
        check_somewhere(&scene->sample, scene->matches, &scene->units, true);
    check_walk(scene);
    if (!scene->text.raw)
        check_some_hits(scene);
    matches_close(scene->matches);
}

/** `painted` is taken over. */
static void check_file(struct painted painted, struct matches_text text)
{
    static const char *const patterns[] = {
        "needle", "ne+dle",     "^needle", "n..dle", "$", "\xc3\xa9.", "\\bword", "o\xe2\x82\xac|thread",
        "\\x1b",  "dle *\\r?$",
    };
    struct scene scene = {.text = text};
    struct span span = {painted.data, painted.length};
    sample_open(&scene.sample, painted.data, painted.length);
    survey_start(scene.sample.survey);
    scene.seen = text.raw ? seen_bytes(span) : seen_make(&text.rules, span);
    static size_t asked;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        if (!sample_skips(asked++))
            check_pattern(&scene, patterns[i]);
    sample_close(&scene.sample);
    seen_release(&scene.seen);
    free(scene.units.unit);
}

static struct matches_text text_of(const char *name, bool sgr)
{
    struct error error;
    struct matches_text text = {.rules = glyph_plain};
    text.rules.encoding = encoding_find(name, &error);
    assert_non_null(text.rules.encoding);
    text.rules.sgr = sgr;
    return text;
}

/** Short lines, lines about as long as a block, and one long line, all crossing blocks. */
static void check_encoding(const char *name)
{
    static const size_t longest[] = {20, 15000, 1000000};
    for (size_t i = 0; i < sizeof longest / sizeof *longest; i++) {
        struct matches_text text = text_of(name, true);
        check_file(painted_make(text.rules.encoding, 250000, longest[i], i == 1 ? 3000 : 0), text);
    }
}

static void utf8_with_colours(void **state)
{
    (void)state;
    check_encoding("UTF-8");
    struct matches_text text = text_of("UTF-8", false);
    check_file(painted_make(text.rules.encoding, 300000, 30, 0), text);
}

static void encodings_of_bytes(void **state)
{
    (void)state;
    check_encoding("ISO-8859-1");
    check_encoding("SHIFT_JIS");
}

static void encodings_of_units(void **state)
{
    (void)state;
    check_encoding("UTF-16LE");
    check_encoding("UTF-16BE");
    check_encoding("UTF-32LE");
}

static void over_chunks(void **state)
{
    (void)state;
    struct matches_text text = text_of("UTF-8", true);
    struct painted painted = {0};
    struct painted part = painted_make(text.rules.encoding, 200000, 40, 0);
    while (painted.length + part.length < SURVEY_CHUNK - 50000)
        painted_bytes(&painted, part.data, part.length);
    free(part.data);
    part = painted_make(text.rules.encoding, 300000, 1000000, 0);
    painted_bytes(&painted, part.data, part.length);
    free(part.data);
    check_file(painted, text);
}

static void raw_bytes(void **state)
{
    (void)state;
    struct matches_text text = text_of("UTF-8", true);
    text.raw = true;
    check_file(painted_make(text.rules.encoding, 300000, 30, 0), text);
}

/** How many units `pattern` has in `data` (taken over). */
static uint64_t count_in(char *data, size_t length, const char *pattern_string, struct matches_text text)
{
    struct error error;
    struct sample sample;
    sample_open(&sample, data, length);
    survey_start(sample.survey);
    struct pattern *pattern =
        pattern_compile(pattern_string, strlen(pattern_string), PATTERN_EXACT, false, &error);
    struct matches *matches = matches_open(sample.survey, pattern, &text, &error);
    assert_non_null(matches);
    sample_wait_for(matches);
    uint64_t count = matches_state(matches).count;
    matches_close(matches);
    sample_close(&sample);
    return count;
}

static char *copy_of(const char *data, size_t length)
{
    char *copy = malloc(length);
    assert_non_null(copy);
    memcpy(copy, data, length);
    return copy;
}

static void raw_bytes_of_utf16(void **state)
{
    (void)state;
    static const char data[] = "a\0\x0a\x41\n\0b\0\n\0"; /* U+410A is no newline */
    struct matches_text text = text_of("UTF-16LE", true);
    assert_int_equal(count_in(copy_of(data, 10), 10, "^", text), 2);
    assert_int_equal(count_in(copy_of(data, 10), 10, "a.", text), 1);
    assert_int_equal(count_in(copy_of(data, 10), 10, "ab", text), 0);
    text.raw = true;
    assert_int_equal(count_in(copy_of(data, 10), 10, "^", text), 2);
    assert_int_equal(count_in(copy_of(data, 10), 10, "a\\x00", text), 1);
    assert_int_equal(count_in(copy_of(data, 10), 10, "b\\x00$", text), 1);
}

/** A last line of which nothing is shown is a line all the same. */
static void a_last_line_of_hidden_bytes(void **state)
{
    (void)state;
    struct matches_text text = text_of("UTF-8", true);
    assert_int_equal(count_in(copy_of("a\n\033[m", 5), 5, "^$", text), 1);
    assert_int_equal(count_in(copy_of("\033[m", 3), 3, "^$", text), 1);
    assert_int_equal(count_in(copy_of("a\n\033[m\n", 6), 6, "^$", text), 1);
}

/** An empty match at the end of a long line counts, with a newline behind it or not, at every kind of place. */
static void the_end_of_a_long_line(void **state)
{
    (void)state;
    struct matches_text text = {.rules = glyph_plain};
    for (size_t shift = 0; shift < 4; shift++) {
        size_t length = 2 * SURVEY_BLOCK - 2 + shift;
        char *data = malloc(length + 1);
        memset(data, 'y', length + 1);
        data[length] = '\n';
        assert_int_equal(count_in(copy_of(data, length + 1), length + 1, "$", text), 1);
        assert_int_equal(count_in(data, length, "$", text), 1);
    }
}

/** Where matches touch the border of a block, none is counted twice: a gap within reach puts all walks in step. */
static void patterns_that_overlap_themselves(void **state)
{
    (void)state;
    struct matches_text text = {.rules = glyph_plain};
    for (size_t gap = 3; gap < 4000; gap += 271) {
        size_t length = 6 * SURVEY_BLOCK + 17, expected = 0;
        char *data = malloc(length);
        memset(data, 'a', length);
        for (size_t at = gap; at < length; at += gap)
            data[at] = '_';
        for (size_t at = 0, run = 0; at < length; at++) {
            run = data[at] == 'a' ? run + 1 : 0;
            expected += run > 0 && run % 3 == 0;
        }
        assert_int_equal(count_in(data, length, "aaa", text), expected);
    }
}

static int threads_end(void **state)
{
    (void)state;
    return sample_settled(2) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_with_colours),
        cmocka_unit_test(encodings_of_bytes),
        cmocka_unit_test(encodings_of_units),
        cmocka_unit_test(over_chunks),
        cmocka_unit_test(raw_bytes),
        cmocka_unit_test(raw_bytes_of_utf16),
        cmocka_unit_test(a_last_line_of_hidden_bytes),
        cmocka_unit_test(the_end_of_a_long_line),
        cmocka_unit_test(patterns_that_overlap_themselves),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, threads_end);
}
