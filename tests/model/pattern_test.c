/* SPDX-License-Identifier: MIT */
/**
 * model/pattern: whatever way a pattern is searched, the lines and the matches in them are those of PCRE2 in UTF
 * mode, run over one line after the other. That loop stands here, in few lines, and a table of patterns and random
 * ones are held against it over subjects made to be nasty. Where the subject is valid UTF-8 the loop uses the
 * interpreter; where it is broken, the JIT, because the two differ there: before broken bytes at the beginning of a
 * line, ^ and the empty match are found by the JIT alone.
 */
#include "test.h"

#include <dlfcn.h>
#include <locale.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include "folio/base/text/utf8.h"
#include "folio/model/pattern/pattern.h"

#include <pcre2.h>

/* --- the plain loop ------------------------------------------------------------------------------------------ */

struct plain {
    pcre2_code *code;
    pcre2_match_data *data;
    bool broken; /**< the subjects have invalid UTF-8 */
};

static bool plain_open(struct plain *plain, const char *text, size_t length, bool caseless)
{
    int code;
    size_t offset;
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    plain->code = pcre2_compile((PCRE2_SPTR)text, length, options | (caseless ? PCRE2_CASELESS : 0), &code,
                                &offset, context);
    pcre2_compile_context_free(context);
    plain->data = !plain->code ? NULL : pcre2_match_data_create(1, NULL);
    plain->broken = false;
    if (plain->code)
        pcre2_jit_compile(plain->code, PCRE2_JIT_COMPLETE);
    return plain->code != NULL;
}

static void plain_close(struct plain *plain)
{
    pcre2_match_data_free(plain->data);
    pcre2_code_free(plain->code);
}

static bool plain_line(struct plain *plain, struct span lines, size_t from, struct hit *hit)
{
    while (from < lines.length) {
        const char *newline = memchr(lines.data + from, '\n', lines.length - from);
        size_t end = !newline ? lines.length : (size_t)(newline - lines.data);
        if (pcre2_match(plain->code, (PCRE2_SPTR)lines.data + from, end - from, 0, 0, plain->data, NULL) >=
            0) {
            const size_t *match = pcre2_get_ovector_pointer(plain->data);
            *hit = (struct hit){from + match[0], from + match[1], from, end};
            return true;
        }
        from = end + 1;
    }
    return false;
}

/* --- subjects and patterns ----------------------------------------------------------------------------------- */

static uint64_t seed = 1;

static unsigned roll(unsigned sides)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)((seed >> 11) % sides);
}

static const char *const crumbs[] = {
    "a",
    "b",
    "c",
    "x",
    "y",
    "foo",
    "bar",
    "foo bar",
    "foobar",
    "FOO",
    "baz",
    "aa",
    "ab",
    "1",
    "42",
    "2026",
    ".",
    ",",
    "-",
    "_",
    " ",
    "  ",
    "\t",
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r\n",
    "\r",
    "\xc3\xa9",
    "\xc3\x89",
    "\xe4\xb8\xad",
    "\xf0\x9f\x98\x80",
    "\x80",
    "\xff",
    "\xc3",
    "\xe4\xb8",
    "\xf0\x9f",
    "\xed\xa0\x80",
    "\xc0\xaf",
    "e\xcc\x81",
    "\xc2\xa0",
    "\xe2\x80\xa8",
    "\xc2\x85",
    "(",
    "{\"",
    "[x]",
    "$",
    "^",
    "ERROR",
    "error",
    "usr/share/x1234",
    "\v",
    "\f",
    "z",
    "foo\nbar",
    "a\nb",
    "x y",
    "\xd9\xa3",
};

static bool valid(const char *text, size_t length)
{
    bool result = true;
    for (size_t at = 0; at < length;) {
        struct utf8 decoded = utf8_decode(text + at, length - at);
        result = result && decoded.valid;
        at += decoded.length;
    }
    return result;
}

/** Random text of up to `most` crumbs; malloc'd at its exact length, so that a sanitizer sees reads past the end. */
static struct span subject_make(unsigned most, bool broken)
{
    char text[4096];
    size_t length = 0;
    for (unsigned count = roll(most + 1); count > 0; count--) {
        const char *crumb = crumbs[roll(sizeof crumbs / sizeof crumbs[0])];
        size_t crumb_length = strlen(crumb);
        if (length + crumb_length > sizeof text)
            break;
        if (!broken && !valid(crumb, crumb_length))
            continue;
        memcpy(text + length, crumb, crumb_length);
        length += crumb_length;
    }
    char *copy = malloc(length + (length == 0));
    assert_non_null(copy);
    memcpy(copy, text, length);
    return (struct span){copy, length};
}

