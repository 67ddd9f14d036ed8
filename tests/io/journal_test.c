/* SPDX-License-Identifier: MIT */
/* io: the book of pokes: its lines, what finds them again, torn ones, several writers. */
#include "folio/io/journal/journal.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64], book[128], file[128];
static int fd;

static int begin(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/folio-journal-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(book, sizeof book, "%s/a/b/pokes", folder);
    snprintf(file, sizeof file, "%s/file with %% and blank", folder);
    fd = open(file, O_RDWR | O_CREAT, 0644);
    char data[1000];
    for (size_t index = 0; index < sizeof data; index++)
        data[index] = (char)index;
    assert_int_equal(write(fd, data, sizeof data), sizeof data);
    return 0;
}

static int end(void **state)
{
    (void)state;
    char command[128];
    close(fd);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void store(uint64_t offset, uint8_t byte)
{
    assert_int_equal(pwrite(fd, &byte, 1, (off_t)offset), 1);
}

/* An entry as poke makes it. */
static struct journal_entry entry_of(uint64_t offset, uint8_t after)
{
    struct statx now;
    assert_int_equal(statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_BTIME, &now), 0);
    struct journal_entry entry = {.offset = offset,
                                  .before = (uint8_t)offset,
                                  .after = after,
                                  .size = now.stx_size,
                                  .inode = now.stx_ino,
                                  .birth_ns =
                                      now.stx_btime.tv_sec * INT64_C(1000000000) + now.stx_btime.tv_nsec,
                                  .left_count = JOURNAL_CONTEXT,
                                  .right_count = JOURNAL_CONTEXT,
                                  .path = file};
    assert_int_equal(pread(fd, entry.left, 8, (off_t)offset - 8), 8);
    assert_int_equal(pread(fd, entry.right, 8, (off_t)offset + 1), 8);
    return entry;
}

static struct journal *opened(void)
{
    struct error error = {0};
    struct journal *journal = journal_open(book, &error);
    if (!journal)
        fail_msg("%s", error.message);
    return journal;
}

static struct journal_list read_back(int of)
{
    struct journal_list list;
    struct error error = {0};
    if (!journal_read(book, of, &list, &error))
        fail_msg("%s", error.message);
    return list;
}

static void keeps_what_was_written(void **state)
{
    (void)state;
    struct journal_entry entry[3] = {entry_of(100, 1), entry_of(200, 2), entry_of(201, 3)};
    struct journal *journal = opened();
    struct stat made;
    entry[2].way = JOURNAL_UNDO;
    entry[2].reverts = 77;
    assert_true(journal_begin(journal, entry, 1, NULL));
    assert_true(journal_begin(journal, entry + 1, 2, NULL));
    assert_true(journal_mark(journal, entry[0].id, JOURNAL_DONE, NULL));
    assert_true(journal_mark(journal, entry[1].id, JOURNAL_FAILED, NULL));
    assert_int_equal(stat(book, &made), 0);
    assert_int_equal(made.st_mode & 0777, 0600);
    char parent[128];
    snprintf(parent, sizeof parent, "%s/a", folder);
    assert_int_equal(stat(parent, &made), 0);
    assert_int_equal(made.st_mode & 0777, 0700);

    store(100, 1);
    struct journal_list list = read_back(fd);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.torn, 0);
    for (size_t index = 0; index < 3; index++) {
        const struct journal_entry *got = &list.entry[index];
        assert_int_equal(got->id, entry[index].id);
        assert_int_equal(got->group, entry[index].group);
        assert_int_equal(got->offset, entry[index].offset);
        assert_int_equal(got->before, entry[index].before);
        assert_int_equal(got->after, entry[index].after);
        assert_int_equal(got->time, entry[index].time);
        assert_int_equal(got->size, 1000);
        assert_int_equal(got->birth_ns, entry[index].birth_ns);
        assert_memory_equal(got->left, entry[index].left, 8);
        assert_memory_equal(got->right, entry[index].right, 8);
        assert_string_equal(got->path, file);
        assert_true(got->fits && got->same_path && got->same_inode);
    }
    assert_int_equal(list.entry[0].state, JOURNAL_DONE);
    assert_int_equal(list.entry[0].now, 1);
    assert_int_equal(list.entry[1].state, JOURNAL_FAILED);
    assert_int_equal(list.entry[1].now, 200);
    assert_int_equal(list.entry[2].way, JOURNAL_UNDO);
    assert_int_equal(list.entry[2].reverts, 77);
    assert_int_equal(list.entry[1].group, list.entry[2].group);
    assert_int_not_equal(list.entry[0].group, list.entry[1].group);
    journal_release(&list);
    journal_close(journal);
}

