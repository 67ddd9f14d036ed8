/* SPDX-License-Identifier: MIT */
/** model/kind/charset: what is guessed of texts in many spellings, cut anywhere, and of what is no text. */
#include "folio/model/kind/charset.h"

#include "test.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

static struct charset guess(const char *data, size_t length)
{
    /* Of its exact size, so that a look behind its end is seen. */
    char *copy = malloc(length + (length == 0));
    assert_non_null(copy);
    memcpy(copy, data, length);
    struct charset charset = charset_guess((struct span){copy, length});
    free(copy);
    return charset;
}

static void assert_guess(const char *data, size_t length, const char *name, bool sure)
{
    struct charset charset = guess(data, length);
    assert_string_equal(charset.encoding->name, name);
    assert_int_equal(charset.sure, sure);
    assert_false(charset.binary);
}

/** `text` (UTF-8) in another encoding; `*length` bytes, to be freed. */
static char *spelled(const char *text, const char *name, size_t *length)
{
    iconv_t converter = iconv_open(name, "UTF-8");
    size_t left = strlen(text), room = 8 * left + 8;
    char *out = malloc(room), *to = out, *from = (char *)(uintptr_t)text;
    assert_true(converter != (iconv_t)-1 && out);
    assert_true(iconv(converter, &from, &left, &to, &room) != (size_t)-1);
    iconv_close(converter);
    *length = (size_t)(to - out);
    return out;
}

static const char *const texts[] = {
    "A plain text.\nWith two lines.\n",
    "Gr\xc3\xbc\xc3\x9f"
    "e aus M\xc3\xbcnchen\r\n\tund ein Tab\r\n",
    "\xe9\x9b\xa8\xe3\x81\xae\xe6\x9c\x9d\xe3\x80\x81\xe8\x8d\xb7\xe7\x89\xa9\xe3\x81\x8c\n\xe5\xb1\x8a\xe3"
    "\x81\x84\xe3\x81\x9f 12\n",
    "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82, \xd0\xbc\xd0\xb8\xd1\x80\n\xf0\x9f\x98\x80\n",
};

static void wide_text_without_a_mark(void **state)
{
    static const char *const name[] = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t k = 0; k < sizeof name / sizeof *name; k++) {
            size_t length;
            char *data = spelled(texts[i], name[k], &length);
            assert_guess(data, length, name[k], false);
            /* However the sample ends. */
            for (size_t less = 0; less < 8; less++)
                assert_string_equal(guess(data, length - less).encoding->name, name[k]);
            free(data);
        }
}

static void a_mark_decides(void **state)
{
    (void)state;
    assert_guess("\xef\xbb\xbf"
                 "abc\n",
                 7, "UTF-8", true);
    assert_guess("\xff\xfe"
                 "a\0\n\0",
                 6, "UTF-16LE", true);
    assert_guess("\xfe\xff"
                 "\0a\0\n",
                 6, "UTF-16BE", true);
    assert_guess("\xff\xfe\0\0"
                 "a\0\0\0",
                 8, "UTF-32LE", true);
    assert_guess("\0\0\xfe\xff"
                 "\0\0\0a",
                 8, "UTF-32BE", true);
    assert_guess("\xff\xfe", 2, "UTF-16LE", true);
    /* Something else that only begins so. */
    assert_true(guess("\xff\xfe\0\0\1\0\2\0\3\0\4\0\5\0\6\0\7\0", 18).binary);
}