/** Every way to go: literals of all kinds, blind ones, sifted ones, and what only the line itself can decide. */
static const char *const patterns[] = {
    /* literals */
    "foo",
    "a",
    "\xc3\xa9",
    "foo bar",
    "foo\\.bar",
    "\\.",
    "{\"",
    "]",
    "\xe4\xb8\xad",
    "x-y",
    "\\$",
    "\\^",
    "usr/share",
    "\\(",
    "\\t",
    "\\r",
    /* several literals, and patterns that need one of several */
    "foo|bar",
    "a|aa|ab",
    "foo|foobar",
    "foobar|foo",
    "aa|a|x y",
    "error|ERROR|x1234",
    "\xc3\xa9|\xe4\xb8\xad",
    "foo|\xc3\xa9",
    "k|s|bar",
    "\\.|,|-|_|\\(|\\$|\\^|1",
    "\\r|\\t",
    "(foo|bar)",
    "(?:foo|ab)c?[0-9]*",
    "(foo|bar)?baz",
    "(foo|bar) ?baz?|x1234",
    "((foo)|(b|(baz)))a?r",
    "(foo|(bar)?)y",
    "(?=foo)f|(?<=foo)b",
    "(?>foo|fo)b|aa",
    "(?:foo|bar)$",
    "^(?:foo|bar)",
    "(?:foo|bar)\\s(?:foo|bar)",
    "(foo|bar).*\\1",
    "(?:foo|FOO|x|y|z|1|2|3|4)a",
    "foo||bar",
    "[ab]foo|[xy]bar|\\.",
    /* blind */
    "[0-9]{4}",
    "[0-9]+",
    "fo+",
    "(foo|bar)",
    "foo|bar|baz",
    "a*",
    "a?",
    "",
    "x|",
    "a.b",
    "a.*b",
    ".",
    ".+",
    ".*",
    "(a|b)+c",
    "[a-c]+",
    "[[:alpha:]]+",
    "\\d+",
    "\\w+",
    "\\w+ \\w+",
    "usr/share/[a-z]+[0-9]{4}",
    "a{2,}",
    "a{2,3}?b",
    "(?:a.)*b",
    "[\\w.]+",
    "\\bfoo\\b",
    "\\Bx?",
    "\\B\\B",
    "\\Bo",
    "\\b",
    "\\B",
    "[\\d-]+x",
    ".{3}",
    "\xc3\xa9+",
    "[\xc3\xa9\xc3\x89]",
    "[]x]",
    "a|",
    "foo.*bar|x",
    "()",
    "(a*)*b",
    "(.)(.)",
    ".?foo",
    "[+*-]",
    "[a-]x?",
    /* not blind */
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
    "^a",
    "a$",
    "^foo",
    "bar$",
    "^.*$",
    "\\s",
    "\\s+",
    "\\s*x",
    "a\\s",
    "[^x]",
    "[^x]+",
    "[^a]b",
    "x[^y]*y",
    "\\W",
    "\\W+",
    "\\D",
    "\\S+",
    "[\\s\\S]",
    "(?s).",
    "(?s)a.b",
    "(?m)^b",
    "(?m)a$",
    "(?i)foo",
    "(?i:f)oo",
    "a\\Z",
    "\\Aa|b\\z",
    "(?<=a)b",
    "(?<=\\n)b",
    "(?=b)",
    "(?!a)",
    "(?<!a)b",
    "(a|b)\\1",
    "(.)\\1",
    "foo\\Kbar",
    "\\Gb",
    "a++b",
    "a*+",
    ".++",
    "(?>a|ab)c",
    "\\R",
    "a\\R?b",
    "\\X",
    "\\N+",
    "\\h+",
    "\\v",
    "\\H+",
    "[\\n]",
    "a\\nb",
    "[\\t-z]",
    "[!-~]+",
    "[^[:space:]]+",
    "[[:space:]]",
    "[[:^alpha:]]",
    "\\p{L}+",
    "\\pL",
    "\\P{L}",
    "\\p{Lu}",
    "\\x61",
    "\\x{e9}",
    "\\Qa.b\\E",
    "(?<n>a)b\\k<n>",
    "(?|(a)|(b))c",
    "(?#note)a",
    "(*COMMIT)b",
    "a(*SKIP)x|b",
    "(*NO_JIT)a.*b",
    "(*NO_JIT)[^b]*c",
    "(*CRLF)a$",
    "(*ANYCRLF)^b",
    "(?x) a b",
    "\\d(?=\\s)",
    "(?(?=a)ab|c)",
    "(?R)?a",
    "a{0}b",
    "x{0,2}y",
    "\\.$",
    "[\\x{80}-\\x{10ffff}]",
    "[^\\x{0}-\\x{7f}]",
    "\\r$",
    "a\\r?$",
    "(^|,)x",
    "(a|^)b",
    "foo.*\\bbar\\b",
    "\\d{2,4}[-.]",
    "(?=.*b)a",
    "(a?){3}b",
    "[a\nb]",
    "a\nb",
    "\xe4\xb8\xad.",
    ".\xc3\xa9",
    "\\w\xc3\xa9",
    "{2}x",
    "a{,2}",
    "a{x",
    "[[:punct:]]+",
    "[a\\]]b",
};

/* --- comparing ----------------------------------------------------------------------------------------------- */

static void show(const char *what, const char *data, size_t length)
{
    fprintf(stderr, "%s: \"", what);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)data[i];
        fprintf(stderr, byte >= 0x20 && byte < 0x7f ? "%c" : "\\x%02x", byte);
    }
    fprintf(stderr, "\"\n");
}

