/* SPDX-License-Identifier: MIT */
/**
 * model/json/nesting: every answer is that of a table of all depths, whatever the bytes are, while the survey runs, after
 * the file has grown, has been poked and rewritten; what is not known is said to be so.
 */
#include "folio/model/json/nesting.h"

#include "model/plain_nesting.h"
#include "model/sample.h"
#include "test.h"

#include "folio/model/survey/forget.h"

/** A file, and what is asked of it. */
struct asked {
    struct sample sample;
    struct plain_nesting plain;
    struct nesting *nesting;
    bool lines, complete;
};

static void asked_open(struct asked *asked, char *data, size_t length, bool lines)
{
    struct error error;
    *asked = (struct asked){.lines = lines};
    sample_open(&asked->sample, data, length);
    asked->nesting = nesting_open(asked->sample.survey, lines, &error);
    assert_non_null(asked->nesting);
    plain_make(&asked->plain, data, length, lines);
    survey_start(asked->sample.survey);
}

static void asked_close(struct asked *asked)
{
    nesting_close(asked->nesting);
    sample_close(&asked->sample);
    plain_release(&asked->plain);
}

/** Must this be the answer? While the survey runs, it may be that it is not known yet. */
static bool expected(const struct asked *asked, enum nesting_answer answer, enum nesting_answer right)
{
    if (answer == NESTING_UNKNOWN && !asked->complete)
        return false;
    assert_int_equal(answer, right);
    return answer == NESTING_FOUND;
}

static void ask_state(struct asked *asked, size_t at)
{
    const struct plain_nesting *plain = &asked->plain;
    struct brackets_state state;
    if (!expected(asked, nesting_state(asked->nesting, asked->sample.reader, at, &state), NESTING_FOUND))
        return;
    assert_int_equal(state.depth, plain->depth[at]);
    assert_int_equal(state.inside, plain->state[at] & PLAIN_INSIDE);
    assert_int_equal(state.escaped, (plain->state[at] & PLAIN_ESCAPED) > 0);
}

static void ask_ends(struct asked *asked, size_t at, int64_t depth)
{
    const struct plain_nesting *plain = &asked->plain;
    uint64_t found;
    size_t down = at, up = at;
    while (down < plain->length && plain->depth[down] > depth)
        down++;
    while (up > 0 && plain->depth[up] > depth)
        up--;
    enum nesting_answer answer = nesting_down(asked->nesting, asked->sample.reader, at, depth, &found);
    if (expected(asked, answer, plain->depth[down] > depth ? NESTING_NONE : NESTING_FOUND))
        assert_int_equal(found, down);
    answer = nesting_up(asked->nesting, asked->sample.reader, at, depth, &found);
    if (expected(asked, answer, plain->depth[up] > depth ? NESTING_NONE : NESTING_FOUND))
        assert_int_equal(found, up);
}

/** Comma `nth` of the container that `at` is in, and how many there are from `at` to its end. */
static void ask_commas(struct asked *asked, size_t at, uint64_t nth)
{
    const struct plain_nesting *plain = &asked->plain;
    uint64_t found, count = 0;
    size_t comma = plain->length, end = at;
    int64_t depth = plain->depth[at];
    for (; end < plain->length && plain->depth[end + 1] >= depth; end++)
        if (plain_is_comma(plain, end) && plain->depth[end] == depth && count++ == nth)
            comma = end;
    enum nesting_answer answer = nesting_comma(asked->nesting, asked->sample.reader, at, depth, nth, &found);
    if (expected(asked, answer, nth < count ? NESTING_FOUND : NESTING_NONE))
        assert_int_equal(found, comma);
    answer = nesting_commas(asked->nesting, asked->sample.reader, (struct range){at, end}, depth, &found);
    if (expected(asked, answer, NESTING_FOUND))
        assert_int_equal(found, count);
    size_t before = at + sample_below(end - at);
    for (count = 0, end = at; end < before; end++)
        count += plain_is_comma(plain, end) && plain->depth[end] == depth;
    answer = nesting_commas(asked->nesting, asked->sample.reader, (struct range){at, before}, depth, &found);
    if (expected(asked, answer, NESTING_FOUND))
        assert_int_equal(found, count);
}

static void ask_comma_before(struct asked *asked, size_t at)
{
    const struct plain_nesting *plain = &asked->plain;
    int64_t depth = plain->depth[at];
    uint64_t found;
    size_t before = at;
    while (before > 0 && plain->depth[before] >= depth &&
           !(plain->depth[before - 1] == depth && plain_is_comma(plain, before - 1)))
        before--;
    bool is = before > 0 && plain->depth[before] >= depth;
    enum nesting_answer answer =
        nesting_comma_before(asked->nesting, asked->sample.reader, at, depth, &found);
    if (expected(asked, answer, is ? NESTING_FOUND : NESTING_NONE))
        assert_int_equal(found, before - 1);
}

