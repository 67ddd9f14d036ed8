/* SPDX-License-Identifier: MIT */
/* io: bytes through the mapping: warm, cold, growing, cut off, sparse, foreign, and where mmap is refused. */
#include "folio/io/page/mapping.h"

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

#define LENGTH (16u << 20)
#define MEBI   (UINT64_C(1) << 20)
/** The status of a child. */
#define FAULTED 5

static const struct patience for_ever = {NULL, NULL};
static char path[] = "/var/tmp/folio-mapping-XXXXXX";
static int fd;
static char buffer[MAPPING_COPY_MAX + 1];

/** What stands at an offset of the test file: no zero, and no page like another. */
static char byte_at(uint64_t offset)
{
    return (char)(1 + (offset * 31 + offset / 4096 * 7) % 251);
}

static void fill(int file, uint64_t begin, uint64_t end)
{
    for (uint64_t offset = begin; offset < end;) {
        size_t count = 0;
        for (; count < sizeof buffer - 1 && offset + count < end; count++)
            buffer[count] = byte_at(offset + count);
        assert_int_equal(pwrite(file, buffer, count, (off_t)offset), count);
        offset += count;
    }
}

/** Each test starts with the same file of LENGTH bytes, and with the guard, which cmocka replaces. */
static int setup(void **state)
{
    (void)state;
    guard_install();
    strcpy(path + strlen(path) - 6, "XXXXXX");
    fd = mkstemp(path);
    if (fd < 0)
        return -1;
    fill(fd, 0, LENGTH);
    fchmod(fd, 0644);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    close(fd);
    return unlink(path);
}

/** Open, or fail the test. (cmocka took SIGBUS after setup; take it back.) */
static struct mapping *mapped(int file, enum mapping_kind kind)
{
    struct error error = {0};
    guard_install();
    struct mapping *mapping = mapping_open(file, "NAME", kind, ADVICE_AUTO, &error);
    if (!mapping)
        fail_msg("%s", error.message);
    return mapping;
}

static size_t copied(struct mapping *mapping, uint64_t offset, size_t length)
{
    size_t count = 77;
    struct error error = {0};
    memset(buffer, '!', sizeof buffer);
    enum mapping_result result = mapping_copy(mapping, offset, buffer, length, &count, for_ever, &error);
    if (result != MAPPING_OK)
        fail_msg("result %d: %s", result, error.message);
    assert_int_equal(buffer[length < MAPPING_COPY_MAX ? length : MAPPING_COPY_MAX],
                     '!'); /* nothing behind it */
    return count;
}

static void assert_content(uint64_t offset, size_t count)
{
    for (size_t index = 0; index < count; index++)
        if (buffer[index] != byte_at(offset + index))
            fail_msg("byte 0x%llx is 0x%02x", (unsigned long long)offset + index,
                     (unsigned char)buffer[index]);
}

/** Drop the file from the cache; false where that is not possible. */
static bool cool(int file)
{
    uint64_t cached = 1;
    fsync(file);
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    return residency_cached(file, (struct range){0, LENGTH}, &cached) && cached == 0;
}

static void copies_are_the_file(void **state)
{
    (void)state;
    static const struct {
        uint64_t offset;
        size_t length, expected;
    } row[] = {
        {0, 1, 1},
        {0, 65536, 65536},
        {4095, 2, 2},
        {1, 65536, 65536},
        {1234567, 65537, 65536}, /* the most */
        {LENGTH - 10, 100, 10},
        {LENGTH - 1, 1, 1},
        {LENGTH, 1, 0},
        {UINT64_MAX, 100, 0},
        {5, 0, 0},
    };
    for (int kind = MAPPING_SHARED; kind <= MAPPING_PRIVATE; kind++) {
        struct mapping *mapping = mapped(fd, (enum mapping_kind)kind);
        assert_int_equal(mapping_size(mapping), LENGTH);
        for (size_t index = 0; index < sizeof row / sizeof *row; index++) {
            assert_int_equal(copied(mapping, row[index].offset, row[index].length), row[index].expected);
            assert_content(row[index].offset, row[index].expected);
        }
        assert_false(mapping_refresh(mapping));
        mapping_close(mapping);
    }
    mapping_close(NULL);
}