/** Subjects whose comparison ended at a line that was too hard: random patterns are sometimes exponential. */
static unsigned given_up;

/** All matching lines of `lines`, ours beside those of the plain loop. */
static void same_lines(struct matcher *matcher, struct plain *plain, const char *text, struct span lines)
{
    size_t from = 0;
    for (;;) {
        struct hit hit = {0}, expected = {0};
        enum pattern_result result = matcher_line(matcher, lines, from, &hit);
        bool found = plain_line(plain, lines, from, &expected);
        if (result == PATTERN_TOO_HARD) {
            given_up++;
            return;
        }
        if (result != (found ? PATTERN_FOUND : PATTERN_NONE) ||
            memcmp(&hit, &expected, sizeof hit) * found != 0) {
            show("pattern", text, strlen(text));
            show("lines", lines.data, lines.length);
            fail_msg("from %zu: result %d, match %zu-%zu in %zu-%zu; plain %d, %zu-%zu in %zu-%zu", from,
                     result, hit.begin, hit.end, hit.line_begin, hit.line_end, found, expected.begin,
                     expected.end, expected.line_begin, expected.line_end);
        }
        if (!found)
            return;
        from = hit.line_end + 1;
    }
}

static void hold_against_plain(const char *text, bool caseless, unsigned subjects, unsigned most)
{
    struct error error;
    struct plain plain;
    struct pattern *pattern =
        pattern_compile(text, strlen(text), caseless ? PATTERN_FOLDED : PATTERN_EXACT, false, &error);
    assert_int_equal(plain_open(&plain, text, strlen(text), caseless), pattern != NULL);
    if (!pattern)
        return;
    struct matcher *matcher = matcher_open(pattern, &error);
    assert_non_null(matcher);
    for (unsigned i = 0; i < subjects; i++) {
        plain.broken = i % 2 == 1;
        struct span lines = subject_make(most, plain.broken);
        same_lines(matcher, &plain, text, lines);
        free((char *)lines.data);
    }
    matcher_close(matcher);
    pattern_free(pattern);
    plain_close(&plain);
}

static void table_equals_the_plain_loop(void **state)
{
    (void)state;
    size_t count = sizeof patterns / sizeof patterns[0];
    assert_true(count >= 60);
    for (size_t i = 0; i < count; i++) {
        hold_against_plain(patterns[i], false, 400, 40);
        hold_against_plain(patterns[i], true, 100, 40);
    }
}

/** A random pattern of a small grammar; `depth` keeps it small. */
static void pattern_make(char *out, size_t capacity, unsigned depth)
{
    static const char *const atoms[] = {
        "a",   "b",   "x",           "foo",     "\xc3\xa9", ".",   "[ab]",  "[^a]",  "[a-c]", "\\d", "\\w",
        "\\s", "\\W", "^",           "$",       "\\b",      "\\B", "\\A",   "\\z",   "\\n",   "\\r", " ",
        "\\S", "1",   "[[:space:]]", "[^x\\n]", "bar",      "aa",  "error", "ERROR", "ab"};
    static const char *const groups[] = {"(%s)",    "(?:%s)",   "(?=%s)",    "(?!%s)",     "(?>%s)",
                                         "(%s|%s)", "(?<=a)%s", "(?:%s|%s)", "(%s|foo|%s)"};
    static const char *const repeats[] = {"",   "",   "",   "",   "*",   "+",     "?",   "*?",
                                          "+?", "??", "*+", "++", "{2}", "{0,2}", "{1,}"};
    char part[512] = "", left[128], right[128], grouped[300];
    for (unsigned count = 1 + roll(3); count > 0; count--) {
        if (depth > 0 && roll(3) == 0) {
            pattern_make(left, sizeof left, depth - 1);
            pattern_make(right, sizeof right, depth - 1);
            snprintf(grouped, sizeof grouped, groups[roll(sizeof groups / sizeof groups[0])], left, right);
        } else {
            snprintf(grouped, sizeof grouped, "%s", atoms[roll(sizeof atoms / sizeof atoms[0])]);
        }
        if (strlen(part) + strlen(grouped) + 8 < sizeof part) {
            strcat(part, grouped);
            strcat(part, repeats[roll(sizeof repeats / sizeof repeats[0])]);
        }
    }
    snprintf(out, capacity, "%s", part);
}

static void random_patterns_equal_the_plain_loop(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 4000; i++) {
        char text[512];
        pattern_make(text, sizeof text / 2, 2);
        if (roll(3) == 0) {
            strcat(text, "|");
            pattern_make(text + strlen(text), sizeof text / 2 - 1, 1);
        }
        hold_against_plain(text, roll(4) == 0, 12, 25);
    }
    /* Of 48000. */
    assert_true(given_up < 480);
}

