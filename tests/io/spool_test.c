/* SPDX-License-Identifier: MIT */
/** io/file/spool: content, growth, back-pressure, the move to disk, failures, and what the producer notices of closing. */
#include "folio/io/file/spool.h"

#include "io/asleep.h"
#include "io/frozen.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 60000
#define MIB         ((uint64_t)1 << 20)

static struct wake *wake;
/** What the one who started this test left open. */
static unsigned deleted_before;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static unsigned descriptors_of(const char *name)
{
    unsigned count = 0;
    for (int fd = 0; fd < 256; fd++) {
        char link[32];
        char target[256] = "";
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        count += readlink(link, target, sizeof target - 1) > 0 && strstr(target, name);
    }
    return count;
}

static int prepare(void **state)
{
    (void)state;
    struct error error;
    deleted_before = descriptors_of("(deleted)");
    wake = wake_open(&error);
    return wake ? 0 : -1;
}

static int clean(void **state)
{
    (void)state;
    wake_close(wake);
    return 0;
}

/* ---- streams ---- */

/** The byte at `offset` of every long stream here: no two 4 KiB pages are alike. */
static uint64_t word_at(uint64_t offset)
{
    uint64_t word = (offset / 8 + 1) * 0x9e3779b97f4a7c15ull;
    return word ^ (word >> 29);
}

static void fill(char *data, size_t length, uint64_t offset)
{
    for (size_t i = 0; i < length; i += 8) {
        uint64_t word = word_at(offset + i);
        memcpy(data + i, &word, 8);
    }
}

/** A thread that writes `length` bytes into a pipe and counts them. */
struct producer {
    pthread_t thread;
    int fd;
    uint64_t length;
    atomic_uint_least64_t written;
    atomic_int code;
};

static void *produce(void *argument)
{
    struct producer *producer = argument;
    char data[32768];
    uint64_t written = 0;
    while (written < producer->length) {
        uint64_t left = producer->length - written;
        size_t length = left < sizeof data ? (size_t)left : sizeof data;
        fill(data, sizeof data, written);
        ssize_t put = write(producer->fd, data, length);
        if (put < 0) {
            atomic_store(&producer->code, errno);
            break;
        }
        /* A short write would leave the words of `fill` out of step. */
        written += (uint64_t)put & ~(uint64_t)7;
        atomic_store(&producer->written, written);
    }
    close(producer->fd);
    return NULL;
}

/** Start a producer; the reading end of its pipe. */
static int producer_start(struct producer *producer, uint64_t length)
{
    int pipe_fd[2];
    assert_int_equal(pipe2(pipe_fd, O_CLOEXEC), 0);
    memset(producer, 0, sizeof *producer);
    producer->fd = pipe_fd[1];
    producer->length = length;
    assert_int_equal(pthread_create(&producer->thread, NULL, produce, producer), 0);
    return pipe_fd[0];
}

static struct spool *open_spool(int fd)
{
    struct error error;
    wake_clear(wake);
    struct spool *spool = spool_open(fd, "standard input", false, wake, &error);
    assert_non_null(spool);
    return spool;
}

static void make_pipe(int pipe_fd[2])
{
    assert_int_equal(pipe2(pipe_fd, O_CLOEXEC), 0);
}

/** Wait, by the wake alone, until the spool has `size` bytes or is at its end. */
static void wait_for_size(struct spool *spool, uint64_t size)
{
    int64_t end = now_ms() + PATIENCE_MS;
    while (spool_size(spool) < size && spool_state(spool) == SPOOL_READING) {
        assert_true(now_ms() < end);
        assert_true(wake_wait(wake, PATIENCE_MS));
    }
}

static void wait_for_end(struct spool *spool, enum spool_state wanted)
{
    wait_for_size(spool, UINT64_MAX);
    assert_int_equal(spool_state(spool), wanted);
}

/** Wait until nobody moves `*value` any more: the producer is held up, and the helper waits. */
static uint64_t settled(const atomic_uint_least64_t *value)
{
    asleep_wait();
    return atomic_load(value);
}