static void growth_shows_after_a_refresh(void **state)
{
    (void)state;
    for (int kind = MAPPING_SHARED; kind <= MAPPING_PRIVATE; kind++) {
        assert_int_equal(ftruncate(fd, 0), 0);
        struct mapping *mapping = mapped(fd, (enum mapping_kind)kind);
        assert_int_equal(copied(mapping, 0, 10), 0);
        fill(fd, 0, 100);
        assert_int_equal(copied(mapping, 0, 10), 0);
        assert_true(mapping_refresh(mapping));
        assert_int_equal(mapping_size(mapping), 100);
        assert_int_equal(copied(mapping, 90, 20), 10);
        assert_content(90, 10);
        fill(fd, 100, LENGTH);
        assert_true(mapping_refresh(mapping));
        assert_int_equal(copied(mapping, 90, 60000), 60000);
        assert_content(90, 60000);
        mapping_close(mapping);
    }
}

static void a_cut_off_file_gives_no_zeros(void **state)
{
    (void)state;
    static const uint64_t size[] = {LENGTH - 5, 8 * MEBI + 100, 70000, 65536, 1, 0};
    struct mapping *mapping = mapped(fd, MAPPING_SHARED);
    for (size_t index = 0; index < sizeof size / sizeof *size; index++) {
        uint64_t from = size[index] > 1000 ? size[index] - 1000 : 0;
        assert_int_equal(copied(mapping, from, 4000),
                         mapping_size(mapping) - from < 4000 ? mapping_size(mapping) - from : 4000);
        assert_int_equal(ftruncate(fd, (off_t)size[index]), 0);
        assert_int_equal(copied(mapping, from, 65536), size[index] - from); /* before the refresh */
        assert_content(from, size[index] - from);
        assert_int_equal(copied(mapping, size[index], 100), 0);
        assert_true(mapping_refresh(mapping));
        assert_int_equal(mapping_size(mapping), size[index]);
        assert_int_equal(copied(mapping, from, 65536), size[index] - from);
    }
    mapping_close(mapping);
}

static atomic_bool stop;

static void *shrink_and_grow(void *argument)
{
    (void)argument;
    while (!atomic_load(&stop)) {
        (void)!ftruncate(fd, 5000);
        (void)!ftruncate(fd, LENGTH);
    }
    return NULL;
}

static void a_race_with_truncation_ends_well(void **state)
{
    (void)state;
    pthread_t thread;
    struct mapping *mapping = mapped(fd, MAPPING_SHARED);
    atomic_store(&stop, false);
    assert_int_equal(pthread_create(&thread, NULL, shrink_and_grow, NULL), 0);
    for (unsigned round = 0; round < 2000; round++) {
        size_t count = copied(mapping, round % 3 * 4096, 65536);
        for (size_t index = 0; index < count && round % 3 * 4096 + index < 5000; index++)
            assert_int_equal(buffer[index], byte_at(round % 3 * 4096 + index));
    }
    atomic_store(&stop, true);
    pthread_join(thread, NULL);
    mapping_close(mapping);
}