/** Subjects longer than a stretch: matches on both sides of its border, lines as long as it, and one far longer. */
static void long_subjects_equal_the_plain_loop(void **state)
{
    (void)state;
    static const char *const chosen[] = {
        "[0-9]{4}",    "foo",       "fo+",      "usr/share/[a-z]+[0-9]{4}", "a.b", "\\bzap\\b", "^zap",
        "zap$",        "x[^y]*zap", "(?<=z)ap", "\xe4\xb8\xad+z",           "z.p", "(zap|zip)", "z*ap|Q",
        "\\w\\w\\wzap"};
    static const size_t widths[] = {1, 80, 16383, 16384, 16385, 40000, 300000, 1100000};
    size_t length = 1400000;
    char *text = malloc(length);
    assert_non_null(text);
    for (size_t w = 0; w < sizeof widths / sizeof widths[0]; w++) {
        for (size_t i = 0; i < length; i++)
            text[i] = (i + 1) % (widths[w] + 1) == 0 ? '\n' : "etaoin\xe4\xb8\xadshr -"[i % 15];
        for (size_t at = 5000; at + 20 < length; at += 16384 * 5 - 3 + roll(7))
            memcpy(text + at, roll(2) ? "zap 2026" : "foo zap\n", 8);
        for (size_t p = 0; p < sizeof chosen / sizeof chosen[0]; p++) {
            struct error error;
            struct plain plain;
            struct pattern *pattern =
                pattern_compile(chosen[p], strlen(chosen[p]), PATTERN_EXACT, false, &error);
            struct matcher *matcher = matcher_open(pattern, &error);
            assert_true(plain_open(&plain, chosen[p], strlen(chosen[p]), false));
            struct span lines = {text, length - roll(2)};
            size_t from = 0;
            for (bool more = true; more;) {
                struct hit hit = {0}, expected = {0};
                enum pattern_result result = matcher_line(matcher, lines, from, &hit);
                more = plain_line(&plain, lines, from, &expected);
                if (result != (more ? PATTERN_FOUND : PATTERN_NONE) ||
                    memcmp(&hit, &expected, sizeof hit) != 0) {
                    fail_msg("%s, lines of %zu, from %zu: result %d at %zu-%zu, plain %zu-%zu", chosen[p],
                             widths[w], from, result, hit.begin, hit.end, expected.begin, expected.end);
                }
                from = hit.line_end + 1;
            }
            matcher_close(matcher);
            pattern_free(pattern);
            plain_close(&plain);
        }
    }
    free(text);
}

/* --- what the interface promises ----------------------------------------------------------------------------- */

static struct hit hit;

static enum pattern_result search(const char *text, enum pattern_case letter_case, bool literal,
                                  const char *lines, size_t length)
{
    struct error error = {0};
    struct pattern *pattern = pattern_compile(text, strlen(text), letter_case, literal, &error);
    if (!pattern)
        fail_msg("%s: %s", text, error.message);
    assert_string_equal(pattern_text(pattern), text);
    struct matcher *matcher = matcher_open(pattern, &error);
    assert_non_null(matcher);
    hit = (struct hit){0};
    enum pattern_result result = matcher_line(matcher, (struct span){lines, length}, 0, &hit);
    matcher_close(matcher);
    pattern_free(pattern);
    return result;
}

static void expect(const char *text, enum pattern_case letter_case, bool literal, const char *lines,
                   bool found)
{
    enum pattern_result result = search(text, letter_case, literal, lines, strlen(lines));
    if (result != (found ? PATTERN_FOUND : PATTERN_NONE))
        fail_msg("/%s/ in \"%s\": %d", text, lines, result);
}

static void letter_case_is_exact_smart_or_folded(void **state)
{
    (void)state;
    expect("foo", PATTERN_EXACT, false, "FOO", false);
    expect("foo", PATTERN_SMART, false, "FOO", true);
    expect("Foo", PATTERN_SMART, false, "foo", false);
    expect("Foo", PATTERN_SMART, false, "Foo", true);
    expect("Foo", PATTERN_FOLDED, false, "fOO", true);
    expect("fo+", PATTERN_SMART, false, "FOO", true);
    expect("fo+O", PATTERN_SMART, false, "FOO", false);
    expect("\\Wfoo", PATTERN_SMART, false, " FOO", true);
    expect("\\p{Lu}oo", PATTERN_SMART, false, "FOO", true);
    expect("\\p{LuX", PATTERN_EXACT, true, "\\p{LuX", true);
    expect("\\Wx", PATTERN_SMART, true, "\\wX", false);
    expect("\xc3\xa9t", PATTERN_SMART, false, "\xc3\x89T", true);
    expect("\xc3\x89t", PATTERN_SMART, false, "\xc3\xa9t", false);
    expect("\xc3\xa9t", PATTERN_FOLDED, true, "\xc3\x89T", true);
    expect("\xc3\xa9t", PATTERN_EXACT, false, "\xc3\x89T", false);
}

static void literal_means_every_character(void **state)
{
    (void)state;
    expect("a.c", PATTERN_EXACT, true, "abc\na.c", true);
    assert_int_equal(hit.line_begin, 4);
    expect("(", PATTERN_EXACT, true, "x(", true);
    expect("a.c", PATTERN_FOLDED, true, "ABC A.C", true);
    assert_int_equal(hit.begin, 4);
    expect("\\", PATTERN_EXACT, true, "a\\b", true);
    expect("", PATTERN_EXACT, true, "\nx", true);
    assert_int_equal(hit.end, 0);
    expect("a\nb", PATTERN_EXACT, true, "a\nb", false);
    expect("\xff", PATTERN_EXACT, true, "a\xff", true);
    expect("\xff\x41", PATTERN_FOLDED, true, "a\xff\x61", true);
}