static void expect_content(struct spool *spool, uint64_t size)
{
    static char got[65536];
    static char wanted[65536];
    struct stat stat;
    assert_int_equal(spool_size(spool), size);
    assert_int_equal(fstat(spool_fd(spool), &stat), 0);
    assert_int_equal(stat.st_size, size);
    for (uint64_t offset = 0; offset < size; offset += sizeof got) {
        size_t length = size - offset < sizeof got ? (size_t)(size - offset) : sizeof got;
        assert_int_equal(pread(spool_fd(spool), got, length, (off_t)offset), length);
        fill(wanted, sizeof wanted, offset);
        assert_int_equal(memcmp(got, wanted, length), 0);
    }
}

/* ---- leaving: first, since it forks and starts threads in the child ---- */

static void leaving_the_process_ends_the_producer(void **state)
{
    (void)state;
    int pipe_fd[2];
    assert_int_equal(pipe(pipe_fd), 0);
    pid_t producer = fork();
    if (producer == 0) {
        static char data[4096];
        signal(SIGPIPE, SIG_DFL);
        close(pipe_fd[0]);
        while (write(pipe_fd[1], data, sizeof data) > 0) {
        }
        _exit(1);
    }
    close(pipe_fd[1]);
    pid_t viewer = fork();
    if (viewer == 0) {
        struct error error;
        struct spool *spool = spool_open(pipe_fd[0], "standard input", false, wake, &error);
        while (spool && spool_size(spool) < SPOOL_AHEAD)
            wake_wait(wake, 1000);
        _exit(spool ? 0 : 1);
    }
    close(pipe_fd[0]);
    int status = 0;
    assert_int_equal(waitpid(viewer, &status, 0), viewer);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(waitpid(producer, &status, 0), producer);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGPIPE);
}

static void closing_ends_the_producer(void **state)
{
    (void)state;
    struct producer producer;
    struct spool *spool = open_spool(producer_start(&producer, UINT64_MAX));
    wait_for_size(spool, SPOOL_AHEAD);
    signal(SIGPIPE, SIG_IGN);
    spool_close(spool);
    pthread_join(producer.thread, NULL);
    signal(SIGPIPE, SIG_DFL);
    assert_int_equal(producer.code, EPIPE);
}

/* ---- content and growth ---- */

static void an_empty_stream_ends_empty(void **state)
{
    (void)state;
    int pipe_fd[2];
    make_pipe(pipe_fd);
    close(pipe_fd[1]);
    struct spool *spool = open_spool(pipe_fd[0]);
    struct error error;
    wait_for_end(spool, SPOOL_ENDED);
    expect_content(spool, 0);
    assert_false(spool_error(spool, &error));
    spool_close(spool);
    spool_close(NULL);
}

static void first_bytes_show_at_once_and_the_rest_soon(void **state)
{
    (void)state;
    int pipe_fd[2];
    char data[64];
    make_pipe(pipe_fd);
    struct spool *spool = open_spool(pipe_fd[0]);
    /* Each step waits for a ring of its own: bytes that come between two rings are told of by a later one. */
    for (uint64_t size = 0; size < 4096; size += sizeof data) {
        fill(data, sizeof data, size);
        assert_int_equal(write(pipe_fd[1], data, sizeof data), sizeof data);
        int64_t begin = now_ms();
        while (spool_size(spool) < size + sizeof data)
            assert_true(wake_wait(wake, PATIENCE_MS));
        assert_true(now_ms() - begin < PATIENCE_MS);
    }
    assert_int_equal(spool_state(spool), SPOOL_READING);
    expect_content(spool, 4096);
    close(pipe_fd[1]);
    wait_for_end(spool, SPOOL_ENDED);
    spool_close(spool);
}

/** Wait until the helper has read all that is in the pipe, and sleeps. */
static void all_read(int fd)
{
    int left;
    do {
        asleep_wait();
        assert_int_equal(ioctl(fd, FIONREAD, &left), 0);
    } while (left > 0);
}

