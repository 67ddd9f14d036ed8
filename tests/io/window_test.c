/* SPDX-License-Identifier: MIT */
/* io: runs over a file by every way there is: copied, mapped, fetched; warm, cold, cut off, sparse. */
#include "folio/io/page/window.h"

#include "test.h"

#include "folio/io/page/guard.h"
#include "folio/io/page/residency.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define LENGTH  (UINT64_C(68) << 20) /* more than one window */
#define RUN     ((uint64_t)WINDOW_RUN_BEST)
#define WORKERS 4
/** Pages of this program and its libraries may be read again while a test runs; a walk that touches a cold file
 * faults some hundred times. */
#define FAULTS_OTHER 20

static char path[] = "/var/tmp/folio-window-XXXXXX";
static int disk;
static int memory;
static atomic_bool stop;

/** What the test's scan saw. */
struct seen {
    uint64_t count;
    uint64_t sum;
    size_t length;
    unsigned calls;
};

static void scan(struct span bytes, void *argument)
{
    struct seen *seen = argument;
    seen->calls++;
    seen->length = bytes.length;
    for (size_t index = 0; index < bytes.length; index++) {
        seen->count += bytes.data[index] != 0;
        seen->sum += (unsigned char)bytes.data[index];
    }
}

/** One page, over and over, with the page's number at its start. */
static int fill(int fd)
{
    uint64_t page[512];
    memset(page, 'x', sizeof page);
    char *chunk = malloc(1 << 20);
    for (uint64_t offset = 0; chunk && offset < LENGTH; offset += 1 << 20) {
        for (uint64_t at = 0; at < 1 << 20; at += sizeof page) {
            page[0] =
                (offset + at) / sizeof page * UINT64_C(0x0101010101010101) | UINT64_C(0x0101010101010101);
            memcpy(chunk + at, page, sizeof page);
        }
        if (pwrite(fd, chunk, 1 << 20, (off_t)offset) != 1 << 20)
            return -1;
    }
    free(chunk);
    return chunk ? 0 : -1;
}

static int open_files(void **state)
{
    (void)state;
    disk = mkstemp(path);
    memory = memfd_create("folio", MFD_CLOEXEC);
    if (disk < 0 || memory < 0)
        return -1;
    fchmod(disk, 0644);
    return fill(disk) || fill(memory);
}

static int close_files(void **state)
{
    (void)state;
    close(disk);
    close(memory);
    return unlink(path);
}

static bool cool(void)
{
    uint64_t cached = 1;
    fsync(disk);
    posix_fadvise(disk, 0, 0, POSIX_FADV_DONTNEED);
    return residency_cached(disk, (struct range){0, LENGTH}, &cached) && cached == 0;
}

static struct window *opened(int fd, enum advice advice)
{
    struct error error = {0};
    guard_install();
    struct window *window = window_open(fd, advice, &error);
    if (!window)
        fail_msg("%s", error.message);
    return window;
}

static enum window_result run(struct window *window, uint64_t begin, uint64_t end, struct seen *seen)
{
    struct error error = {0};
    enum window_result result = window_run(window, (struct range){begin, end}, scan, seen, &stop, &error);
    if (result == WINDOW_UNREADABLE)
        fail_msg("%s", error.message);
    return result;
}

/** Walk all of it; the sum of its bytes. */
static uint64_t walk(struct window *window, uint64_t step)
{
    struct seen seen = {0};
    for (uint64_t offset = 0; offset < LENGTH; offset += step) {
        uint64_t end = offset + step < LENGTH ? offset + step : LENGTH;
        window_prefetch(window, (struct range){offset, end});
        assert_int_equal(run(window, offset, end, &seen), WINDOW_DONE);
        assert_int_equal(seen.length, end - offset);
    }
    assert_int_equal(seen.count, LENGTH);
    return seen.sum;
}

static uint64_t expected_sum(void)
{
    struct seen seen = {0};
    char *buffer = malloc(1 << 20);
    for (uint64_t offset = 0; offset < LENGTH; offset += 1 << 20) {
        assert_int_equal(pread(disk, buffer, 1 << 20, (off_t)offset), 1 << 20);
        scan((struct span){buffer, 1 << 20}, &seen);
    }
    free(buffer);
    return seen.sum;
}

static void every_way_sees_every_byte(void **state)
{
    (void)state;
    static const uint64_t step[] = {RUN, WINDOW_RUN_MAX, 1000003};
    uint64_t expected = expected_sum();
    int file[] = {disk, memory};
    for (size_t index = 0; index < 2; index++) {
        for (unsigned advice = 0; advice < ADVICE_COUNT; advice++) {
            struct window *window = opened(file[index], (enum advice)advice);
            for (size_t size = 0; size < 3; size++)
                assert_int_equal(walk(window, step[size]), expected);
            window_close(window);
        }
    }
    window_close(NULL);
}

