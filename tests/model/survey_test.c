/* SPDX-License-Identifier: MIT */
/** model/survey: what is scanned and how often, summaries that come and go while workers run, memory, closing. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdatomic.h>

#include "folio/io/guard.h"

#include "model/sample.h"

/** What the counting kind knows: how many bytes it has scanned, and how slow it is. */
struct tally {
    atomic_uint_fast64_t scanned;
    atomic_int released;
    long slowness_us;
};

static struct survey_tally count_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    struct tally *tally = (struct tally *)(uintptr_t)knowledge;
    struct survey_tally result = {0};
    (void)scratch;
    atomic_fetch_add(&tally->scanned, block->end - block->begin);
    if (tally->slowness_us)
        nanosleep(&(struct timespec){0, tally->slowness_us * 1000}, NULL);
    for (size_t at = block->begin; at < block->end; at++)
        result.count += block->bytes.data[at] == 'a';
    return result;
}

static const struct summary_kind count_kind = {.name = "count", .scan = count_scan};

/** The same with a margin: an `a` counts where a `b` follows within 1000 bytes. */
static struct survey_tally margin_scan(const void *knowledge, void *scratch, const struct survey_block *block)
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

static const struct summary_kind margin_kind = {
    .name = "margin", .margin = 1000, .from_focus = true, .scan = margin_scan};

static void tally_release(void *knowledge)
{
    atomic_store(&((struct tally *)knowledge)->released, 1);
}

/** Wait until no worker uses it any more. */
static void tally_wait(struct tally *tally)
{
    for (int tries = 0; !atomic_load(&tally->released); tries++, sample_sleep(5))
        assert_true(tries < 4000);
}

static uint64_t plain_count(const struct sample *sample, uint64_t end)
{
    uint64_t count = 0;
    for (uint64_t at = 0; at < end; at++)
        count += sample->data[at] == 'a';
    return count;
}

static void only_the_tail_is_scanned_again(void **state)
{
    struct sample sample;
    struct tally tally = {0};
    struct error error;
    (void)state;
    sample_open(&sample, sample_lines(40 * MIB, 100), 40 * MIB);
    struct summary *count = survey_add(sample.survey, &count_kind, &tally, &error);
    survey_start(sample.survey);
    sample_wait(count);
    assert_int_equal(atomic_load(&tally.scanned), 40 * MIB);
    for (int step = 0; step < 10; step++) {
        atomic_store(&tally.scanned, 0);
        sample_append(&sample, "banana\n", 7);
        sample_wait(count);
        assert_in_range(atomic_load(&tally.scanned), 7, 2 * SURVEY_BLOCK);
        assert_int_equal(summary_state(count).count, plain_count(&sample, sample.length));
    }
    survey_drop(sample.survey, count, NULL);
    sample_close(&sample);
}

static void numbers_vouched_for_are_true_while_it_runs(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        struct sample sample;
        struct tally tally = {0};
        struct error error;
        uint64_t rank, block;
        sample_open(&sample, sample_lines(17 * MIB, 100), 17 * MIB);
        struct summary *count = survey_add(sample.survey, &count_kind, &tally, &error);
        uint64_t all = plain_count(&sample, sample.length);
        uint64_t half = plain_count(&sample, sample.length / 2 / SURVEY_BLOCK * SURVEY_BLOCK);
        survey_start(sample.survey);
        for (bool complete = false; !complete;) {
            struct range at;
            struct summary_state now = summary_state(count);
            complete = now.complete;
            if (complete)
                assert_int_equal(now.count, all);
            if (summary_rank(count, sample.length / 2, &rank, &block))
                assert_int_equal(rank, half);
            assert_int_not_equal(summary_select(count, all - 1, &at, &rank), SUMMARY_NONE);
            assert_int_not_equal(summary_next(count, 0, true, &at), SUMMARY_NONE);
            assert_int_not_equal(summary_next(count, sample.length - 1, false, &at), SUMMARY_NONE);
        }
        survey_drop(sample.survey, count, NULL);
        sample_close(&sample);
    }
}