/** A stream byte by byte rings once in 20 ms, however many come, and what is told late is told all the same. */
static void drops_do_not_ring_each(void **state)
{
    (void)state;
    int pipe_fd[2];
    make_pipe(pipe_fd);
    int64_t now = now_ms();
    atomic_store(&frozen_ms, now);
    struct spool *spool = open_spool(pipe_fd[0]);
    for (uint64_t written = 1; written <= 1000; written++) {
        bool first = written % 100 == 1;
        assert_int_equal(write(pipe_fd[1], "x", 1), 1);
        if (first && written > 1)
            atomic_store(&frozen_ms, now += 20);
        if (first) {
            assert_true(wake_wait(wake, PATIENCE_MS));
            all_read(pipe_fd[0]);
            /* It may have been told of the drop before, of which there was no time to tell; then of this one, later. */
            wake_clear(wake);
        }
        if (written % 100 == 0) {
            all_read(pipe_fd[0]);
            assert_false(wake_clear(wake));
        }
    }
    atomic_store(&frozen_ms, now += 20);
    wait_for_size(spool, 1000);
    all_read(pipe_fd[0]);
    assert_int_equal(spool_size(spool), 1000);
    atomic_store(&frozen_ms, -1);
    close(pipe_fd[1]);
    wait_for_end(spool, SPOOL_ENDED);
    spool_close(spool);
}

static void the_descriptor_cannot_write(void **state)
{
    (void)state;
    int pipe_fd[2];
    make_pipe(pipe_fd);
    struct spool *spool = open_spool(pipe_fd[0]);
    assert_int_equal(fcntl(spool_fd(spool), F_GETFL) & O_ACCMODE, O_RDONLY);
    assert_true(fcntl(spool_fd(spool), F_GETFD) & FD_CLOEXEC);
    assert_int_equal(write(spool_fd(spool), "x", 1), -1);
    close(pipe_fd[1]);
    spool_close(spool);
}

static void a_stream_that_does_not_block_is_waited_for(void **state)
{
    (void)state;
    int pipe_fd[2];
    make_pipe(pipe_fd);
    fcntl(pipe_fd[0], F_SETFL, O_NONBLOCK);
    struct spool *spool = open_spool(pipe_fd[0]);
    assert_int_equal(write(pipe_fd[1], "one", 3), 3);
    wait_for_size(spool, 3);
    assert_int_equal(write(pipe_fd[1], "two", 3), 3);
    wait_for_size(spool, 6);
    assert_int_equal(spool_state(spool), SPOOL_READING);
    close(pipe_fd[1]);
    wait_for_end(spool, SPOOL_ENDED);
    spool_close(spool);
}

/** Takes from the pipe what the spool may have been woken for. */
static void *compete(void *argument)
{
    const int *fd = argument;
    char byte;
    while (read(*fd, &byte, 1) != 0) {
        struct pollfd ready = {.fd = *fd, .events = POLLIN};
        poll(&ready, 1, 1000);
    }
    return NULL;
}

static void another_reader_may_be_faster(void **state)
{
    (void)state;
    int pipe_fd[2];
    pthread_t thread;
    make_pipe(pipe_fd);
    fcntl(pipe_fd[0], F_SETFL, O_NONBLOCK);
    int other = fcntl(pipe_fd[0], F_DUPFD_CLOEXEC, 0);
    struct spool *spool = open_spool(pipe_fd[0]);
    assert_int_equal(pthread_create(&thread, NULL, compete, &other), 0);
    for (int i = 0; i < 20000; i++) {
        assert_int_equal(write(pipe_fd[1], "x", 1), 1);
        sched_yield();
    }
    close(pipe_fd[1]);
    pthread_join(thread, NULL);
    wait_for_end(spool, SPOOL_ENDED);
    close(other);
    spool_close(spool);
}

static void two_hundred_megabytes_are_all_there(void **state)
{
    (void)state;
    const uint64_t size = 200 * MIB + 1000;
    struct producer producer;
    struct spool *spool = open_spool(producer_start(&producer, size));
    spool_want(spool, UINT64_MAX);
    wait_for_end(spool, SPOOL_ENDED);
    expect_content(spool, size);
    pthread_join(producer.thread, NULL);
    spool_close(spool);
}

/* ---- back-pressure ---- */

