/* SPDX-License-Identifier: MIT */
/**
 * model/known/lines: every answer equals the plain computation, at all times: while the survey runs it may only be
 * unknown.
 */
#include "model/sample.h"
#include "test.h"

#include "folio/io/page/guard.h"

/** Is a byte what lines_plain promises? */
static bool plain(char byte)
{
    return byte == '\n' || (byte >= 0x20 && byte < 0x7f);
}

static void check_begin(const struct sample *sample, uint64_t offset, uint64_t limit, bool complete)
{
    uint64_t begin, expected = sample_line_begin(sample, offset);
    enum lines_result result = lines_begin(sample->lines, sample->reader, offset, limit, &begin);
    if (result == LINES_UNKNOWN && !complete) {
        assert_in_range(begin, expected, offset);
        assert_true(begin == expected || offset - begin + SURVEY_BLOCK > limit);
        return;
    }
    assert_int_equal(result, LINES_FOUND);
    assert_int_equal(begin, expected);
}

static void check_end(const struct sample *sample, uint64_t offset, uint64_t limit, bool complete)
{
    uint64_t end, expected = sample_line_end(sample, offset);
    enum lines_result result = lines_end(sample->lines, sample->reader, offset, limit, &end);
    if (result == LINES_UNKNOWN && !complete) {
        assert_in_range(end, offset, expected);
        return;
    }
    assert_int_equal(result, LINES_FOUND);
    assert_int_equal(end, expected);
}

static void check_line(const struct sample *sample, uint64_t line, bool complete)
{
    uint64_t offset, total = sample_line_count(sample);
    enum lines_result result = lines_offset(sample->lines, sample->reader, line, &offset);
    if (result == LINES_UNKNOWN && !complete)
        return;
    if (line > total && line > 1) {
        assert_int_equal(result, LINES_NONE);
        return;
    }
    assert_int_equal(result, LINES_FOUND);
    assert_int_equal(offset, line < 2 ? 0 : sample->newline[line - 2] + 1);
}

static void check_plain(const struct sample *sample, uint64_t begin, uint64_t end, bool complete)
{
    bool all = begin < end;
    uint64_t first = begin - begin % SURVEY_BLOCK,
             last = (end + SURVEY_BLOCK - 1) / SURVEY_BLOCK * SURVEY_BLOCK;
    if (lines_plain(sample->lines, (struct range){begin, end})) {
        for (; begin < end; begin++)
            all = all && plain(sample->data[begin]);
        assert_true(all);
    } else if (complete && all) {
        for (; first < last && first < sample->length; first++)
            all = all && plain(sample->data[first]);
        assert_false(all);
    }
}

/** Everything that can be asked about one random place. */
static void check_somewhere(const struct sample *sample, bool complete)
{
    uint64_t offset = sample_below(sample->length), total, line, width = sample_below(3 * SURVEY_BLOCK) + 1;
    static const uint64_t limits[] = {0, 4096, 65536, 131072, 1 << 20};
    if (sample_below(4) == 0) /* near a border of blocks */
        offset = offset - offset % SURVEY_BLOCK + sample_below(3) - (offset > SURVEY_BLOCK);
    if (offset >= sample->length)
        offset = sample->length ? sample->length - 1 : 0;
    enum lines_result result = lines_number(sample->lines, sample->reader, offset, &line);
    if (result == LINES_FOUND)
        assert_int_equal(line, sample_rank(sample, offset) + 1);
    else
        assert_true(result == LINES_UNKNOWN && !complete);
    if (sample->length) {
        check_begin(sample, offset, limits[sample_below(5)], complete);
        check_end(sample, offset, limits[sample_below(5)], complete);
        check_plain(sample, offset, offset + width < sample->length ? offset + width : sample->length,
                    complete);
    }
    check_line(sample, 1 + sample_below(sample_line_count(sample) + 3), complete);
    if (lines_total(sample->lines, sample->reader, &total))
        assert_int_equal(total, sample_line_count(sample));
    else
        assert_false(complete);
}

/** Ask all the time from the beginning until the survey is done, then some more. */
static void check_all_along(struct sample *sample, unsigned rounds)
{
    survey_start(sample->survey);
    do
        check_somewhere(sample, false);
    while (!summary_state(sample->lines).complete);
    while (rounds-- > 0)
        check_somewhere(sample, true);
    assert_int_equal(summary_state(sample->lines).count, sample->newline_count);
}

/** The content is taken over. */
static void check_content(char *data, size_t length, unsigned rounds)
{
    struct sample sample;
    sample_open(&sample, data, length);
    check_all_along(&sample, rounds);
    sample_close(&sample);
}

