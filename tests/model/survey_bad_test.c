/* SPDX-License-Identifier: MIT */
/**
 * model/survey: pages that cannot be read, over a window that is made up here. Each costs itself and nothing else, is
 * a border for margins and lines, and is asked for once. Every other run is begun again, as the guard may have it.
 */
#include "model/sample.h"
#include "test.h"

#include "folio/io/page/window.h"
#include "folio/model/known/attributes.h"

#include <stdatomic.h>

#define PAGES_MAX 20000

/** The file that every window shows. */
static struct {
    char *data;
    _Atomic uint64_t size;
    bool bad[PAGES_MAX];
    atomic_uint tries[PAGES_MAX];
} file;

struct window {
    uint64_t bad;
    unsigned runs;
};

struct window *window_open(int fd, enum advice advice, struct error *error)
{
    (void)fd;
    (void)advice;
    (void)error;
    return calloc(1, sizeof(struct window));
}

void window_close(struct window *window)
{
    free(window);
}

enum window_result window_run(struct window *window, struct range range,
                              void (*scan)(struct span bytes, void *argument), void *argument,
                              const atomic_bool *stop, struct error *error)
{
    (void)error;
    if (range.begin >= range.end || range.end - range.begin > WINDOW_RUN_MAX)
        abort();
    if (atomic_load(stop))
        return WINDOW_STOPPED;
    if (range.end > atomic_load(&file.size))
        return WINDOW_SHORT;
    for (uint64_t page = range.begin / SURVEY_PAGE; page <= (range.end - 1) / SURVEY_PAGE; page++) {
        if (!file.bad[page])
            continue;
        atomic_fetch_add(&file.tries[page], 1);
        window->bad = page * SURVEY_PAGE > range.begin ? page * SURVEY_PAGE : range.begin;
        return WINDOW_UNREADABLE;
    }
    if (window->runs++ % 2)
        scan((struct span){file.data + range.begin, (size_t)(range.end - range.begin)}, argument);
    scan((struct span){file.data + range.begin, (size_t)(range.end - range.begin)}, argument);
    return WINDOW_DONE;
}

uint64_t window_bad(const struct window *window)
{
    return window->bad;
}

void window_prefetch(struct window *window, struct range range)
{
    (void)window;
    (void)range;
}

bool window_holds(const struct window *window, uint64_t size)
{
    (void)window;
    return atomic_load(&file.size) >= size;
}

bool window_data(const struct window *window, uint64_t offset, uint64_t size, struct range *data)
{
    (void)window;
    *data = (struct range){offset, size};
    return offset < size;
}

/** A file of `size` bytes, a made-up number of whose pages (of each thousand) cannot be read. */
static struct survey *file_open(uint64_t size, size_t permille)
{
    struct error error;
    memset(file.bad, 0, sizeof file.bad);
    memset(file.tries, 0, sizeof file.tries);
    free(file.data);
    file.data = sample_lines(size + 4 * SURVEY_BLOCK, 300);
    atomic_store(&file.size, size);
    assert_true(size / SURVEY_PAGE < PAGES_MAX);
    for (uint64_t page = 0; page <= size / SURVEY_PAGE; page++)
        file.bad[page] = sample_below(1000) < permille;
    struct survey *survey = survey_open(0, size, 3, ADVICE_AUTO, NULL, &error);
    assert_non_null(survey);
    return survey;
}

static bool bad_at(uint64_t at)
{
    return file.bad[at / SURVEY_PAGE];
}

static uint64_t bad_bytes(void)
{
    uint64_t bytes = 0, size = atomic_load(&file.size);
    for (uint64_t at = 0; at < size; at += SURVEY_PAGE)
        if (bad_at(at))
            bytes += size - at < SURVEY_PAGE ? size - at : SURVEY_PAGE;
    return bytes;
}

/** As many as three workers may find a page bad at the same moment; nobody asks for it later. */
static void expect_few_tries(void)
{
    for (size_t page = 0; page < PAGES_MAX; page++)
        assert_in_range(atomic_load(&file.tries[page]), 0, 3);
}