static void an_endless_producer_is_held_up(void **state)
{
    (void)state;
    struct producer producer;
    int stream = producer_start(&producer, UINT64_MAX);
    uint64_t pipe_size = (uint64_t)fcntl(stream, F_GETPIPE_SZ);
    struct spool *spool = open_spool(stream);
    wait_for_size(spool, SPOOL_AHEAD);
    assert_true(settled(&producer.written) <= SPOOL_AHEAD + pipe_size);
    assert_int_equal(spool_size(spool), SPOOL_AHEAD);
    assert_int_equal(spool_state(spool), SPOOL_READING);

    spool_want(spool, 3 * MIB + 8);
    wait_for_size(spool, SPOOL_AHEAD + 3 * MIB + 8);
    assert_true(settled(&producer.written) <= SPOOL_AHEAD + 3 * MIB + 8 + pipe_size);
    assert_int_equal(spool_size(spool), SPOOL_AHEAD + 3 * MIB + 8);

    spool_want(spool, UINT64_MAX);
    wait_for_size(spool, 30 * MIB);
    spool_want(spool, 100);
    uint64_t size = settled(&producer.written);
    assert_true(spool_size(spool) <= size);
    assert_true(settled(&producer.written) == size);
    spool_want(spool, UINT64_MAX);
    wait_for_size(spool, size + MIB);

    signal(SIGPIPE, SIG_IGN);
    spool_close(spool);
    pthread_join(producer.thread, NULL);
    signal(SIGPIPE, SIG_DFL);
}

static void a_stream_that_is_always_ready_is_held_up_too(void **state)
{
    (void)state;
    struct spool *spool = open_spool(open("/dev/zero", O_RDONLY | O_CLOEXEC));
    wait_for_size(spool, SPOOL_AHEAD);
    asleep_wait();
    assert_int_equal(spool_size(spool), SPOOL_AHEAD);
    spool_close(spool);
}

/* ---- the move to disk ---- */

/** Looks at the descriptor all the time: it never shows less than it did, nor less than was told of. */
struct onlooker {
    pthread_t thread;
    struct spool *spool;
    atomic_bool stop;
    bool went_back;
    unsigned inode_count;
    atomic_uint looks;
};

static void *look_on(void *argument)
{
    struct onlooker *onlooker = argument;
    uint64_t last = 0;
    ino_t inode = 0;
    while (!atomic_load(&onlooker->stop)) {
        struct stat stat;
        uint64_t told = spool_size(onlooker->spool);
        if (fstat(spool_fd(onlooker->spool), &stat) != 0 || (uint64_t)stat.st_size < last ||
            (uint64_t)stat.st_size < told)
            onlooker->went_back = true;
        onlooker->inode_count += stat.st_ino != inode;
        inode = stat.st_ino;
        last = (uint64_t)stat.st_size;
        atomic_fetch_add(&onlooker->looks, 1);
    }
    return NULL;
}

/** Wait until a look has begun and ended meanwhile. */
static void has_looked(struct onlooker *onlooker)
{
    unsigned since = atomic_load(&onlooker->looks);
    while (atomic_load(&onlooker->looks) - since < 2)
        sched_yield();
}

static void past_64_mib_it_moves_under_the_same_number(void **state)
{
    (void)state;
    const uint64_t size = 100 * MIB;
    struct producer producer;
    struct spool *spool = open_spool(producer_start(&producer, size));
    int fd = spool_fd(spool);
    wait_for_size(spool, 8 * MIB);
    char *old = mmap(NULL, 8 * MIB, PROT_READ, MAP_SHARED, fd, 0);
    assert_true(old != MAP_FAILED);
    struct stat before;
    struct stat after;
    assert_int_equal(fstat(fd, &before), 0);
    assert_int_equal(descriptors_of("memfd:folio-spool"), 2);

    struct onlooker onlooker = {.spool = spool};
    assert_int_equal(pthread_create(&onlooker.thread, NULL, look_on, &onlooker), 0);
    has_looked(&onlooker);
    spool_want(spool, UINT64_MAX);
    wait_for_end(spool, SPOOL_ENDED);
    has_looked(&onlooker);
    atomic_store(&onlooker.stop, true);
    pthread_join(onlooker.thread, NULL);
    assert_false(onlooker.went_back);
    assert_int_equal(onlooker.inode_count, 2);

    assert_int_equal(spool_fd(spool), fd);
    assert_int_equal(fstat(fd, &after), 0);
    assert_true(before.st_dev != after.st_dev || before.st_ino != after.st_ino);
    assert_int_equal(after.st_nlink, 0);
    assert_int_equal(fcntl(fd, F_GETFL) & O_ACCMODE, O_RDONLY);
    assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    /* The memory is free but for the mapping of it, which is good as before. */
    assert_int_equal(descriptors_of("memfd:folio-spool"), 0);
    static char wanted[65536];
    for (uint64_t offset = 0; offset < 8 * MIB; offset += sizeof wanted) {
        fill(wanted, sizeof wanted, offset);
        assert_int_equal(memcmp(old + offset, wanted, sizeof wanted), 0);
    }
    munmap(old, 8 * MIB);
    expect_content(spool, size);
    pthread_join(producer.thread, NULL);
    spool_close(spool);
}