static void a_cold_file_is_waited_for(void **state)
{
    (void)state;
    uint64_t expected = expected_sum();
    struct residency_faults before = residency_faults();
    for (unsigned advice = 0; advice < ADVICE_COUNT; advice++) {
        if (!cool())
            skip();
        struct window *window = opened(disk, (enum advice)advice);
        assert_int_equal(walk(window, RUN), expected);
        window_close(window);
    }
    assert_true(residency_faults().major - before.major <= FAULTS_OTHER);
}

static void stop_ends_a_wait_but_not_a_run_that_needs_none(void **state)
{
    (void)state;
    for (unsigned advice = 0; advice < ADVICE_COUNT; advice++) {
        struct seen seen = {0};
        if (!cool())
            skip();
        struct window *window = opened(disk, (enum advice)advice);
        atomic_store(&stop, true);
        assert_int_equal(run(window, 0, RUN, &seen), WINDOW_STOPPED);
        assert_int_equal(seen.calls, 0);
        atomic_store(&stop, false);
        assert_int_equal(run(window, 0, RUN, &seen), WINDOW_DONE);
        atomic_store(&stop, true);
        assert_int_equal(run(window, 0, RUN, &seen), WINDOW_DONE);
        atomic_store(&stop, false);
        window_close(window);
    }
}

static void a_cut_off_file_is_short(void **state)
{
    (void)state;
    int file[] = {disk, memory};
    for (size_t index = 0; index < 2; index++) {
        for (unsigned advice = 0; advice < ADVICE_COUNT; advice++) {
            struct seen seen = {0};
            struct window *window = opened(file[index], (enum advice)advice);
            assert_int_equal(run(window, 0, RUN, &seen), WINDOW_DONE);
            assert_int_equal(ftruncate(file[index], 70000), 0);
            assert_int_equal(run(window, 0, RUN, &seen), WINDOW_SHORT);
            assert_int_equal(run(window, 65536, 70001, &seen), WINDOW_SHORT); /* in the last page: zeros */
            assert_int_equal(run(window, 4 * RUN, 5 * RUN, &seen), WINDOW_SHORT);
            seen = (struct seen){0};
            assert_int_equal(run(window, 0, 70000, &seen), WINDOW_DONE);
            assert_int_equal(seen.count, 70000);
            window_close(window);
            assert_int_equal(ftruncate(file[index], 0), 0);
            assert_int_equal(fill(file[index]), 0);
        }
    }
}

static void a_hole_is_zeros_and_stays_a_hole(void **state)
{
    (void)state;
    struct stat before, after;
    struct range data;
    int sparse = memfd_create("folio", MFD_CLOEXEC);
    assert_int_equal(ftruncate(sparse, (off_t)LENGTH), 0);
    assert_int_equal(pwrite(sparse, "data", 4, 1 << 20), 4);
    fstat(sparse, &before);
    for (unsigned advice = 0; advice < ADVICE_COUNT; advice++) {
        struct seen seen = {0};
        struct window *window = opened(sparse, (enum advice)advice);
        assert_int_equal(run(window, (1 << 20) - 5, (1 << 20) + RUN, &seen), WINDOW_DONE);
        assert_int_equal(seen.count, 4);
        assert_int_equal(run(window, 4 << 20, 6 << 20, &seen), WINDOW_DONE);
        assert_int_equal(seen.count, 4);
        assert_true(window_data(window, 0, LENGTH, &data));
        assert_int_equal(data.begin, 1 << 20);
        assert_true(data.end <= 3 << 20);
        assert_false(window_data(window, 8 << 20, LENGTH, &data));
        assert_false(window_data(window, LENGTH, LENGTH, &data));
        window_close(window);
    }
    fstat(sparse, &after);
    assert_int_equal(after.st_blocks, before.st_blocks);
    close(sparse);
}

static void what_cannot_be_read_says_why_and_where(void **state)
{
    (void)state;
    int directory = open("/var/tmp", O_RDONLY | O_DIRECTORY); /* has a size, but every read fails */
    for (unsigned advice = 0; advice < ADVICE_COUNT; advice++) {
        struct seen seen = {0};
        struct error error = {0};
        struct window *window = opened(directory, (enum advice)advice);
        assert_int_equal(window_run(window, (struct range){8, 16}, scan, &seen, &stop, &error),
                         WINDOW_UNREADABLE);
        assert_int_equal(seen.calls, 0);
        assert_int_equal(error.code, EISDIR);
        assert_string_equal(error.message, "Is a directory at 0x8");
        assert_int_equal(window_bad(window), 8);
        window_close(window);
    }
    close(directory);
    struct error error = {0};
    assert_null(window_open(directory, ADVICE_AUTO, &error));
    assert_int_equal(error.code, EBADF);
}

