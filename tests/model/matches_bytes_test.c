/* SPDX-License-Identifier: MIT */
/* tests: model/search/bytes: single matches as units equal one walk through the whole file. */
#include "model/sample.h"
#include "model/units.h"
#include "test.h"

#include "folio/model/pattern/bytes.h"
#include "folio/model/search/bytes.h"
#include "folio/model/search/select.h"

/** What is searched for: bytes, or text. */
struct wanted {
    const char *text;
    enum { BYTES, TEXT, LITERAL, FOLDED } kind;
};

static const struct matches_text single = {.rules = {.tab_width = 8}, .raw = true, .bytes = true};

static struct pattern *compile(struct wanted wanted)
{
    struct error error;
    size_t length = strlen(wanted.text);
    struct pattern *pattern =
        wanted.kind == BYTES
            ? pattern_compile_bytes(wanted.text, length, &error)
            : pattern_compile(wanted.text, length, wanted.kind == FOLDED ? PATTERN_FOLDED : PATTERN_EXACT,
                              wanted.kind == LITERAL, &error);
    assert_non_null(pattern);
    return pattern;
}

static struct matches *search(struct sample *sample, struct wanted wanted)
{
    struct error error;
    struct matches *matches = matches_open(sample->survey, compile(wanted), &single, &error);
    assert_non_null(matches);
    assert_true(matches_single(matches));
    return matches;
}

/** All matches, found the plain way. */
struct plain {
    struct units begin, end;
};

static void plain_add(struct plain *plain, uint64_t begin, uint64_t end)
{
    if (plain->begin.count && plain->begin.unit[plain->begin.count - 1] == begin)
        return;
    units_add(&plain->begin, begin);
    units_add(&plain->end, end);
}

static void plain_free(struct plain *plain)
{
    free(plain->begin.unit);
    free(plain->end.unit);
}

/** Every match in [begin, end), one from the end of the other; `last`: the last byte that a match may be at. */
static void plain_stretch(struct plain *plain, struct matcher *matcher, const char *data, uint64_t begin,
                          uint64_t end, uint64_t last)
{
    struct span span = {data + begin, end - begin};
    struct hit hit;
    for (size_t from = 0; from <= span.length;) {
        if (matcher_find(matcher, span, from, &hit) != PATTERN_FOUND)
            return;
        uint64_t place = begin + hit.begin < last ? begin + hit.begin : last;
        plain_add(plain, place, hit.end > hit.begin ? begin + hit.end : place);
        from = hit.end > hit.begin ? hit.end : hit.begin + 1;
    }
}

static struct plain plain_find(const struct sample *sample, struct matcher *matcher, bool whole)
{
    struct plain plain = {0};
    if (whole)
        plain_stretch(&plain, matcher, sample->data, 0, sample->length, sample->length);
    for (uint64_t begin = 0, end; !whole && begin < sample->length; begin = end + 1) {
        end = sample_line_end(sample, begin);
        plain_stretch(&plain, matcher, sample->data, begin, end, end < sample->length ? end : end - 1);
    }
    return plain;
}

/** What reaches into a place here and there. */
static void check_within(const struct sample *sample, struct matches *matches, const struct plain *plain)
{
    for (int i = 0; i < sample_rounds(20); i++) {
        uint64_t begin = sample_below(sample->length), size = 1 + sample_below(100);
        if (i % 4 == 0)
            begin -= begin % SURVEY_BLOCK > 20 ? begin % SURVEY_BLOCK - sample_below(20) : 0;
        for (unsigned row = 0; row < 40; row++, begin += size) {
            size_t count, first = 0;
            const struct range *found =
                matches_within(matches, sample->reader, (struct range){begin, begin + size}, &count);
            first = units_rank(&plain->begin, begin);
            while (first > 0 && plain->end.unit[first - 1] > begin)
                first--;
            for (size_t k = 0; k < count; k++) {
                assert_true(first + k < plain->begin.count);
                assert_int_equal(found[k].begin, plain->begin.unit[first + k]);
                assert_int_equal(found[k].end, plain->end.unit[first + k]);
            }
            assert_int_equal(first + count, units_rank(&plain->begin, begin + size));
        }
    }
}

