/* SPDX-License-Identifier: MIT */
/** io/file/watch: every way a file can change is noticed at once, nothing else is, and never too often. */
#include "folio/io/file/watch.h"

#include "io/asleep.h"
#include "io/frozen.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 60000

static char directory[] = "/tmp/folio-watch-XXXXXX";
static char path[64];
static char other_path[64];
static struct wake *wake;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void append(const char *to)
{
    int fd = open(to, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "x", 1), 1);
    close(fd);
}

static int prepare(void **state)
{
    (void)state;
    struct error error;
    wake = wake_open(&error);
    if (!wake || !mkdtemp(directory))
        return -1;
    snprintf(path, sizeof path, "%s/log", directory);
    snprintf(other_path, sizeof other_path, "%s/log.1", directory);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    unlink(path);
    unlink(other_path);
    rmdir(directory);
    wake_close(wake);
    return 0;
}

/** Events that no helper has read yet. */
static bool events_wait(void)
{
    bool some = false;
    for (int fd = 0; fd < 64; fd++) {
        char link[32];
        char target[64] = "";
        int unread = 0;
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        some |= readlink(link, target, sizeof target - 1) > 0 && strstr(target, "inotify") &&
                ioctl(fd, FIONREAD, &unread) == 0 && unread > 0;
    }
    return some;
}

/** Wait until all that has happened has been told: no event is unread, and the helper that read the last one sleeps. */
static void all_told(void)
{
    do {
        asleep_wait();
    } while (events_wait());
}

/** Events that belong together come in one batch or two: take all of them in. */
static void let_settle(struct watch *watch)
{
    all_told();
    wake_clear(wake);
    watch_due(watch);
}

/** A watch whose first look is over. */
static struct watch *open_settled(void)
{
    struct error error;
    struct watch *watch = watch_open(path, wake, &error);
    assert_non_null(watch);
    assert_true(wake_wait(wake, PATIENCE_MS));
    assert_true(watch_due(watch));
    let_settle(watch);
    return watch;
}

static void expect_change(struct watch *watch)
{
    assert_true(wake_wait(wake, PATIENCE_MS));
    assert_true(watch_due(watch));
    let_settle(watch);
}

/** Not rung by what happened. */
static void expect_quiet(void)
{
    all_told();
    assert_false(wake_clear(wake));
}

static int fresh(void **state)
{
    (void)state;
    unlink(path);
    unlink(other_path);
    append(path);
    wake_clear(wake);
    return 0;
}

static void growth_shrinking_and_touching_are_noticed(void **state)
{
    (void)state;
    struct watch *watch = open_settled();
    for (int i = 0; i < 3; i++) {
        append(path);
        expect_change(watch);
    }
    assert_int_equal(truncate(path, 0), 0);
    expect_change(watch);
    assert_int_equal(utimensat(AT_FDCWD, path, NULL, 0), 0);
    expect_change(watch);
    expect_quiet();
    watch_close(watch);
}

static void a_rotated_file_and_its_successor_are_both_watched(void **state)
{
    (void)state;
    struct watch *watch = open_settled();
    assert_int_equal(rename(path, other_path), 0);
    expect_change(watch);
    append(path);
    expect_change(watch);
    append(path);
    expect_change(watch);
    append(other_path);
    expect_change(watch);
    watch_close(watch);
}

static void a_file_put_over_it_is_watched(void **state)
{
    (void)state;
    struct watch *watch = open_settled();
    for (int i = 0; i < 3; i++) {
        append(other_path);
        expect_quiet();
        assert_int_equal(rename(other_path, path), 0);
        expect_change(watch);
        append(path);
        expect_change(watch);
    }
    watch_close(watch);
}

static void deletion_is_noticed_while_it_is_open_and_so_is_return(void **state)
{
    (void)state;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct watch *watch = open_settled();
    assert_int_equal(unlink(path), 0);
    expect_change(watch);
    append(path);
    expect_change(watch);
    append(path);
    expect_change(watch);
    close(fd);
    watch_close(watch);
}

static void a_file_that_is_not_there_yet_may_come(void **state)
{
    (void)state;
    unlink(path);
    struct watch *watch = open_settled();
    append(path);
    expect_change(watch);
    append(path);
    expect_change(watch);
    watch_close(watch);
}

static void a_name_without_a_slash_is_here(void **state)
{
    (void)state;
    struct error error;
    char before[4096];
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(directory), 0);
    struct watch *watch = watch_open("log", wake, &error);
    assert_non_null(watch);
    assert_true(wake_wait(wake, PATIENCE_MS));
    let_settle(watch);
    append(other_path);
    expect_quiet();
    assert_int_equal(rename(other_path, path), 0);
    expect_change(watch);
    /* Only the directory could tell that the name means another file now. */
    append(path);
    expect_change(watch);
    watch_close(watch);
    assert_int_equal(chdir(before), 0);
}