static void ask_quotes(struct asked *asked, size_t at)
{
    const struct plain_nesting *plain = &asked->plain;
    uint64_t found;
    size_t next = at, before = at;
    while (next < plain->length && !plain_is_quote(plain, next))
        next++;
    while (before > 0 && !plain_is_quote(plain, before - 1))
        before--;
    enum nesting_answer answer = nesting_quote(asked->nesting, asked->sample.reader, at, true, &found);
    if (expected(asked, answer, next < plain->length ? NESTING_FOUND : NESTING_NONE))
        assert_int_equal(found, next);
    answer = nesting_quote(asked->nesting, asked->sample.reader, at, false, &found);
    if (expected(asked, answer, before > 0 ? NESTING_FOUND : NESTING_NONE))
        assert_int_equal(found, before - 1);
}

/** A place where it is easy to be wrong, or any. */
static size_t somewhere(size_t length)
{
    size_t at = sample_below(length + 1), near = at - at % SURVEY_BLOCK;
    switch (sample_below(6)) {
    case 0:
        return near;
    case 1:
        return near + 1 < length ? near + 1 : length;
    case 2:
        return near ? near - 1 : 0;
    case 3:
        return sample_below(2) ? 0 : length;
    default:
        return at;
    }
}

static void ask(struct asked *asked, int rounds)
{
    for (int i = 0; i < rounds; i++) {
        size_t at = somewhere(asked->plain.length);
        ask_state(asked, at);
        ask_ends(asked, at, asked->plain.depth[at] + 1 - (int64_t)sample_below(i % 3 ? 4 : 40));
        ask_commas(asked, at, sample_below(sample_below(2) ? 3 : 3000));
        ask_comma_before(asked, at);
        ask_quotes(asked, at);
    }
}

static void asked_wait(struct asked *asked)
{
    for (int tries = 0; tries < 60000 && !asked->complete; tries++) {
        asked->complete = nesting_progress(asked->nesting).complete;
        if (!asked->complete)
            sample_sleep(1);
    }
    assert_true(asked->complete);
}

/** What files are drawn from. */
static const char *const alphabets[] = {
    "[]{},:\"\\\na1 ",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaa,,,,\"\"[]",
    "\\\\\\\\\\\\\\\"",
    "[[[[[[[]",
    "[],",
    "aaaaaaaaaaaaaaaa\n",
    ",",
};

static char *random_bytes(size_t length, const char *alphabet)
{
    size_t count = strlen(alphabet);
    char *data = malloc(length + 1);
    assert_non_null(data);
    for (size_t at = 0; at < length; at++)
        data[at] = alphabet[sample_below(count)];
    return data;
}

/** Append a value of at most `depth` levels. */
static size_t value_put(char *data, size_t at, size_t end, unsigned depth)
{
    static const char *const leaf[] = {"12", "true", "\"a, [b] \\\" c\"", "\"\\\\\"", "null", "\"\"",
                                       "[]", "{}"};
    if (end - at < 64 || depth == 0 || sample_below(3) == 0) {
        const char *text = leaf[sample_below(sizeof leaf / sizeof *leaf)];
        memcpy(data + at, text, strlen(text));
        return at + strlen(text);
    }
    bool object = sample_below(2);
    data[at++] = object ? '{' : '[';
    for (size_t i = sample_below(9); i + 1 > 0 && end - at > 200; i--) {
        if (object) {
            memcpy(data + at, "\"key\": ", 7);
            at += 7;
        }
        at = value_put(data, at, end, depth - 1);
        if (i == 0)
            break;
        data[at++] = ',';
    }
    data[at++] = object ? '}' : ']';
    return at;
}

/** An array of values that fills `*length` bytes nearly. */
static char *random_values(size_t *length, const char *between)
{
    char *data = malloc(*length + 1000);
    size_t at = 0;
    assert_non_null(data);
    data[at++] = '[';
    while (at + 1000 < *length) {
        at = value_put(data, at, at + 900, 6);
        memcpy(data + at, between, strlen(between));
        at += strlen(between);
    }
    data[at++] = '0';
    data[at++] = ']';
    *length = at;
    return data;
}

