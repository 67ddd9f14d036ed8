/* SPDX-License-Identifier: MIT */
/* tests: base/bytes/buf: every change against the same change made by hand, and what out of memory leaves behind. */
#include "folio/base/bytes/buf.h"

#include "fence.h"
#include "test.h"

#include <string.h>

/* Content, length and the final NUL. */
static void assert_buf(const struct buf *buf, const char *expected)
{
    assert_false(buf->failed);
    assert_int_equal(buf->length, strlen(expected));
    assert_string_equal(buf_string(buf), expected);
    assert_true(buf->capacity > buf->length || !buf->data);
}

static void empty_is_a_string(void **state)
{
    (void)state;
    struct buf buf = {0};
    assert_buf(&buf, "");
    buf_remove(&buf, 0, 1);
    buf_clear(&buf);
    assert_buf(&buf, "");
    assert_true(buf_append(&buf, NULL, 0));
    assert_non_null(buf.data);
    assert_buf(&buf, "");
    buf_release(&buf);
    buf_release(&buf);
    assert_null(buf.data);
}

static void appends_add_up(void **state)
{
    (void)state;
    struct buf buf = {0};
    assert_true(buf_text(&buf, "line "));
    assert_true(buf_format(&buf, "%d of %s", 7, "9"));
    assert_true(buf_append(&buf, "!?", 1));
    assert_buf(&buf, "line 7 of 9!");
    buf_clear(&buf);
    assert_buf(&buf, "");
    assert_true(buf_text(&buf, "again"));
    assert_buf(&buf, "again");
    assert_true(buf_append(&buf, "a\0b", 3));
    assert_int_equal(buf.length, 8);
    assert_memory_equal(buf.data, "againa\0b", 9);
    buf_release(&buf);
    assert_buf(&buf, "");
}

static void format_grows_past_any_first_guess(void **state)
{
    (void)state;
    struct buf buf = {0};
    for (int width = 0; width < 300; width++) {
        buf_clear(&buf);
        assert_true(buf_format(&buf, "<%*d>", width, 1));
        assert_int_equal(buf.length, (size_t)(width < 1 ? 1 : width) + 2);
        assert_int_equal(strlen(buf.data), buf.length);
    }
    buf_release(&buf);
}

static void remove_and_insert_clamp(void **state)
{
    (void)state;
    struct buf buf = {0};
    assert_true(buf_text(&buf, "0123456789"));
    buf_remove(&buf, 2, 3);
    assert_buf(&buf, "0156789");
    buf_remove(&buf, 5, SIZE_MAX);
    assert_buf(&buf, "01567");
    buf_remove(&buf, 5, 1);
    buf_remove(&buf, SIZE_MAX, SIZE_MAX);
    assert_buf(&buf, "01567");
    assert_true(buf_insert(&buf, 2, "234", 3));
    assert_true(buf_insert(&buf, 0, "<", 1));
    assert_true(buf_insert(&buf, SIZE_MAX, ">", 1));
    assert_true(buf_insert(&buf, 3, NULL, 0));
    assert_buf(&buf, "<01234567>");
    buf_remove(&buf, 0, SIZE_MAX);
    assert_buf(&buf, "");
    buf_release(&buf);
}

static void out_of_memory_is_remembered(void **state)
{
    (void)state;
    struct buf buf = {0};
    assert_true(buf_text(&buf, "kept"));
    assert_false(buf_append(&buf, "x", SIZE_MAX));
    assert_true(buf.failed);
    assert_false(buf_append(&buf, "x", 1));
    assert_false(buf_text(&buf, "x"));
    assert_false(buf_format(&buf, "%d", 1));
    assert_false(buf_insert(&buf, 0, "x", 1));
    assert_string_equal(buf_string(&buf), "kept");
    buf_clear(&buf);
    assert_true(buf_text(&buf, "on"));
    assert_buf(&buf, "on");
    assert_false(buf_insert(&buf, 0, "x", (size_t)PTRDIFF_MAX - 2));
    buf_release(&buf);
    assert_buf(&buf, "");
}

/* A thousand changes at random beside the same changes to a plain array. */
static void random_changes_agree_with_an_array(void **state)
{
    (void)state;
    char shadow[4096] = "";
    size_t length = 0;
    uint64_t seed = 4;
    struct buf buf = {0};
    for (int i = 0; i < 20000; i++) {
        char piece[32];
        size_t count = random_next(&seed) % sizeof piece;
        size_t offset = random_next(&seed) % (length + 1);
        memset(piece, 'a' + i % 26, sizeof piece);
        if (length + count < sizeof shadow && i % 100 < 55) {
            memmove(shadow + offset + count, shadow + offset, length - offset);
            memcpy(shadow + offset, piece, count);
            length += count;
            assert_true(buf_insert(&buf, offset, piece, count));
        } else {
            count = count < length - offset ? count : length - offset;
            memmove(shadow + offset, shadow + offset + count, length - offset - count);
            length -= count;
            buf_remove(&buf, offset, count);
        }
        assert_int_equal(buf.length, length);
        assert_memory_equal(buf_string(&buf), shadow, length);
        assert_int_equal(buf_string(&buf)[length], 0);
    }
    buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_is_a_string),
        cmocka_unit_test(appends_add_up),
        cmocka_unit_test(format_grows_past_any_first_guess),
        cmocka_unit_test(remove_and_insert_clamp),
        cmocka_unit_test(out_of_memory_is_remembered),
        cmocka_unit_test(random_changes_agree_with_an_array),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