/** Where the stretch around `at` that can be read ends. */
static uint64_t stretch_end(uint64_t at)
{
    uint64_t size = atomic_load(&file.size);
    at -= at % SURVEY_PAGE;
    while (at < size && !bad_at(at))
        at += SURVEY_PAGE;
    return at < size ? at : size;
}

static void newlines_of_the_other_pages_are_counted(void **state)
{
    static const size_t permille[] = {1, 30, 500, 1000};
    struct error error;
    (void)state;
    for (size_t i = 0; i < sizeof permille / sizeof *permille; i++) {
        struct survey *survey = file_open(33 * MIB + 5000, permille[i]);
        struct summary *lines = survey_add(survey, &lines_kind, NULL, &error);
        survey_start(survey);
        sample_wait(lines);
        uint64_t count = 0, rank, begin, size = atomic_load(&file.size);
        for (uint64_t at = 0; at < size; at++) {
            if (at % SURVEY_BLOCK == 0) {
                bool bad = false;
                uint8_t flags;
                for (uint64_t page = at; page < size && page < at + SURVEY_BLOCK; page += SURVEY_PAGE)
                    bad = bad || bad_at(page);
                assert_true(summary_rank(lines, at, &rank, &begin));
                assert_int_equal(rank, count);
                assert_true(summary_flags(lines, (struct range){at, at + 1}, &flags));
                assert_int_equal((flags & SURVEY_UNREADABLE) != 0, bad);
            }
            count += !bad_at(at) && file.data[at] == '\n';
        }
        assert_int_equal(summary_state(lines).count, count);
        assert_int_equal(summary_state(lines).unreadable, bad_bytes());
        expect_few_tries();
        /* Another summary knows of them from the first. */
        memset(file.tries, 0, sizeof file.tries);
        struct summary *again = survey_add(survey, &lines_kind, NULL, &error);
        sample_wait(again);
        assert_int_equal(summary_state(again).count, count);
        assert_int_equal(summary_state(again).unreadable, bad_bytes());
        for (size_t page = 0; page < PAGES_MAX; page++)
            assert_int_equal(atomic_load(&file.tries[page]), 0);
        survey_drop(survey, again, NULL);
        survey_drop(survey, lines, NULL);
        survey_close(survey);
    }
}

/** Lines that begin in the block, and a !: what ends within 1000 bytes, in a line or at a border. */
static struct survey_tally line_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    struct survey_tally tally = {0};
    struct span bytes = block->bytes;
    (void)knowledge;
    (void)scratch;
    for (size_t at = block->begin; at < block->end; at++) {
        bool begins = at == 0 ? block->begins : bytes.data[at - 1] == '\n';
        size_t rest = bytes.length - at < 1000 ? bytes.length - at : 1000;
        if (begins)
            tally.count++;
        if (bytes.data[at] == '!' &&
            (memchr(bytes.data + at, '\n', rest) || (block->ends && at + 1000 > bytes.length)))
            tally.count++;
    }
    return tally;
}

static const struct summary_kind line_kind = {.name = "line starts", .margin = 1000, .scan = line_scan};

static void a_bad_page_is_a_border(void **state)
{
    struct error error;
    (void)state;
    for (int round = 0; round < 4; round++) {
        struct survey *survey = file_open(18 * MIB + 77, 40);
        struct summary *starts = survey_add(survey, &line_kind, NULL, &error);
        survey_start(survey);
        sample_wait(starts);
        uint64_t count = 0, size = atomic_load(&file.size), end = 0;
        for (uint64_t at = 0; at < size; at++) {
            if (bad_at(at))
                continue;
            if (at >= end)
                end = stretch_end(at);
            count += at == 0 || (at % SURVEY_PAGE == 0 && bad_at(at - 1)) || file.data[at - 1] == '\n';
            if (file.data[at] == '!') {
                size_t rest = (size_t)(end - at < 1000 ? end - at : 1000);
                count += memchr(file.data + at, '\n', rest) || at + 1000 > end;
            }
        }
        assert_int_equal(summary_state(starts).count, count);
        expect_few_tries();
        survey_drop(survey, starts, NULL);
        survey_close(survey);
    }
}

