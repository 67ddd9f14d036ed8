/* SPDX-License-Identifier: MIT */
/** model/survey: bytes that change in place: what was counted near them is counted anew, whatever runs meanwhile. */
#include "model/sample.h"
#include "test.h"

#include "folio/io/page/guard.h"
#include "folio/model/survey/forget.h"

/** Counts every `a`, and those that a `b` follows within 1000 bytes. */
static struct survey_tally count_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    struct survey_tally result = {0};
    (void)knowledge;
    (void)scratch;
    for (size_t at = block->begin; at < block->end; at++) {
        size_t rest = block->bytes.length - at < 1000 ? block->bytes.length - at : 1000;
        result.count += block->bytes.data[at] == 'a' && memchr(block->bytes.data + at, 'b', rest);
    }
    return result;
}

static const struct summary_kind count_kind = {.name = "count", .margin = 1000, .scan = count_scan};

/** A chain that carries how many `a` came before; it ends at a `Z`. */
static struct survey_tally chain_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    uint64_t *before = block->detail;
    struct survey_tally result = {0};
    (void)knowledge;
    (void)scratch;
    for (size_t at = block->begin; at < block->end && !*block->last; at++) {
        result.count += block->bytes.data[at] == 'a';
        *block->last = block->bytes.data[at] == 'Z';
    }
    *before += result.count;
    return result;
}

static const struct summary_kind chain_kind = {
    .name = "chain", .detail = sizeof(uint64_t), .chained = true, .scan = chain_scan};

static uint64_t plain_count(const struct sample *sample)
{
    uint64_t count = 0, last_b = UINT64_MAX;
    for (uint64_t at = sample->length; at-- > 0;) {
        if (sample->data[at] == 'b')
            last_b = at;
        count += sample->data[at] == 'a' && last_b != UINT64_MAX && last_b - at < 1000;
    }
    return count;
}

static void expect_chain(const struct sample *sample, const struct summary *chain, uint64_t origin)
{
    uint64_t count = 0;
    bool ended = false;
    for (uint64_t at = origin; at < sample->length && !ended; at++) {
        if (at % SURVEY_BLOCK == 0 && at > origin) {
            const uint64_t *before = summary_detail(chain, at);
            assert_non_null(before);
            assert_int_equal(*before, count);
        }
        count += sample->data[at] == 'a';
        ended = sample->data[at] == 'Z';
    }
    assert_int_equal(summary_state(chain).count, count);
}

/** Change a byte in the file and in memory, as a poke would: nothing else tells of it. */
static void poke(struct sample *sample, uint64_t offset, char byte)
{
    sample->data[offset] = byte;
    sample_write(sample->fd, offset, &byte, 1);
    survey_forget(sample->survey, (struct range){offset, offset + 1});
}

static void expect_all(struct sample *sample, const struct summary *count, const struct summary *chain,
                       uint64_t origin)
{
    sample_wait(sample->lines);
    sample_wait(count);
    sample_wait(chain);
    sample_list(sample);
    assert_int_equal(summary_state(sample->lines).count, sample->newline_count);
    assert_int_equal(summary_state(count).count, plain_count(sample));
    assert_int_equal(summary_state(count).done, sample->length);
    expect_chain(sample, chain, origin);
}

/** Bytes change at all places and at all moments, also while a worker is at them. */
static void every_summary_is_right_afterwards(void **state)
{
    struct sample sample;
    struct error error;
    const uint64_t origin = 3 * SURVEY_CHUNK / 2 + 77, start = 0;
    static const char byte[] = "aab\n";
    (void)state;
    char *data = sample_lines(3 * (size_t)SURVEY_CHUNK + 100, 100);
    for (size_t at = 0; at < 3 * (size_t)SURVEY_CHUNK + 100; at++)
        data[at] = data[at] == 'Z' ? 'z' : data[at];
    sample_open(&sample, data, 3 * (size_t)SURVEY_CHUNK + 100);
    struct summary *count = survey_add(sample.survey, &count_kind, NULL, &error);
    struct summary *chain = survey_chain(sample.survey, &chain_kind, NULL, origin, &start, &error);
    survey_start(sample.survey);
    for (int round = 0; round < sample_rounds(12); round++) {
        uint64_t border = (1 + sample_below(2)) * SURVEY_CHUNK;
        for (size_t pokes = 1 + sample_below(6); pokes-- > 0;) {
            poke(&sample, sample_below(sample.length), byte[sample_below(4)]);
            poke(&sample, border - 900 + sample_below(1800), byte[sample_below(4)]);
            if (sample_below(2))
                sample_sleep((long)sample_below(4));
        }
        expect_all(&sample, count, chain, origin);
    }
    uint64_t memory = survey_memory(sample.survey);
    for (int round = 0; round < 3; round++) {
        poke(&sample, sample_below(sample.length), 'a');
        expect_all(&sample, count, chain, origin);
    }
    assert_int_equal(survey_memory(sample.survey), memory);
    survey_drop(sample.survey, chain, NULL);
    survey_drop(sample.survey, count, NULL);
    sample_close(&sample);
}

