/* SPDX-License-Identifier: MIT */
/**
 * io: threads that do work beside the two that a person waits for.
 *
 * A worker calls `work` until that says there is nothing, then sleeps until the ring count moves. The count is read
 * before the call: a ring that arrives while `work` is looking is seen afterwards, so none is lost.
 */
#include "folio/io/thread/pool.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#define POOL_COUNT_MAX 64
/** Enough for a scan, PCRE2's 32 KiB and libmagic; only what is touched costs memory. */
#define POOL_STACK_SIZE ((size_t)1 << 20)
#define POOL_NICE       10

struct pool_worker {
    struct pool *pool;
    pthread_t thread;
    unsigned number;
};

struct pool {
    pool_work *work;
    void *context;
    /** Guards what follows; held over no call. Workers start by taking it, so they see a finished pool. */
    pthread_mutex_t lock;
    pthread_cond_t rung;
    uint64_t ring_count;
    bool stop;
    unsigned count;
    struct pool_worker worker[POOL_COUNT_MAX];
};

/** What a helper is to do, on its way to the new thread. */
struct pool_errand {
    void (*work)(void *context);
    void *context;
};

unsigned pool_processors(void)
{
    cpu_set_t set;
    long count;
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        count = CPU_COUNT(&set);
    } else {
        /* More processors than a cpu_set_t holds. */
        count = sysconf(_SC_NPROCESSORS_ONLN);
    }
    if (count < 1)
        return 1;
    return count < POOL_COUNT_MAX ? (unsigned)count : POOL_COUNT_MAX;
}

/**
 * Create a thread whose signals are blocked from its first instruction on: the mask is inherited. The faults stay
 * unblocked, because a blocked SIGBUS kills the process instead of reaching the guard.
 */
static int pool_start(pthread_t *thread, int detach, void *(*run)(void *), void *argument)
{
    sigset_t all;
    sigset_t before;
    static const int fault[] = {SIGBUS, SIGSEGV, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGABRT};
    sigfillset(&all);
    for (size_t i = 0; i < sizeof fault / sizeof fault[0]; i++)
        sigdelset(&all, fault[i]);
    pthread_attr_t attributes;
    int code = pthread_attr_init(&attributes);
    if (code != 0)
        return code;
    pthread_attr_setstacksize(&attributes, POOL_STACK_SIZE);
    pthread_attr_setdetachstate(&attributes, detach);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    code = pthread_create(thread, &attributes, run, argument);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return code;
}

/** Step back behind the threads a person waits for. Never forward: folio itself may run at a higher nice. */
static void pool_be_nice(void)
{
    id_t self = (id_t)gettid();
    if (getpriority(PRIO_PROCESS, self) < POOL_NICE)
        (void)setpriority(PRIO_PROCESS, self, POOL_NICE);
}

/** Sleep until the ring count is no longer `seen`. False when the pool stops. */
static bool pool_sleep(struct pool *pool, uint64_t seen)
{
    pthread_mutex_lock(&pool->lock);
    while (!pool->stop && pool->ring_count == seen)
        pthread_cond_wait(&pool->rung, &pool->lock);
    bool go_on = !pool->stop;
    pthread_mutex_unlock(&pool->lock);
    return go_on;
}

/** The ring count now, into `seen`. False when the pool stops. */
static bool pool_look(struct pool *pool, uint64_t *seen)
{
    pthread_mutex_lock(&pool->lock);
    bool go_on = !pool->stop;
    *seen = pool->ring_count;
    pthread_mutex_unlock(&pool->lock);
    return go_on;
}

/** A worker's life. */
static void *pool_run(void *argument)
{
    const struct pool_worker *worker = argument;
    struct pool *pool = worker->pool;
    char name[16];
    /* At most 15 characters: a longer name is refused whole. The modulo tells the compiler. */
    snprintf(name, sizeof name, "folio worker %u", worker->number % POOL_COUNT_MAX);
    pthread_setname_np(pthread_self(), name);
    pool_be_nice();
    uint64_t seen;
    while (pool_look(pool, &seen))
        if (!pool->work(pool->context, worker->number) && !pool_sleep(pool, seen))
            break;
    return NULL;
}

/** Start up to `count` workers; the errno value that ended it early, else 0. */
static int pool_fill(struct pool *pool, unsigned count)
{
    int code = 0;
    /* Held all the while: the first worker must not look at a count that still moves. */
    pthread_mutex_lock(&pool->lock);
    while (pool->count < count) {
        struct pool_worker *worker = &pool->worker[pool->count];
        worker->pool = pool;
        worker->number = pool->count;
        code = pool_start(&worker->thread, PTHREAD_CREATE_JOINABLE, pool_run, worker);
        if (code != 0)
            break;
        pool->count++;
    }
    pthread_mutex_unlock(&pool->lock);
    return code;
}

struct pool *pool_open(unsigned count, pool_work *work, void *context, struct error *error)
{
    struct pool *pool = calloc(1, sizeof *pool);
    if (!pool) {
        error_system(error, ENOMEM, "Cannot start worker threads");
        return NULL;
    }
    pool->work = work;
    pool->context = context;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->rung, NULL);
    if (count == 0)
        count = 1;
    int code = pool_fill(pool, count < POOL_COUNT_MAX ? count : POOL_COUNT_MAX);
    if (pool->count == 0) {
        error_system(error, code, "Cannot start worker threads");
        pool_close(pool);
        return NULL;
    }
    return pool;
}

void pool_close(struct pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->stop = true;
    pthread_cond_broadcast(&pool->rung);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->count; i++)
        pthread_join(pool->worker[i].thread, NULL);
    pthread_cond_destroy(&pool->rung);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

void pool_ring(struct pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->ring_count++;
    pthread_cond_broadcast(&pool->rung);
    pthread_mutex_unlock(&pool->lock);
}

unsigned pool_count(const struct pool *pool)
{
    return pool->count;
}

/** Free the errand first: `work` may be under way for hours. */
static void *pool_help_run(void *argument)
{
    struct pool_errand errand = *(struct pool_errand *)argument;
    free(argument);
    pthread_setname_np(pthread_self(), "folio helper");
    errand.work(errand.context);
    return NULL;
}

bool pool_help(void (*work)(void *context), void *context)
{
    struct pool_errand *errand = malloc(sizeof *errand);
    if (!errand)
        return false;
    *errand = (struct pool_errand){work, context};
    pthread_t thread;
    if (pool_start(&thread, PTHREAD_CREATE_DETACHED, pool_help_run, errand) != 0) {
        free(errand);
        return false;
    }
    return true;
}
