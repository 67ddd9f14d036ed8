/* SPDX-License-Identifier: MIT */
/* io: what is in memory, as owner and as a stranger, and bringing it there. */
#include "folio/io/page/residency.h"

#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define LENGTH (8u << 20)

static char path[] = "/var/tmp/folio-residency-XXXXXX";
static int fd;
static char *base;
static const struct range whole = {0, LENGTH};

/** Drop the file from the cache. Not every file system does that: false. */
static bool cool(void)
{
    uint64_t cached = 1;
    fsync(fd);
    madvise(base, LENGTH, MADV_DONTNEED); /* a page that is mapped is not dropped */
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    return residency_cached(fd, whole, &cached) && cached == 0;
}

static void warm(void)
{
    char buffer[65536];
    for (off_t offset = 0; offset < LENGTH; offset += (off_t)sizeof buffer)
        assert_int_equal(pread(fd, buffer, sizeof buffer, offset), sizeof buffer);
}

static int open_file(void **state)
{
    (void)state;
    char *content = malloc(LENGTH);
    fd = mkstemp(path);
    if (!content || fd < 0)
        return -1;
    memset(content, 'x', LENGTH);
    ssize_t put = write(fd, content, LENGTH);
    free(content);
    fchmod(fd, 0644);
    base = mmap(NULL, LENGTH, PROT_READ, MAP_SHARED, fd, 0);
    if (base == MAP_FAILED)
        return -1;
    madvise(base, LENGTH, MADV_RANDOM);
    return put == LENGTH ? 0 : -1;
}

static int close_file(void **state)
{
    (void)state;
    munmap(base, LENGTH);
    close(fd);
    return unlink(path);
}

static void warm_is_all_and_cold_is_part(void **state)
{
    (void)state;
    uint64_t missing = 7;
    warm();
    assert_int_equal(residency_ask(fd, base, whole, &missing), RESIDENCY_ALL);
    assert_int_equal(residency_ask(fd, NULL, whole, &missing), RESIDENCY_ALL);
    assert_int_equal(missing, 7);
    if (!cool())
        skip();
    assert_int_equal(residency_ask(fd, base, whole, &missing), RESIDENCY_PART);
    assert_int_equal(missing, 0);
    assert_int_equal(residency_ask(fd, base, (struct range){5, 5}, NULL), RESIDENCY_ALL);
}

static void the_first_missing_page_is_named(void **state)
{
    (void)state;
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    uint64_t missing = 0;
    if (!cool())
        skip();
    *(volatile char *)&base[3 * page]; /* the advice is RANDOM: brings this page only */
    assert_int_equal(residency_ask(fd, base + 3 * page, (struct range){3 * page + 9, 3 * page + 10}, NULL),
                     RESIDENCY_ALL);
    struct range range = {3 * page + 9, 5 * page};
    assert_int_equal(residency_ask(fd, base + 3 * page, range, &missing), RESIDENCY_PART);
    assert_int_equal(missing, 4 * page);
}

/** Wait up to 30 s until `range` is there. What the kernel has taken back meanwhile is asked for again after a second. */
static bool comes(struct range range)
{
    for (unsigned try = 0; try < 6000; try++) {
        if (residency_ask(fd, base, range, NULL) == RESIDENCY_ALL)
            return true;
        usleep(5000);
        if (try % 200 == 199)
            residency_request(fd, range);
    }
    return false;
}

static void a_request_brings_all_of_it(void **state)
{
    (void)state;
    uint64_t cached = 0;
    uint64_t faults = 1;
    /* A page of the program itself may have to be read again, but not each time. */
    for (unsigned try = 0; try < 5 && faults > 0; try++) {
        if (!cool())
            skip();
        struct residency_faults before = residency_faults();
        residency_request(fd, whole);
        assert_true(comes(whole));
        assert_true(residency_cached(fd, whole, &cached));
        assert_int_equal(cached, LENGTH);
        faults = residency_faults().major - before.major;
    }
    assert_int_equal(faults, 0);
}

static void faults_are_counted(void **state)
{
    (void)state;
    uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    if (!cool())
        skip();
    struct residency_faults before = residency_faults();
    *(volatile char *)&base[1000 * page];
    struct residency_faults after = residency_faults();
    assert_true(after.major > before.major);
}

/** In a child without rights: mincore would say "all there" of a cold file. */
static int stranger(void)
{
    uint64_t missing = 0;
    if (setresgid(65534, 65534, 65534) != 0 || setresuid(65534, 65534, 65534) != 0)
        return 2;
    int own = open(path, O_RDONLY);
    uint64_t cached;
    if (own < 0 || residency_cached(own, whole, &cached))
        return 3;
    struct range tail = {LENGTH - 65536, LENGTH};
    enum residency cold = residency_ask(own, base + tail.begin, tail, &missing);
    if (cold != RESIDENCY_PART || missing != tail.begin)
        return 4;
    char buffer[65536];
    if (pread(own, buffer, sizeof buffer, (off_t)tail.begin) != sizeof buffer)
        return 5;
    return residency_ask(own, base + tail.begin, tail, &missing) == RESIDENCY_ALL ? 0 : 6;
}

static void a_stranger_is_not_lied_to(void **state)
{
    (void)state;
    if (geteuid() != 0 || !cool())
        skip();
    pid_t child = fork();
    if (child == 0)
        _exit(stranger());
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void nobody_can_say_without_a_mapping_in_memory_files(void **state)
{
    (void)state;
    int memory = memfd_create("folio", MFD_CLOEXEC);
    assert_int_equal(write(memory, "hello", 5), 5);
    struct range five = {0, 5};
    assert_int_equal(residency_ask(memory, NULL, five, NULL), RESIDENCY_UNKNOWN);
    void *mapped = mmap(NULL, 5, PROT_READ, MAP_SHARED, memory, 0);
    assert_int_equal(residency_ask(memory, mapped, five, NULL), RESIDENCY_ALL);
    munmap(mapped, 5);
    close(memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(warm_is_all_and_cold_is_part),
        cmocka_unit_test(the_first_missing_page_is_named),
        cmocka_unit_test(a_request_brings_all_of_it),
        cmocka_unit_test(faults_are_counted),
        cmocka_unit_test(a_stranger_is_not_lied_to),
        cmocka_unit_test(nobody_can_say_without_a_mapping_in_memory_files),
    };
    return cmocka_run_group_tests(tests, open_file, close_file);
}