static void a_margin_is_seen_again_when_the_file_grows(void **state)
{
    struct sample sample;
    struct error error;
    uint64_t rank, block;
    (void)state;
    char *data = malloc(SURVEY_CHUNK);
    assert_non_null(data);
    memset(data, 'a', SURVEY_CHUNK);
    sample_open(&sample, data, SURVEY_CHUNK);
    struct summary *margin = survey_add(sample.survey, &margin_kind, NULL, &error);
    survey_start(sample.survey);
    sample_wait(margin);
    assert_int_equal(summary_state(margin).count, 0);
    sample_append(&sample, "b", 1);
    /* The last block of the first chunk looked past the old end: until it is scanned again nothing is known. */
    if (summary_rank(margin, SURVEY_CHUNK, &rank, &block))
        assert_int_equal(rank, 999);
    sample_wait(margin);
    assert_int_equal(summary_state(margin).count, 999);
    assert_true(summary_rank(margin, SURVEY_CHUNK, &rank, &block));
    assert_int_equal(rank, 999);
    survey_drop(sample.survey, margin, NULL);
    sample_close(&sample);
}

static void summaries_come_and_go_while_workers_run(void **state)
{
    struct sample sample;
    struct tally tally[40] = {0};
    struct error error;
    (void)state;
    sample_open(&sample, sample_lines(20 * MIB, 100), 20 * MIB);
    survey_start(sample.survey);
    for (int round = 0; round < 40; round++) {
        tally[round].slowness_us = round % 5 * 50;
        struct summary *count = survey_add(sample.survey, &count_kind, &tally[round], &error);
        assert_non_null(count);
        survey_focus(sample.survey, sample_below(sample.length), round % 2);
        sample_sleep((long)sample_below(6));
        if (round % 8 == 3) { /* dropped while somebody scans, then the table grows or starts anew */
            survey_drop(sample.survey, count, tally_release);
            sample_resize(&sample, round % 16 == 3);
            continue;
        }
        survey_drop(sample.survey, count, tally_release);
    }
    for (int round = 0; round < 40; round++)
        tally_wait(&tally[round]);
    sample_wait(sample.lines);
    assert_int_equal(summary_state(sample.lines).count, sample.newline_count);
    sample_close(&sample);
}

/** More chunks than one rung of the ladder holds, charted while a dropped summary is still in use. */
static void a_dropped_summary_outlives_a_growing_table(void **state)
{
    struct sample sample;
    struct tally tally = {.slowness_us = 2000};
    struct error error;
    uint64_t length = 70 * (uint64_t)SURVEY_CHUNK;
    (void)state;
    sample_open(&sample, sample_lines(MIB, 100), MIB);
    survey_start(sample.survey);
    sample_wait(sample.lines);
    struct summary *count = survey_add(sample.survey, &count_kind, &tally, &error);
    sample_sleep(5);
    survey_drop(sample.survey, count, tally_release);
    assert_int_equal(ftruncate(sample.fd, (off_t)length), 0);
    for (uint64_t at = SURVEY_CHUNK; at < length; at += SURVEY_CHUNK)
        sample_write(sample.fd, at, "x\n", 2);
    mapping_refresh(sample.mapping);
    survey_resize(sample.survey, length, false);
    sample_wait(sample.lines);
    assert_int_equal(summary_state(sample.lines).count, sample.newline_count + 69);
    tally_wait(&tally);
    sample_close(&sample);
}

static void the_focus_is_scanned_first(void **state)
{
    struct sample sample;
    struct error error;
    uint64_t focus = 5 * (uint64_t)SURVEY_CHUNK + 12345, length = 8 * (uint64_t)SURVEY_CHUNK;
    struct range at;
    (void)state;
    int fd = sample_file();
    char *data = malloc(length);
    assert_non_null(data);
    memset(data, 'a', length);
    sample_write(fd, 0, data, length);
    sample_attach(&sample, fd, data, length, 1);
    survey_start(sample.survey);
    sample_wait(sample.lines);
    struct tally slow = {.slowness_us = 100};
    survey_focus(sample.survey, focus, true);
    struct summary_kind kind = count_kind;
    kind.from_focus = true;
    struct summary *count = survey_add(sample.survey, &kind, &slow, &error);
    while (summary_next(count, focus, true, &at) == SUMMARY_UNKNOWN)
        sample_sleep(1);
    assert_int_equal(at.begin, focus - focus % SURVEY_BLOCK);
    assert_true(atomic_load(&slow.scanned) <= 2 * (uint64_t)SURVEY_CHUNK);
    survey_drop(sample.survey, count, tally_release);
    tally_wait(&slow);
    sample_close(&sample);
}