/** A number of all bytes and their order: free, of the block; chained, of everything from the origin on. */
static struct survey_tally hash_scan(const void *knowledge, void *scratch, const struct survey_block *block)
{
    uint64_t *hash = block->detail;
    (void)knowledge;
    (void)scratch;
    for (size_t at = block->begin; at < block->end; at++)
        *hash = *hash * 31 + (unsigned char)block->bytes.data[at];
    return (struct survey_tally){.count = (uint32_t)(block->end - block->begin)};
}

static const struct summary_kind free_kind = {
    .name = "free", .margin = 500, .detail = sizeof(uint64_t), .scan = hash_scan};
static const struct summary_kind chained_kind = {
    .name = "chained", .margin = 500, .detail = sizeof(uint64_t), .chained = true, .scan = hash_scan};

static void expect_hashes(struct survey *survey, struct summary *free_one, struct summary *chained,
                          uint64_t origin)
{
    uint64_t all = 9, size = atomic_load(&file.size);
    (void)survey;
    for (uint64_t begin = 0; begin < size; begin += SURVEY_BLOCK) {
        uint64_t here = 0;
        const uint64_t *entry = summary_detail(chained, begin), *detail = summary_detail(free_one, begin);
        if (begin + SURVEY_BLOCK > origin) {
            assert_non_null(entry);
            assert_true(*entry == all);
        } else {
            assert_null(entry);
        }
        for (uint64_t at = begin; at < size && at < begin + SURVEY_BLOCK; at++) {
            if (bad_at(at))
                continue;
            here = here * 31 + (unsigned char)file.data[at];
            if (at >= origin)
                all = all * 31 + (unsigned char)file.data[at];
        }
        assert_non_null(detail);
        assert_true(*detail == here);
    }
    assert_int_equal(summary_state(free_one).count, size - bad_bytes());
    assert_int_equal(summary_state(free_one).unreadable, bad_bytes());
}

static void details_go_on_behind_a_bad_page(void **state)
{
    struct error error;
    const uint64_t origin = 3 * SURVEY_BLOCK + 5000, entry = 9;
    (void)state;
    for (int round = 0; round < 4; round++) {
        struct survey *survey = file_open(34 * MIB + 77, round == 3 ? 400 : 40);
        struct summary *chained = survey_chain(survey, &chained_kind, NULL, origin, &entry, &error);
        struct summary *free_one = survey_add(survey, &free_kind, NULL, &error);
        survey_start(survey);
        sample_wait(chained);
        sample_wait(free_one);
        expect_hashes(survey, free_one, chained, origin);
        expect_few_tries();
        survey_drop(survey, chained, NULL);
        survey_drop(survey, free_one, NULL);
        survey_close(survey);
    }
}

/** What is scanned again counts once, and is not asked for again. */
static void growing_behind_bad_pages(void **state)
{
    struct error error;
    const uint64_t origin = MIB, entry = 9;
    (void)state;
    struct survey *survey = file_open(17 * MIB, 100);
    struct summary *chained = survey_chain(survey, &chained_kind, NULL, origin, &entry, &error);
    struct summary *free_one = survey_add(survey, &free_kind, NULL, &error);
    survey_start(survey);
    for (int step = 0; step < 30; step++) {
        sample_wait(chained);
        sample_wait(free_one);
        expect_hashes(survey, free_one, chained, origin);
        expect_few_tries();
        uint64_t before = atomic_load(&file.size), size = before + sample_below(7000);
        for (uint64_t page = before / SURVEY_PAGE + 1; page <= size / SURVEY_PAGE; page++)
            file.bad[page] = sample_below(3) == 0;
        atomic_store(&file.size, size);
        survey_resize(survey, size, false);
    }
    /* Read anew, they may have healed. */
    sample_wait(chained);
    sample_wait(free_one);
    memset(file.bad, 0, sizeof file.bad);
    survey_resize(survey, atomic_load(&file.size), true);
    sample_wait(chained);
    sample_wait(free_one);
    expect_hashes(survey, free_one, chained, origin);
    survey_drop(survey, chained, NULL);
    survey_drop(survey, free_one, NULL);
    survey_close(survey);
}