static void others_and_readers_do_not_count(void **state)
{
    (void)state;
    struct watch *watch = open_settled();
    append(other_path);
    append(other_path);
    unlink(other_path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char byte;
    assert_int_equal(read(fd, &byte, 1), 1);
    close(fd);
    expect_quiet();
    watch_close(watch);
}

/** Whole naps of the helper, of 20 ms and more. */
static atomic_uint naps;

/** In the place of the one of the C library. */
int poll(struct pollfd *polled, nfds_t count, int timeout)
{
    struct timespec left = {timeout / 1000, timeout % 1000 * 1000000L};
    int got = (int)syscall(SYS_ppoll, polled, count, timeout < 0 ? NULL : &left, NULL, 0);
    if (got == 0 && timeout >= 20)
        atomic_fetch_add(&naps, 1);
    return got;
}

static void a_storm_rings_at_most_every_20_ms(void **state)
{
    (void)state;
    struct watch *watch = open_settled();
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    unsigned rings = 0;
    unsigned writes = 0;
    atomic_store(&naps, 0);
    while (rings < 10 || writes <= 100) {
        assert_int_equal(pwrite(fd, "y", 1, 0), 1);
        assert_int_equal(ftruncate(fd, 1 + writes % 2), 0);
        writes++;
        rings += wake_clear(wake);
        /* Before each ring but the first there was a nap. */
        assert_true(rings <= atomic_load(&naps) + 1);
    }
    close(fd);
    watch_close(watch);
}

static void time_alone_makes_a_look_due(void **state)
{
    (void)state;
    struct watch *watch = open_settled();
    struct watch *both[] = {watch, NULL};
    int64_t now = now_ms();
    for (int i = 0; i < 2; i++) {
        atomic_store(&frozen_ms, now += 1000);
        assert_true(watch_due(both[i]));
        assert_false(watch_due(both[i]));
        atomic_store(&frozen_ms, now += 999);
        assert_false(watch_due(both[i]));
        atomic_store(&frozen_ms, now += 1);
        assert_true(watch_due(both[i]));
        assert_false(watch_due(both[i]));
    }
    atomic_store(&frozen_ms, -1);
    watch_close(watch);
}

/** The wake may be freed at once: the sanitizers see a ring that comes too late. */
static void closing_ends_the_ringing(void **state)
{
    (void)state;
    watch_close(NULL);
    for (int i = 0; i < 150; i++) {
        struct error error;
        struct wake *own = wake_open(&error);
        struct watch *watch;
        int64_t end = now_ms() + PATIENCE_MS;
        /* The kernel takes its time to free an instance, and a user has but 128. */
        while (!(watch = watch_open(path, own, &error))) {
            assert_int_equal(error.code, EMFILE);
            assert_true(now_ms() < end);
            sched_yield();
        }
        append(path);
        if (i % 2)
            assert_true(wake_wait(own, PATIENCE_MS));
        append(path);
        watch_close(watch);
        wake_close(own);
    }
}

static int inotify_count(void)
{
    int count = 0;
    for (int fd = 0; fd < 64; fd++) {
        char link[32];
        char target[64] = "";
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        count += readlink(link, target, sizeof target - 1) > 0 && strstr(target, "inotify");
    }
    return count;
}

static void nothing_is_left_open(void **state)
{
    (void)state;
    watch_close(open_settled());
    int64_t end = now_ms() + PATIENCE_MS;
    while (inotify_count() > 0) {
        assert_true(now_ms() < end);
        sched_yield();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(growth_shrinking_and_touching_are_noticed, fresh),
        cmocka_unit_test_setup(a_rotated_file_and_its_successor_are_both_watched, fresh),
        cmocka_unit_test_setup(a_file_put_over_it_is_watched, fresh),
        cmocka_unit_test_setup(deletion_is_noticed_while_it_is_open_and_so_is_return, fresh),
        cmocka_unit_test_setup(a_file_that_is_not_there_yet_may_come, fresh),
        cmocka_unit_test_setup(a_name_without_a_slash_is_here, fresh),
        cmocka_unit_test_setup(others_and_readers_do_not_count, fresh),
        cmocka_unit_test_setup(a_storm_rings_at_most_every_20_ms, fresh),
        cmocka_unit_test_setup(time_alone_makes_a_look_due, fresh),
        cmocka_unit_test_setup(closing_ends_the_ringing, fresh),
        cmocka_unit_test_setup(nothing_is_left_open, fresh),
    };
    return cmocka_run_group_tests(tests, prepare, clean);
}