/* A machine that stops while a line is written, at every length. */
/* Lines of every length: one that fills its rows to the last byte is not run into by the next. */
static void keeps_lines_of_every_length(void **state)
{
    (void)state;
    struct journal *journal = opened();
    char path[80] = "/";
    for (size_t length = 1; length <= 70; length++) {
        struct journal_entry entry = entry_of(100, 1);
        path[length] = 'n';
        entry.path = path;
        assert_true(journal_begin(journal, &entry, 1, NULL));
    }
    journal_close(journal);
    struct journal_list list = read_back(fd);
    assert_int_equal(list.count, 70);
    assert_int_equal(list.torn, 0);
    for (size_t index = 0; index < list.count; index++)
        assert_int_equal(strlen(list.entry[index].path), index + 2);
    journal_release(&list);
}

static void finds_lines_behind_a_torn_one(void **state)
{
    (void)state;
    struct journal *journal = opened();
    struct journal_entry entry = entry_of(100, 1);
    assert_true(journal_begin(journal, &entry, 1, NULL));
    int raw = open(book, O_RDWR);
    char line[512];
    ssize_t length = pread(raw, line, 256, (off_t)(entry.id * 64));
    assert_int_equal(length, 256);
    for (size_t cut = 1; cut < 150; cut += 9) {
        struct journal_entry torn = entry_of(300, 3);
        char blank[512];
        assert_true(journal_begin(journal, &torn, 1, NULL));
        memset(blank, ' ', sizeof blank);
        for (size_t row = 63; row < sizeof blank; row += 64)
            blank[row] = '\n';
        assert_int_equal(pwrite(raw, blank, 256 - cut, (off_t)(torn.id * 64 + cut)), 256 - cut);
    }
    struct journal_entry last = entry_of(400, 4);
    assert_true(journal_begin(journal, &last, 1, NULL));
    struct journal_list list = read_back(fd);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.entry[1].offset, 400);
    assert_true(list.torn > 10);
    journal_release(&list);

    /* One byte of a line that is not its state: the line does not count. The state: it does. */
    assert_int_equal(pwrite(raw, "5", 1, (off_t)(last.id * 64 + 12)), 1);
    list = read_back(fd);
    assert_int_equal(list.count, 1);
    journal_release(&list);
    close(raw);
    journal_close(journal);
}

/* A file that was renamed, one restored from a copy, a stranger. */
static void knows_a_file_again(void **state)
{
    (void)state;
    struct journal *journal = opened();
    struct journal_entry entry = entry_of(100, 1);
    char other[160], command[512];
    assert_true(journal_begin(journal, &entry, 1, NULL));

    snprintf(other, sizeof other, "%s/moved", folder);
    assert_int_equal(rename(file, other), 0);
    struct journal_list list = read_back(fd);
    assert_int_equal(list.count, 1);
    assert_true(list.entry[0].same_inode && !list.entry[0].same_path && list.entry[0].fits);
    journal_release(&list);

    snprintf(command, sizeof command, "cp '%s' '%s'", other, file);
    assert_int_equal(system(command), 0);
    int copy = open(file, O_RDWR);
    list = read_back(copy);
    assert_int_equal(list.count, 1);
    assert_true(!list.entry[0].same_inode && list.entry[0].same_path && list.entry[0].fits);
    journal_release(&list);

    assert_int_equal(pwrite(copy, "x", 1, 97), 1);
    list = read_back(copy);
    assert_false(list.entry[0].fits);
    journal_release(&list);
    assert_int_equal(ftruncate(copy, 100), 0);
    list = read_back(copy);
    assert_int_equal(list.entry[0].now, -1);
    assert_false(list.entry[0].fits);
    journal_release(&list);
    close(copy);

    snprintf(command, sizeof command, "%s/stranger", folder);
    copy = open(command, O_RDWR | O_CREAT, 0600);
    list = read_back(copy);
    assert_int_equal(list.count, 0);
    journal_release(&list);
    close(copy);
    journal_close(journal);
}

/* A poke beside it is no stranger. */
static void context_allows_other_pokes(void **state)
{
    (void)state;
    struct journal *journal = opened();
    struct journal_entry entry[2] = {entry_of(100, 1), entry_of(103, 2)};
    assert_true(journal_begin(journal, entry, 2, NULL));
    store(100, 1);
    store(103, 2);
    struct journal_list list = read_back(fd);
    assert_true(list.entry[0].fits && list.entry[1].fits);
    journal_release(&list);
    store(104, 2);
    list = read_back(fd);
    assert_false(list.entry[0].fits || list.entry[1].fits);
    journal_release(&list);
    journal_close(journal);
}

/* The machine stopped after an undo was stored and before its entries were marked. */
static void settles_an_undo_that_landed(void **state)
{
    (void)state;
    struct journal *journal = opened();
    struct journal_entry entry = entry_of(100, 1);
    assert_true(journal_begin(journal, &entry, 1, NULL));
    assert_true(journal_mark(journal, entry.id, JOURNAL_DONE, NULL));
    struct journal_entry undo = entry_of(100, 100);
    undo.before = 1;
    undo.way = JOURNAL_UNDO;
    undo.reverts = entry.id;
    assert_true(journal_begin(journal, &undo, 1, NULL));
    struct journal_list list = read_back(fd);
    assert_int_equal(list.entry[0].state, JOURNAL_UNDONE);
    journal_release(&list);
    store(100, 1);
    list = read_back(fd);
    assert_int_equal(list.entry[0].state, JOURNAL_DONE);
    journal_release(&list);
    journal_close(journal);
}

