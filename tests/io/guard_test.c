/* SPDX-License-Identifier: MIT */
/* io: pages that vanish under four threads, and faults that are not the guard's.
 * cmocka takes SIGBUS for itself around every test, so each installs the guard anew. */
#include "folio/io/page/guard.h"

#include "test.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define LENGTH  (64u * 65536u)
#define CYCLES  1000
#define READERS 4

static char *base;
static int fd;
static atomic_bool stop;

struct sum {
    const volatile char *data;
    size_t length;
    unsigned total;
};

/* One byte per 4096: enough to touch every page. */
static void sum_up(void *argument)
{
    struct sum *sum = argument;
    for (size_t index = 0; index < sum->length; index += 4096)
        sum->total += (unsigned char)sum->data[index];
}

static int open_mapped(void **state)
{
    (void)state;
    char path[] = "/tmp/folio-guard-XXXXXX";
    fd = mkstemp(path);
    if (fd < 0 || unlink(path) != 0 || ftruncate(fd, LENGTH) != 0)
        return -1;
    base = mmap(NULL, LENGTH, PROT_READ, MAP_SHARED, fd, 0);
    return base == MAP_FAILED ? -1 : 0;
}

static int close_mapped(void **state)
{
    (void)state;
    munmap(base, LENGTH);
    close(fd);
    return 0;
}

static void a_vanished_page_comes_back_false(void **state)
{
    (void)state;
    guard_install();
    struct sum sum = {base, LENGTH, 0};
    assert_int_equal(ftruncate(fd, LENGTH), 0);
    assert_true(guard_call(base, LENGTH, sum_up, &sum));
    assert_int_equal(ftruncate(fd, LENGTH / 2), 0);
    for (unsigned again = 0; again < 3; again++)
        assert_false(guard_call(base, LENGTH, sum_up, &sum));
    sum.length = LENGTH / 2;
    assert_true(guard_call(base, LENGTH, sum_up, &sum));
}

/* Within a guarded call on the first half: another on the second, whose work touches both. */
struct nest {
    size_t from;
    unsigned inner_cut, inner_whole, outer_whole;
};

static void inner_work(void *argument)
{
    struct nest *nest = argument;
    struct sum sum = {base + nest->from, LENGTH - nest->from, 0};
    sum_up(&sum);
}

static void outer_work(void *argument)
{
    struct nest *nest = argument;
    if (guard_call(base + LENGTH / 2, LENGTH / 2, inner_work, nest))
        nest->inner_whole++;
    else
        nest->inner_cut++;
    struct sum sum = {base, LENGTH / 4, 0};
    sum_up(&sum);
    nest->outer_whole++;
}

static void a_call_in_another_ends_where_the_fault_is(void **state)
{
    (void)state;
    guard_install();
    struct nest nest = {.from = LENGTH / 2};
    assert_int_equal(ftruncate(fd, LENGTH), 0);
    assert_true(guard_call(base, LENGTH / 2, outer_work, &nest));
    assert_int_equal(ftruncate(fd, LENGTH / 2), 0);
    assert_true(guard_call(base, LENGTH / 2, outer_work, &nest));
    assert_int_equal(nest.inner_whole, 1);
    assert_int_equal(nest.inner_cut, 1);
    assert_int_equal(nest.outer_whole, 2);
    /* The inner work meets a page of the outer one's: both are left. */
    assert_int_equal(ftruncate(fd, 4096), 0);
    nest.from = LENGTH / 4;
    for (unsigned again = 0; again < 3; again++)
        assert_false(guard_call(base, LENGTH / 2, outer_work, &nest));
    assert_int_equal(nest.inner_cut, 1);
    assert_int_equal(nest.outer_whole, 2);
    struct sum sum = {base, 4096, 0};
    assert_true(guard_call(base, LENGTH, sum_up, &sum));
}