static void long_literals_work(void **state)
{
    (void)state;
    char text[1001], lines[1200];
    memset(text, 'q', 1000);
    text[1000] = '\0';
    snprintf(lines, sizeof lines, "qqqq\n%sq\n", text);
    expect(text, PATTERN_EXACT, false, lines, true);
    assert_int_equal(hit.begin, 5);
    assert_int_equal(hit.end, 1005);
    expect(text, PATTERN_FOLDED, true, lines, true);
    lines[700] = 'x';
    expect(text, PATTERN_EXACT, false, lines, false);
}

static void mistakes_are_told(void **state)
{
    (void)state;
    struct error error;
    assert_null(pattern_compile("a(b", 3, PATTERN_EXACT, false, &error));
    assert_string_equal(error.message, "Invalid pattern: missing closing parenthesis at 3");
    assert_null(pattern_compile("[z-a]", 5, PATTERN_EXACT, false, &error));
    assert_memory_equal(error.message, "Invalid pattern: ", 17);
    assert_null(pattern_compile("a\xff.", 3, PATTERN_EXACT, false, &error));
    assert_memory_equal(error.message, "Invalid pattern: UTF-8 error", 28);
    assert_null(pattern_compile("\\C", 2, PATTERN_EXACT, false, &error));
    assert_null(pattern_compile("\\", 1, PATTERN_EXACT, false, &error));
    pattern_free(NULL);
    matcher_close(NULL);
}

/** The two ends of a word, and where their characters are something else. */
static const struct {
    const char *text, *line;
    int begin, end; /**< -1: no match */
} words[] = {
    {"\\<lamp\\>", "a lamp, two", 2, 6},
    {"\\<lamp\\>", "headlamp lamps", -1, -1},
    {"\\<lamp", "headlamp lamps", 9, 13},
    {"lamp\\>", "lamps headlamp", 10, 14},
    {"\\<", "  a", 2, 2},
    {"\\>", "  a b", 3, 3},
    {"\\<\xc3\xa9t\xc3\xa9\\>", "l'\xc3\xa9t\xc3\xa9 x", 2, 7},
    {"a\\>*b", "ab", 0, 2},
    {"(\\<a|b\\>)x?", "cb ax", 1, 2},
    {"[\\<]a", "<a", 0, 2},
    {"[]\\<]a", "<a", 0, 2},
    {"[^]\\>]a", "xa", 0, 2},
    {"[[:digit:]\\<]a", "<a", 0, 2},
    {"[a]\\<b", "ab", -1, -1},
    {"\\\\<a", "\\<a", 0, 3},
    {"\\Q\\<\\E\\<a", "\\<a", 0, 3},
    {"(?#\\<)a\\>", "a", 0, 1},
    {"(*MARK:\\<)a\\>", "a", 0, 1},
    {"\\c\\<a", "\x1c<a", 0, 3},
    {"(?<n>a)\\k<n>\\>", "aa", 0, 2},
};

static void words_have_two_ends(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct pattern *pattern =
            pattern_compile(words[i].text, strlen(words[i].text), PATTERN_EXACT, false, NULL);
        assert_non_null(pattern);
        struct matcher *matcher = matcher_open(pattern, NULL);
        struct span line = {words[i].line, strlen(words[i].line)};
        hit = (struct hit){0};
        bool found = matcher_line(matcher, line, 0, &hit) == PATTERN_FOUND;
        if (found != (words[i].begin >= 0) ||
            (found && (hit.begin != (size_t)words[i].begin || hit.end != (size_t)words[i].end)))
            fail_msg("/%s/ in \"%s\": %d, %zu to %zu", words[i].text, words[i].line, found, hit.begin,
                     hit.end);
        matcher_close(matcher);
        pattern_free(pattern);
    }
}

/** A mistake is told where it stands in what was typed, and what was typed is the pattern's text. */
static void mistakes_behind_a_word_are_told(void **state)
{
    (void)state;
    struct error error;
    assert_null(pattern_compile("\\<a\\>(b", 7, PATTERN_EXACT, false, &error));
    assert_string_equal(error.message, "Invalid pattern: missing closing parenthesis at 7");
    assert_null(pattern_compile("\\<[z-a]\\>", 9, PATTERN_EXACT, false, &error));
    assert_string_equal(error.message, "Invalid pattern: range out of order in character class at 5");
    struct pattern *pattern = pattern_compile("\\<a", 3, PATTERN_EXACT, false, &error);
    assert_non_null(pattern);
    assert_string_equal(pattern_text(pattern), "\\<a");
    pattern_free(pattern);
    pattern = pattern_compile("\\<a", 3, PATTERN_EXACT, true, &error);
    struct matcher *matcher = matcher_open(pattern, NULL);
    assert_int_equal(matcher_line(matcher, (struct span){"a \\<a", 5}, 0, &hit), PATTERN_FOUND);
    assert_int_equal(hit.begin, 2);
    matcher_close(matcher);
    pattern_free(pattern);
}