static void up_to_64_mib_it_stays_in_memory(void **state)
{
    (void)state;
    struct producer producer;
    struct spool *spool = open_spool(producer_start(&producer, SPOOL_MEMORY));
    char link[32];
    char target[256] = "";
    spool_want(spool, UINT64_MAX);
    wait_for_end(spool, SPOOL_ENDED);
    snprintf(link, sizeof link, "/proc/self/fd/%d", spool_fd(spool));
    assert_true(readlink(link, target, sizeof target - 1) > 0);
    assert_non_null(strstr(target, "memfd:folio-spool"));
    expect_content(spool, SPOOL_MEMORY);
    pthread_join(producer.thread, NULL);
    spool_close(spool);
}

/** Spool 70 MiB with TMPDIR set to `directory`; the file the content ended up in, for strstr. */
static const char *place_with(const char *directory)
{
    static char target[256];
    struct producer producer;
    char link[32];
    setenv("TMPDIR", directory, 1);
    struct spool *spool = open_spool(producer_start(&producer, 70 * MIB));
    unsetenv("TMPDIR");
    spool_want(spool, UINT64_MAX);
    wait_for_end(spool, SPOOL_ENDED);
    expect_content(spool, 70 * MIB);
    snprintf(link, sizeof link, "/proc/self/fd/%d", spool_fd(spool));
    memset(target, 0, sizeof target);
    assert_true(readlink(link, target, sizeof target - 1) > 0);
    pthread_join(producer.thread, NULL);
    spool_close(spool);
    return target;
}

static void tmpdir_says_where(void **state)
{
    (void)state;
    char directory[] = "/tmp/folio-spool-test-XXXXXX";
    assert_non_null(mkdtemp(directory));
    const char *place = place_with(directory);
    assert_memory_equal(place, directory, strlen(directory));
    /* Nothing with a name is left, so the directory is empty. */
    assert_int_equal(rmdir(directory), 0);
    /* A directory that is not there is passed over, and so is an empty name. */
    assert_memory_equal(place_with(directory), "/var/tmp/", 9);
    assert_memory_equal(place_with(""), "/var/tmp/", 9);
}

/* ---- failures ---- */

static void a_full_directory_keeps_what_there_is(void **state)
{
    (void)state;
    char directory[] = "/tmp/folio-spool-full-XXXXXX";
    assert_non_null(mkdtemp(directory));
    if (mount("none", directory, "tmpfs", 0, "size=80m") != 0) {
        rmdir(directory);
        skip();
    }
    struct producer producer;
    setenv("TMPDIR", directory, 1);
    signal(SIGPIPE, SIG_IGN);
    struct spool *spool = open_spool(producer_start(&producer, UINT64_MAX));
    unsetenv("TMPDIR");
    spool_want(spool, UINT64_MAX);
    wait_for_size(spool, UINT64_MAX);
    pthread_join(producer.thread, NULL);
    signal(SIGPIPE, SIG_DFL);
    struct error error = {0};
    bool failed = spool_state(spool) == SPOOL_FAILED && spool_error(spool, &error);
    uint64_t size = spool_size(spool);
    if (failed && size <= 80 * MIB)
        expect_content(spool, size & ~(uint64_t)7);
    spool_close(spool);
    umount2(directory, MNT_DETACH);
    rmdir(directory);
    assert_true(failed);
    assert_int_equal(error.code, ENOSPC);
    assert_non_null(strstr(error.message, directory));
    assert_non_null(strstr(error.message, "TMPDIR"));
    assert_non_null(strstr(error.message, "standard input"));
    assert_in_range(size, 79 * MIB, 80 * MIB);
    assert_int_equal(producer.code, EPIPE);
}