static void check_wanted(struct sample *sample, struct wanted wanted)
{
    struct matches *matches = search(sample, wanted);
    struct error error;
    struct matcher *matcher = matcher_open(matches_pattern(matches), &error);
    struct plain plain = plain_find(sample, matcher, pattern_reach(matches_pattern(matches)) > 0);
    check_until_complete(sample, matches, &plain.begin);
    check_within(sample, matches, &plain);
    uint64_t unit;
    for (size_t nth = 0; nth < plain.begin.count; nth += 1 + plain.begin.count / 50) {
        assert_int_equal(matches_select(matches, sample->reader, nth, &unit), MATCHES_FOUND);
        assert_int_equal(unit, plain.begin.unit[nth]);
    }
    assert_int_equal(matches_select(matches, sample->reader, plain.begin.count, &unit), MATCHES_NONE);
    plain_free(&plain);
    matcher_close(matcher);
    matches_close(matches);
}

static void check_all(char *data, size_t length)
{
    static const struct wanted wanted[] = {{"6e ?? 65", BYTES}, {"'needle'", BYTES},  {"?? ?? 0a ?e", BYTES},
                                           {"4? ?a 5?", BYTES}, {"0a", BYTES},        {"needle", LITERAL},
                                           {"NEEDLE", FOLDED},  {"ne+dle|x.z", TEXT}, {"^.", TEXT},
                                           {"e$|^$", TEXT},     {"(?<=n)e*", TEXT},   {"needle|xyz", FOLDED}};
    struct sample sample;
    sample_open(&sample, data, length);
    survey_start(sample.survey);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        check_wanted(&sample, wanted[i]);
    sample_close(&sample);
}

/** Words at random places, and across the borders of blocks. */
static char *haystack(size_t length, size_t longest)
{
    char *data = sample_lines(length, longest);
    for (size_t i = 0; i < length / 5000 + 1; i++)
        memcpy(data + sample_below(length - 6), "needle", 6);
    for (size_t border = SURVEY_BLOCK; border + 6 < length; border += SURVEY_BLOCK)
        memcpy(data + border - 1 - border / SURVEY_BLOCK % 6, "needle", 6);
    return data;
}

static void lines_of_text(void **state)
{
    (void)state;
    check_all(haystack(400 * KIB + 5, 100), 400 * KIB + 5);
    check_all(haystack(300, 20), 300);
}

static void lines_across_blocks(void **state)
{
    (void)state;
    check_all(haystack(500 * KIB, 30000), 500 * KIB);
}

static void lines_longer_than_blocks(void **state)
{
    (void)state;
    check_all(haystack(MIB, 400000), MIB);
}

static void random_bytes(void **state)
{
    (void)state;
    char *data = malloc(300 * KIB);
    assert_non_null(data);
    for (size_t at = 0; at < 300 * KIB; at++)
        data[at] = (char)(sample_random() >> 3);
    check_all(data, 300 * KIB);
}

/** Lines as long as a block, with a match behind the last newline. */
static void lines_as_long_as_a_block(void **state)
{
    (void)state;
    size_t length = 5 * (size_t)SURVEY_BLOCK;
    char *data = malloc(length);
    assert_non_null(data);
    memset(data, 'y', length);
    for (size_t border = SURVEY_BLOCK; border < length; border += SURVEY_BLOCK)
        data[border - 2 + border / SURVEY_BLOCK] = '\n';
    memcpy(data + length - 6, "needle", 6);
    check_all(data, length);
}

/** The unit and its number lead to each other, and it is shown. */
static void check_unit(struct sample *sample, struct matches *matches, uint64_t unit, uint64_t *number)
{
    uint64_t picked;
    size_t count;
    const struct range *found =
        matches_within(matches, sample->reader, (struct range){unit, unit + 1}, &count);
    assert_in_range(count, 1, 2);
    assert_int_equal(found[count - 1].begin, unit);
    assert_true(matches_rank(matches, sample->reader, unit, number));
    assert_int_equal(matches_select(matches, sample->reader, *number, &picked), MATCHES_FOUND);
    assert_int_equal(picked, unit);
}

