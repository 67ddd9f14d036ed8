/* SPDX-License-Identifier: MIT */
/** io/thread/pool: every worker works, no ring is lost, and threads are as quiet towards the rest as promised. */
#include "folio/io/thread/pool.h"

#include "test.h"

#include "folio/io/thread/wake.h"

#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORKER_MAX 64

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif

/** What a thread sees of itself. */
struct self {
    int nice;
    bool interrupt_blocked;
    bool bus_blocked;
    char name[16];
    atomic_bool seen;
};

struct scene {
    struct self self[WORKER_MAX];
    atomic_uint seen_count;
    atomic_uint todo;
    atomic_uint done;
    struct wake *wake;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/** Wait until `*value` is `wanted`; false after a minute. */
static bool comes_to(atomic_uint *value, unsigned wanted)
{
    int64_t end = now_ms() + 60000;
    while (atomic_load(value) != wanted) {
        if (now_ms() > end)
            return false;
        sched_yield();
    }
    return true;
}

static void look_at_self(struct self *self)
{
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    self->interrupt_blocked = sigismember(&mask, SIGINT) && sigismember(&mask, SIGWINCH) &&
                              sigismember(&mask, SIGXFSZ) && sigismember(&mask, SIGTERM);
    self->bus_blocked = sigismember(&mask, SIGBUS) || sigismember(&mask, SIGSEGV);
    self->nice = getpriority(PRIO_PROCESS, (id_t)gettid());
    pthread_getname_np(pthread_self(), self->name, sizeof self->name);
}

static bool introduce(void *context, unsigned number)
{
    struct scene *scene = context;
    struct self *self = &scene->self[number];
    if (!atomic_exchange(&self->seen, true)) {
        look_at_self(self);
        atomic_fetch_add(&scene->seen_count, 1);
    }
    return false;
}

static bool take_one(void *context, unsigned number)
{
    struct scene *scene = context;
    (void)number;
    unsigned todo = atomic_load(&scene->todo);
    while (todo > 0) {
        if (atomic_compare_exchange_weak(&scene->todo, &todo, todo - 1)) {
            atomic_fetch_add(&scene->done, 1);
            return true;
        }
    }
    return false;
}

/** Counts how often it is asked; never has work. */
static bool count_calls(void *context, unsigned number)
{
    struct scene *scene = context;
    (void)number;
    atomic_fetch_add(&scene->done, 1);
    return false;
}

static void processors_are_counted(void **state)
{
    (void)state;
    assert_in_range(pool_processors(), 1, 64);
    cpu_set_t before;
    cpu_set_t one;
    assert_int_equal(sched_getaffinity(0, sizeof before, &before), 0);
    CPU_ZERO(&one);
    for (size_t i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; i++)
        if (CPU_ISSET(i, &before))
            CPU_SET(i, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    assert_int_equal(pool_processors(), 1);
    sched_setaffinity(0, sizeof before, &before);
}

static void workers_are_many_nice_deaf_and_named(void **state)
{
    (void)state;
    struct scene *scene = calloc(1, sizeof *scene);
    struct error error;
    int own_nice = getpriority(PRIO_PROCESS, 0);
    sigset_t before;
    sigset_t after;
    memset(&before, 0, sizeof before);
    memset(&after, 0, sizeof after);
    pthread_sigmask(SIG_SETMASK, NULL, &before);
    struct pool *pool = pool_open(5, introduce, scene, &error);
    assert_non_null(pool);
    assert_int_equal(pool_count(pool), 5);
    assert_true(comes_to(&scene->seen_count, 5));
    for (unsigned i = 0; i < 5; i++) {
        char name[16];
        snprintf(name, sizeof name, "folio worker %u", i);
        assert_string_equal(scene->self[i].name, name);
        assert_int_equal(scene->self[i].nice, own_nice > 10 ? own_nice : 10);
        assert_true(scene->self[i].interrupt_blocked);
        assert_false(scene->self[i].bus_blocked);
    }
    assert_int_equal(getpriority(PRIO_PROCESS, 0), own_nice);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    assert_memory_equal(&before, &after, sizeof before);
    pool_close(pool);
    free(scene);
}

static void no_ring_is_lost(void **state)
{
    (void)state;
    struct scene *scene = calloc(1, sizeof *scene);
    struct error error;
    struct pool *pool = pool_open(3, take_one, scene, &error);
    assert_non_null(pool);
    for (unsigned round = 1; round <= 3000; round++) {
        atomic_fetch_add(&scene->todo, 1);
        pool_ring(pool);
        assert_true(comes_to(&scene->done, round));
    }
    atomic_fetch_add(&scene->todo, 5000);
    pool_ring(pool);
    assert_true(comes_to(&scene->done, 8000));
    pool_close(pool);
    free(scene);
}

/** One ring is one look by each; then they sleep again. */
static void idle_workers_sleep(void **state)
{
    (void)state;
    struct scene *scene = calloc(1, sizeof *scene);
    struct error error;
    struct pool *pool = pool_open(3, count_calls, scene, &error);
    assert_non_null(pool);
    assert_true(comes_to(&scene->done, 3));
    for (unsigned round = 2; round < 50; round++) {
        pool_ring(pool);
        assert_true(comes_to(&scene->done, 3 * round));
    }
    pool_close(pool);
    assert_int_equal(scene->done, 3 * 49);
    free(scene);
}

static void closing_joins_busy_and_sleeping_workers(void **state)
{
    (void)state;
    struct error error;
    pool_close(NULL);
    for (int i = 0; i < 100; i++) {
        struct scene *scene = calloc(1, sizeof *scene);
        atomic_store(&scene->todo, UINT_MAX); /* more than they can do before it is closed */
        struct pool *pool = pool_open(4, i % 2 ? take_one : introduce, scene, &error);
        assert_non_null(pool);
        pool_close(pool);
        unsigned done = atomic_load(&scene->done);
        assert_true(done < UINT_MAX);
        free(scene);
    }
}

static void counts_are_clamped(void **state)
{
    (void)state;
    struct scene *scene = calloc(1, sizeof *scene);
    struct error error;
    struct pool *pool = pool_open(1000, introduce, scene, &error);
    assert_non_null(pool);
    assert_in_range(pool_count(pool), 1, 64);
    pool_close(pool);
    pool = pool_open(0, introduce, scene, &error);
    assert_int_equal(pool_count(pool), 1);
    pool_close(pool);
    free(scene);
}

static void help(void *context)
{
    struct scene *scene = context;
    look_at_self(&scene->self[0]);
    wake_ring(scene->wake);
}

static void a_helper_runs_once_and_is_not_nice(void **state)
{
    (void)state;
    struct scene *scene = calloc(1, sizeof *scene);
    struct error error;
    scene->wake = wake_open(&error);
    assert_true(pool_help(help, scene));
    assert_true(wake_wait(scene->wake, 60000));
    assert_string_equal(scene->self[0].name, "folio helper");
    assert_int_equal(scene->self[0].nice, getpriority(PRIO_PROCESS, 0));
    assert_true(scene->self[0].interrupt_blocked);
    assert_false(scene->self[0].bus_blocked);
    wake_close(scene->wake);
    free(scene);
}

#ifndef SANITIZED
/** Leave this process `extra` bytes of address space. */
static void limit_memory(size_t extra)
{
    FILE *file = fopen("/proc/self/statm", "r");
    unsigned long pages = 0;
    if (!file || fscanf(file, "%lu", &pages) != 1)
        _exit(9);
    fclose(file);
    size_t bytes = pages * (size_t)sysconf(_SC_PAGESIZE) + extra;
    struct rlimit limit = {bytes, bytes};
    setrlimit(RLIMIT_AS, &limit);
}

/** Open a pool of ten with `extra` bytes to be had; its count in the exit status, 100 when refused with a reason. */
static int count_with(size_t extra)
{
    pid_t child = fork();
    if (child == 0) {
        struct scene *scene = calloc(1, sizeof *scene);
        struct error error = {0};
        limit_memory(extra);
        struct pool *pool = pool_open(10, introduce, scene, &error);
        if (!pool)
            _exit(error.code != 0 && strncmp(error.message, "Cannot start", 12) == 0 ? 100 : 101);
        bool all = comes_to(&scene->seen_count, pool_count(pool));
        unsigned count = pool_count(pool);
        pool_close(pool);
        _exit(all ? (int)count : 102);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}
#endif

static void fewer_threads_are_enough(void **state)
{
    (void)state;
#ifdef SANITIZED
    skip();
#else
    /* A stack is 1 MiB. */
    assert_in_range(count_with((size_t)6 << 20), 1, 9);
    assert_int_equal(count_with((size_t)256 << 10), 100);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(processors_are_counted),
        cmocka_unit_test(fewer_threads_are_enough),
        cmocka_unit_test(workers_are_many_nice_deaf_and_named),
        cmocka_unit_test(no_ring_is_lost),
        cmocka_unit_test(idle_workers_sleep),
        cmocka_unit_test(closing_joins_busy_and_sleeping_workers),
        cmocka_unit_test(counts_are_clamped),
        cmocka_unit_test(a_helper_runs_once_and_is_not_nice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