static void a_pattern_may_hold_nul(void **state)
{
    (void)state;
    struct error error;
    struct pattern *pattern = pattern_compile("a\0b", 3, PATTERN_EXACT, false, &error);
    assert_non_null(pattern);
    struct matcher *matcher = matcher_open(pattern, &error);
    assert_int_equal(matcher_line(matcher, (struct span){"a\nxa\0b", 6}, 0, &hit), PATTERN_FOUND);
    assert_int_equal(hit.begin, 3);
    matcher_close(matcher);
    pattern_free(pattern);
}

/** All matches of a line, one after the other, also from inside a character. */
static void find_goes_on_from_anywhere(void **state)
{
    (void)state;
    struct error error;
    struct span line = {"\xc3\xa9x\xc3\xa9\xffy", 7};
    struct pattern *pattern = pattern_compile(".", 1, PATTERN_EXACT, false, &error);
    struct matcher *matcher = matcher_open(pattern, &error);
    static const size_t begin[] = {0, 2, 2, 3, 6, 6, 6};
    for (size_t from = 0; from < 7; from++) {
        assert_int_equal(matcher_find(matcher, line, from, &hit), PATTERN_FOUND);
        assert_int_equal(hit.begin, begin[from]);
    }
    assert_int_equal(matcher_find(matcher, line, 7, &hit), PATTERN_NONE);
    assert_int_equal(matcher_find(matcher, line, 8, &hit), PATTERN_NONE);
    assert_int_equal(matcher_find(matcher, (struct span){NULL, 0}, 0, &hit), PATTERN_NONE);
    assert_int_equal(matcher_line(matcher, (struct span){NULL, 0}, 0, &hit), PATTERN_NONE);
    matcher_close(matcher);
    pattern_free(pattern);
    pattern = pattern_compile("^x", 2, PATTERN_EXACT, false, &error);
    matcher = matcher_open(pattern, &error);
    assert_int_equal(matcher_find(matcher, (struct span){"xx", 2}, 0, &hit), PATTERN_FOUND);
    assert_int_equal(matcher_find(matcher, (struct span){"xx", 2}, 1, &hit), PATTERN_NONE);
    matcher_close(matcher);
    pattern_free(pattern);
}

/**
 * What a matcher does, while it is watched. The processor time that it sees goes on by `step` ns with each look at it, so
 * that a budget of time is one of looks, the same on every machine.
 */
static struct {
    uint64_t step, now;
    /** How often it has looked at the time, and called PCRE2. */
    unsigned looks, calls;
    /** The match limit of the last call. */
    uint32_t limit;
    /** At this look or call somebody raises the flag; 0: at none. */
    unsigned stop_at;
    atomic_bool stop;
    bool on;
} watched;

static void watched_step(unsigned *count)
{
    ++*count;
    if (watched.looks + watched.calls == watched.stop_at)
        atomic_store(&watched.stop, true);
}

/** This and the following stand in the place of those of the libraries. */
int clock_gettime(clockid_t clock, struct timespec *now)
{
    if (!watched.on || clock != CLOCK_THREAD_CPUTIME_ID)
        return (int)syscall(SYS_clock_gettime, clock, now);
    watched.now += watched.step;
    watched_step(&watched.looks);
    *now = (struct timespec){(time_t)(watched.now / 1000000000), (long)(watched.now % 1000000000)};
    return 0;
}

/** Before each call of PCRE2. */
int pcre2_set_match_limit(pcre2_match_context *context, uint32_t limit)
{
    static __typeof__(&pcre2_set_match_limit) real;
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "pcre2_set_match_limit_8");
    watched.limit = limit;
    if (watched.on)
        watched_step(&watched.calls);
    return real(context, limit);
}

static void watched_begin(uint64_t step, unsigned stop_at)
{
    watched.step = step;
    watched.now = 0;
    watched.looks = watched.calls = 0;
    watched.stop_at = stop_at;
    atomic_store(&watched.stop, false);
    watched.on = true;
}

