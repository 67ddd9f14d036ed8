/* SPDX-License-Identifier: MIT */
/* io: pokes: what they change and what not, what they refuse, undo, a program that writes at the same time, and a model.
 * What needs other file systems is in tests/fault/poke_test.sh. */
#include "folio/io/poke/poke.h"

#include "test.h"

#include "folio/io/page/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define LENGTH 20000u

static char folder[64], book[128], file[128];
static int view;   /* as folio holds it: for reading */
static int editor; /* somebody else */
static struct journal *journal;
static struct poke_result result;

static uint8_t content(size_t index)
{
    return (uint8_t)(index * 7 + index / 256);
}

static int begin(void **state)
{
    (void)state;
    guard_install();
    strcpy(folder, "/tmp/folio-poke-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(book, sizeof book, "%s/pokes", folder);
    snprintf(file, sizeof file, "%s/file", folder);
    editor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    static uint8_t data[LENGTH];
    for (size_t index = 0; index < LENGTH; index++)
        data[index] = content(index);
    assert_int_equal(write(editor, data, LENGTH), LENGTH);
    view = open(file, O_RDONLY | O_CLOEXEC);
    journal = journal_open(book, NULL);
    assert_non_null(journal);
    return 0;
}

static int end(void **state)
{
    (void)state;
    char command[128];
    close(view);
    close(editor);
    journal_close(journal);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static int at(uint64_t offset)
{
    uint8_t byte;
    return pread(editor, &byte, 1, (off_t)offset) == 1 ? byte : -1;
}

static bool poke_bytes(struct poke_byte *byte, size_t count)
{
    struct poke_request request = {
        .fd = view, .path = file, .byte = byte, .count = count, .journal = journal};
    return poke_run(&request, &result);
}

static bool poke_one(uint64_t offset, int expected, uint8_t value)
{
    struct poke_byte byte = {.offset = offset, .expected = expected, .value = value};
    return poke_bytes(&byte, 1);
}

static struct stat state_of(void)
{
    struct stat now;
    assert_int_equal(stat(file, &now), 0);
    return now;
}

static size_t entries(void)
{
    struct journal_list list;
    assert_true(journal_read(book, view, &list, NULL));
    size_t count = list.count;
    journal_release(&list);
    return count;
}

/* Nothing is changed, not even a time, and nothing is in the journal. */
static void assert_refused(enum poke_reason reason, const char *word, bool poked)
{
    assert_false(poked);
    assert_int_equal(result.reason, reason);
    if (!strstr(result.error.message, word))
        fail_msg("\"%s\" is not said: %s", word, result.error.message);
    assert_int_equal(result.written, 0);
    assert_int_equal(entries(), 0);
}

static void changes_one_byte(void **state)
{
    (void)state;
    static const uint64_t offset[] = {0, 1, 4095, 4096, 8191, LENGTH - 1};
    for (size_t index = 0; index < sizeof offset / sizeof *offset; index++) {
        uint64_t place = offset[index];
        struct stat before = state_of();
        if (!poke_one(place, content(place), (uint8_t)~content(place)))
            fail_msg("%s", result.error.message);
        assert_int_equal(result.written, 1);
        assert_int_equal(result.synced, 1);
        assert_true(result.verified == 1 || result.unverified_code != 0);
        assert_true(result.atomic);
        assert_int_equal(result.cached, (uint8_t)~content(place));
        assert_int_equal(result.size, LENGTH);
        struct stat after = state_of();
        assert_int_equal(before.st_ino, after.st_ino);
        assert_int_equal(before.st_size, after.st_size);
        assert_int_equal(before.st_mode, after.st_mode);
        assert_int_equal(before.st_uid, after.st_uid);
        assert_int_equal(after.st_mtim.tv_sec * INT64_C(1000000000) + after.st_mtim.tv_nsec,
                         result.modified_ns);
        for (size_t other = 0; other < LENGTH; other++)
            assert_int_equal(at(other), other == place ? (uint8_t)~content(place) : content(other));
        assert_true(poke_one(place, POKE_ANY, content(place)));
    }
}

static void changes_bits(void **state)
{
    (void)state;
    struct poke_byte byte = {.offset = 5, .expected = POKE_ANY, .value = 0x80, .mask = 0x80};
    assert_true(poke_bytes(&byte, 1));
    assert_int_equal(at(5), content(5) | 0x80);
    assert_int_equal(byte.expected, content(5));
    assert_int_equal(byte.value, content(5) | 0x80);
    byte = (struct poke_byte){.offset = 5, .expected = POKE_ANY, .value = 0, .mask = 0x80};
    assert_true(poke_bytes(&byte, 1));
    assert_int_equal(at(5), content(5) & 0x7f);
}

static void compares_all_of_a_group_first(void **state)
{
    (void)state;
    struct poke_byte byte[4];
    for (size_t index = 0; index < 4; index++)
        byte[index] =
            (struct poke_byte){.offset = 4094 + index, .expected = content(4094 + index), .value = 9};
    byte[3].expected = 250;
    struct stat before = state_of();
    assert_refused(POKE_CHANGED, "found", poke_bytes(byte, 4));
    assert_int_equal(result.which, 3);
    struct stat after = state_of();
    assert_memory_equal(&before.st_mtim, &after.st_mtim, sizeof before.st_mtim);
    assert_int_equal(at(4094), content(4094));

    byte[3].expected = content(4097);
    assert_true(poke_bytes(byte, 4));
    assert_int_equal(result.written, 4);
    assert_int_equal(result.synced, 4);
    for (size_t index = 0; index < 4; index++)
        assert_int_equal(at(4094 + index), 9);
    assert_int_equal(at(4093), content(4093));
    assert_int_equal(at(4098), content(4098));
    assert_int_equal(entries(), 4);
}

/* The way to have a byte written anew after a failed sync. */
static void stores_what_is_there_already(void **state)
{
    (void)state;
    assert_true(poke_one(5, content(5), content(5)));
    assert_int_equal(result.written, 1);
    assert_int_equal(result.synced, 1);
    assert_int_equal(entries(), 1);
}

static void refuses_a_byte_twice(void **state)
{
    (void)state;
    struct poke_byte byte[2] = {{.offset = 5, .expected = POKE_ANY}, {.offset = 5, .expected = POKE_ANY}};
    assert_refused(POKE_TWICE, "twice", poke_bytes(byte, 2));
}

static void refuses_what_it_must(void **state)
{
    (void)state;
    struct stat before = state_of();
    assert_refused(POKE_CHANGED, "expected", poke_one(10, content(10) ^ 1, 0));
    assert_int_equal(result.cached, content(10));
    assert_refused(POKE_END, "past the end", poke_one(LENGTH, POKE_ANY, 0));
    assert_refused(POKE_END, "past the end", poke_one(UINT64_MAX, POKE_ANY, 0));
    struct stat after = state_of();
    assert_memory_equal(&before.st_mtim, &after.st_mtim, sizeof before.st_mtim);
    assert_memory_equal(&before.st_ctim, &after.st_ctim, sizeof before.st_ctim);

    /* The tail of the last page is no part of the file. */
    assert_int_equal(ftruncate(editor, 100), 0);
    assert_refused(POKE_END, "100 bytes", poke_one(150, POKE_ANY, 0));
    assert_int_equal(ftruncate(editor, 0), 0);
    assert_refused(POKE_END, "0 bytes", poke_one(0, POKE_ANY, 0));
}

static void refuses_another_file_at_its_name(void **state)
{
    (void)state;
    char other[160];
    snprintf(other, sizeof other, "%s/other", folder);
    assert_int_equal(link(file, other), 0);
    assert_int_equal(unlink(file), 0);
    assert_refused(POKE_REPLACED, "not at", poke_one(1, POKE_ANY, 0));
    int stranger = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(write(stranger, "xxxx", 4), 4);
    assert_refused(POKE_REPLACED, "another file", poke_one(1, POKE_ANY, 0));
    assert_int_equal(unlink(other), 0);
    assert_refused(POKE_REPLACED, "deleted", poke_one(1, POKE_ANY, 0));
    struct poke_byte byte = {.offset = 1, .expected = POKE_ANY, .value = 1};
    struct poke_request request = {.fd = view, .byte = &byte, .count = 1, .journal = journal};
    assert_refused(POKE_UNNAMED, "deleted", poke_run(&request, &result));
    request.consent = POKE_MAY_UNNAMED;
    assert_true(poke_run(&request, &result));
    assert_int_equal(at(1), 1);
    close(stranger);
}

static void refuses_what_is_no_file(void **state)
{
    (void)state;
    int ends[2];
    struct poke_byte byte = {.offset = 0, .expected = POKE_ANY, .value = 1};
    struct poke_request request = {.byte = &byte, .count = 1, .journal = journal};
    assert_int_equal(pipe(ends), 0);
    request.fd = ends[0];
    assert_refused(POKE_KIND, "pipe", poke_run(&request, &result));
    close(ends[0]);
    close(ends[1]);
    request.fd = open("/dev/zero", O_RDONLY);
    assert_refused(POKE_KIND, "device", poke_run(&request, &result));
    close(request.fd);
    request.fd = open("/tmp", O_RDONLY);
    assert_refused(POKE_KIND, "directory", poke_run(&request, &result));
    close(request.fd);
    assert_true(poke_one(3, POKE_ANY, 3));
    request.fd = open(book, O_RDONLY);
    assert_false(poke_run(&request, &result));
    assert_int_equal(result.reason, POKE_KIND);
    close(request.fd);
}

static void refuses_sealed_memory(void **state)
{
    (void)state;
    struct poke_byte byte = {.offset = 0, .expected = POKE_ANY, .value = 1};
    int memory = memfd_create("sealed", MFD_ALLOW_SEALING | MFD_CLOEXEC);
    struct poke_request request = {.fd = memory, .byte = &byte, .count = 1, .journal = journal};
    assert_int_equal(write(memory, "abc", 3), 3);
    assert_int_equal(fcntl(memory, F_ADD_SEALS, F_SEAL_WRITE), 0);
    assert_refused(POKE_SEALED, "sealed", poke_run(&request, &result));
    close(memory);
}

static void asks_before_a_setuid_program(void **state)
{
    (void)state;
    assert_int_equal(chmod(file, 04755), 0);
    assert_refused(POKE_SETUID, "set-user-ID", poke_one(1, POKE_ANY, 0));
    struct poke_byte byte = {.offset = 1, .expected = POKE_ANY, .value = 1};
    struct poke_request request = {
        .fd = view, .path = file, .byte = &byte, .count = 1, .journal = journal, .consent = POKE_MAY_SETUID};
    assert_true(poke_run(&request, &result));
    assert_int_equal(state_of().st_mode & 07777, 04755);
}

static void refuses_a_running_program(void **state)
{
    (void)state;
    char command[512];
    snprintf(command, sizeof command, "cp \"$(command -v sleep)\" %s/sleeper", folder);
    assert_int_equal(system(command), 0);
    snprintf(file, sizeof file, "%s/sleeper", folder);
    pid_t child = fork();
    if (child == 0) {
        execl(file, "sleep", "100", (char *)NULL);
        _exit(1);
    }
    close(view);
    view = open(file, O_RDONLY | O_CLOEXEC);
    char link[64], target[128] = "";
    snprintf(link, sizeof link, "/proc/%d/exe", child);
    while (strcmp(target, file) != 0) {
        ssize_t length = readlink(link, target, sizeof target - 1);
        target[length < 0 ? 0 : length] = '\0';
        sched_yield();
    }
    assert_refused(POKE_RUNNING, "running", poke_one(1, POKE_ANY, 0));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    /* Looking at it has never kept it from being run. */
    assert_int_equal(system("true"), 0);
    assert_true(poke_one(1, POKE_ANY, 'e'));
}

static void refuses_a_byte_that_is_locked(void **state)
{
    (void)state;
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 7, .l_len = 1};
    assert_int_equal(fcntl(editor, F_OFD_SETLK, &lock), 0);
    assert_refused(POKE_LOCKED, "locked", poke_one(7, POKE_ANY, 0));
    assert_true(poke_one(8, POKE_ANY, 0));
}

/** More bytes than are locked one by one: somebody who locks one between the first and the last holds them up. */
static void changes_a_large_group(void **state)
{
    (void)state;
    static struct poke_byte byte[1000];
    const size_t count = sizeof byte / sizeof *byte;
    for (size_t index = 0; index < count; index++)
        byte[index] = (struct poke_byte){.offset = (count - 1 - index) * 19,
                                         .expected = content((count - 1 - index) * 19),
                                         .value = (uint8_t)(content((count - 1 - index) * 19) ^ 0xff)};
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 5000, .l_len = 1};
    assert_int_equal(fcntl(editor, F_OFD_SETLK, &lock), 0);
    assert_refused(POKE_LOCKED, "locked", poke_bytes(byte, count));
    lock.l_type = F_UNLCK;
    assert_int_equal(fcntl(editor, F_OFD_SETLK, &lock), 0);
    assert_true(poke_bytes(byte, count));
    assert_int_equal(result.synced, count);
    for (uint64_t offset = 0; offset < LENGTH; offset++)
        assert_int_equal(at(offset),
                         offset % 19 == 0 && offset < count * 19 ? content(offset) ^ 0xff : content(offset));
    byte[count - 1].offset = byte[0].offset;
    assert_false(poke_bytes(byte, count));
    assert_int_equal(result.reason, POKE_TWICE);
}