static void closing_while_it_runs(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        struct sample sample;
        struct tally *tally = calloc(1, sizeof *tally);
        struct error error;
        assert_non_null(tally);
        tally->slowness_us = 20;
        sample_open(&sample, sample_lines(17 * MIB, 100), 17 * MIB);
        struct summary *count = survey_add(sample.survey, &count_kind, tally, &error);
        if (round % 4)
            survey_start(sample.survey);
        sample_sleep((long)sample_below(4));
        survey_drop(sample.survey, count, free);
        sample_close(&sample);
    }
}

static void memory_is_small(void **state)
{
    struct sample sample;
    struct error error;
    size_t length = 256 * MIB;
    (void)state;
    int fd = sample_file();
    char *data = sample_lines(length, 150);
    sample_write(fd, 0, data, length);
    sample_attach(&sample, fd, data, length, 2);
    /* The margin kind keeps what the search keeps. */
    struct summary *margin = survey_add(sample.survey, &margin_kind, NULL, &error);
    survey_start(sample.survey);
    sample_wait(sample.lines);
    sample_wait(margin);
    assert_in_range(survey_memory(sample.survey) * 4, 1, 100 * KIB);
    survey_drop(sample.survey, margin, NULL);
    sample_close(&sample);
}

/** A hole is one record: a file of terabytes costs what its data costs. */
static void a_huge_hole_costs_nothing(void **state)
{
    struct sample sample;
    uint64_t size = (uint64_t)1 << 40, line, offset, begin;
    (void)state;
    sample_open_text(&sample, "first\n");
    sample_write(sample.fd, size - 12, "\nlast\nagain\n", 12);
    mapping_refresh(sample.mapping);
    survey_resize(sample.survey, size, false);
    survey_start(sample.survey);
    sample_wait(sample.lines);
    assert_int_equal(summary_state(sample.lines).count, 4);
    assert_in_range(survey_memory(sample.survey), 1, 10 * KIB);
    assert_int_equal(lines_number(sample.lines, sample.reader, size - 1, &line), LINES_FOUND);
    assert_int_equal(line, 4);
    assert_int_equal(lines_offset(sample.lines, sample.reader, 4, &offset), LINES_FOUND);
    assert_int_equal(offset, size - 6);
    assert_int_equal(lines_begin(sample.lines, sample.reader, size / 2, 0, &begin), LINES_FOUND);
    assert_int_equal(begin, 6);
    assert_int_equal(lines_end(sample.lines, sample.reader, size / 2, 0, &begin), LINES_FOUND);
    assert_int_equal(begin, size - 12);
    assert_false(lines_plain(sample.lines, (struct range){size / 2, size / 2 + 100}));
    sample_close(&sample);
}

/** Shorter and at once longer again: nothing of the old chart may be left. */
static void shrinking_and_growing_in_quick_succession(void **state)
{
    struct sample sample;
    (void)state;
    guard_install(); /* cmocka has put a handler of its own in its place */
    sample_open(&sample, sample_lines(60 * MIB, 100), 60 * MIB);
    survey_start(sample.survey);
    for (int round = 0; round < 60; round++) {
        size_t length = MIB + sample_below(MIB);
        assert_int_equal(ftruncate(sample.fd, (off_t)length), 0);
        sample.length = length;
        sample_resize(&sample, false);
        sample_sleep((long)sample_below(2));
        char *more = sample_lines(20 * MIB, 100);
        sample_append(&sample, more, 20 * MIB);
        free(more);
        sample_wait(sample.lines);
        assert_int_equal(summary_state(sample.lines).count, sample.newline_count);
    }
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
        cmocka_unit_test(only_the_tail_is_scanned_again),
        cmocka_unit_test(numbers_vouched_for_are_true_while_it_runs),
        cmocka_unit_test(a_margin_is_seen_again_when_the_file_grows),
        cmocka_unit_test(summaries_come_and_go_while_workers_run),
        cmocka_unit_test(a_dropped_summary_outlives_a_growing_table),
        cmocka_unit_test(the_focus_is_scanned_first),
        cmocka_unit_test(closing_while_it_runs),
        cmocka_unit_test(memory_is_small),
        cmocka_unit_test(a_huge_hole_costs_nothing),
        cmocka_unit_test(shrinking_and_growing_in_quick_succession),
    };
    return cmocka_run_group_tests(tests, NULL, threads_end);
}