/** In a child: a walk over the file; its advice decides the way. */
static int walk_in_child(enum advice advice)
{
    struct seen seen = {0};
    struct error error;
    int fd = open(path, O_RDONLY);
    struct window *window = window_open(fd, advice, &error);
    if (!window)
        return 2;
    for (uint64_t offset = 0; offset < LENGTH; offset += RUN)
        if (window_run(window, (struct range){offset, offset + RUN}, scan, &seen, &stop, &error) !=
            WINDOW_DONE)
            return 3;
    window_close(window);
    return seen.count == LENGTH ? 0 : 4;
}

static int status_of(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void somebody_elses_cold_file(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    for (unsigned advice = 0; advice < ADVICE_COUNT; advice++) {
        if (!cool())
            skip();
        pid_t child = fork();
        if (child == 0) {
            struct residency_faults before = residency_faults();
            if (setresuid(65534, 65534, 65534) != 0)
                _exit(1);
            int status = walk_in_child((enum advice)advice);
            _exit(status != 0 ? status : residency_faults().major - before.major > FAULTS_OTHER ? 5 : 0);
        }
        assert_int_equal(status_of(child), 0);
    }
}

/** A sanitizer takes terabytes of address space for itself. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/** Limit this process to `more` bytes of address space than it has. */
static bool limit_address_space(rlim_t more)
{
    unsigned long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    bool known = file && fscanf(file, "%lu", &pages) == 1;
    if (file)
        fclose(file);
    rlim_t limit = pages * (rlim_t)sysconf(_SC_PAGESIZE) + more;
    return known && setrlimit(RLIMIT_AS, &(struct rlimit){limit, limit}) == 0;
}

static void without_address_space_it_reads(void **state)
{
    (void)state;
    if (SANITIZED)
        skip();
    for (unsigned advice = 0; advice < ADVICE_COUNT; advice++) {
        pid_t child = fork();
        if (child == 0)
            _exit(limit_address_space(40 << 20) ? walk_in_child((enum advice)advice) : 1);
        assert_int_equal(status_of(child), 0);
    }
}

struct worker {
    pthread_t thread;
    enum advice advice;
    unsigned done, other;
    atomic_uint cut;
};

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct error error;
    struct window *window = window_open(disk, worker->advice, &error);
    for (uint64_t offset = 0; window && !atomic_load(&stop); offset = (offset + RUN) % (8 * RUN)) {
        struct seen seen = {0};
        enum window_result result =
            window_run(window, (struct range){offset, offset + RUN}, scan, &seen, &stop, &error);
        worker->done += result == WINDOW_DONE;
        if (result == WINDOW_SHORT)
            atomic_fetch_add(&worker->cut, 1);
        worker->other += result == WINDOW_UNREADABLE;
    }
    window_close(window);
    return NULL;
}

static void workers_survive_a_file_that_shrinks_and_grows(void **state)
{
    (void)state;
    struct worker worker[WORKERS] = {0};
    guard_install();
    atomic_store(&stop, false);
    for (unsigned index = 0; index < WORKERS; index++) {
        worker[index].advice = (enum advice)(index % ADVICE_COUNT);
        assert_int_equal(pthread_create(&worker[index].thread, NULL, work, &worker[index]), 0);
    }
    for (unsigned cycle = 0; cycle < 1000; cycle++) {
        assert_int_equal(ftruncate(disk, (off_t)(cycle % 11 * 99991)), 0);
        assert_int_equal(ftruncate(disk, (off_t)LENGTH), 0);
    }
    /* However the threads were scheduled, each of them meets the missing end at last. */
    assert_int_equal(ftruncate(disk, 0), 0);
    for (unsigned index = 0; index < WORKERS; index++)
        while (atomic_load(&worker[index].cut) == 0)
            usleep(1000);
    atomic_store(&stop, true);
    for (unsigned index = 0; index < WORKERS; index++) {
        pthread_join(worker[index].thread, NULL);
        assert_int_equal(worker[index].other, 0);
    }
    atomic_store(&stop, false);
    assert_int_equal(fill(disk), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_sees_every_byte),
        cmocka_unit_test(a_cold_file_is_waited_for),
        cmocka_unit_test(stop_ends_a_wait_but_not_a_run_that_needs_none),
        cmocka_unit_test(a_cut_off_file_is_short),
        cmocka_unit_test(a_hole_is_zeros_and_stays_a_hole),
        cmocka_unit_test(what_cannot_be_read_says_why_and_where),
        cmocka_unit_test(somebody_elses_cold_file),
        cmocka_unit_test(without_address_space_it_reads),
        cmocka_unit_test(workers_survive_a_file_that_shrinks_and_grows),
    };
    return cmocka_run_group_tests(tests, open_files, close_files);
}