/** Who wants to leave has the page at hand finished, never less, and the journal knows what was left out. */
static void stops_a_group_between_pages(void **state)
{
    (void)state;
    struct poke_byte byte[4];
    struct poke_progress progress = {.stop = true};
    struct journal_list list;
    for (size_t index = 0; index < 4; index++) {
        uint64_t offset = index < 2 ? index : 4096 * (index - 1);
        byte[index] = (struct poke_byte){
            .offset = offset, .expected = content(offset), .value = (uint8_t)~content(offset)};
    }
    struct poke_request request = {
        .fd = view, .path = file, .byte = byte, .count = 4, .journal = journal, .progress = &progress};
    assert_false(poke_run(&request, &result));
    assert_int_equal(result.reason, POKE_STOPPED);
    assert_int_equal(result.written, 2);
    assert_int_equal(result.synced, 2);
    assert_true(progress.stopped);
    assert_int_equal(progress.stored, 2);
    assert_int_equal(progress.count, 4);
    assert_int_equal(at(1), (uint8_t)~content(1));
    assert_int_equal(at(4096), content(4096));
    assert_true(journal_read(book, view, &list, NULL));
    for (size_t index = 0; index < 4; index++)
        assert_int_equal(list.entry[index].state, index < 2 ? JOURNAL_DONE : JOURNAL_REFUSED);
    journal_release(&list);
}