#define WRITERS 4
#define LINES   100

static void several_write_at_once(void **state)
{
    (void)state;
    for (int writer = 0; writer < WRITERS; writer++)
        if (fork() == 0) {
            struct journal *journal = journal_open(book, NULL);
            bool fine = journal != NULL;
            for (int line = 0; fine && line < LINES; line++) {
                struct journal_entry entry[2] = {entry_of((uint64_t)(20 + writer), (uint8_t)line),
                                                 entry_of((uint64_t)(120 + writer), (uint8_t)line)};
                fine = journal_begin(journal, entry, 2, NULL) &&
                       journal_mark(journal, entry[1].id, JOURNAL_DONE, NULL);
            }
            _exit(fine ? 0 : 1);
        }
    for (int writer = 0; writer < WRITERS; writer++) {
        int status;
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    struct journal_list list = read_back(fd);
    assert_int_equal(list.count, 2 * WRITERS * LINES);
    assert_int_equal(list.torn, 0);
    for (size_t index = 0; index < list.count; index += 2) {
        assert_int_equal(list.entry[index].group, list.entry[index].id);
        assert_int_equal(list.entry[index + 1].group, list.entry[index].id);
        assert_int_equal(list.entry[index].offset + 100, list.entry[index + 1].offset);
        assert_int_equal(list.entry[index].state, JOURNAL_INTENT);
        assert_int_equal(list.entry[index + 1].state, JOURNAL_DONE);
    }
    journal_release(&list);
}

static void failures_are_told(void **state)
{
    (void)state;
    struct error error = {0};
    struct journal_list list;
    assert_true(journal_read(book, fd, &list, &error));
    assert_int_equal(list.count, 0);
    assert_null(journal_open("/proc/nowhere/pokes", &error));
    assert_non_null(strstr(error.message, "/proc/nowhere/pokes"));

    setenv("XDG_STATE_HOME", folder, 1);
    struct journal *journal = journal_open(NULL, &error);
    assert_non_null(journal);
    char path[128];
    snprintf(path, sizeof path, "%s/folio/pokes", folder);
    int own = open(path, O_RDONLY);
    assert_true(own >= 0 && journal_is(journal, own) && !journal_is(journal, fd));
    close(own);
    journal_close(journal);
    unsetenv("XDG_STATE_HOME");
    char *home = strdup(getenv("HOME") ? getenv("HOME") : "");
    unsetenv("HOME");
    assert_null(journal_open(NULL, &error));
    assert_non_null(strstr(error.message, "HOME"));
    setenv("HOME", home, 1);
    free(home);

    journal = journal_open("/dev/full", &error);
    struct journal_entry entry = entry_of(100, 1);
    assert_false(journal && journal_begin(journal, &entry, 1, &error));
    journal_close(journal);
}

static void makes_lines_for_xxd(void **state)
{
    (void)state;
    struct journal *journal = opened();
    struct journal_entry entry[3] = {entry_of(100, 1), entry_of(UINT64_C(200), 2), entry_of(300, 3)};
    struct buf text = {0};
    assert_true(journal_begin(journal, entry, 3, NULL));
    assert_true(journal_mark(journal, entry[0].id, JOURNAL_DONE, NULL));
    assert_true(journal_mark(journal, entry[1].id, JOURNAL_REFUSED, NULL));
    store(300, 3);
    struct journal_list list = read_back(fd);
    journal_xxd(&list, false, &text);
    assert_string_equal(buf_string(&text), "00000064: 01\n0000012c: 03\n");
    buf_clear(&text);
    journal_xxd(&list, true, &text);
    assert_string_equal(buf_string(&text), "0000012c: 2c\n00000064: 64\n");
    buf_release(&text);
    journal_release(&list);
    journal_close(journal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keeps_what_was_written, begin, end),
        cmocka_unit_test_setup_teardown(keeps_lines_of_every_length, begin, end),
        cmocka_unit_test_setup_teardown(finds_lines_behind_a_torn_one, begin, end),
        cmocka_unit_test_setup_teardown(knows_a_file_again, begin, end),
        cmocka_unit_test_setup_teardown(context_allows_other_pokes, begin, end),
        cmocka_unit_test_setup_teardown(settles_an_undo_that_landed, begin, end),
        cmocka_unit_test_setup_teardown(several_write_at_once, begin, end),
        cmocka_unit_test_setup_teardown(failures_are_told, begin, end),
        cmocka_unit_test_setup_teardown(makes_lines_for_xxd, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