static void a_sparse_file_costs_what_its_data_costs(void **state)
{
    (void)state;
    uint64_t tebi = UINT64_C(1) << 40;
    int memory = memfd_create("folio", MFD_CLOEXEC);
    int file[] = {fd, memory};
    for (size_t index = 0; index < 2; index++) {
        struct stat before, after;
        struct range data;
        assert_int_equal(ftruncate(file[index], 0), 0);
        assert_int_equal(ftruncate(file[index], (off_t)tebi), 0);
        assert_int_equal(pwrite(file[index], "end", 3, (off_t)tebi - 3), 3);
        fstat(file[index], &before);
        struct mapping *mapping = mapped(file[index], MAPPING_SHARED);
        for (uint64_t offset = 0; offset < tebi; offset += tebi / 64) {
            assert_int_equal(copied(mapping, offset, 65536), 65536);
            for (size_t at = 0; at < 65536; at++)
                assert_int_equal(buffer[at], 0);
        }
        assert_int_equal(copied(mapping, tebi - 10003, 65536), 10003); /* hole and data in one */
        assert_int_equal(buffer[9999], 0);
        assert_memory_equal(buffer + 10000, "end", 3);
        assert_true(mapping_data(mapping, 0, &data));
        assert_true(data.begin > tebi - MEBI && data.end == tebi);
        assert_false(mapping_data(mapping, tebi, &data));
        fstat(file[index], &after);
        assert_int_equal(after.st_blocks, before.st_blocks);
        mapping_close(mapping);
    }
    close(memory);
}

static void the_largest_file_there_can_be(void **state)
{
    (void)state;
    uint64_t most = INT64_MAX;
    int memory = memfd_create("folio", MFD_CLOEXEC);
    assert_int_equal(ftruncate(memory, INT64_MAX), 0);
    assert_int_equal(pwrite(memory, "x", 1, INT64_MAX - 20), 1);
    struct mapping *mapping = mapped(memory, MAPPING_SHARED);
    assert_int_equal(mapping_size(mapping), most);
    assert_int_equal(copied(mapping, most / 2, 65536), 65536);
    assert_int_equal(copied(mapping, most - 30, 65536), 30);
    assert_int_equal(buffer[9], 0);
    assert_int_equal(buffer[10], 'x');
    assert_int_equal(copied(mapping, most - 1, 65536), 1);
    mapping_prefetch(mapping, (struct range){most - 1, UINT64_MAX});
    mapping_close(mapping);
    close(memory);
}

static void the_descriptor_may_come_to_stand_for_another_file(void **state)
{
    (void)state;
    int memory = memfd_create("folio", MFD_CLOEXEC);
    struct range data;
    fill(memory, 0, 1000);
    int number = fcntl(memory, F_DUPFD_CLOEXEC, 3);
    struct mapping *mapping = mapped(number, MAPPING_SHARED);
    assert_int_equal(copied(mapping, 0, 2000), 1000);
    assert_int_equal(ftruncate(memory, 0), 0); /* so that only the other file has the bytes */
    assert_int_equal(dup3(fd, number, O_CLOEXEC), number);
    assert_true(mapping_refresh(mapping));
    assert_int_equal(mapping_size(mapping), LENGTH);
    assert_int_equal(copied(mapping, LENGTH - 50000, 65536), 50000);
    assert_content(LENGTH - 50000, 50000);
    assert_true(mapping_data(mapping, 0, &data));
    assert_int_equal(data.end, LENGTH);
    assert_false(mapping_refresh(mapping));
    mapping_close(mapping);
    close(number);
    close(memory);
}

static void the_place_of_the_descriptor_is_left_alone(void **state)
{
    (void)state;
    struct range data;
    lseek(fd, 99, SEEK_SET);
    struct mapping *mapping = mapped(fd, MAPPING_SHARED);
    copied(mapping, 1000, 1000);
    assert_true(mapping_data(mapping, 5000, &data));
    mapping_close(mapping);
    assert_int_equal(lseek(fd, 0, SEEK_CUR), 99);
}

static bool never(void *context, unsigned waited_ms)
{
    (void)waited_ms;
    ++*(unsigned *)context;
    return false;
}

