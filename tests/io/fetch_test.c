/* SPDX-License-Identifier: MIT */
/* io: the helper's read: bytes, the end, the reason; letting go early; and the naps. */
#include "folio/io/page/fetch.h"

#include "test.h"

#include "folio/io/thread/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/** A memory file of 100000 bytes, each its offset's low byte. */
static int sample(void)
{
    char bytes[1000];
    int fd = memfd_create("folio", MFD_CLOEXEC);
    for (off_t offset = 0; offset < 100000; offset += (off_t)sizeof bytes) {
        for (size_t index = 0; index < sizeof bytes; index++)
            bytes[index] = (char)(offset + (off_t)index);
        assert_int_equal(pwrite(fd, bytes, sizeof bytes, offset), sizeof bytes);
    }
    return fd;
}

static void a_fetch_brings_bytes_up_to_the_end(void **state)
{
    (void)state;
    int fd = sample();
    int code = 77;
    struct fetch *fetch = fetch_start(fd, (struct range){90000, 100001});
    assert_non_null(fetch);
    close(fd); /* it has its own */
    assert_true(fetch_done(fetch, 60000000));
    assert_false(fetch_covers(fetch, 89999));
    assert_true(fetch_covers(fetch, 90000));
    assert_true(fetch_covers(fetch, 100000));
    assert_false(fetch_covers(fetch, 100001));
    assert_false(fetch_covers(NULL, 0));
    struct span bytes = fetch_bytes(fetch, 95000, &code);
    assert_int_equal(bytes.length, 5000);
    assert_int_equal(bytes.data[0], (char)95000);
    assert_int_equal(code, 0);
    bytes = fetch_bytes(fetch, 100000, &code);
    assert_int_equal(bytes.length, 0);
    assert_int_equal(code, 0);
    fetch_drop(fetch);
    fetch_drop(NULL);
}

static void a_fetch_brings_the_reason(void **state)
{
    (void)state;
    int code = 0;
    int fd = open("/proc/self/mem", O_RDONLY); /* nothing is mapped at 0 */
    struct fetch *fetch = fetch_start(fd, (struct range){0, UINT64_C(1) << 40});
    assert_true(fetch_done(fetch, 60000000));
    assert_false(fetch_covers(fetch, FETCH_LENGTH_MAX)); /* cut */
    assert_int_equal(fetch_bytes(fetch, 0, &code).length, 0);
    assert_int_equal(code, EIO);
    fetch_drop(fetch);
    close(fd);
}

static void bytes_before_a_bad_page_are_given(void **state)
{
    (void)state;
    int code = 77;
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *two = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    uint64_t begin = (uintptr_t)two;
    int fd = open("/proc/self/mem", O_RDONLY);
    munmap(two + page, page);
    struct fetch *fetch = fetch_start(fd, (struct range){begin, begin + 2 * page});
    assert_true(fetch_done(fetch, 60000000));
    assert_int_equal(fetch_bytes(fetch, begin, &code).length, page);
    assert_int_equal(code, 0);
    assert_int_equal(fetch_bytes(fetch, begin + page, &code).length, 0);
    assert_int_equal(code, EIO);
    /* What is behind has not been tried. */
    assert_int_equal(fetch_bytes(fetch, begin + page + 1, &code).length, 0);
    assert_int_equal(code, EAGAIN);
    fetch_drop(fetch);
    munmap(two, page);
    close(fd);
}

static void many_are_dropped_without_waiting(void **state)
{
    (void)state;
    int fd = sample();
    unsigned refused = 0;
    for (unsigned index = 0; index < 2000; index++) {
        struct fetch *fetch = fetch_start(fd, (struct range){0, 65536});
        refused += !fetch;
        fetch_drop(fetch);
    }
    assert_true(refused < 2000);
    struct fetch *fetch = NULL;
    for (unsigned try = 0; try < 30000 && !fetch; try++) {
        fetch = fetch_start(fd, (struct range){0, 1});
        usleep(1000);
    }
    assert_non_null(fetch); /* the limit is on those under way */
    fetch_drop(fetch);
    close(fd);
}

struct asked {
    unsigned calls, last_ms;
};

static bool until_50_ms(void *context, unsigned waited_ms)
{
    struct asked *asked = context;
    asked->calls++;
    asked->last_ms = waited_ms;
    return waited_ms < 50;
}

static void naps_are_short_and_patience_ends_them(void **state)
{
    (void)state;
    struct asked asked = {0};
    struct wait wait = {.patience = {until_50_ms, &asked}};
    unsigned naps = 1, slept_us = 0;
    for (; wait_nap(&wait, NULL); naps++) {
        /* The next is longer than the last, which it has slept, and short. */
        assert_true(wait.nap_us >= slept_us);
        assert_in_range(wait.nap_us, 1, 5000);
        slept_us = wait.nap_us;
    }
    assert_true(asked.last_ms >= 50);
    assert_int_equal(asked.calls, naps);
    struct wait endless = {0};
    assert_true(wait_nap(&endless, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fetch_brings_bytes_up_to_the_end),
        cmocka_unit_test(a_fetch_brings_the_reason),
        cmocka_unit_test(bytes_before_a_bad_page_are_given),
        cmocka_unit_test(many_are_dropped_without_waiting),
        cmocka_unit_test(naps_are_short_and_patience_ends_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