/** Where nothing can be read for long, not each page is asked for; what comes behind it is all there. */
static void a_dead_zone_is_passed_quickly(void **state)
{
    struct error error;
    const uint64_t begin = MIB + 3 * SURVEY_PAGE, end = 15 * MIB + 7 * SURVEY_PAGE;
    unsigned tries = 0, most = 0;
    (void)state;
    struct survey *survey = file_open(34 * MIB, 0);
    for (uint64_t at = begin; at < end; at += SURVEY_PAGE)
        file.bad[at / SURVEY_PAGE] = true;
    struct summary *lines = survey_add(survey, &lines_kind, NULL, &error);
    survey_start(survey);
    sample_wait(lines);
    uint64_t count = 0;
    for (uint64_t at = 0; at < 34 * MIB; at++)
        count += !bad_at(at) && file.data[at] == '\n';
    assert_int_equal(summary_state(lines).count, count);
    assert_int_equal(summary_state(lines).unreadable, end - begin);
    for (uint64_t at = begin; at < end; at += SURVEY_PAGE) {
        unsigned here = atomic_load(&file.tries[at / SURVEY_PAGE]);
        tries += here;
        most = here > most ? here : most;
    }
    assert_true(most <= 3 && tries < 2 * (end - begin) / SURVEY_BLOCK + 100);
    survey_drop(survey, lines, NULL);
    survey_close(survey);
}

/** Colours end at a bad page as at a newline, unless they are carried; what stands in it is not known to anybody. */
static void colours_at_a_bad_page(void **state)
{
    static const struct glyph_rules coloured = {.sgr = true, .tab_width = 8};
    const uint64_t page = SURVEY_BLOCK + 3 * SURVEY_PAGE, offset = 3 * SURVEY_BLOCK + 9;
    struct error error;
    (void)state;
    struct survey *survey = file_open(4 * SURVEY_BLOCK, 0);
    memset(file.data, 'x', 4 * SURVEY_BLOCK);
    memcpy(file.data + 100, "\033[31m", 5);
    memcpy(file.data + page + 10, "\033[4m", 4);
    memcpy(file.data + page + SURVEY_PAGE + 10, "\033[1m", 4);
    file.bad[page / SURVEY_PAGE] = true;
    int fd = sample_file();
    sample_write(fd, 0, file.data, 4 * SURVEY_BLOCK);
    struct mapping *mapping = mapping_open(fd, "bad", MAPPING_SHARED, ADVICE_AUTO, &error);
    assert_non_null(mapping);
    struct reader *reader = reader_open(mapping);
    survey_start(survey);
    for (int carry = 0; carry < 2; carry++) {
        struct attributes *attributes = attributes_open(survey, &coloured, carry);
        struct attributes_ink ink = {0};
        for (int tries = 0; !ink.exact && tries < 20000; tries++, sample_sleep(1))
            assert_true(attributes_at(attributes, reader, UINT64_MAX, offset, &ink));
        assert_true(ink.exact);
        assert_int_equal(ink.ink.flags, INK_BOLD);
        assert_int_equal(ink.ink.foreground, carry ? INK_PALETTE(1) : INK_DEFAULT);
        attributes_close(attributes);
    }
    reader_close(reader);
    mapping_close(mapping);
    close(fd);
    survey_close(survey);
}

static int file_close(void **state)
{
    (void)state;
    if (!sample_settled(2))
        return -1;
    free(file.data);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newlines_of_the_other_pages_are_counted), cmocka_unit_test(a_bad_page_is_a_border),
        cmocka_unit_test(details_go_on_behind_a_bad_page),         cmocka_unit_test(growing_behind_bad_pages),
        cmocka_unit_test(a_dead_zone_is_passed_quickly),           cmocka_unit_test(colours_at_a_bad_page),
    };
    return cmocka_run_group_tests(tests, NULL, file_close);
}