/** Copy from a cold file; how often that waited inside a fault. */
static uint64_t cold_copies_fault(void)
{
    struct mapping *mapping = mapped(fd, MAPPING_SHARED);
    assert_true(cool(fd));
    struct residency_faults before = residency_faults();
    for (uint64_t offset = 0; offset < LENGTH; offset += 3 * MEBI + 4097) {
        assert_int_equal(copied(mapping, offset, 65536), LENGTH - offset < 65536 ? LENGTH - offset : 65536);
        assert_content(offset, LENGTH - offset < 65536 ? LENGTH - offset : 65536);
    }
    uint64_t faults = residency_faults().major - before.major;
    mapping_close(mapping);
    return faults;
}

static void a_cold_page_is_waited_for_or_given_up(void **state)
{
    (void)state;
    unsigned asked = 0;
    size_t count = 77;
    struct error error = {0};
    struct mapping *mapping = mapped(fd, MAPPING_SHARED);
    if (!cool(fd)) {
        mapping_close(mapping);
        skip();
    }
    struct patience none = {never, &asked};
    assert_int_equal(mapping_copy(mapping, 5 * MEBI, buffer, 65536, &count, none, &error), MAPPING_GIVEN_UP);
    assert_int_equal(asked, 1);
    assert_int_equal(count, 0);
    assert_string_equal(error.message, "");
    /* A page of the program itself may have to be read again, but not each time. */
    unsigned tries = 0;
    mapping_close(mapping);
    while (cold_copies_fault() > 0)
        assert_true(++tries < 5);
}

static void a_jump_reads_little(void **state)
{
    (void)state;
    uint64_t cached;
    struct mapping *mapping = mapped(fd, MAPPING_SHARED);
    if (!cool(fd)) {
        mapping_close(mapping);
        skip();
    }
    copied(mapping, 7 * MEBI + 5, 65536);
    assert_true(residency_cached(fd, (struct range){0, LENGTH}, &cached));
    assert_in_range(cached, 65536, 2 * 65536);
    mapping_prefetch(mapping, (struct range){8 * MEBI, LENGTH});
    for (unsigned try = 0; try < 6000 && cached < 4 * MEBI; try++) {
        usleep(5000);
        assert_true(residency_cached(fd, (struct range){8 * MEBI, LENGTH}, &cached));
    }
    assert_int_equal(cached, 4 * MEBI); /* clamped */
    mapping_close(mapping);
}

static void what_cannot_be_read_says_why_and_where(void **state)
{
    (void)state;
    struct error error = {0};
    size_t count = 77;
    int directory = open("/var/tmp", O_RDONLY | O_DIRECTORY); /* has a size, but every read fails */
    struct mapping *mapping = mapped(directory, MAPPING_SHARED);
    assert_true(mapping_size(mapping) > 16);
    for (unsigned again = 0; again < 2; again++) {
        assert_int_equal(mapping_copy(mapping, 16, buffer, 100, &count, for_ever, &error),
                         MAPPING_UNREADABLE);
        assert_int_equal(count, 0);
        assert_int_equal(error.code, EISDIR);
        assert_string_equal(error.message, "NAME: Is a directory at 0x10");
    }
    mapping_close(mapping);
    close(directory);
    assert_null(mapping_open(directory, "NAME", MAPPING_SHARED, ADVICE_AUTO, &error));
    assert_string_equal(error.message, "NAME: Bad file descriptor");
}

/** In a child: status 0 if a copy of the end of the file is right. */
static int copy_in_child(const char *name)
{
    int own = open(name, O_RDONLY);
    size_t count = 0;
    struct error error;
    struct mapping *mapping = mapping_open(own, "NAME", MAPPING_SHARED, ADVICE_AUTO, &error);
    if (!mapping)
        return 2;
    uint64_t offset = mapping_size(mapping) - 65000;
    if (mapping_copy(mapping, offset, buffer, 65536, &count, for_ever, &error) != MAPPING_OK ||
        count != 65000)
        return 3;
    for (size_t index = 0; index < count; index++)
        if (buffer[index] != byte_at(offset + index))
            return 4;
    mapping_close(mapping);
    return 0;
}

