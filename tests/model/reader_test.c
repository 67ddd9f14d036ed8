/* SPDX-License-Identifier: MIT */
/** model/reader: any span equals the file, whatever was kept; the end, giving up, and files that change. */
#include "model/sample.h"
#include "test.h"

#include "folio/io/page/guard.h"
#include "folio/model/reader/hole.h"

static void check_span(const struct sample *sample, uint64_t offset, size_t want)
{
    struct span span;
    enum reader_result result = reader_span(sample->reader, offset, want, &span);
    if (offset >= sample->length) {
        assert_int_equal(result, READER_END);
        assert_int_equal(span.length, 0);
        return;
    }
    size_t expected = want < READER_SPAN_MAX ? want : READER_SPAN_MAX;
    expected = expected < sample->length - offset ? expected : sample->length - offset;
    assert_int_equal(result, READER_OK);
    assert_int_equal(span.length, expected);
    assert_memory_equal(span.data, sample->data + offset, expected);
}

static void spans_equal_the_file(void **state)
{
    struct sample sample;
    size_t at = 0;
    (void)state;
    sample_open(&sample, sample_lines(2 * MIB + 77, 100), 2 * MIB + 77);
    for (int i = 0; i < 20000; i++) {
        static const size_t most[] = {1, 100, 9000, 65536, 200000, READER_SPAN_MAX};
        switch (sample_below(6)) { /* forward, backward, near, far */
        case 0:
        case 1:
            at += sample_below(70000);
            break;
        case 2:
        case 3: {
            size_t back = sample_below(70000);
            at = at > back ? at - back : 0;
            break;
        }
        case 4:
            at += sample_below(3);
            break;
        default:
            at = sample_below(sample.length + 3);
        }
        if (at > sample.length + 10)
            at = sample.length - 5;
        check_span(&sample, at, 1 + sample_below(most[sample_below(6)]));
    }
    sample_close(&sample);
}

static void walking_by_rows(void **state)
{
    struct sample sample;
    (void)state;
    sample_open(&sample, sample_lines(MIB, 100), MIB);
    for (size_t at = 0; at < MIB; at += 80)
        check_span(&sample, at, 8192);
    for (size_t at = MIB; at > 80; at -= 80)
        check_span(&sample, at - 80, 8192);
    sample_close(&sample);
}

static void new_bytes_are_seen_after_forget(void **state)
{
    struct sample sample;
    struct span span;
    (void)state;
    sample_open(&sample, sample_lines(10000, 100), 10000);
    guard_install(); /* cmocka has put a handler of its own in its place */
    check_span(&sample, 5000, 100);
    memset(sample.data, 'z', 10000);
    sample_write(sample.fd, 0, sample.data, 10000);
    reader_forget(sample.reader);
    check_span(&sample, 5000, 100);
    sample_append(&sample, "more", 4);
    check_span(&sample, 9000, 5000);
    /* Shorter than known: what is there is given, then the end. */
    assert_int_equal(ftruncate(sample.fd, 4096), 0);
    reader_forget(sample.reader);
    assert_int_equal(reader_span(sample.reader, 4000, 5000, &span), READER_OK);
    assert_int_equal(span.length, 96);
    assert_int_not_equal(reader_span(sample.reader, 6000, 10, &span), READER_OK);
    sample.length = 4096;
    sample_resize(&sample, false);
    assert_int_equal(reader_size(sample.reader), 4096);
    check_span(&sample, 4000, 5000);
    check_span(&sample, 4096, 1);
    sample_close(&sample);
}

static bool never(void *context, unsigned waited_ms)
{
    (void)waited_ms;
    ++*(unsigned *)context;
    return false;
}

/** Throw the file out of memory: what is left may be had at once, the rest is given up. */
static void giving_up_is_no_end(void **state)
{
    struct sample sample;
    unsigned asked = 0, given_up = 0;
    (void)state;
    sample_open(&sample, sample_lines(8 * MIB, 100), 8 * MIB);
    fsync(sample.fd);
    posix_fadvise(sample.fd, 0, 0, POSIX_FADV_DONTNEED);
    reader_patience(sample.reader, (struct patience){never, &asked});
    for (size_t at = 0; at < 8 * MIB; at += 300000) {
        struct span span;
        enum reader_result result = reader_span(sample.reader, at, READER_SPAN_MAX, &span);
        given_up += result == READER_GIVEN_UP;
        if (result == READER_OK) {
            assert_true(span.length == READER_SPAN_MAX || at + span.length == 8 * MIB);
            assert_memory_equal(span.data, sample.data + at, span.length);
        } else {
            assert_int_equal(result, READER_GIVEN_UP);
            assert_true(reader_gave_up(sample.reader));
        }
    }
    reader_patience(sample.reader, (struct patience){NULL, NULL});
    assert_false(reader_gave_up(sample.reader));
    for (size_t at = 0; at < 8 * MIB; at += 100000)
        check_span(&sample, at, 100000);
    if (given_up == 0)
        print_message("everything stayed in memory: giving up was not seen\n");
    sample_close(&sample);
}

/** As above, and nobody is asked for patience: what is had is the file, what is not is no giving up of others. */
static void a_peek_waits_for_nothing(void **state)
{
    struct sample sample;
    unsigned asked = 0;
    (void)state;
    sample_open(&sample, sample_lines(8 * MIB, 100), 8 * MIB);
    fsync(sample.fd);
    posix_fadvise(sample.fd, 0, 0, POSIX_FADV_DONTNEED);
    reader_patience(sample.reader, (struct patience){never, &asked});
    for (size_t at = 0; at < 8 * MIB; at += 300000) {
        struct span span;
        enum reader_result result = reader_peek(sample.reader, at, 1000, &span);
        assert_true(result == READER_OK || result == READER_GIVEN_UP);
        if (result == READER_OK)
            assert_memory_equal(span.data, sample.data + at, span.length);
        assert_false(reader_gave_up(sample.reader));
    }
    assert_int_equal(asked, 0);
    assert_false(reader_hurry(sample.reader, true));
    assert_true(reader_hurry(sample.reader, true));
    assert_true(reader_hurry(sample.reader, false));
    sample_close(&sample);
}

static void a_copy_ends_with_the_file(void **state)
{
    struct sample sample;
    unsigned char out[8];
    size_t length;
    (void)state;
    sample_open(&sample, sample_lines(MIB, 100), MIB);
    assert_int_equal(reader_copy(sample.reader, 5, sizeof out, out, &length), READER_OK);
    assert_int_equal(length, sizeof out);
    assert_memory_equal(out, sample.data + 5, sizeof out);
    assert_int_equal(reader_copy(sample.reader, MIB - 3, sizeof out, out, &length), READER_OK);
    assert_int_equal(length, 3);
    assert_memory_equal(out, sample.data + MIB - 3, 3);
    assert_int_equal(reader_copy(sample.reader, MIB, sizeof out, out, &length), READER_END);
    assert_int_equal(length, 0);
    sample_close(&sample);
}

static void nothing_to_read(void **state)
{
    struct sample sample;
    (void)state;
    sample_open(&sample, strdup(""), 0);
    check_span(&sample, 0, 10);
    check_span(&sample, 7, 10);
    sample_close(&sample);
    reader_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_equal_the_file),
        cmocka_unit_test(walking_by_rows),
        cmocka_unit_test(new_bytes_are_seen_after_forget),
        cmocka_unit_test(giving_up_is_no_end),
        cmocka_unit_test(a_peek_waits_for_nothing),
        cmocka_unit_test(a_copy_ends_with_the_file),
        cmocka_unit_test(nothing_to_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
