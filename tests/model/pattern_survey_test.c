/* SPDX-License-Identifier: MIT */
/**
 * model/pattern inside the survey: what is counted, and where, equals PCRE2 run over one line after the other, with
 * lines of all kinds across the borders of blocks and of a chunk; and a search that would take for ever can be left.
 */
#include "model/sample.h"
#include "model/units.h"
#include "test.h"

#include "folio/model/search/matches.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/** anchors, classes, alternation, Unicode, empty matches, lookaround, back references, CRLF; each exact and folded. */
static const char *const patterns[] = {
    "zap",
    "usr/share/",
    "\xc3\xa9t",
    "\\.",
    "zap|error|warning",
    "a|b|c|d|e|f|g|h",
    "zap|zapper|za",
    "zapper|zap",
    "\xc3\xa9|\xe4\xb8\xad",
    "foo|",
    "error|[0-9]{5}",
    "(error|warning)",
    "(?:error|warning): [0-9]+",
    "(foo|bar)?zap",
    "x(foo|bar)+y",
    "usr/share/[a-z]+/x[0-9]{4}",
    "[0-9]{3}\\.[0-9]{4}",
    "[0-9]+",
    "fo+",
    "a*",
    "",
    ".",
    "a.b",
    "z.*p",
    "[[:alpha:]]+:",
    "\\d\\d",
    "\\w+ \\w+",
    "\\bzap\\b",
    "\\Bap",
    "[\xc3\xa9\xc3\x89]",
    "\\p{Lu}",
    "\\x{4e2d}",
    ".{3}\xe4\xb8\xad",
    "foo(?!\\s*bar)",
    "a[^b]*+$",
    "(?>a\\s*)$",
    "\\Ab",
    "a\\z",
    "(?<!x\\s)y",
    "^\\s*+$",
    "^",
    "$",
    "^$",
    "^zap",
    "zap$",
    "^.*zap",
    "^[^=]*$",
    "[^=\\s]$",
    "\\s",
    "\\S\\s\\S",
    "x[^y]*y",
    "\\W\\W\\W",
    "\\r$",
    "a\\r?$",
    "[\\n]",
    "a\\nb",
    "(?s)a.b",
    "(?m)^b",
    "(?i)foo",
    "(?<=a)b",
    "(?<=\\n)b",
    "(?=.*bar)foo",
    "(?<!a)zap(?!p)",
    "(a|b)\\1",
    "(\\w)\\1",
    "foo\\Kbar",
    "\\Gb",
    "a++b",
    "\\R",
    "(a|^)zap",
    "(*SKIP)zap",
    "(*NO_JIT)zap[0-9]",
};

static const char *const crumbs[] = {
    "a",         "b",        "x y",     "foo", "bar",      "foo bar",  "zap",
    "zapper",    "error",    "warning", "aa",  "error: 7", "\xc3\xa9", "\xe4\xb8\xad",
    "\xc3\x89t", "555.1212", "12345",   " ",   "\t",       "\r\n",     "\n",
    "\n",        "\n\n",     ".",       "=",   "\xff",     "\xe4\xb8", "usr/share/doc/x1234",
    "ZAP",       "Foo",
};

/**
 * Lines of almost a block, which no pattern takes long for, and zones of short lines at the beginning, the end, and
 * around the borders of every eighth block and of the chunk.
 */
static char *borders(size_t length)
{
    char *data = malloc(length);
    assert_non_null(data);
    for (size_t at = 0; at < length; at++)
        data[at] = at % 60000 == 59999 ? '\n' : "=="[at % 2];
    for (size_t zone = 0; zone < length; zone += 8 * SURVEY_BLOCK) {
        size_t at = zone > 1500 ? zone - 1500 : 0, end = zone + 1500;
        while (at < end && at < length) {
            const char *crumb = crumbs[sample_below(sizeof crumbs / sizeof *crumbs)];
            for (; *crumb && at < length; crumb++)
                data[at++] = *crumb;
        }
    }
    memcpy(data + length - 9, "\nfoo zap!", 9);
    data[length - 1] = 'a';
    return data;
}

