/* SPDX-License-Identifier: MIT */
/** io/thread/wake: no ring is lost, signals neither end a wait nor harm, and the descriptor can be polled. */
#include "folio/io/thread/wake.h"

#include "test.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

static struct wake *signal_wake;
static volatile sig_atomic_t signal_count;

/** Whom the handler rings at which of its calls, besides signal_wake at each; 0: at none. */
static volatile sig_atomic_t ring_at;
static struct wake *ring_then;

static void on_signal(int number)
{
    (void)number;
    signal_count++;
    wake_ring(signal_wake);
    if (signal_count == ring_at)
        wake_ring(ring_then);
}

/** Have on_signal called every `ms` milliseconds, ringing `wake`; 0 ends it. */
static void signal_every(int ms, struct wake *wake)
{
    signal_wake = wake;
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGALRM, &action, NULL);
    struct itimerval timer = {{0, ms * 1000}, {0, ms * 1000}};
    setitimer(ITIMER_REAL, &timer, NULL);
}

static void rings_are_not_lost_and_many_are_one(void **state)
{
    (void)state;
    struct error error;
    struct wake *wake = wake_open(&error);
    assert_non_null(wake);
    assert_false(wake_clear(wake));
    assert_false(wake_wait(wake, 0));
    wake_ring(wake);
    wake_ring(wake);
    wake_ring(wake);
    assert_true(wake_wait(wake, -1));
    assert_false(wake_wait(wake, 0));
    wake_ring(wake);
    assert_true(wake_clear(wake));
    assert_false(wake_clear(wake));
    wake_close(wake);
}

static void nothing_rings_nothing(void **state)
{
    (void)state;
    wake_ring(NULL);
    wake_close(NULL);
}

static void the_descriptor_polls(void **state)
{
    (void)state;
    struct error error;
    struct wake *wake = wake_open(&error);
    struct pollfd ready = {.fd = wake_fd(wake), .events = POLLIN};
    assert_int_equal(poll(&ready, 1, 0), 0);
    wake_ring(wake);
    assert_int_equal(poll(&ready, 1, 0), 1);
    assert_true(wake_clear(wake));
    assert_int_equal(poll(&ready, 1, 0), 0);
    wake_close(wake);
}

static void *ring_from_thread(void *argument)
{
    wake_ring(argument);
    return NULL;
}

static void a_thread_ends_the_wait(void **state)
{
    (void)state;
    struct error error;
    struct wake *wake = wake_open(&error);
    for (int i = 0; i < 200; i++) {
        pthread_t thread;
        assert_int_equal(pthread_create(&thread, NULL, ring_from_thread, wake), 0);
        assert_true(wake_wait(wake, 60000));
        pthread_join(thread, NULL);
    }
    wake_close(wake);
}

static void a_signal_that_does_not_ring_does_not_end_the_wait(void **state)
{
    (void)state;
    struct error error;
    struct wake *wake = wake_open(&error);
    /* Neither before somebody rings, which the handler does at its tenth call, nor for ever. */
    for (int i = 0; i < 2; i++) {
        signal_count = 0;
        signal_every(5, NULL);
        ring_at = 10;
        ring_then = wake;
        assert_true(wake_wait(wake, i == 0 ? -1 : 60000));
        assert_true(signal_count >= 10);
        signal_every(0, NULL);
    }
    ring_at = 0;
    signal_count = 0;
    signal_every(5, NULL);
    do {
        assert_false(wake_wait(wake, 20));
    } while (signal_count < 2);
    signal_every(0, NULL);
    wake_close(wake);
}

static void a_signal_handler_may_ring(void **state)
{
    (void)state;
    struct error error;
    struct wake *wake = wake_open(&error);
    signal_every(5, wake);
    assert_true(wake_wait(wake, 60000));
    signal_every(0, NULL);
    wake_close(wake);
}

static void ringing_leaves_errno_alone(void **state)
{
    (void)state;
    struct error error;
    struct wake *wake = wake_open(&error);
    uint64_t most = UINT64_MAX - 1;
    /* A full counter refuses the ring with EAGAIN, and still counts as rung. */
    assert_int_equal(write(wake_fd(wake), &most, sizeof most), sizeof most);
    errno = EDOM;
    wake_ring(wake);
    assert_int_equal(errno, EDOM);
    assert_true(wake_wait(wake, 0));
    wake_close(wake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rings_are_not_lost_and_many_are_one),
        cmocka_unit_test(nothing_rings_nothing),
        cmocka_unit_test(the_descriptor_polls),
        cmocka_unit_test(a_thread_ends_the_wait),
        cmocka_unit_test(a_signal_that_does_not_ring_does_not_end_the_wait),
        cmocka_unit_test(a_signal_handler_may_ring),
        cmocka_unit_test(ringing_leaves_errno_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