/** Where everything matches everywhere, units of a block follow each other, and all questions have the same answer. */
static void check_dense(struct sample *sample, struct wanted wanted, size_t reach)
{
    struct matches *matches = search(sample, wanted);
    uint64_t unit, next, number, after;
    sample_wait_for(matches);
    for (int i = 0; i < sample_rounds(40); i++) {
        uint64_t offset = sample_below(sample->length - reach);
        if (i % 2)
            offset = sample_below(3) * SURVEY_BLOCK - (offset > SURVEY_BLOCK ? sample_below(20) : 0);
        offset = offset < sample->length - reach ? offset : 0;
        assert_int_equal(matches_next(matches, sample->reader, offset, true, &unit), MATCHES_FOUND);
        check_unit(sample, matches, unit, &number);
        for (unsigned k = 0; k < 10; k++, unit = next, number = after) {
            if (matches_next(matches, sample->reader, unit + 1, true, &next) != MATCHES_FOUND)
                break;
            check_unit(sample, matches, next, &after);
            assert_int_equal(after, number + 1);
            if (next / SURVEY_BLOCK == unit / SURVEY_BLOCK)
                assert_int_equal(next, unit + reach);
            else
                assert_in_range(next, unit + 1, unit + 2 * reach - 1);
        }
    }
    assert_int_equal(matches_next(matches, sample->reader, sample->length, false, &unit), MATCHES_FOUND);
    assert_in_range(sample->length - unit, reach, 2 * reach - 1);
    check_unit(sample, matches, unit, &number);
    assert_int_equal(number + 1, matches_state(matches).count);
    matches_close(matches);
}

static void zeros(void **state)
{
    (void)state;
    struct sample sample;
    sample_open(&sample, calloc(1, 3 * (size_t)SURVEY_BLOCK + 1), 3 * (size_t)SURVEY_BLOCK + 1);
    survey_start(sample.survey);
    check_dense(&sample, (struct wanted){"00 00 00", BYTES}, 3);
    check_dense(&sample, (struct wanted){"?? 0? ?0 ?? 00 ?? ??", BYTES}, 7);
    check_dense(&sample, (struct wanted){"00??", BYTES}, 2);
    sample_close(&sample);
}

/** Every byte is a match. */
static void nothing_but_wildcards(void **state)
{
    (void)state;
    struct sample sample;
    sample_open(&sample, sample_lines(100000, 50), 100000);
    survey_start(sample.survey);
    check_dense(&sample, (struct wanted){"??", BYTES}, 1);
    sample_close(&sample);
}

/** Holes are not searched, nor read for what is on the screen; what lies between them is found. */
static void holes(void **state)
{
    (void)state;
    struct sample sample;
    size_t length = 64 * MIB;
    int fd = sample_file();
    char *data = calloc(1, length);
    assert_non_null(data);
    memcpy(data + 40 * MIB + 9, "needle", 6);
    assert_return_code(ftruncate(fd, (off_t)length), 0);
    sample_write(fd, 40 * MIB, data + 40 * MIB, 4096);
    sample_attach(&sample, fd, data, length, 2);
    survey_start(sample.survey);
    check_wanted(&sample, (struct wanted){"'need' ?c 65 00", BYTES});
    struct matches *matches = search(&sample, (struct wanted){"00 00 00 00", BYTES});
    uint64_t unit;
    size_t count;
    sample_wait_for(matches);
    assert_int_equal(matches_next(matches, sample.reader, 0, true, &unit), MATCHES_FOUND);
    if (unit >= 39 * MIB) { /* where the file system knows holes */
        matches_within(matches, sample.reader, (struct range){20 * MIB, 20 * MIB + 16}, &count);
        assert_int_equal(count, 0);
    }
    matches_close(matches);
    sample_close(&sample);
}

/** What is appended may complete a match that was none. */
static void a_file_that_grows(void **state)
{
    (void)state;
    struct sample sample;
    char *data = malloc(SURVEY_BLOCK);
    assert_non_null(data);
    memset(data, '.', SURVEY_BLOCK);
    memcpy(data + SURVEY_BLOCK - 3, "nee", 3);
    sample_open(&sample, data, SURVEY_BLOCK);
    survey_start(sample.survey);
    struct matches *matches = search(&sample, (struct wanted){"'needle'", BYTES});
    sample_wait_for(matches);
    assert_int_equal(matches_state(matches).count, 0);
    sample_append(&sample, "dle", 3);
    uint64_t unit;
    sample_wait_for(matches);
    assert_int_equal(matches_state(matches).count, 1);
    assert_int_equal(matches_next(matches, sample.reader, 0, true, &unit), MATCHES_FOUND);
    assert_int_equal(unit, SURVEY_BLOCK - 3);
    matches_close(matches);
    sample_close(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_text),
        cmocka_unit_test(lines_across_blocks),
        cmocka_unit_test(lines_longer_than_blocks),
        cmocka_unit_test(random_bytes),
        cmocka_unit_test(lines_as_long_as_a_block),
        cmocka_unit_test(zeros),
        cmocka_unit_test(nothing_but_wildcards),
        cmocka_unit_test(holes),
        cmocka_unit_test(a_file_that_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
