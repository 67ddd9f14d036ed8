/* SPDX-License-Identifier: MIT */
/** model/byte/runs: runs, neighbours, ranks and numbers equal a loop over all bytes. */
#include "folio/model/byte/runs.h"

#include "model/sample.h"
#include "model/units.h"
#include "test.h"

static bool printable(char byte)
{
    return byte == '\t' || (byte >= 0x20 && byte <= 0x7e);
}

/** All runs, and of each byte in which run it is (UINT64_MAX: none), the plain way. */
static struct units runs_find(const struct sample *sample, unsigned shortest, uint64_t *holder)
{
    struct units units = {0};
    for (size_t begin = 0, end; begin < sample->length; begin = end) {
        for (end = begin; end < sample->length && printable(sample->data[end]); end++)
            continue;
        bool run = end - begin >= shortest;
        if (run)
            units_add(&units, begin);
        for (size_t at = begin; at < end; at++)
            holder[at] = run ? begin : UINT64_MAX;
        if (end < sample->length)
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

/** Everything about one file (closed afterwards) and one length. */
static void check_sample(struct sample *sample, unsigned shortest)
{
    struct error error;
    uint64_t *holder = malloc((sample->length + 1) * sizeof *holder);
    assert_non_null(holder);
    struct units units = runs_find(sample, shortest, holder);
    struct runs *runs = runs_open(sample->survey, shortest, &error);
    assert_non_null(runs);
    survey_start(sample->survey);
    while (!runs_state(runs).complete)
        check_place(sample, runs, &units, holder, false);
    assert_int_equal(runs_state(runs).count, units.count);
    for (int i = 0; i < sample_rounds(200); i++)
        check_place(sample, runs, &units, holder, true);
    runs_close(runs);
    sample_close(sample);
    free(units.unit);
    free(holder);
}

/** Runs of up to `longest` bytes, and as long gaps. */
static char *blend(size_t length, size_t longest)
{
    static const char text[] = "\t abcXYZ~019";
    static const char other[] = "\n\x1f\x7f\x80\xff\r\x01";
    char *data = calloc(1, length + 1);
    assert_non_null(data);
    for (size_t at = 0; at < length;) {
        for (size_t run = sample_below(longest + 1); run > 0 && at < length; run--)
            data[at++] = text[sample_below(sizeof text - 1)];
        for (size_t gap = 1 + sample_below(longest); gap > 0 && at < length; gap--)
            data[at++] = other[sample_below(sizeof other)];
    }
    return data;
}

static void random_files(void **state)
{
    static const unsigned shortest[] = {1, 2, 4, 4, 7, 64, 700, RUNS_SHORTEST_MAX};
    (void)state;
    for (int round = 0; round < sample_rounds(24); round++) {
        unsigned least = shortest[sample_below(8)];
        size_t length = 1 + sample_below(round % 3 ? 300 * KIB : 20 * MIB);
        struct sample sample;
        sample_open(&sample, blend(length, 1 + least * (1 + sample_below(3))), length);
        check_sample(&sample, least);
    }
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
            check_sample(&sample, 4);
        }
}

/** One run is longer than any block and its margins: it is one, and every byte of it says so. */
static void longer_than_blocks(void **state)
{
    static const size_t begin[] = {0, 1, 5000, SURVEY_BLOCK - 1, SURVEY_BLOCK, 2 * SURVEY_BLOCK + 7};
    (void)state;
    for (unsigned i = 0; i < sizeof begin / sizeof *begin; i++) {
        size_t length = 17 * MIB;
        char *data = calloc(1, length);
        struct sample sample;
        memset(data + begin[i], 'z', length - begin[i] - (i % 2 ? 70000 : 0));
        memcpy(data + length - 10, "tail\0tail", 9);
        sample_open(&sample, data, length);
        check_sample(&sample, i == 3 ? RUNS_SHORTEST_MAX : RUNS_SHORTEST);
    }
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
    struct runs *runs = runs_open(sample.survey, 4, &error);
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
    assert_int_equal(runs_length((struct span){"", 0}), 0);
    assert_int_equal(runs_length((struct span){"\t", 1}), 1);
    assert_int_equal(runs_length((struct span){"a\tb c~\x7f", 7}), 6);
    assert_int_equal(runs_length((struct span){"\na", 2}), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths),      cmocka_unit_test(at_borders),
        cmocka_unit_test(random_files), cmocka_unit_test(longer_than_blocks),
        cmocka_unit_test(among_holes),  cmocka_unit_test(growing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