static void random_lines(void **state)
{
    (void)state;
    check_content(sample_lines(3 * MIB + 17, 100), 3 * MIB + 17, 3000);
    check_content(sample_lines(5 * MIB, 200000), 5 * MIB, 3000);
    check_content(sample_lines(40 * MIB + 3, 300), 40 * MIB + 3, 3000);
    check_content(sample_lines(40 * MIB, 9000000), 40 * MIB, 1000);
}

static void no_newline_at_all(void **state)
{
    (void)state;
    for (int round = 0; round < 2; round++) {
        size_t length = round ? 34 * MIB : 100000;
        char *data = malloc(length);
        assert_non_null(data);
        memset(data, 'x', length);
        check_content(data, length, 500);
    }
}

static void only_newlines(void **state)
{
    static const size_t length[] = {1, 2, 65535, 65536, 65537, 131072, 16 * MIB, 17 * MIB};
    (void)state;
    for (size_t i = 0; i < sizeof length / sizeof *length; i++) {
        if (sample_skips(i))
            continue;
        char *data = malloc(length[i]);
        assert_non_null(data);
        memset(data, '\n', length[i]);
        check_content(data, length[i], 500);
    }
}

static void blocks_with_one_newline_less(void **state)
{
    (void)state;
    size_t length = 40 * SURVEY_BLOCK;
    char *data = malloc(length);
    assert_non_null(data);
    memset(data, '\n', length);
    for (size_t block = 0; block < 40; block += 2)
        data[block * SURVEY_BLOCK + sample_below(SURVEY_BLOCK)] = 'x';
    check_content(data, length, 2000);
}

static void sizes_around_the_borders(void **state)
{
    static const size_t border[] = {SURVEY_BLOCK, 2 * SURVEY_BLOCK, SURVEY_CHUNK, 2 * SURVEY_CHUNK};
    (void)state;
    for (size_t i = 0; i < sizeof border / sizeof *border; i++)
        for (size_t length = border[i] - 1; length <= border[i] + 1; length++) {
            char *data = sample_lines(length, 120);
            if (i % 2)
                data[length - 1] = '\n';
            check_content(data, length, 500);
        }
    check_content(strdup("x"), 1, 10);
    check_content(strdup("\n"), 1, 10);
}

static void an_empty_file(void **state)
{
    struct sample sample;
    uint64_t offset, line;
    (void)state;
    sample_open(&sample, strdup(""), 0);
    survey_start(sample.survey);
    sample_wait(sample.lines);
    assert_true(lines_total(sample.lines, sample.reader, &line));
    assert_int_equal(line, 0);
    assert_int_equal(lines_number(sample.lines, sample.reader, 0, &line), LINES_FOUND);
    assert_int_equal(line, 1);
    assert_int_equal(lines_offset(sample.lines, sample.reader, 2, &offset), LINES_NONE);
    assert_false(lines_plain(sample.lines, (struct range){0, 0}));
    sample_close(&sample);
}

/** Write islands of lines into a file full of holes. */
static void check_sparse(size_t length, unsigned islands, bool begin, bool end)
{
    struct sample sample;
    char *data = calloc(1, length);
    int fd = sample_file();
    assert_non_null(data);
    assert_int_equal(ftruncate(fd, (off_t)length), 0);
    for (unsigned i = 0; i < islands; i++) {
        size_t size = 1 + sample_below(300 * KIB), at = sample_below(length - size);
        if (i == 0 && begin)
            at = 0;
        if (i == 1 && end)
            at = length - size;
        char *island = sample_lines(size, 200);
        memcpy(data + at, island, size);
        sample_write(fd, at, island, size);
        free(island);
    }
    sample_attach(&sample, fd, data, length, 2);
    check_all_along(&sample, 2000);
    sample_close(&sample);
}

static void sparse_files(void **state)
{
    (void)state;
    check_sparse(120 * MIB, 4, false, false);
    check_sparse(120 * MIB + 5, 4, true, true);
    check_sparse(100 * MIB, 30, false, true);
    check_sparse(70 * MIB, 0, false, false);
    check_sparse(33 * MIB, 1, true, false);
}

static void other_bytes_make_a_block_not_plain(void **state)
{
    (void)state;
    char *data = sample_lines(4 * MIB, 3000);
    for (int i = 0; i < 8; i++)
        data[sample_below(4 * MIB)] =
            (char)(sample_below(2) ? 0x80 + sample_below(128) : 1 + sample_below(9));
    check_content(data, 4 * MIB, 5000);
}

