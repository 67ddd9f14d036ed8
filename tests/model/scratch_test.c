/* SPDX-License-Identifier: MIT */
/** model/survey: workers keep scratch memory only for the summary that they work for, and none when there is no work. */
#include "model/sample.h"
#include "test.h"

#include "folio/io/page/guard.h"

#include <stdatomic.h>

#define WORKERS   3
#define SUMMARIES 6

/** Pieces of scratch there are, the most there ever were, and how many were made. */
static atomic_int live, most, made;

static void *scratch_open(const void *knowledge, struct error *error)
{
    (void)knowledge;
    (void)error;
    int now = atomic_fetch_add(&live, 1) + 1, before = atomic_load(&most);
    while (now > before && !atomic_compare_exchange_weak(&most, &before, now)) {
    }
    atomic_fetch_add(&made, 1);
    return malloc(1);
}

static void scratch_close(void *scratch)
{
    atomic_fetch_sub(&live, 1);
    free(scratch);
}

static struct survey_tally scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    (void)knowledge;
    assert_non_null(scratch);
    return (struct survey_tally){.count = block->begin < block->end};
}

static const struct summary_kind scratched_kind = {
    .name = "scratched",
    .scratch_open = scratch_open,
    .scratch_close = scratch_close,
    .scan = scan,
};

static void await_none(void)
{
    for (int tries = 0; atomic_load(&live) && tries < 60000; tries++)
        sample_sleep(1);
    assert_int_equal(atomic_load(&live), 0);
}

static void it_goes_with_the_work(void **state)
{
    const size_t length = 10 * SURVEY_CHUNK;
    struct summary *summary[SUMMARIES];
    struct error error;
    struct sample sample;
    (void)state;
    guard_install();
    sample_attach(&sample, sample_file(), calloc(1, 1), 0, WORKERS);
    assert_int_equal(ftruncate(sample.fd, (off_t)length), 0);
    for (size_t at = 0; at < length; at += SURVEY_CHUNK)
        sample_write(sample.fd, at, "\n", 1);
    mapping_refresh(sample.mapping);
    survey_resize(sample.survey, length, false);
    for (size_t i = 0; i < SUMMARIES; i++) {
        summary[i] = survey_add(sample.survey, &scratched_kind, NULL, &error);
        assert_non_null(summary[i]);
    }
    survey_start(sample.survey);
    for (size_t i = 0; i < SUMMARIES; i++)
        sample_wait(summary[i]);
    await_none();
    assert_in_range(atomic_load(&most), 1, WORKERS);
    /* There is work again: so there is scratch again, for a while. */
    int before = atomic_load(&made);
    sample_write(sample.fd, length, "\n", 1);
    mapping_refresh(sample.mapping);
    survey_resize(sample.survey, length + 1, false);
    sample_wait(summary[0]);
    assert_true(atomic_load(&made) > before);
    for (size_t i = 0; i < SUMMARIES; i++)
        survey_drop(sample.survey, summary[i], NULL);
    await_none();
    sample_close(&sample);
}

/** Scans are held until they are stopped or `free_scan`, then until there were two at a time; the first close is held. */
static struct {
    atomic_int inside, closes;
    atomic_bool free_scan, free_close, met;
} shared;

static struct survey_tally shared_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    (void)knowledge;
    (void)scratch;
    atomic_fetch_add(&shared.inside, 1);
    while (!atomic_load(block->stop) && !(atomic_load(&shared.free_scan) && atomic_load(&shared.met))) {
        if (atomic_load(&shared.free_scan) && atomic_load(&shared.inside) == 2)
            atomic_store(&shared.met, true);
        sample_sleep(1);
    }
    atomic_fetch_sub(&shared.inside, 1);
    return (struct survey_tally){.count = block->begin < block->end};
}

static void shared_close(void *scratch)
{
    bool first = atomic_fetch_add(&shared.closes, 1) == 0;
    while (first && !atomic_load(&shared.free_close))
        sample_sleep(1);
    scratch_close(scratch);
}

static void await_number(atomic_int *number, int wanted)
{
    for (int tries = 0; atomic_load(number) < wanted; tries++, sample_sleep(1))
        assert_true(tries < 60000);
}

/** A worker that was still giving its scratch back when the halt was over calls all of them, not only itself. */
static void after_a_halt_all_go_on(void **state)
{
    static const struct summary_kind shared_kind = {
        .name = "shared", .scratch_open = scratch_open, .scratch_close = shared_close, .scan = shared_scan};
    static const struct summary_kind plain_kind = {
        .name = "plain", .scratch_open = scratch_open, .scratch_close = scratch_close, .scan = scan};
    const size_t length = 6 * SURVEY_CHUNK;
    struct error error;
    struct sample sample;
    (void)state;
    guard_install();
    sample_attach(&sample, sample_file(), calloc(1, 1), 0, 2);
    assert_int_equal(ftruncate(sample.fd, (off_t)length), 0);
    for (size_t at = 0; at < length; at += SURVEY_CHUNK)
        sample_write(sample.fd, at, "\n", 1);
    mapping_refresh(sample.mapping);
    survey_resize(sample.survey, length, false);
    struct summary *summary = survey_add(sample.survey, &shared_kind, NULL, &error);
    survey_start(sample.survey);
    await_number(&shared.inside, 2);
    survey_halt(sample.survey, summary, true);
    await_number(&shared.closes, 2);
    atomic_store(&shared.free_scan, true);
    survey_halt(sample.survey, summary, false);
    /* The other worker has looked, and found nothing that may go on. */
    struct summary *other = survey_add(sample.survey, &plain_kind, NULL, &error);
    sample_wait(other);
    atomic_store(&shared.free_close, true);
    sample_wait(summary);
    assert_true(atomic_load(&shared.met));
    survey_drop(sample.survey, other, NULL);
    survey_drop(sample.survey, summary, NULL);
    await_none();
    sample_close(&sample);
}

static int threads_end(void **state)
{
    (void)state;
    return sample_settled(2) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(it_goes_with_the_work),
                                       cmocka_unit_test(after_a_halt_all_go_on)};
    return cmocka_run_group_tests(tests, NULL, threads_end);
}
