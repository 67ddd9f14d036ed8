/* SPDX-License-Identifier: MIT */
/** model/survey: what is scanned and how often, summaries that come and go while workers run, memory, closing. */
#include "model/sample.h"
#include "test.h"

#include "folio/io/page/guard.h"

#include <stdatomic.h>

/** What the counting kind knows: how many bytes it has scanned, how slow it is, and where it waits for the test. */
struct tally {
    atomic_uint_fast64_t scanned;
    atomic_int released;
    long slowness_us;
    /** A scan that comes to so many bytes goes on only when this is 0. */
    atomic_uint_fast64_t hold;
};

static void scan_hold(atomic_uint_fast64_t *hold, atomic_uint_fast64_t *scanned)
{
    while (atomic_load(hold) && atomic_load(scanned) >= atomic_load(hold))
        sample_sleep(1);
}

/** Wait until a scan is held. */
static void held_wait(atomic_uint_fast64_t *hold, atomic_uint_fast64_t *scanned)
{
    for (int tries = 0; atomic_load(scanned) < atomic_load(hold); tries++, sample_sleep(1))
        assert_true(tries < 60000);
}

static struct survey_tally count_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    struct tally *tally = (struct tally *)(uintptr_t)knowledge;
    struct survey_tally result = {0};
    (void)scratch;
    atomic_fetch_add(&tally->scanned, block->end - block->begin);
    if (tally->slowness_us)
        nanosleep(&(struct timespec){0, tally->slowness_us * 1000}, NULL);
    scan_hold(&tally->hold, &tally->scanned);
    for (size_t at = block->begin; at < block->end; at++)
        result.count += block->bytes.data[at] == 'a';
    return result;
}

static const struct summary_kind count_kind = {.name = "count", .scan = count_scan};

/** The same for who wants it stopped: a scan that is held gives up then, with a count that is nonsense. */
static struct survey_tally halt_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    struct tally *tally = (struct tally *)(uintptr_t)knowledge;
    (void)scratch;
    atomic_fetch_add(&tally->scanned, block->end - block->begin);
    while (atomic_load(&tally->hold) && atomic_load(&tally->scanned) >= atomic_load(&tally->hold)) {
        if (atomic_load(block->stop))
            return (struct survey_tally){.count = 7777};
        sample_sleep(1);
    }
    struct survey_tally result = {0};
    for (size_t at = block->begin; at < block->end; at++)
        result.count += block->bytes.data[at] == 'a';
    return result;
}

static const struct summary_kind halt_kind = {.name = "halt", .from_focus = true, .scan = halt_scan};

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