/** Too small for the move itself: the memfd stays, whole. */
static void a_directory_too_small_to_move_to_keeps_the_memory(void **state)
{
    (void)state;
    char directory[] = "/tmp/folio-spool-full-XXXXXX";
    assert_non_null(mkdtemp(directory));
    if (mount("none", directory, "tmpfs", 0, "size=4m") != 0) {
        rmdir(directory);
        skip();
    }
    struct producer producer;
    setenv("TMPDIR", directory, 1);
    signal(SIGPIPE, SIG_IGN);
    struct spool *spool = open_spool(producer_start(&producer, UINT64_MAX));
    unsetenv("TMPDIR");
    spool_want(spool, UINT64_MAX);
    wait_for_size(spool, UINT64_MAX);
    pthread_join(producer.thread, NULL);
    signal(SIGPIPE, SIG_DFL);
    umount2(directory, MNT_DETACH);
    rmdir(directory);
    struct error error;
    assert_true(spool_error(spool, &error));
    assert_int_equal(error.code, ENOSPC);
    assert_non_null(strstr(error.message, directory));
    expect_content(spool, spool_size(spool));
    assert_in_range(spool_size(spool), SPOOL_MEMORY - 65536, SPOOL_MEMORY);
    spool_close(spool);
}

/** `ulimit -f`: no signal ends the process, the spool fails with a sentence. */
static void a_limit_on_file_sizes_is_no_crash(void **state)
{
    (void)state;
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit limit = {MIB, before.rlim_max};
    struct producer producer;
    signal(SIGPIPE, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    struct spool *spool = open_spool(producer_start(&producer, UINT64_MAX));
    wait_for_size(spool, UINT64_MAX);
    setrlimit(RLIMIT_FSIZE, &before);
    pthread_join(producer.thread, NULL);
    signal(SIGPIPE, SIG_DFL);
    struct error error;
    assert_int_equal(spool_state(spool), SPOOL_FAILED);
    assert_true(spool_error(spool, &error));
    assert_int_equal(error.code, EFBIG);
    expect_content(spool, MIB);
    spool_close(spool);
}

static void a_directory_cannot_be_read(void **state)
{
    (void)state;
    struct error error = {0};
    struct spool *spool = open_spool(open("/tmp", O_RDONLY | O_CLOEXEC));
    wait_for_end(spool, SPOOL_FAILED);
    assert_true(spool_error(spool, &error));
    assert_int_equal(error.code, EISDIR);
    assert_string_equal(error.message,
                        "Cannot read standard input any further (what came so far stays): Is a directory");
    spool_close(spool);
}

static void a_terminal_that_hangs_up_keeps_what_there_is(void **state)
{
    (void)state;
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_true(master >= 0);
    assert_int_equal(grantpt(master), 0);
    assert_int_equal(unlockpt(master), 0);
    int slave = open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_true(slave >= 0);
    /* Read the master's side: it fails with EIO when the last slave is gone. */
    struct spool *spool = open_spool(master);
    assert_int_equal(write(slave, "words", 5), 5);
    wait_for_size(spool, 5);
    close(slave);
    wait_for_end(spool, SPOOL_FAILED);
    struct error error;
    assert_true(spool_error(spool, &error));
    assert_int_equal(error.code, EIO);
    assert_int_equal(spool_size(spool), 5);
    spool_close(spool);
}

/* ---- closing ---- */

/** Nobody writes, nobody ends the stream: closing must not wait for either; the stream is closed soon. */
static void closing_does_not_wait_for_the_stream(void **state)
{
    (void)state;
    int pipe_fd[2];
    make_pipe(pipe_fd);
    struct spool *spool = open_spool(pipe_fd[0]);
    assert_int_equal(write(pipe_fd[1], "x", 1), 1);
    wait_for_size(spool, 1);
    int64_t begin = now_ms();
    spool_close(spool);
    assert_true(now_ms() - begin < PATIENCE_MS);
    struct pollfd broken = {.fd = pipe_fd[1]};
    assert_int_equal(poll(&broken, 1, PATIENCE_MS), 1);
    assert_true(broken.revents & POLLERR);
    close(pipe_fd[1]);
}

/** At any moment, the move included; the wake may be freed at once: the sanitizers see a ring that comes too late. */
static void closing_at_any_moment_leaves_nothing_open(void **state)
{
    (void)state;
    signal(SIGPIPE, SIG_IGN);
    for (uint64_t i = 0; i < 24; i++) {
        struct error error;
        struct producer producer;
        struct wake *own = wake_open(&error);
        struct spool *spool = spool_open(producer_start(&producer, UINT64_MAX), "x", false, own, &error);
        assert_non_null(spool);
        spool_want(spool, UINT64_MAX);
        while (spool_size(spool) < i * 3 * MIB)
            wake_wait(own, 1000);
        spool_close(spool);
        wake_close(own);
        pthread_join(producer.thread, NULL);
    }
    signal(SIGPIPE, SIG_DFL);
    int64_t end = now_ms() + PATIENCE_MS;
    while (descriptors_of("(deleted)") > deleted_before) {
        assert_true(now_ms() < end);
        sched_yield();
    }
}

/* ---- FIFOs ---- */

/** A writer comes to the FIFO, writes, and goes. */
static void fifo_write(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static struct spool *fifo_spool(const char *path)
{
    struct error error;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    wake_clear(wake);
    struct spool *spool = spool_open(fd, path, true, wake, &error);
    assert_non_null(spool);
    return spool;
}

static void a_fifo_that_is_followed_waits_for_the_next_writer(void **state)
{
    (void)state;
    char folder[] = "/tmp/folio-spool-XXXXXX", path[sizeof folder + 8];
    struct error error;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/fifo", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    struct spool *spool = fifo_spool(path);
    fifo_write(path, "one\n");
    wait_for_end(spool, SPOOL_ENDED);
    assert_int_equal(spool_size(spool), 4);
    /* Opened again, and from then on as long as it is followed. */
    spool_follow(spool, true);
    assert_int_equal(spool_state(spool), SPOOL_READING);
    for (uint64_t size = 8; size <= 40; size += 4) {
        fifo_write(path, "two\n");
        wait_for_size(spool, size);
        assert_int_equal(spool_size(spool), size);
    }
    /* Nobody follows it, and no writer is there: that is the end, and the next one finds nobody. */
    spool_follow(spool, false);
    wait_for_end(spool, SPOOL_ENDED);
    int writer = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    assert_int_equal(writer, -1);
    assert_int_equal(errno, ENXIO);
    /* What is no FIFO any more is not opened again. */
    assert_int_equal(unlink(path), 0);
    close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    spool_follow(spool, true);
    wait_for_end(spool, SPOOL_FAILED);
    assert_true(spool_error(spool, &error));
    assert_non_null(strstr(error.message, "is no FIFO any more"));
    spool_close(spool);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void a_fifo_at_rest_is_closed(void **state)
{
    (void)state;
    char folder[] = "/tmp/folio-spool-XXXXXX", path[sizeof folder + 8];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/fifo", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    struct spool *spool = fifo_spool(path);
    fifo_write(path, "one\n");
    wait_for_end(spool, SPOOL_ENDED);
    spool_close(spool);
    int64_t end = now_ms() + PATIENCE_MS;
    while (descriptors_of("(deleted)") > deleted_before) {
        assert_true(now_ms() < end);
        sched_yield();
    }
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaving_the_process_ends_the_producer),
        cmocka_unit_test(closing_ends_the_producer),
        cmocka_unit_test(a_fifo_that_is_followed_waits_for_the_next_writer),
        cmocka_unit_test(a_fifo_at_rest_is_closed),
        cmocka_unit_test(an_empty_stream_ends_empty),
        cmocka_unit_test(first_bytes_show_at_once_and_the_rest_soon),
        cmocka_unit_test(drops_do_not_ring_each),
        cmocka_unit_test(the_descriptor_cannot_write),
        cmocka_unit_test(a_stream_that_does_not_block_is_waited_for),
        cmocka_unit_test(another_reader_may_be_faster),
        cmocka_unit_test(two_hundred_megabytes_are_all_there),
        cmocka_unit_test(an_endless_producer_is_held_up),
        cmocka_unit_test(a_stream_that_is_always_ready_is_held_up_too),
        cmocka_unit_test(past_64_mib_it_moves_under_the_same_number),
        cmocka_unit_test(up_to_64_mib_it_stays_in_memory),
        cmocka_unit_test(tmpdir_says_where),
        cmocka_unit_test(a_full_directory_keeps_what_there_is),
        cmocka_unit_test(a_directory_too_small_to_move_to_keeps_the_memory),
        cmocka_unit_test(a_limit_on_file_sizes_is_no_crash),
        cmocka_unit_test(a_directory_cannot_be_read),
        cmocka_unit_test(a_terminal_that_hangs_up_keeps_what_there_is),
        cmocka_unit_test(closing_does_not_wait_for_the_stream),
        cmocka_unit_test(closing_at_any_moment_leaves_nothing_open),
    };
    return cmocka_run_group_tests(tests, prepare, clean);
}