static void fills_a_hole(void **state)
{
    (void)state;
    assert_int_equal(ftruncate(editor, 1 << 20), 0);
    assert_true(poke_one(1 << 19, 0, 1));
    assert_true(result.allocated);
    assert_int_equal(at(1 << 19), 1);
    assert_int_equal(state_of().st_size, 1 << 20);
    assert_true(poke_one(5, POKE_ANY, 1));
    assert_false(result.allocated);
}

/* The limit kills a program that writes past it. */
static void survives_the_limit_of_file_size(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {.rlim_cur = 100, .rlim_max = 100};
        signal(SIGXFSZ, SIG_DFL);
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
            _exit(2);
        bool poked = poke_one(5000, POKE_ANY, 1);
        /* The journal cannot be written then, and so nothing is. */
        _exit(poked || result.reason != POKE_JOURNAL || result.written != 0 ? 1 : 0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(at(5000), content(5000));
}

static void needs_the_journal(void **state)
{
    (void)state;
    char path[64];
    int memory = memfd_create("book", MFD_ALLOW_SEALING | MFD_CLOEXEC);
    assert_int_equal(write(memory, "# full\n", 7), 7);
    assert_int_equal(fcntl(memory, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_WRITE), 0);
    snprintf(path, sizeof path, "/proc/self/fd/%d", memory);
    struct journal *full = journal_open(path, NULL);
    struct poke_byte byte = {.offset = 1, .expected = POKE_ANY, .value = 1};
    struct poke_request request = {.fd = view, .path = file, .byte = &byte, .count = 1, .journal = full};
    struct stat before = state_of();
    assert_non_null(full);
    assert_refused(POKE_JOURNAL, "nothing is changed", poke_run(&request, &result));
    struct stat after = state_of();
    assert_memory_equal(&before.st_mtim, &after.st_mtim, sizeof before.st_mtim);
    journal_close(full);
    close(memory);
}

/* Undo or redo the last group, or `id`. False with the sentence in result.error. */
static bool revert(enum journal_way way, uint64_t id)
{
    struct journal_list list;
    struct poke_plan plan = {0};
    assert_true(journal_read(book, view, &list, NULL));
    struct poke_wish wish = {.way = way, .id = id};
    bool planned = poke_plan(&list, &wish, &plan, &result.error);
    journal_release(&list);
    if (!planned)
        return false;
    struct poke_request request = {
        .fd = view, .path = file, .byte = plan.byte, .count = plan.count, .journal = journal, .way = way};
    bool fine = poke_run(&request, &result);
    poke_plan_release(&plan);
    return fine;
}

static void undoes_and_redoes(void **state)
{
    (void)state;
    struct poke_byte group[2] = {{.offset = 20, .expected = POKE_ANY, .value = 1},
                                 {.offset = 21, .expected = POKE_ANY, .value = 2}};
    assert_false(revert(JOURNAL_UNDO, 0));
    assert_true(poke_one(10, POKE_ANY, 1));
    uint64_t first = result.group;
    assert_true(poke_bytes(group, 2));
    assert_true(poke_one(30, POKE_ANY, 1));
    assert_false(revert(JOURNAL_REDO, 0));

    assert_true(revert(JOURNAL_UNDO, 0));
    assert_int_equal(at(30), content(30));
    assert_true(revert(JOURNAL_UNDO, 0));
    assert_int_equal(at(20), content(20));
    assert_int_equal(at(21), content(21));
    assert_true(revert(JOURNAL_REDO, 0));
    assert_int_equal(at(20), 1);
    assert_int_equal(at(21), 2);
    assert_int_equal(at(30), content(30));
    struct journal_list list;
    assert_true(journal_read(book, view, &list, NULL));
    assert_true(revert(JOURNAL_UNDO, list.entry[2].id)); /* the second byte of the group, alone */
    journal_release(&list);
    assert_int_equal(at(20), 1);
    assert_int_equal(at(21), content(21));
    assert_true(revert(JOURNAL_REDO, 0));
    assert_int_equal(at(21), 2);
    assert_true(revert(JOURNAL_UNDO, first));
    assert_int_equal(at(10), content(10));
    assert_int_equal(at(20), 1);
    assert_false(revert(JOURNAL_UNDO, first));
    assert_true(revert(JOURNAL_UNDO, 0));
    assert_false(revert(JOURNAL_UNDO, 0));
    for (size_t index = 0; index < LENGTH; index++)
        assert_int_equal(at(index), content(index));

    /* A byte that somebody changed since, and bytes around it. */
    assert_true(poke_one(40, POKE_ANY, 1));
    assert_int_equal(pwrite(editor, "\x02", 1, 40), 1);
    assert_false(revert(JOURNAL_UNDO, 0));
    assert_non_null(strstr(result.error.message, "expected 01, found 02 (by hand: --poke 0x28="));
    assert_null(strstr(result.error.message, "--force"));
    assert_int_equal(at(40), 2);
    assert_int_equal(pwrite(editor, "\x01", 1, 40), 1);
    assert_int_equal(pwrite(editor, "\x01", 1, 41), 1);
    assert_false(revert(JOURNAL_UNDO, 0));
    assert_non_null(strstr(result.error.message, "around"));
    assert_int_equal(at(40), 1);
}

#define ROUNDS 10

/* What the two programs tell each other. */
struct race {
    _Atomic uint64_t bumps;
    atomic_uint ended; /* pokes, whatever became of them */
};

/* Go on until two more pokes have ended, so that one of them ran from its beginning to its end meanwhile. */
static bool meanwhile(struct race *race, unsigned since)
{
    return atomic_load(&race->ended) - since < 2;
}

/* The other program, in the child: it changes the byte all the time, then leaves it alone, and so on. */
static void bump(struct race *race, _Atomic uint8_t *byte)
{
    for (int round = 0; round < ROUNDS; round++) {
        for (unsigned since = atomic_load(&race->ended); meanwhile(race, since);) {
            uint8_t old = atomic_load(byte);
            while (!atomic_compare_exchange_weak(byte, &old, (uint8_t)((old & 0x80) | ((old + 1) & 0x7f))))
                ;
            atomic_fetch_add(&race->bumps, 1);
        }
        for (unsigned since = atomic_load(&race->ended); meanwhile(race, since);)
            (void)sched_yield();
    }
}

/* The low seven bits are the other program's, the highest is ours: at the end both are right. Each rest of the other
 * lets one poke through. */
static void no_update_is_lost(void **state)
{
    (void)state;
    _Atomic uint8_t *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, editor, 4096);
    assert_true((void *)shared != MAP_FAILED);
    struct race *race = mmap(NULL, sizeof *race, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true((void *)race != MAP_FAILED);
    atomic_store(&shared[100], 0);
    pid_t child = fork();
    if (child == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that fails waits for nobody */
        bump(race, &shared[100]);
        _exit(0);
    }
    int status;
    unsigned stored = 0;
    unsigned refused = 0;
    do {
        struct poke_byte byte = {.offset = 4196, .expected = POKE_ANY};
        byte.mask = 0x80;
        byte.value = stored % 2 == 0 ? 0x80 : 0;
        (void)poke_bytes(&byte, 1);
        stored += (unsigned)result.written;
        refused += result.written == 0;
        if (result.written == 0)
            assert_int_equal(result.reason, POKE_CHANGED);
        atomic_fetch_add(&race->ended, 1);
    } while (waitpid(child, &status, WNOHANG) == 0);
    assert_int_equal(status, 0);
    print_message("%u pokes stored, %u refused\n", stored, refused);
    assert_true(stored >= ROUNDS);
    assert_int_equal(atomic_load(&shared[100]), race->bumps % 128 | (stored % 2 == 0 ? 0 : 0x80));
    (void)munmap((void *)shared, 4096);
    (void)munmap(race, sizeof *race);
}

#define STEPS 1500

/* A plain array with a stack of pokes, and the file: the same after each of many random steps. */
struct model {
    uint8_t byte[2 * LENGTH];
    size_t size;
    struct {
        uint64_t offset;
        uint8_t before, after;
    } done[STEPS], undone[STEPS];
    size_t done_count, undone_count;
};

static void model_poke(struct model *model)
{
    uint64_t offset = (uint64_t)rand() % (LENGTH + 100);
    uint8_t value = (uint8_t)rand();
    int expected = offset < model->size ? model->byte[offset] : 0;
    bool wrong = rand() % 4 == 0;
    bool fine = poke_one(offset, wrong ? expected ^ 1 : expected, value);
    assert_true(fine == (offset < model->size && !wrong));
    if (!fine)
        return;
    model->byte[offset] = value;
    model->done[model->done_count].offset = offset;
    model->done[model->done_count].before = (uint8_t)expected;
    model->done[model->done_count++].after = value;
    model->undone_count = 0;
}

static void model_revert(struct model *model, enum journal_way way)
{
    bool undo = way == JOURNAL_UNDO;
    size_t *from = undo ? &model->done_count : &model->undone_count;
    bool fine = revert(way, 0);
    if (*from == 0) {
        assert_false(fine);
        return;
    }
    uint64_t offset = undo ? model->done[*from - 1].offset : model->undone[*from - 1].offset;
    uint8_t before = undo ? model->done[*from - 1].before : model->undone[*from - 1].before;
    uint8_t after = undo ? model->done[*from - 1].after : model->undone[*from - 1].after;
    /* Strangers near it, or the end, may forbid it; but never does it happen to another byte. */
    bool possible = offset < model->size && model->byte[offset] == (undo ? after : before);
    assert_true(possible || !fine);
    if (!fine)
        return;
    model->byte[offset] = undo ? before : after;
    --*from;
    if (undo) {
        model->undone[model->undone_count].offset = offset;
        model->undone[model->undone_count].before = before;
        model->undone[model->undone_count++].after = after;
    } else {
        model->done[model->done_count].offset = offset;
        model->done[model->done_count].before = before;
        model->done[model->done_count++].after = after;
    }
}

/* Is it what a poke at `offset` made, or found? Who writes that does what an undo or a redo would have done, and the
 * journal goes by the byte: journal_test has what follows from that. */
static bool model_knows(const struct model *model, uint64_t offset, uint8_t value)
{
    bool known = false;
    for (size_t which = 0; which < model->done_count; which++)
        known = known || (model->done[which].offset == offset &&
                          (model->done[which].before == value || model->done[which].after == value));
    for (size_t which = 0; which < model->undone_count; which++)
        known = known || (model->undone[which].offset == offset &&
                          (model->undone[which].before == value || model->undone[which].after == value));
    return known;
}

/* Cut the file, or let it grow; what is cut off comes back as zeros. */
static void model_resize(struct model *model, size_t size)
{
    for (size_t offset = size; offset < model->size; offset++)
        if (model_knows(model, offset, 0))
            return;
    if (size > model->size)
        memset(model->byte + model->size, 0, size - model->size);
    model->size = size;
    assert_int_equal(ftruncate(editor, (off_t)size), 0);
}

static void model_other(struct model *model)
{
    if (rand() % 4 == 0) {
        model_resize(model, (size_t)rand() % LENGTH + 100);
        return;
    }
    uint8_t value = (uint8_t)rand();
    uint64_t offset = (uint64_t)rand() % model->size;
    while (model_knows(model, offset, value))
        value++;
    assert_int_equal(pwrite(editor, &value, 1, (off_t)offset), 1);
    model->byte[offset] = value;
}

static void agrees_with_a_model(void **state)
{
    (void)state;
    static struct model model;
    static uint8_t found[2 * LENGTH];
    unsigned seed = (unsigned)getpid();
    model.size = LENGTH;
    for (size_t index = 0; index < LENGTH; index++)
        model.byte[index] = content(index);
    print_message("seed %u\n", seed);
    srand(seed);
    for (int step = 0; step < STEPS; step++) {
        int what = rand() % 10;
        if (what < 5)
            model_poke(&model);
        else if (what < 7)
            model_revert(&model, JOURNAL_UNDO);
        else if (what < 9)
            model_revert(&model, JOURNAL_REDO);
        else if (step % 10 == 0)
            model_other(&model);
        assert_int_equal(pread(editor, found, sizeof found, 0), model.size);
        assert_memory_equal(found, model.byte, model.size);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(changes_one_byte, begin, end),
        cmocka_unit_test_setup_teardown(changes_bits, begin, end),
        cmocka_unit_test_setup_teardown(compares_all_of_a_group_first, begin, end),
        cmocka_unit_test_setup_teardown(stores_what_is_there_already, begin, end),
        cmocka_unit_test_setup_teardown(refuses_a_byte_twice, begin, end),
        cmocka_unit_test_setup_teardown(refuses_what_it_must, begin, end),
        cmocka_unit_test_setup_teardown(refuses_another_file_at_its_name, begin, end),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_file, begin, end),
        cmocka_unit_test_setup_teardown(refuses_sealed_memory, begin, end),
        cmocka_unit_test_setup_teardown(asks_before_a_setuid_program, begin, end),
        cmocka_unit_test_setup_teardown(refuses_a_running_program, begin, end),
        cmocka_unit_test_setup_teardown(refuses_a_byte_that_is_locked, begin, end),
        cmocka_unit_test_setup_teardown(changes_a_large_group, begin, end),
        cmocka_unit_test_setup_teardown(stops_a_group_between_pages, begin, end),
        cmocka_unit_test_setup_teardown(fills_a_hole, begin, end),
        cmocka_unit_test_setup_teardown(survives_the_limit_of_file_size, begin, end),
        cmocka_unit_test_setup_teardown(needs_the_journal, begin, end),
        cmocka_unit_test_setup_teardown(undoes_and_redoes, begin, end),
        cmocka_unit_test_setup_teardown(no_update_is_lost, begin, end),
        cmocka_unit_test_setup_teardown(agrees_with_a_model, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