static void a_file_that_grows(void **state)
{
    struct sample sample;
    (void)state;
    sample_open(&sample, sample_lines(200000, 90), 200000);
    survey_start(sample.survey);
    for (int step = 0; step < sample_rounds(60); step++) {
        static const size_t most[] = {20, 3000, 70000, 3000000};
        size_t length = 1 + sample_below(most[step % 4]);
        char *data = sample_lines(length, step % 7 ? 90 : 400000);
        sample_append(&sample, data, length);
        free(data);
        for (int i = 0; i < 30; i++)
            check_somewhere(&sample, false);
        if (step % 3 == 0) {
            sample_wait(sample.lines);
            for (int i = 0; i < 100; i++)
                check_somewhere(&sample, true);
        }
    }
    sample_wait(sample.lines);
    for (int i = 0; i < 2000; i++)
        check_somewhere(&sample, true);
    sample_close(&sample);
}

static void growth_at_a_border(void **state)
{
    struct sample sample;
    (void)state;
    sample_open(&sample, sample_lines(SURVEY_CHUNK - 2, 90), SURVEY_CHUNK - 2);
    survey_start(sample.survey);
    for (int step = 0; step < 6; step++) {
        sample_wait(sample.lines);
        sample_append(&sample, step % 2 ? "\n" : "x", 1);
        for (int i = 0; i < 50; i++)
            check_somewhere(&sample, false);
    }
    sample_close(&sample);
}

static void a_file_that_shrinks_or_is_rewritten(void **state)
{
    struct sample sample;
    (void)state;
    guard_install(); /* cmocka has put a handler of its own in its place */
    sample_open(&sample, sample_lines(30 * MIB, 100), 30 * MIB);
    survey_start(sample.survey);
    for (int step = 0; step < 12; step++) {
        size_t length = step % 3 == 2 ? sample.length : sample.length * 3 / 4;
        if (step % 2)
            sample_wait(sample.lines);
        free(sample.data);
        sample.data = sample_lines(length, 60 + (size_t)step * 50);
        sample.length = length;
        assert_int_equal(ftruncate(sample.fd, (off_t)length), 0);
        sample_write(sample.fd, 0, sample.data, length);
        sample_resize(&sample, step % 3 == 2);
        for (int i = 0; i < 200; i++)
            check_somewhere(&sample, false);
    }
    sample_wait(sample.lines);
    for (int i = 0; i < 500; i++)
        check_somewhere(&sample, true);
    sample_close(&sample);
}

/** Text in units of two or four bytes, with bytes 0A all over it; every fifth line is long. */
static char *wide_lines(const struct encoding *encoding, size_t length)
{
    char *data = calloc(1, length + 4);
    assert_non_null(data);
    for (size_t at = 0; at < length; at += encoding->unit) {
        /* U+0A41 and U+410A have the byte of a newline, and U+000A is one. */
        static const char low[] = {0x41, 0x0a, 0x0a, 0x20}, high[] = {0x0a, 0x41, 0x00, 0x00};
        size_t kind =
            sample_below(60) ? sample_below(2) : 2 + (sample_below(at % (2 * MIB) < MIB ? 4 : 4000) > 0);
        data[at + (encoding->big_endian ? encoding->unit - 1u : 0)] = low[kind];
        data[at + (encoding->big_endian ? encoding->unit - 2u : 1)] = high[kind];
    }
    return data;
}

/** Everything that can be asked, at one place of a text in units; `newline` are the offsets of its newlines. */
static void check_wide(const struct sample *sample, const struct encoding *encoding, uint64_t offset)
{
    uint64_t begin = 0, end = sample->length, number = 1, answer;
    size_t low = 0, high = sample->newline_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sample->newline[middle] + encoding->unit <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    number = low + 1;
    begin = low ? sample->newline[low - 1] + encoding->unit : 0;
    end = low < sample->newline_count ? sample->newline[low] : sample->length;
    assert_int_equal(lines_begin(sample->lines, sample->reader, offset, UINT64_MAX, &answer), LINES_FOUND);
    assert_int_equal(answer, begin);
    assert_int_equal(lines_end(sample->lines, sample->reader, offset, UINT64_MAX, &answer), LINES_FOUND);
    assert_int_equal(answer, end);
    if (!summary_state(sample->lines).complete)
        return;
    assert_int_equal(lines_number(sample->lines, sample->reader, offset, &answer), LINES_FOUND);
    assert_int_equal(answer, number);
    assert_int_equal(lines_offset(sample->lines, sample->reader, number, &answer), LINES_FOUND);
    assert_int_equal(answer, begin);
    assert_false(lines_plain(sample->lines, (struct range){offset, offset + 1}));
}