/** Patterns that explode, on a long line of a's behind an easy line: cut off soon, and the line is named. */
static void hard_patterns_are_cut_off(void **state)
{
    (void)state;
    static const char *const hard[] = {"(a+)+$",
                                       "(a|aa)+$",
                                       "(a*)*b",
                                       "(a+)+b",
                                       "(*NO_JIT)(a+)+$",
                                       "(x+x+)+y|(a+)+c",
                                       "^(([a-z])+.)+[A-Z]$",
                                       "[a-z]*[a-z]*[a-z]*[78]",
                                       "(.*)(.*)(.*)[78]",
                                       "[a-z]*[0-9]",
                                       "a*\\z",
                                       "(?:.*?.*+[78])",
                                       "(?:a*?a*+[78])",
                                       "(*NO_JIT)[a-z]*[0-9]"};
    static const size_t lengths[] = {60, 3000, 70000, 1000000};
    for (size_t i = 0; i < sizeof hard / sizeof hard[0]; i++) {
        for (size_t k = 0; k < sizeof lengths / sizeof lengths[0]; k++) {
            char *lines = malloc(lengths[k] + 10);
            assert_non_null(lines);
            memcpy(lines, "easy\n", 5);
            memset(lines + 5, 'a', lengths[k]);
            memcpy(lines + 5 + lengths[k], "!\nfoo", 5);
            watched_begin(5000000, 0);
            enum pattern_result result = search(hard[i], PATTERN_EXACT, false, lines, lengths[k] + 10);
            watched.on = false;
            if (result == PATTERN_TOO_HARD) {
                assert_int_equal(hit.line_begin, 5);
                assert_int_equal(hit.line_end, 6 + lengths[k]);
            }
            /* 50 ms and 20 ns a byte, for each of two lines that are not easy, and one look more to see it. */
            assert_in_range(watched.looks, 0, 2 * (10 + lengths[k] * 20 / 5000000) + 4);
            free(lines);
        }
    }
    char lines[80];
    memset(lines, 'a', sizeof lines);
    assert_int_equal(search("(a+)+$|(a+)+b", PATTERN_EXACT, false, lines, 80), PATTERN_FOUND);
    lines[79] = '!';
    assert_int_equal(search("(a+)+$", PATTERN_EXACT, false, lines, 80), PATTERN_TOO_HARD);
}

/** Of very many hard lines each is given less. */
static void a_file_full_of_hard_lines(void **state)
{
    (void)state;
    struct error error;
    struct pattern *pattern = pattern_compile("(a+)+$", 6, PATTERN_EXACT, false, &error);
    assert_non_null(pattern);
    struct matcher *matcher = matcher_open(pattern, &error);
    assert_non_null(matcher);
    char line[60];
    memset(line, 'a', sizeof line);
    line[59] = '!';
    uint32_t first = 0;
    for (int i = 0; i < 2000; i++) {
        assert_int_equal(matcher_find(matcher, (struct span){line, sizeof line}, 0, &hit), PATTERN_TOO_HARD);
        first = i == 0 ? watched.limit : first;
    }
    assert_in_range(watched.limit, 1, first / 32);
    line[59] = 'a';
    assert_int_equal(matcher_find(matcher, (struct span){line, sizeof line}, 0, &hit), PATTERN_FOUND);
    matcher_close(matcher);
    pattern_free(pattern);
}

/** A pattern that only needs more than the first limit still gets its answer. */
static void costly_patterns_get_their_answer(void **state)
{
    (void)state;
    char lines[3001];
    memset(lines, 'a', 3000);
    lines[3000] = 'b';
    assert_int_equal(search("(?:a|x)*?b", PATTERN_EXACT, false, lines, 3001), PATTERN_FOUND);
    assert_int_equal(hit.begin, 0);
    assert_int_equal(hit.end, 3001);
}

/** As hard_patterns_are_cut_off, but one line after the other, and time stands still, so that only the flag ends it. */
static void a_flag_stops_it(void **state)
{
    (void)state;
    static const char *const hard[] = {
        "(a+)+$",       "(a|aa)+$",       "(*NO_JIT)(a+)+$", "(a+)+$|\\Gx",          "(.*)(.*)(.*)[78]",
        "[a-z]*[0-9]",  "(?:a*?a*+[78])", "(?:a|aa)+[78]",   "(*NO_JIT)[a-z]*[0-9]", "[a-z]*[a-z]*[a-z]*[78]",
        "a(?:a|aa)+$!", "(*SKIP)(a+)+$",  "\\G(a|aa)+$"};
    static const size_t widths[] = {60, 20000, 65000, 1000000};
    size_t length = (size_t)16 << 20;
    char *text = malloc(length);
    assert_non_null(text);
    for (size_t w = 0; w < sizeof widths / sizeof widths[0]; w++) {
        for (size_t i = 0; i < length; i++)
            text[i] = (i + 1) % (widths[w] + 1) == 0 ? '\n' : (i + 2) % (widths[w] + 1) == 0 ? '!' : 'a';
        for (size_t i = 0; i < sizeof hard / sizeof hard[0]; i++) {
            struct error error;
            enum pattern_result result;
            size_t from = 0;
            struct pattern *pattern = pattern_compile(hard[i], strlen(hard[i]), PATTERN_EXACT, false, &error);
            struct matcher *matcher = matcher_open(pattern, &error);
            matcher_stop(matcher, &watched.stop);
            watched_begin(0, 4);
            do {
                result = matcher_line(matcher, (struct span){text, length}, from, &hit);
                from = hit.line_end + 1;
            } while (result == PATTERN_TOO_HARD && from < length);
            watched.on = false;
            /* At once: nothing more is begun, but for what was on its way. Some get their answer before. */
            unsigned done = watched.looks + watched.calls;
            assert_in_range(done, 1, 6);
            assert_true(done < 4 || result == PATTERN_STOPPED);
            matcher_close(matcher);
            pattern_free(pattern);
        }
    }
    free(text);
}