static pcre2_code *plain_compile(const char *text, bool folded)
{
    int code;
    size_t offset;
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | (folded ? PCRE2_CASELESS : 0);
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_code *plain = pcre2_compile((PCRE2_SPTR)text, strlen(text), options, &code, &offset, context);
    pcre2_compile_context_free(context);
    assert_non_null(plain);
    assert_int_equal(pcre2_jit_compile(plain, PCRE2_JIT_COMPLETE), 0);
    return plain;
}

/** Every line in which PCRE2 finds something. */
static struct units plain_units(const struct sample *sample, const char *text, bool folded)
{
    struct units units = {0};
    pcre2_code *plain = plain_compile(text, folded);
    pcre2_match_data *match = pcre2_match_data_create(1, NULL);
    for (size_t begin = 0; begin < sample->length;) {
        const char *newline = memchr(sample->data + begin, '\n', sample->length - begin);
        size_t end = newline ? (size_t)(newline - sample->data) : sample->length;
        size_t shown = (size_t)sample_shown_end(sample, begin, end);
        if (pcre2_match(plain, (PCRE2_SPTR)sample->data + begin, shown - begin, 0, 0, match, NULL) >= 0)
            units_add(&units, begin);
        begin = end + 1;
    }
    pcre2_match_data_free(match);
    pcre2_code_free(plain);
    return units;
}

static struct matches *search(struct sample *sample, const char *text, bool folded)
{
    struct error error;
    struct pattern *pattern =
        pattern_compile(text, strlen(text), folded ? PATTERN_FOLDED : PATTERN_EXACT, false, &error);
    assert_non_null(pattern);
    struct matches *matches = matches_open(sample->survey, pattern, NULL, &error);
    assert_non_null(matches);
    return matches;
}

static void check(struct sample *sample, const char *text, bool folded)
{
    struct matches *matches = search(sample, text, folded);
    struct units units = plain_units(sample, text, folded);
    sample_wait_for(matches);
    if (matches_state(matches).count != units.count)
        fail_msg("/%s/%s: %u lines, not %zu", text, folded ? "i" : "", (unsigned)matches_state(matches).count,
                 units.count);
    for (int i = 0; i < 30; i++)
        check_somewhere(sample, matches, &units, true);
    matches_close(matches);
    free(units.unit);
}

static void counts_and_places_equal_the_plain_loop(void **state)
{
    (void)state;
    struct sample sample;
    size_t length = SURVEY_CHUNK + 9 * SURVEY_BLOCK + 77;
    sample_open(&sample, borders(length), length);
    survey_start(sample.survey);
    assert_true(sizeof patterns / sizeof *patterns >= 60);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        check(&sample, patterns[i], i % 2 == 1);
    sample_close(&sample);
}

/** Each of a hundred thousand lines takes milliseconds: half an hour in all. What comes after need not wait for it. */
static void a_hard_search_can_be_left(void **state)
{
    (void)state;
    static const char *const hard[] = {"(a+)+$", "(a|aa)+$", "(*NO_JIT)(a+)+$", "(a+)+$|\\Gx",
                                       "(.*)(.*)(.*)[78]"};
    struct sample sample;
    size_t length = 4 * MIB;
    char *data = malloc(length);
    assert_non_null(data);
    for (size_t at = 0; at < length; at++)
        data[at] = at % 40 == 39 ? '\n' : at % 40 == 38 ? '!' : 'a';
    sample_open(&sample, data, length);
    survey_start(sample.survey);
    for (size_t i = 0; i < sizeof hard / sizeof *hard; i++) {
        struct matches *matches = search(&sample, hard[i], false);
        sample_sleep(30);
        matches_close(matches);
        matches = search(&sample, "!", false);
        sample_wait_for(matches);
        assert_int_equal(matches_state(matches).count, length / 40);
        matches_close(matches);
    }
    sample_close(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_and_places_equal_the_plain_loop),
        cmocka_unit_test(a_hard_search_can_be_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