static int status_of(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/** In a child: 0, or FAULTED where it waited in a fault, or what else went wrong. */
static int copy_as_somebody_else(void)
{
    pid_t child = fork();
    if (child == 0) {
        struct residency_faults before = residency_faults();
        if (setresuid(65534, 65534, 65534) != 0)
            _exit(1);
        int status = copy_in_child(path);
        _exit(status != 0 ? status : residency_faults().major > before.major ? FAULTED : 0);
    }
    return status_of(child);
}

static void somebody_elses_file_is_read_without_a_lie(void **state)
{
    (void)state;
    if (geteuid() != 0 || !cool(fd))
        skip();
    for (unsigned warm = 0; warm < 2; warm++) {
        int status = copy_as_somebody_else();
        /* It may have been for a page of the program itself, but not each time. */
        for (unsigned tries = 0; status == FAULTED && tries < 5; tries++) {
            assert_true(warm == 1 || cool(fd));
            status = copy_as_somebody_else();
        }
        assert_int_equal(status, 0);
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

static void a_limit_of_the_address_space_is_kept(void **state)
{
    (void)state;
    static const rlim_t limit[] = {40000u * 1024, 600u << 20, (rlim_t)8 << 30};
    if (SANITIZED)
        skip();
    assert_int_equal(ftruncate(fd, 256 << 20), 0);
    fill(fd, (256 << 20) - 65536, 256 << 20);
    for (size_t index = 0; index < sizeof limit / sizeof *limit; index++) {
        pid_t child = fork();
        if (child == 0) {
            int status = limit_address_space(limit[index]) ? copy_in_child(path) : 9;
            /* and there is address space left for the rest of the program */
            _exit(status == 0 && !malloc(limit[index] / 4) ? 7 : status);
        }
        assert_int_equal(status_of(child), 0);
    }
}

static void *ask_for_data(void *argument)
{
    struct range data;
    while (!atomic_load(&stop))
        if (mapping_data(argument, 0, &data) && data.end > LENGTH)
            return argument;
    return NULL;
}

static void another_thread_may_ask_for_data_meanwhile(void **state)
{
    (void)state;
    pthread_t thread;
    void *wrong = NULL;
    int memory = memfd_create("folio", MFD_CLOEXEC);
    int number = fcntl(memory, F_DUPFD_CLOEXEC, 3);
    fill(memory, 0, 1000);
    struct mapping *mapping = mapped(number, MAPPING_SHARED);
    atomic_store(&stop, false);
    assert_int_equal(pthread_create(&thread, NULL, ask_for_data, mapping), 0);
    for (unsigned round = 0; round < 300; round++) {
        assert_int_equal(dup3(round % 2 ? memory : fd, number, O_CLOEXEC), number);
        assert_true(mapping_refresh(mapping));
        assert_int_equal(copied(mapping, 0, 500), 500);
        assert_content(0, 500);
    }
    atomic_store(&stop, true);
    pthread_join(thread, &wrong);
    assert_null(wrong);
    mapping_close(mapping);
    close(number);
    close(memory);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(copies_are_the_file),
        TEST(growth_shows_after_a_refresh),
        TEST(a_cut_off_file_gives_no_zeros),
        TEST(a_race_with_truncation_ends_well),
        TEST(a_sparse_file_costs_what_its_data_costs),
        TEST(the_largest_file_there_can_be),
        TEST(the_descriptor_may_come_to_stand_for_another_file),
        TEST(the_place_of_the_descriptor_is_left_alone),
        TEST(a_cold_page_is_waited_for_or_given_up),
        TEST(a_jump_reads_little),
        TEST(what_cannot_be_read_says_why_and_where),
        TEST(somebody_elses_file_is_read_without_a_lie),
        TEST(a_limit_of_the_address_space_is_kept),
        TEST(another_thread_may_ask_for_data_meanwhile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