static void *look(void *argument)
{
    struct sum *sum = argument;
    return guard_call(base, LENGTH, sum_up, sum) ? sum : NULL;
}

static void a_thread_that_blocks_signals_is_guarded_too(void **state)
{
    (void)state;
    guard_install();
    assert_int_equal(ftruncate(fd, 0), 0);
    pid_t child = fork();
    if (child == 0) {
        sigset_t all;
        pthread_t thread;
        struct sum sum = {base, LENGTH, 0};
        void *whole = &sum;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, NULL); /* the thread inherits it */
        if (pthread_create(&thread, NULL, look, &sum) == 0)
            pthread_join(thread, &whole);
        _exit(whole ? 1 : 0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

struct reader {
    pthread_t thread;
    unsigned whole;
    atomic_uint cut;
};

static void *read_on(void *argument)
{
    struct reader *reader = argument;
    while (!atomic_load(&stop)) {
        struct sum sum = {base, LENGTH, 0};
        if (guard_call(base, LENGTH, sum_up, &sum))
            reader->whole++;
        else
            atomic_fetch_add(&reader->cut, 1);
    }
    return NULL;
}

static void four_readers_survive_a_file_that_shrinks_and_grows(void **state)
{
    (void)state;
    guard_install();
    struct reader reader[READERS] = {0};
    atomic_store(&stop, false);
    for (unsigned index = 0; index < READERS; index++)
        assert_int_equal(pthread_create(&reader[index].thread, NULL, read_on, &reader[index]), 0);
    for (unsigned cycle = 0; cycle < CYCLES; cycle++) {
        assert_int_equal(ftruncate(fd, cycle % 7 * 65536), 0);
        assert_int_equal(ftruncate(fd, LENGTH), 0);
    }
    /* However the threads were scheduled, each meets a missing page at the end. */
    assert_int_equal(ftruncate(fd, 0), 0);
    for (unsigned index = 0; index < READERS; index++)
        while (atomic_load(&reader[index].cut) == 0)
            usleep(1000);
    atomic_store(&stop, true);
    for (unsigned index = 0; index < READERS; index++)
        pthread_join(reader[index].thread, NULL);
}

static void touch_outside(void *argument)
{
    (void)argument;
    struct sum sum = {base, LENGTH, 0};
    sum_up(&sum);
}

/** Run one of the ways to die in a child; the signal that killed it, 0 if it lived. */
static int killed_by(int way)
{
    pid_t child = fork();
    if (child == 0) {
        static char elsewhere[4096];
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        /* Sanitizers bring handlers of their own; what is asked here is what ours does. */
        guard_install();
        if (ftruncate(fd, 0) != 0)
            _exit(1);
        if (way == 0)
            touch_outside(NULL);
        if (way == 1)
            (void)guard_call(elsewhere, sizeof elsewhere, touch_outside, NULL);
        if (way == 2)
            kill(getpid(), SIGBUS);
        if (way == 3) {
            struct sum sum = {base, LENGTH, 0};
            (void)guard_call(base, LENGTH, sum_up, &sum);
            touch_outside(NULL);
        }
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void a_fault_elsewhere_still_kills(void **state)
{
    (void)state;
    assert_int_equal(killed_by(0), SIGBUS); /* no guard at all */
    assert_int_equal(killed_by(1), SIGBUS); /* a guard over something else */
    assert_int_equal(killed_by(2), SIGBUS); /* sent, not a fault */
    assert_int_equal(killed_by(3), SIGBUS); /* a guard that has been left */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_vanished_page_comes_back_false),
        cmocka_unit_test(a_call_in_another_ends_where_the_fault_is),
        cmocka_unit_test(a_thread_that_blocks_signals_is_guarded_too),
        cmocka_unit_test(four_readers_survive_a_file_that_shrinks_and_grows),
        cmocka_unit_test(a_fault_elsewhere_still_kills),
    };
    return cmocka_run_group_tests(tests, open_mapped, close_mapped);
}