/** What is not near stays known all the time. */
static void what_is_far_stays_known(void **state)
{
    struct sample sample;
    uint64_t rank, block;
    (void)state;
    sample_open(&sample, sample_lines(3 * (size_t)SURVEY_CHUNK, 100), 3 * (size_t)SURVEY_CHUNK);
    survey_start(sample.survey);
    sample_wait(sample.lines);
    unsigned generation = survey_generation(sample.survey);
    poke(&sample, 2 * (uint64_t)SURVEY_CHUNK + 5000, '\n');
    assert_true(survey_generation(sample.survey) != generation);
    assert_true(summary_rank(sample.lines, 2 * (uint64_t)SURVEY_CHUNK, &rank, &block));
    sample_wait(sample.lines);
    sample_list(&sample);
    assert_int_equal(summary_state(sample.lines).count, sample.newline_count);
    sample_close(&sample);
}

/** A chain goes on where its end was changed, and ends where one was made. */
static void a_chain_finds_another_end(void **state)
{
    struct sample sample;
    struct error error;
    const uint64_t start = 0;
    (void)state;
    size_t length = 2 * (size_t)SURVEY_CHUNK;
    char *data = malloc(length);
    assert_non_null(data);
    memset(data, 'a', length);
    data[SURVEY_CHUNK + 9] = 'Z';
    sample_open(&sample, data, length);
    struct summary *chain = survey_chain(sample.survey, &chain_kind, NULL, 1000, &start, &error);
    survey_start(sample.survey);
    sample_wait(chain);
    expect_chain(&sample, chain, 1000);
    poke(&sample, SURVEY_CHUNK + 9, 'a');
    sample_wait(chain);
    expect_chain(&sample, chain, 1000);
    poke(&sample, 70000, 'Z');
    sample_wait(chain);
    expect_chain(&sample, chain, 1000);
    /* Behind its end and before its origin it is not concerned. */
    poke(&sample, SURVEY_CHUNK + 9, 'b');
    poke(&sample, 999, 'b');
    assert_true(summary_state(chain).complete);
    expect_chain(&sample, chain, 1000);
    survey_drop(sample.survey, chain, NULL);
    sample_close(&sample);
}

/** A byte in the middle of a hole of many chunks gets blocks: the chart must know. */
static void a_hole_is_filled(void **state)
{
    struct sample sample;
    uint64_t size = (uint64_t)1 << 33;
    (void)state;
    sample_open_text(&sample, "first\n");
    sample_write(sample.fd, size - 12, "\nlast\nagain\n", 12);
    mapping_refresh(sample.mapping);
    survey_resize(sample.survey, size, false);
    survey_start(sample.survey);
    sample_wait(sample.lines);
    assert_int_equal(summary_state(sample.lines).count, 4);
    sample_write(sample.fd, size / 2, "\n", 1);
    survey_forget(sample.survey, (struct range){size / 2, size / 2 + 1});
    sample_wait(sample.lines);
    assert_int_equal(summary_state(sample.lines).count, 5);
    sample_close(&sample);
}

static int guard(void **state)
{
    (void)state;
    guard_install();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_summary_is_right_afterwards, guard),
        cmocka_unit_test_setup(what_is_far_stays_known, guard),
        cmocka_unit_test_setup(a_chain_finds_another_end, guard),
        cmocka_unit_test_setup(a_hole_is_filled, guard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