static void random_files(void **state)
{
    (void)state;
    for (int round = 0; round < sample_rounds(60); round++) {
        struct asked asked;
        size_t length = sample_below(4) ? sample_below(6 * SURVEY_BLOCK) : sample_below(4) * SURVEY_BLOCK;
        const char *alphabet = alphabets[(size_t)round / 2 % (sizeof alphabets / sizeof *alphabets)];
        asked_open(&asked, random_bytes(length, alphabet), length, round & 1);
        ask(&asked, 10);
        asked_wait(&asked);
        ask(&asked, 60);
        asked_close(&asked);
    }
}

static void values_of_many_chunks(void **state)
{
    (void)state;
    struct asked asked;
    size_t length = 18 * MIB + 4000;
    char *data = random_values(&length, ",\n");
    asked_open(&asked, data, length, true);
    ask(&asked, 4);
    asked_wait(&asked);
    ask(&asked, sample_rounds(12));
    ask_ends(&asked, 1, 0);
    ask_commas(&asked, 1, sample_below(100000));
    asked_close(&asked);
}

/** One string over several blocks, one of several chunks, and a hundred thousand levels. */
static void long_strings_and_deep(void **state)
{
    (void)state;
    struct asked asked;
    size_t length = 33 * MIB;
    char *data = random_bytes(length, "abc\\[]{},");
    memcpy(data, "[1,\"", 4);
    data[300000 - 1] = 'a';
    data[300000] = '"';
    data[300001] = ',';
    memset(data + 300002, '[', 100000);
    data[400002] = '"';
    for (size_t at = 400003; at < length; at++) /* no quote is within, so an escape is just text */
        data[at] = data[at] == '\\' ? 'x' : data[at];
    memcpy(data + length - 4, "\",1]", 4);
    asked_open(&asked, data, length, false);
    asked_wait(&asked);
    ask(&asked, sample_rounds(6));
    ask_ends(&asked, 350000, 1);
    ask_ends(&asked, length - 1, 1);
    asked_close(&asked);
}

/** A file that grows, is poked, and is written anew. */
static void changes(void **state)
{
    (void)state;
    struct asked asked;
    size_t length = 5 * SURVEY_BLOCK / 2;
    asked_open(&asked, random_bytes(length, alphabets[0]), length, true);
    for (int round = 0; round < sample_rounds(25); round++) {
        struct sample *sample = &asked.sample;
        size_t more = sample_below(2 * SURVEY_BLOCK);
        char *data = random_bytes(more, alphabets[sample_below(3)]);
        sample_append(sample, data, more);
        free(data);
        size_t at = sample_below(sample->length);
        sample->data[at] = alphabets[0][sample_below(strlen(alphabets[0]))];
        sample_write(sample->fd, at, sample->data + at, 1);
        reader_forget(sample->reader);
        if (round % 10 == 9)
            sample_resize(sample, true);
        else
            survey_forget(sample->survey, (struct range){at, at + 1});
        plain_make(&asked.plain, sample->data, sample->length, true);
        asked.complete = false;
        ask(&asked, 5);
        asked_wait(&asked);
        ask(&asked, 20);
    }
    asked_close(&asked);
}

/** A file of zeros with a few bytes in it: what is a hole is taken for nothing, be it a chunk or more. */
static void holes(void **state)
{
    (void)state;
    struct asked asked;
    struct error error;
    const size_t length = 53 * MIB;
    char *data = calloc(1, length);
    int fd = sample_file();
    assert_int_equal(ftruncate(fd, (off_t)length), 0);
    asked = (struct asked){.lines = true};
    for (int i = 0; i < 40; i++) {
        size_t at = sample_below(2) * 2 * SURVEY_CHUNK + sample_below(20) * 4096;
        char *text = random_bytes(4096, alphabets[0]);
        memcpy(data + at, text, 4096);
        free(text);
    }
    data[SURVEY_CHUNK - 1] = '\\'; /* escapes nothing behind the hole */
    data[2 * SURVEY_CHUNK] = '"';
    for (size_t at = 0; at < length; at += 4096)
        if (data[at] || memcmp(data + at, data + at + 1, 4095) != 0)
            sample_write(fd, at, data + at, 4096);
    sample_attach(&asked.sample, fd, data, length, 3);
    asked.nesting = nesting_open(asked.sample.survey, true, &error);
    plain_make(&asked.plain, data, length, true);
    survey_start(asked.sample.survey);
    asked_wait(&asked);
    ask(&asked, sample_rounds(6));
    asked_close(&asked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_files),
        cmocka_unit_test(values_of_many_chunks),
        cmocka_unit_test(long_strings_and_deep),
        cmocka_unit_test(changes),
        cmocka_unit_test(holes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