static void text_of_bytes(void **state)
{
    (void)state;
    assert_guess("", 0, "UTF-8", false);
    assert_guess("plain\n", 6, "UTF-8", false);
    assert_true(guess("plain\n", 6).ascii);
    assert_guess(texts[1], strlen(texts[1]), "UTF-8", true);
    assert_false(guess(texts[1], strlen(texts[1])).ascii);
    assert_guess("Gr\xfc\xdf"
                 "e\n",
                 6, "ISO-8859-1", false);
    assert_guess("\x93quoted\x94 \x80 5\n", 13, "WINDOWS-1252", false);
    /* Nothing in either. */
    assert_guess("a\x81\x8d z\n", 6, "UTF-8", false);
    /* Damaged, but still UTF-8: one bad byte is one bad byte. */
    assert_guess("Gr\xc3\xbc"
                 "n\xff\n",
                 6, "UTF-8", false);
    assert_guess("caf\xe9 \xc3\xa9t\xc3\xa9\n", 11, "UTF-8", false);
    /* Two by chance among many. */
    assert_guess("\xe9\xe8 \xe0 \xc3\xa9 \xf4\n", 9, "ISO-8859-1", false);
    assert_guess("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\xa4\xc3\xb6\xff\n", 12, "UTF-8", false);
    assert_guess("\x1b[31mred\x1b[m N\bNA\bA\n", 19, "UTF-8", false);
}

/** What ends inside a character is neither broken nor binary, be it a sample or a file that was cut or still grows. */
static void a_cut_character_means_nothing(void **state)
{
    (void)state;
    for (size_t length = 1; length <= strlen(texts[3]); length++) {
        struct charset charset = guess(texts[3], length);
        assert_string_equal(charset.encoding->name, "UTF-8");
        assert_false(charset.binary);
        assert_int_equal(charset.sure, length >= 2);
    }
    assert_true(guess("\xc3\xa4\xc3", 3).sure);
    /* It says nothing yet: what follows decides. */
    assert_true(guess("caf\xc3", 4).ascii);
    assert_string_equal(guess("caf\xc3", 4).encoding->name, "UTF-8");
    assert_true(guess("5 \xe2\x82", 4).ascii);
}

static void what_is_no_text(void **state)
{
    (void)state;
    char zeros[5000] = {0}, noise[4096];
    assert_true(guess(zeros, sizeof zeros).binary);
    /* So few bytes are no ground for wide units. */
    assert_true(guess("x\0y\n", 4).binary);
    assert_true(guess("a\0b\0", 4).binary);
    assert_true(guess("a\0b\0cd\n\n", 8).binary);
    assert_true(guess("hello\0world, this is a line\n", 28).binary);
    assert_true(guess("Gr\xfc\xdf"
                      "e, a line that was cut\n\0\0\0",
                      31)
                    .binary);
    assert_true(guess("\x7f"
                      "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3e\0\1\0\0\0\x40\x11\0\0",
                      28)
                    .binary);
    assert_true(guess("\1\2\3\4\5\6abc\xff", 10).binary);
    uint32_t seed = 1;
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)((seed = seed * 1664525 + 1013904223) >> 24);
    assert_true(guess(noise, sizeof noise).binary);
    assert_string_equal(guess(noise, sizeof noise).encoding->name, "UTF-8");
}

static void libmagic_is_heard_where_this_does_not_know(void **state)
{
    (void)state;
    struct charset western = guess("Gr\xfc\xdf"
                                   "e\n",
                                   6),
                   sure = guess(texts[1], strlen(texts[1]));
    struct charset ascii = guess("plain\n", 6);
    assert_ptr_equal(charset_hear(western, NULL).encoding, western.encoding);
    assert_ptr_equal(charset_hear(western, "unknown-8bit").encoding, western.encoding);
    assert_ptr_equal(charset_hear(western, "binary").encoding, western.encoding);
    assert_false(charset_hear(western, "binary").binary);
    assert_ptr_equal(charset_hear(western, "nonsense").encoding, western.encoding);
    assert_string_equal(charset_hear(western, "iso-8859-2").encoding->name, "ISO-8859-2");
    assert_ptr_equal(charset_hear(sure, "iso-8859-2").encoding, &encoding_utf8);
    assert_ptr_equal(charset_hear(ascii, "utf-16le").encoding, &encoding_utf8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wide_text_without_a_mark),
        cmocka_unit_test(a_mark_decides),
        cmocka_unit_test(text_of_bytes),
        cmocka_unit_test(a_cut_character_means_nothing),
        cmocka_unit_test(what_is_no_text),
        cmocka_unit_test(libmagic_is_heard_where_this_does_not_know),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