static void check_wide_file(const char *name, size_t length)
{
    struct sample sample;
    struct error error;
    const struct encoding *encoding = encoding_find(name, &error);
    assert_non_null(encoding);
    sample_open(&sample, wide_lines(encoding, length), length);
    struct summary *bytes = sample.lines;
    sample.lines = lines_open(sample.survey, encoding, &error);
    assert_non_null(sample.lines);
    sample.newline_count = 0; /* fewer than there are bytes 0A, of which the list is */
    for (size_t at = 0; at + encoding->unit <= length; at += encoding->unit)
        if (encoding_decode(encoding, sample.data + at, encoding->unit).rune == '\n')
            sample.newline[sample.newline_count++] = at;
    for (int round = 0; round < 100; round++)
        check_wide(&sample, encoding, sample_below(length));
    survey_start(sample.survey);
    for (int round = 0; round < 500; round++)
        check_wide(&sample, encoding, sample_below(length));
    sample_wait(sample.lines);
    for (int round = 0; round < 1500; round++)
        check_wide(&sample, encoding, sample_below(length));
    for (size_t block = SURVEY_BLOCK; block + 4 < length; block += SURVEY_BLOCK)
        for (uint64_t offset = block - 4; offset < block + 4; offset++)
            check_wide(&sample, encoding, offset);
    uint64_t total, line;
    bool ended = sample.newline_count && sample.newline[sample.newline_count - 1] + encoding->unit == length;
    assert_true(lines_total(sample.lines, sample.reader, &total));
    assert_int_equal(total, sample.newline_count + !ended);
    assert_int_equal(lines_offset(sample.lines, sample.reader, total + 1, &line), LINES_NONE);
    survey_drop(sample.survey, bytes, NULL);
    lines_close(sample.survey, sample.lines);
    sample_close(&sample);
}

static void lines_of_wide_units(void **state)
{
    static const char *const name[] = {"utf-16le", "utf-16be", "utf-32le", "utf-32be"};
    (void)state;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        check_wide_file(name[i], 3 * MIB);
        if (!sample_skips(i))
            check_wide_file(name[i], 17 * MIB + 3);
        check_wide_file(name[i], 70000 + i);
        check_wide_file(name[i], 3);
    }
}

/** Whatever the file ends with, after it has grown and been rewritten. */
static void the_total_is_right_at_every_end(void **state)
{
    static const char *const piece[] = {"one\ntwo", "\n", "three\n", "\n", "x", "", "y\n"};
    struct sample sample;
    struct error error;
    uint64_t total;
    (void)state;
    sample_open(&sample, strdup("zero\n"), 5);
    struct summary *bytes = sample.lines;
    sample.lines = lines_open(sample.survey, NULL, &error);
    survey_start(sample.survey);
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++) {
        sample_append(&sample, piece[i], strlen(piece[i]));
        sample_wait(sample.lines);
        assert_true(lines_total(sample.lines, sample.reader, &total));
        assert_int_equal(total, sample_line_count(&sample));
    }
    /* Rewritten at the same size, the newline at its end gone. */
    sample.data[sample.length - 1] = 'z';
    sample_write(sample.fd, 0, sample.data, sample.length);
    sample_resize(&sample, true);
    sample_wait(sample.lines);
    assert_true(lines_total(sample.lines, sample.reader, &total));
    assert_int_equal(total, sample_line_count(&sample));
    survey_drop(sample.survey, bytes, NULL);
    lines_close(sample.survey, sample.lines);
    lines_close(sample.survey, NULL);
    sample_close(&sample);
}

static int threads_end(void **state)
{
    (void)state;
    return sample_settled(2) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_lines),
        cmocka_unit_test(no_newline_at_all),
        cmocka_unit_test(only_newlines),
        cmocka_unit_test(blocks_with_one_newline_less),
        cmocka_unit_test(sizes_around_the_borders),
        cmocka_unit_test(an_empty_file),
        cmocka_unit_test(sparse_files),
        cmocka_unit_test(other_bytes_make_a_block_not_plain),
        cmocka_unit_test(a_file_that_grows),
        cmocka_unit_test(growth_at_a_border),
        cmocka_unit_test(a_file_that_shrinks_or_is_rewritten),
        cmocka_unit_test(lines_of_wide_units),
        cmocka_unit_test(the_total_is_right_at_every_end),
    };
    return cmocka_run_group_tests(tests, NULL, threads_end);
}