static void a_stopped_search_says_so(void **state)
{
    (void)state;
    static const char *const stopped[] = {"^fo+", "fo+", "f[a-z]+$", "(foo|bar)x?", "(*SKIP)fo+", "\\s"};
    for (size_t i = 0; i < sizeof stopped / sizeof stopped[0]; i++) {
        struct error error;
        atomic_bool stop = true;
        struct pattern *pattern =
            pattern_compile(stopped[i], strlen(stopped[i]), PATTERN_EXACT, false, &error);
        struct matcher *matcher = matcher_open(pattern, &error);
        struct span lines = {"a b\nfoo\n", 8};
        matcher_stop(matcher, &stop);
        assert_int_equal(matcher_line(matcher, lines, 0, &hit), PATTERN_STOPPED);
        assert_true(hit.line_begin <= hit.line_end && hit.line_end < lines.length);
        stop = false;
        assert_int_equal(matcher_line(matcher, lines, 0, &hit), PATTERN_FOUND);
        stop = true;
        matcher_stop(matcher, NULL);
        assert_int_equal(matcher_line(matcher, lines, 0, &hit), PATTERN_FOUND);
        matcher_close(matcher);
        pattern_free(pattern);
    }
}

/** 1 MiB, at the end of a character; what comes behind it is found next. */
static void matches_end_after_1_mib(void **state)
{
    (void)state;
    static const char *const cases[] = {"[ax]+", ".+", "(*NO_JIT)a+"};
    size_t length = 3 * PATTERN_MATCH_MAX / 2;
    char *text = malloc(length);
    assert_non_null(text);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error error;
        struct pattern *pattern = pattern_compile(cases[i], strlen(cases[i]), PATTERN_EXACT, false, &error);
        struct matcher *matcher = matcher_open(pattern, &error);
        struct span line = {text, length};
        for (size_t at = 0; at < length; at++)
            text[at] = i == 1 ? "\xe4\xb8\xad"[at % 3] : 'a';
        assert_int_equal(matcher_find(matcher, line, 0, &hit), PATTERN_FOUND);
        assert_int_equal(hit.begin, 0);
        assert_in_range(hit.end, PATTERN_MATCH_MAX - 3, PATTERN_MATCH_MAX);
        assert_int_equal(i == 1 ? hit.end % 3 : 0, 0);
        size_t end = hit.end;
        assert_int_equal(matcher_find(matcher, line, end, &hit), PATTERN_FOUND);
        assert_int_equal(hit.begin, end);
        assert_int_equal(hit.end, length);
        matcher_close(matcher);
        pattern_free(pattern);
    }
    free(text);
}

/* --- threads ------------------------------------------------------------------------------------------------- */

struct searcher {
    const struct pattern *pattern;
    struct span lines;
    size_t count;
};

static void *searcher_run(void *argument)
{
    struct searcher *searcher = argument;
    struct error error;
    struct hit found;
    struct matcher *matcher = matcher_open(searcher->pattern, &error);
    for (size_t from = 0; matcher_line(matcher, searcher->lines, from, &found) == PATTERN_FOUND;) {
        searcher->count++;
        from = found.line_end + 1;
    }
    matcher_close(matcher);
    return NULL;
}

static void workers_share_a_pattern(void **state)
{
    (void)state;
    static char lines[40000];
    struct error error;
    for (size_t i = 0; i < sizeof lines; i += 8)
        memcpy(lines + i, i % 24 == 0 ? "abc 123\n" : "abc x23\n", 8);
    struct pattern *pattern = pattern_compile("c\\s\\d+$", 7, PATTERN_EXACT, false, &error);
    struct searcher searcher[4];
    pthread_t thread[4];
    for (size_t i = 0; i < 4; i++) {
        searcher[i] = (struct searcher){pattern, {lines, sizeof lines}, 0};
        assert_int_equal(pthread_create(&thread[i], NULL, searcher_run, &searcher[i]), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        pthread_join(thread[i], NULL);
        assert_int_equal(searcher[i].count, 1667);
    }
    pattern_free(pattern);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_equals_the_plain_loop),
        cmocka_unit_test(random_patterns_equal_the_plain_loop),
        cmocka_unit_test(long_subjects_equal_the_plain_loop),
        cmocka_unit_test(letter_case_is_exact_smart_or_folded),
        cmocka_unit_test(literal_means_every_character),
        cmocka_unit_test(long_literals_work),
        cmocka_unit_test(mistakes_are_told),
        cmocka_unit_test(words_have_two_ends),
        cmocka_unit_test(mistakes_behind_a_word_are_told),
        cmocka_unit_test(a_pattern_may_hold_nul),
        cmocka_unit_test(find_goes_on_from_anywhere),
        cmocka_unit_test(hard_patterns_are_cut_off),
        cmocka_unit_test(a_file_full_of_hard_lines),
        cmocka_unit_test(costly_patterns_get_their_answer),
        cmocka_unit_test(a_flag_stops_it),
        cmocka_unit_test(a_stopped_search_says_so),
        cmocka_unit_test(matches_end_after_1_mib),
        cmocka_unit_test(workers_share_a_pattern),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