/** Whoever has seen the file grow before the survey was told asks behind its end, and is not sent back for ever. */
static void behind_the_end_nothing_is_known(void **state)
{
    struct sample sample;
    struct range block;
    (void)state;
    sample_open(&sample, sample_lines(3 * SURVEY_BLOCK - 5, 100), 3 * SURVEY_BLOCK - 5);
    survey_start(sample.survey);
    sample_wait(sample.lines);
    assert_int_equal(summary_next(sample.lines, sample.length - 1, true, &block), SUMMARY_FOUND);
    assert_int_equal(summary_next(sample.lines, sample.length, true, &block), SUMMARY_UNKNOWN);
    assert_int_equal(summary_next(sample.lines, sample.length + 3, true, &block), SUMMARY_UNKNOWN);
    assert_int_equal(summary_next(sample.lines, 20 * SURVEY_CHUNK, true, &block), SUMMARY_UNKNOWN);
    sample_close(&sample);
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
    for (size_t step = 0; step < 10; step++) {
        if (sample_skips(step))
            continue;
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
    for (int round = 0; round < sample_rounds(20); round++) {
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
    for (int round = 0; round < sample_rounds(40); round++) {
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
    for (int round = 0; round < sample_rounds(40); round++)
        tally_wait(&tally[round]);
    sample_wait(sample.lines);
    assert_int_equal(summary_state(sample.lines).count, sample.newline_count);
    sample_close(&sample);
}

/** More chunks than one rung of the ladder holds, charted while a dropped summary is still in use. */
static void a_dropped_summary_outlives_a_growing_table(void **state)
{
    struct sample sample;
    struct tally tally = {.slowness_us = 5000};
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
    /* In the chunk after the first it waits, so that no more is scanned until the answer is there. */
    struct tally slow = {.hold = SURVEY_CHUNK + 1};
    survey_focus(sample.survey, focus, true);
    struct summary_kind kind = count_kind;
    kind.from_focus = true;
    struct summary *count = survey_add(sample.survey, &kind, &slow, &error);
    for (int tries = 0; summary_next(count, focus, true, &at) == SUMMARY_UNKNOWN; tries++, sample_sleep(1))
        assert_true(tries < 60000);
    assert_int_equal(at.begin, focus - focus % SURVEY_BLOCK);
    assert_true(atomic_load(&slow.scanned) <= 2 * (uint64_t)SURVEY_CHUNK);
    atomic_store(&slow.hold, 0);
    survey_drop(sample.survey, count, tally_release);
    tally_wait(&slow);
    sample_close(&sample);
}

static void closing_while_it_runs(void **state)
{
    (void)state;
    for (int round = 0; round < sample_rounds(20); round++) {
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
    if (sample_sanitized())
        skip(); /* what is counted is the program's own count, which a sanitizer does not change */
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
    for (int round = 0; round < sample_rounds(60); round++) {
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

/** What the free detail keeps of a block: where its first and its last `a` stand in the file. */
struct ends {
    uint64_t first, last;
};

static struct survey_tally ends_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    struct ends *ends = block->detail;
    struct survey_tally result = {0};
    (void)knowledge;
    (void)scratch;
    for (size_t at = block->begin; at < block->end; at++)
        if (block->bytes.data[at] == 'a') {
            ends->first = result.count++ ? ends->first : block->offset + at;
            ends->last = block->offset + at;
        }
    return result;
}

static const struct summary_kind ends_kind = {
    .name = "ends", .flagged = true, .detail = sizeof(struct ends), .scan = ends_scan};

static void expect_ends(const struct sample *sample, const struct summary *summary)
{
    for (uint64_t begin = 0; begin < sample->length; begin += SURVEY_BLOCK) {
        struct ends plain = {0};
        for (uint64_t at = begin; at < sample->length && at < begin + SURVEY_BLOCK; at++)
            if (sample->data[at] == 'a') {
                plain.first = plain.first ? plain.first : at;
                plain.last = at;
            }
        const struct ends *kept = summary_detail(summary, begin + sample_below(SURVEY_BLOCK));
        assert_non_null(kept);
        assert_int_equal(kept->first, plain.first);
        assert_int_equal(kept->last, plain.last);
    }
    assert_null(summary_detail(summary, sample->length + SURVEY_BLOCK));
}

static void every_block_has_a_detail(void **state)
{
    struct sample sample;
    struct error error;
    (void)state;
    sample_open(&sample, sample_lines(20 * MIB + 777, 100), 20 * MIB + 777);
    struct summary *ends = survey_add(sample.survey, &ends_kind, NULL, &error);
    assert_null(summary_detail(ends, 0));
    survey_start(sample.survey);
    sample_wait(ends);
    expect_ends(&sample, ends);
    for (int step = 0; step < 5; step++) {
        size_t length = 1 + sample_below(3 * SURVEY_BLOCK);
        char *more = sample_lines(length, 80);
        sample_append(&sample, more, length);
        free(more);
        sample_wait(ends);
        expect_ends(&sample, ends);
    }
    survey_drop(sample.survey, ends, NULL);
    sample_close(&sample);
}

/** What a chain carries: a number that depends on every byte before and on their order; zeros come cheap. */
struct trail {
    uint64_t hash, length;
};

#define TRAIL_FACTOR UINT64_C(6364136223846793005)

static void trail_skip(const void *knowledge, void *detail, uint64_t offset, uint64_t length)
{
    struct trail *trail = detail;
    uint64_t power = TRAIL_FACTOR;
    (void)knowledge;
    (void)offset;
    trail->length += length;
    for (; length; length /= 2, power *= power)
        trail->hash *= length % 2 ? power : 1;
}

/** Knowledge: how far a byte is looked ahead, and where it waits for the test. Ends at a byte 'Z'. */
struct chain {
    size_t ahead;
    atomic_uint_fast64_t scanned, hold;
    atomic_int released;
    /** Others, and how much of each was done before the last of the chain. */
    const struct summary *other[2];
    uint64_t other_done[2];
};

static struct survey_tally trail_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    struct chain *chain = (struct chain *)(uintptr_t)knowledge;
    struct trail *trail = block->detail;
    struct survey_tally result = {0};
    (void)scratch;
    atomic_fetch_add(&chain->scanned, block->end - block->begin);
    scan_hold(&chain->hold, &chain->scanned);
    for (int i = 0; i < 2 && chain->other[i]; i++)
        chain->other_done[i] = summary_state(chain->other[i]).done;
    for (size_t at = block->begin; at < block->end; at++) {
        size_t look = at + chain->ahead;
        trail->hash = trail->hash * TRAIL_FACTOR + (unsigned char)block->bytes.data[at];
        trail->hash +=
            chain->ahead && look < block->bytes.length ? (unsigned char)block->bytes.data[look] : 0;
        trail->length++;
        result.count++;
        if (block->bytes.data[at] == 'Z') {
            *block->last = true;
            break;
        }
    }
    return result;
}

static const struct summary_kind chain_kind = {
    .name = "chain", .detail = sizeof(struct trail), .chained = true, .skip = trail_skip, .scan = trail_scan};
static const struct summary_kind look_kind = {.name = "look",
                                              .margin = 1000,
                                              .detail = sizeof(struct trail),
                                              .chained = true,
                                              .skip = trail_skip,
                                              .scan = trail_scan};

/** The entry of every block from `origin` on is what a plain walk says, and what is beyond the end is not there. */
static void expect_chain(const struct sample *sample, const struct summary *summary, size_t ahead,
                         uint64_t origin, struct trail trail)
{
    uint64_t at = origin, count = 0;
    bool ended = false;
    for (uint64_t begin = 0; begin < sample->length; begin += SURVEY_BLOCK) {
        const struct trail *entry = summary_detail(summary, begin);
        if (begin + SURVEY_BLOCK <= origin || ended) {
            assert_null(entry);
            continue;
        }
        assert_non_null(entry);
        assert_true(entry->hash == trail.hash && entry->length == trail.length);
        for (; at < sample->length && at < begin + SURVEY_BLOCK && !ended; at++, count++) {
            uint64_t look = at + ahead;
            trail.hash = trail.hash * TRAIL_FACTOR + (unsigned char)sample->data[at];
            trail.hash += ahead && look < sample->length ? (unsigned char)sample->data[look] : 0;
            trail.length++;
            ended = sample->data[at] == 'Z';
        }
    }
    struct summary_state state = summary_state(summary);
    assert_true(state.complete);
    assert_int_equal(state.data, state.done);
    if (!ended)
        assert_int_equal(state.done, sample->length > origin ? sample->length - origin : 0);
    assert_int_equal(state.count, count);
}

/** Bytes without the one that ends a chain. */
static char *endless_lines(size_t length)
{
    char *data = sample_lines(length, 100);
    for (size_t at = 0; at < length; at++)
        data[at] = data[at] == 'Z' ? 'z' : data[at];
    return data;
}

static void a_chain_is_walked_from_its_origin(void **state)
{
    const uint64_t length = 40 * MIB + 4321;
    const uint64_t origins[] = {
        0,          12345,  SURVEY_CHUNK - 1, SURVEY_CHUNK, SURVEY_CHUNK + 5 * SURVEY_BLOCK + 99,
        length - 1, length, length + 10 * MIB};
    struct sample sample;
    struct error error;
    (void)state;
    sample_open(&sample, endless_lines(length), length);
    survey_start(sample.survey);
    for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
        struct chain knowledge[2] = {{0}, {.ahead = 1000}};
        struct trail entry = {i, 1000 * i};
        struct summary *chain[2];
        for (int k = 0; k < 2; k++)
            chain[k] = survey_chain(sample.survey, k ? &look_kind : &chain_kind, &knowledge[k], origins[i],
                                    &entry, &error);
        for (int k = 0; k < 2; k++) {
            sample_wait(chain[k]);
            expect_chain(&sample, chain[k], knowledge[k].ahead, origins[i], entry);
            /* Each byte once, and none before the origin. */
            assert_int_equal(atomic_load(&knowledge[k].scanned),
                             origins[i] < length ? length - origins[i] : 0);
            survey_drop(sample.survey, chain[k], NULL);
        }
    }
    sample_close(&sample);
}

static void a_chain_ends_where_it_says(void **state)
{
    const uint64_t length = 40 * MIB;
    const uint64_t ends[] = {1000, SURVEY_BLOCK - 1, SURVEY_CHUNK - 1, SURVEY_CHUNK, 36 * MIB + 7};
    struct sample sample;
    struct error error;
    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (sample_skips(i))
            continue;
        char *data = endless_lines(length);
        struct chain knowledge = {.ahead = 1000};
        data[ends[i]] = 'Z';
        sample_open(&sample, data, length);
        survey_start(sample.survey);
        struct summary *chain =
            survey_chain(sample.survey, &look_kind, &knowledge, 500, &(struct trail){0}, &error);
        sample_wait(chain);
        expect_chain(&sample, chain, 1000, 500, (struct trail){0});
        assert_true(atomic_load(&knowledge.scanned) <= ends[i] + SURVEY_BLOCK);
        /* What is appended is not its business any more, unless the last block looked past the end. */
        sample_append(&sample, "more", 4);
        sample_wait(chain);
        expect_chain(&sample, chain, 1000, 500, (struct trail){0});
        assert_true(atomic_load(&knowledge.scanned) <= ends[i] + SURVEY_BLOCK);
        survey_drop(sample.survey, chain, NULL);
        sample_close(&sample);
    }
}

static void a_chain_goes_over_holes(void **state)
{
    const uint64_t length = 200 * MIB + 77;
    struct sample sample;
    struct error error;
    (void)state;
    int fd = sample_file();
    char *data = calloc(1, length);
    assert_non_null(data);
    assert_int_equal(ftruncate(fd, (off_t)length), 0);
    const uint64_t islands[] = {0, 3 * MIB, 50 * MIB + 123, 51 * MIB, 130 * MIB - 9};
    for (size_t i = 0; i < sizeof islands / sizeof *islands; i++) {
        for (size_t at = 0; at < 100 * KIB; at++)
            data[islands[i] + at] = (char)('a' + at % 23);
        sample_write(fd, islands[i], data + islands[i], 100 * KIB);
    }
    sample_attach(&sample, fd, data, length, 2);
    survey_start(sample.survey);
    for (uint64_t origin = 10; origin < 150 * MIB; origin += 20 * MIB + 11) {
        struct chain knowledge = {0};
        struct trail trail = {1, 2}, *last = &trail;
        struct summary *chain = survey_chain(sample.survey, &chain_kind, &knowledge, origin, &trail, &error);
        sample_wait(chain);
        uint64_t at = origin;
        for (uint64_t begin = origin - origin % SURVEY_BLOCK; begin < length; begin += SURVEY_BLOCK) {
            const struct trail *entry = summary_detail(chain, begin);
            if (entry)
                assert_true(entry->hash == last->hash && entry->length == last->length);
            for (; at < length && at < begin + SURVEY_BLOCK; at++, trail.length++)
                trail.hash = trail.hash * TRAIL_FACTOR + (unsigned char)data[at];
        }
        assert_true(atomic_load(&knowledge.scanned) < 2 * MIB);
        survey_drop(sample.survey, chain, NULL);
    }
    sample_close(&sample);
}

static void a_chain_follows_a_file_that_grows(void **state)
{
    struct sample sample;
    struct error error;
    struct chain knowledge = {.ahead = 1000};
    const struct trail entry = {7, 7};
    const uint64_t origin = MIB + 1;
    (void)state;
    sample_open(&sample, endless_lines(2 * SURVEY_CHUNK - 2000), 2 * SURVEY_CHUNK - 2000);
    struct summary *chain = survey_chain(sample.survey, &look_kind, &knowledge, origin, &entry, &error);
    survey_start(sample.survey);
    sample_wait(chain);
    for (int step = 0; step < sample_rounds(40); step++) {
        size_t length = step == 20 ? 17 * MIB : 1 + sample_below(step % 5 ? 500 : 3 * SURVEY_BLOCK);
        char *more = endless_lines(length);
        atomic_store(&knowledge.scanned, 0);
        sample_append(&sample, more, length);
        if (step % 3) {
            sample_wait(chain);
            expect_chain(&sample, chain, 1000, origin, entry);
            assert_true(atomic_load(&knowledge.scanned) <= length + 3 * SURVEY_BLOCK || step % 3 == 1);
        }
        free(more);
    }
    sample_wait(chain);
    expect_chain(&sample, chain, 1000, origin, entry);
    /* Written anew: the chain begins anew, with its first entry. */
    sample.data[origin + 5] ^= 1;
    sample_write(sample.fd, origin + 5, sample.data + origin + 5, 1);
    sample_resize(&sample, true);
    sample_wait(chain);
    expect_chain(&sample, chain, 1000, origin, entry);
    survey_drop(sample.survey, chain, NULL);
    sample_close(&sample);
}

static void chain_release(void *knowledge)
{
    atomic_store(&((struct chain *)knowledge)->released, 1);
}

/** A worker in the middle of a chunk, of a chain or of anything, does not go on to its end. */
static void a_halted_summary_leaves_the_workers(void **state)
{
    struct sample sample;
    struct error error;
    struct tally held = {.hold = 3 * SURVEY_BLOCK}, other = {0};
    (void)state;
    sample_open(&sample, sample_lines(40 * MIB, 100), 40 * MIB);
    struct summary *older = survey_add(sample.survey, &count_kind, &other, &error);
    struct summary *count = survey_add(sample.survey, &halt_kind, &held, &error);
    survey_start(sample.survey);
    held_wait(&held.hold, &held.scanned);
    assert_false(summary_state(count).halted);
    survey_halt(sample.survey, count, true);
    sample_wait(older); /* though nothing lets the scans go on that are held */
    assert_true(summary_state(count).halted);
    assert_false(summary_state(count).complete);
    assert_int_equal(summary_state(count).count, 0);
    atomic_store(&held.hold, 0);
    survey_halt(sample.survey, count, false);
    sample_wait(count);
    assert_false(summary_state(count).halted);
    assert_int_equal(summary_state(count).count, plain_count(&sample, sample.length));
    survey_halt(sample.survey, count, true); /* nothing is left to be halted */
    assert_false(summary_state(count).halted);
    /* So what comes to the file later is counted. */
    sample_write(sample.fd, 40 * MIB, "aaa", 3);
    mapping_refresh(sample.mapping);
    survey_resize(sample.survey, 40 * MIB + 3, false);
    assert_false(summary_state(count).halted);
    sample_wait(count);
    assert_int_equal(summary_state(count).count, plain_count(&sample, sample.length) + 3);
    survey_drop(sample.survey, older, NULL);
    survey_drop(sample.survey, count, NULL);
    sample_close(&sample);
}

/** What a scan gave up that saw the halt is not taken for true, however soon it goes on. */
static void a_halt_that_is_over_at_once(void **state)
{
    struct sample sample;
    struct error error;
    (void)state;
    sample_open(&sample, sample_lines(20 * MIB, 100), 20 * MIB);
    survey_start(sample.survey);
    uint64_t all = plain_count(&sample, sample.length);
    for (int round = 0; round < sample_rounds(40); round++) {
        struct tally held = {.hold = ((unsigned)round % 5 + 1) * SURVEY_BLOCK};
        struct summary *count = survey_add(sample.survey, &halt_kind, &held, &error);
        held_wait(&held.hold, &held.scanned);
        for (int again = 0; again <= round % 3; again++) {
            survey_halt(sample.survey, count, true);
            survey_halt(sample.survey, count, false);
        }
        atomic_store(&held.hold, 0);
        sample_wait(count);
        assert_int_equal(summary_state(count).count, all);
        survey_drop(sample.survey, count, tally_release);
        tally_wait(&held);
    }
    sample_close(&sample);
}

static void dropping_is_quick(void **state)
{
    struct sample sample;
    struct error error;
    (void)state;
    sample_open(&sample, endless_lines(20 * MIB), 20 * MIB);
    survey_start(sample.survey);
    sample_wait(sample.lines);
    for (int round = 0; round < 10; round++) {
        struct chain knowledge = {.hold = 3 * SURVEY_BLOCK};
        struct tally tally = {.hold = 3 * SURVEY_BLOCK};
        struct summary *chain =
            survey_chain(sample.survey, &chain_kind, &knowledge, 0, &(struct trail){0}, &error);
        struct summary *count = survey_add(sample.survey, &count_kind, &tally, &error);
        held_wait(&knowledge.hold, &knowledge.scanned);
        held_wait(&tally.hold, &tally.scanned);
        survey_drop(sample.survey, chain, chain_release);
        survey_drop(sample.survey, count, tally_release);
        atomic_store(&knowledge.hold, 0);
        atomic_store(&tally.hold, 0);
        tally_wait(&tally);
        for (int tries = 0; !atomic_load(&knowledge.released); tries++, sample_sleep(1))
            assert_true(tries < 60000);
        assert_true(atomic_load(&knowledge.scanned) < SURVEY_CHUNK);
        assert_true(atomic_load(&tally.scanned) < SURVEY_CHUNK);
    }
    sample_close(&sample);
}

/** The chain is looked at by somebody: it is done before the lines, however many chunks those have. */
static void a_chain_comes_before_the_rest(void **state)
{
    struct sample sample;
    struct error error;
    struct chain knowledge = {0};
    struct tally tally = {0};
    uint64_t length = 8 * (uint64_t)SURVEY_CHUNK;
    (void)state;
    int fd = sample_file();
    char *data = endless_lines(length);
    sample_write(fd, 0, data, length);
    sample_attach(&sample, fd, data, length, 1);
    struct summary *chain =
        survey_chain(sample.survey, &chain_kind, &knowledge, 0, &(struct trail){0}, &error);
    struct summary *count = survey_add(sample.survey, &count_kind, &tally, &error);
    knowledge.other[0] = count;
    knowledge.other[1] = sample.lines;
    survey_start(sample.survey);
    sample_wait(chain);
    assert_int_equal(atomic_load(&knowledge.scanned), length);
    assert_true(knowledge.other_done[0] <= SURVEY_CHUNK);
    assert_true(knowledge.other_done[1] <= SURVEY_CHUNK);
    survey_drop(sample.survey, chain, NULL);
    survey_drop(sample.survey, count, tally_release);
    tally_wait(&tally);
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
        cmocka_unit_test(behind_the_end_nothing_is_known),
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
        cmocka_unit_test(every_block_has_a_detail),
        cmocka_unit_test(a_chain_is_walked_from_its_origin),
        cmocka_unit_test(a_chain_ends_where_it_says),
        cmocka_unit_test(a_chain_goes_over_holes),
        cmocka_unit_test(a_chain_follows_a_file_that_grows),
        cmocka_unit_test(dropping_is_quick),
        cmocka_unit_test(a_halted_summary_leaves_the_workers),
        cmocka_unit_test(a_halt_that_is_over_at_once),
        cmocka_unit_test(a_chain_comes_before_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, threads_end);
}
