/* SPDX-License-Identifier: MIT */
/* io: the book of pokes: its lines, what finds them again, torn ones, several writers. */
#include "folio/io/journal/journal.h"

#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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
    assert_true(journal_begin(journal, 0, entry, 1, NULL));
    assert_true(journal_begin(journal, 0, entry + 1, 2, NULL));
    assert_true(journal_mark(journal, &entry[0], JOURNAL_DONE, NULL));
    assert_true(journal_mark(journal, &entry[1], JOURNAL_FAILED, NULL));
    assert_int_equal(stat(book, &made), 0);
    assert_int_equal(made.st_mode & 0777, 0600);
    char parent[128];
    snprintf(parent, sizeof parent, "%s/a", folder);
    assert_int_equal(stat(parent, &made), 0);
    assert_int_equal(made.st_mode & 0777, 0700);

    store(100, 1);
    struct journal_list list = read_back(fd);
    assert_int_equal(list.count, 3);
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
        assert_true(journal_begin(journal, 0, &entry, 1, NULL));
    }
    journal_close(journal);
    struct journal_list list = read_back(fd);
    assert_int_equal(list.count, 70);
    for (size_t index = 0; index < list.count; index++)
        assert_int_equal(strlen(list.entry[index].path), index + 2);
    journal_release(&list);
}

/* A machine that stops while a line is written, at every length. */
static void finds_lines_behind_a_torn_one(void **state)
{
    (void)state;
    struct journal *journal = opened();
    struct journal_entry entry = entry_of(100, 1);
    assert_true(journal_begin(journal, 0, &entry, 1, NULL));
    int raw = open(book, O_RDWR);
    char line[512];
    ssize_t length = pread(raw, line, 256, (off_t)(entry.id * 64));
    assert_int_equal(length, 256);
    for (size_t cut = 1; cut < 150; cut += 9) {
        struct journal_entry torn = entry_of(300, 3);
        char blank[512];
        assert_true(journal_begin(journal, 0, &torn, 1, NULL));
        memset(blank, ' ', sizeof blank);
        for (size_t row = 63; row < sizeof blank; row += 64)
            blank[row] = '\n';
        assert_int_equal(pwrite(raw, blank, 256 - cut, (off_t)(torn.id * 64 + cut)), 256 - cut);
    }
    struct journal_entry last = entry_of(400, 4);
    assert_true(journal_begin(journal, 0, &last, 1, NULL));
    struct journal_list list = read_back(fd);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.entry[1].offset, 400);
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
    assert_true(journal_begin(journal, 0, &entry, 1, NULL));

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
    assert_true(journal_begin(journal, 0, entry, 2, NULL));
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
    assert_true(journal_begin(journal, 0, &entry, 1, NULL));
    assert_true(journal_mark(journal, &entry, JOURNAL_DONE, NULL));
    struct journal_entry undo = entry_of(100, 100);
    undo.before = 1;
    undo.way = JOURNAL_UNDO;
    undo.reverts = entry.id;
    assert_true(journal_begin(journal, 0, &undo, 1, NULL));
    struct journal_list list = read_back(fd);
    assert_true(list.entry[0].alive && !list.entry[0].stands); /* somebody is at it */
    journal_release(&list);
    journal_end(journal);
    list = read_back(fd);
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
                fine = journal_begin(journal, 0, entry, 2, NULL) &&
                       journal_mark(journal, &entry[1], JOURNAL_DONE, NULL);
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
    for (size_t index = 0; index < list.count; index += 2) {
        assert_int_equal(list.entry[index].group, list.entry[index].id);
        assert_int_equal(list.entry[index + 1].group, list.entry[index].id);
        assert_int_equal(list.entry[index].offset + 100, list.entry[index + 1].offset);
        assert_int_equal(list.entry[index].state, JOURNAL_INTENT);
        assert_true(list.entry[index + 1].state == JOURNAL_DONE || list.entry[index + 1].settled);
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
}

/* A pipe would be waited for, and what is written into a device is gone. */
static void refuses_what_is_no_file(void **state)
{
    (void)state;
    struct error error = {0};
    struct journal_list list;
    char pipe[128];
    snprintf(pipe, sizeof pipe, "%s/pipe", folder);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    for (const char *const *name = (const char *const[]){pipe, "/dev/full", "/dev/null", folder, NULL}; *name;
         name++) {
        assert_null(journal_open(*name, &error));
        assert_non_null(strstr(error.message, *name));
        error.message[0] = '\0';
        assert_false(journal_read(*name, fd, &list, &error));
        assert_non_null(strstr(error.message, "no ordinary file"));
        assert_false(journal_suspects(*name, fd));
    }
}

/* CRC-32, bit by bit. */
static uint32_t crc_of(const char *text, size_t length)
{
    uint32_t crc = ~UINT32_C(0);
    for (size_t index = 0; index < length; index++) {
        crc ^= (uint8_t)text[index];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xedb88320) : 0);
    }
    return ~crc;
}

/* A line as folio wrote it before lines had numbers of their own. */
static void old_line(FILE *out, const char *word, const char *change, const char *more)
{
    char line[512], spelled[256] = "";
    for (const char *at = file; *at; at++)
        snprintf(spelled + strlen(spelled), 4, *at == ' ' || *at == '%' ? "%%%02X" : "%c", *at);
    snprintf(line, sizeof line,
             "%s 2026-11-21T07:31:02Z %s size=1000 inode=1 birth=17.000000001 left=%s right=%s path=%s",
             change, more, "5c5d5e5f60616263", "65666768696a6b6c", spelled);
    int length = fprintf(out, "%-8s%s crc=%08x", word, line, (unsigned)crc_of(line, strlen(line)));
    fprintf(out, "%*s\n", (64 - (length + 1) % 64) % 64, "");
}

static void reads_a_book_of_an_older_folio(void **state)
{
    (void)state;
    struct journal *journal = opened(); /* the folders */
    journal_close(journal);
    FILE *out = fopen(book, "w");
    fprintf(out, "%-191s\n",
            "# folio: every byte that was changed with a poke, what it was before, and what became of it. "
            "folio --pokes FILE tells more.");
    old_line(out, "done", "0x00000064: 64 -> 01", "group=3");
    old_line(out, "undone", "0x00000064: 01 -> 02", "group=7");
    old_line(out, "done", "0x00000064: 02 -> 01", "group=11 undoes=7");
    assert_int_equal(fclose(out), 0);
    store(100, 1);
    struct journal_list list = read_back(fd);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.entry[0].id, 3);
    assert_int_equal(list.entry[0].time, 1795246262);
    assert_int_equal(list.entry[0].birth_ns, INT64_C(17000000001));
    assert_true(list.entry[0].stands && list.entry[0].fits && list.entry[0].same_path);
    assert_false(list.entry[0].same_inode || list.entry[0].stranger);
    assert_int_equal(list.entry[1].state, JOURNAL_UNDONE);
    assert_int_equal(list.entry[2].reverts, list.entry[1].id);
    uint64_t last = list.entry[2].id;
    journal_release(&list);

    /* What is added goes on behind it. */
    journal = opened();
    struct journal_entry entry = entry_of(300, 3);
    assert_true(journal_begin(journal, 0, &entry, 1, NULL));
    assert_true(entry.id > last && entry.id == entry.row);
    journal_close(journal);
}

/* One byte through what people and crashes do to it. */
static struct journal_entry poked(struct journal *journal, uint8_t before, uint8_t after,
                                  enum journal_state state_of)
{
    struct journal_entry entry = entry_of(100, after);
    entry.before = before;
    assert_true(journal_begin(journal, 0, &entry, 1, NULL));
    assert_true(journal_mark(journal, &entry, state_of, NULL));
    journal_end(journal);
    store(100, after);
    return entry;
}

/* Which of three entries stand, as bits, when the byte is this. */
static unsigned standing(uint8_t byte)
{
    store(100, byte);
    struct journal_list list = read_back(fd);
    unsigned bits = 0;
    for (size_t index = 0; index < list.count; index++)
        bits |= (unsigned)list.entry[index].stands << index;
    journal_release(&list);
    return bits;
}

static void the_byte_tells_what_stands(void **state)
{
    (void)state;
    struct journal *journal = opened();
    (void)poked(journal, 100, 1, JOURNAL_DONE);
    (void)poked(journal, 1, 2, JOURNAL_INTENT);
    (void)poked(journal, 2, 3, JOURNAL_FAILED);
    assert_int_equal(standing(3), 7);   /* all landed, whatever was noted */
    assert_int_equal(standing(2), 3);   /* the disk lost the last */
    assert_int_equal(standing(1), 1);   /* and the one before */
    assert_int_equal(standing(100), 0); /* xxd -r took all of them back */
    assert_int_equal(standing(77), 3);  /* somebody else: what is known to have landed stays */
    journal_close(journal);
}

/* What landed though its sync failed is undone as well where somebody took all of it back. */
static void what_was_not_saved_is_taken_back(void **state)
{
    (void)state;
    struct journal *journal = opened();
    (void)poked(journal, 100, 1, JOURNAL_DONE);
    (void)poked(journal, 1, 2, JOURNAL_FAILED);
    (void)poked(journal, 2, 3, JOURNAL_DONE);
    store(100, 100);
    struct journal_list list = read_back(fd);
    for (size_t index = 0; index < 3; index++) {
        assert_true(list.entry[index].settled && !list.entry[index].stands);
        assert_int_equal(list.entry[index].state, JOURNAL_UNDONE);
    }
    journal_release(&list);
    journal_close(journal);
}

/* Nobody but the owner marks what is under way; whoever settles what has no owner finds out what it came to. */
static void settles_what_has_no_owner(void **state)
{
    (void)state;
    struct journal *owner = opened();
    struct journal *other = opened();
    struct journal_entry entry[3] = {entry_of(100, 1), entry_of(300, 2), entry_of(500, 3)};
    assert_true(journal_begin(owner, 0, entry, 3, NULL));
    store(100, 1);
    store(500, 77);
    assert_true(journal_suspects(book, fd));
    for (int round = 0; round < 2; round++) {
        struct journal_list list;
        assert_true(journal_settle(other, fd, &list, NULL));
        struct journal_unfinished unfinished = journal_unfinished(&list);
        assert_int_equal(list.count, 3);
        assert_int_equal(list.entry[0].alive, round == 0);
        assert_int_equal(list.entry[0].stands, round == 1);
        assert_int_equal(unfinished.count, round == 0 ? 0 : 3);
        if (round == 1)
            assert_true(unfinished.landed == 1 && unfinished.never == 1 && unfinished.foreign == 1);
        journal_release(&list);
        list = read_back(fd);
        assert_int_equal(list.entry[0].state, round == 0 ? JOURNAL_INTENT : JOURNAL_DONE);
        assert_int_equal(list.entry[1].state, round == 0 ? JOURNAL_INTENT : JOURNAL_REFUSED);
        assert_int_equal(list.entry[2].state, round == 0 ? JOURNAL_INTENT : JOURNAL_FAILED);
        journal_release(&list);
        if (round == 0)
            journal_close(owner); /* as a kill does */
    }
    assert_false(journal_suspects(book, fd));
    journal_close(other);
}

/* Two at work in a book that neither has found there: each sees that the other lives. */
static void two_owners_of_a_new_book_are_seen(void **state)
{
    (void)state;
    struct journal *journal[2] = {opened(), opened()};
    struct journal_entry entry[2] = {entry_of(100, 1), entry_of(300, 2)};
    for (size_t owner = 0; owner < 2; owner++)
        assert_true(journal_begin(journal[owner], 0, &entry[owner], 1, NULL));
    struct journal *third = opened();
    for (size_t owner = 0; owner < 3; owner++) {
        struct journal_list list;
        assert_true(journal_settle(owner < 2 ? journal[owner] : third, fd, &list, NULL));
        assert_int_equal(list.count, 2);
        assert_true(list.entry[0].alive && list.entry[1].alive);
        journal_release(&list);
        list = read_back(fd);
        assert_int_equal(list.entry[0].state, JOURNAL_INTENT);
        assert_int_equal(list.entry[1].state, JOURNAL_INTENT);
        journal_release(&list);
    }
    journal_close(journal[0]);
    journal_close(journal[1]);
    journal_close(third);
}

/* Is any of the book locked, or (`type` F_WRLCK) lock it, from `place` on. */
static bool lock_book(int own, short type, int command, off_t place)
{
    struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = place};
    assert_int_equal(fcntl(own, command, &lock), 0);
    return lock.l_type != F_UNLCK;
}

/* A poke that others cannot see at work is not begun, and one that was not begun is not seen at work. */
static void begins_nothing_that_others_cannot_see(void **state)
{
    (void)state;
    struct error error = {0};
    struct journal *journal = opened();
    struct journal_entry entry = entry_of(100, 1);
    int own = open(book, O_RDWR);
    (void)lock_book(own, F_WRLCK, F_OFD_SETLK, 256);
    assert_false(journal_begin(journal, 0, &entry, 1, &error));
    assert_non_null(strstr(error.message, "another program has locked lines"));
    (void)lock_book(own, F_UNLCK, F_OFD_SETLK, 0);
    assert_false(lock_book(own, F_WRLCK, F_OFD_GETLK, 0));

    /* No room for the line. */
    struct rlimit all, none = {.rlim_cur = 0};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &all), 0);
    none.rlim_max = all.rlim_max;
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    bool begun = journal_begin(journal, 0, &entry, 1, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &all), 0);
    assert_false(begun);
    assert_false(lock_book(own, F_WRLCK, F_OFD_GETLK, 0));
    close(own);
    journal_close(journal);
}

/* A poke beside it explains another byte around it only where it was made in this file. */
static void what_a_stranger_poked_explains_nothing(void **state)
{
    (void)state;
    struct journal *journal = opened();
    char command[640];
    struct journal_entry first = entry_of(100, 1);
    assert_true(journal_begin(journal, 0, &first, 1, NULL));
    assert_true(journal_mark(journal, &first, JOURNAL_DONE, NULL));
    store(100, 1);
    snprintf(command, sizeof command, "cp '%s' '%s.copy' && mv '%s.copy' '%s'", file, file, file, file);
    assert_int_equal(system(command), 0);
    close(fd);
    fd = open(file, O_RDWR);
    struct journal_entry second = entry_of(97, 9);
    assert_true(journal_begin(journal, 0, &second, 1, NULL));
    for (int round = 0; round < 2; round++) {
        struct journal_list list = read_back(fd);
        assert_true(list.count == 2 && list.entry[0].stranger && !list.entry[1].stranger);
        assert_true(list.entry[0].fits);
        assert_int_equal(list.entry[1].fits, round == 0);
        journal_release(&list);
        store(100, 77);
    }
    journal_close(journal);
}

/* Two files change places: each keeps its own. */
static void tells_files_apart_that_change_places(void **state)
{
    (void)state;
    struct journal *journal = opened();
    char aside[160], command[512];
    struct journal_entry first = entry_of(100, 1);
    assert_true(journal_begin(journal, 0, &first, 1, NULL));
    assert_true(journal_mark(journal, &first, JOURNAL_DONE, NULL));
    snprintf(aside, sizeof aside, "%s/aside", folder);
    store(100, 1);
    assert_int_equal(rename(file, aside), 0);
    snprintf(command, sizeof command, "cp '%s' '%s'", aside, file);
    assert_int_equal(system(command), 0);
    int copy = open(file, O_RDWR);

    /* It is a copy that nobody has poked: what was done to the one it may come from is its own. */
    struct journal_list list = read_back(copy);
    assert_true(list.count == 1 && list.entry[0].stands && !list.entry[0].stranger);
    journal_release(&list);
    int own = fd;
    fd = copy;
    struct journal_entry second = entry_of(200, 2);
    assert_true(journal_begin(journal, 0, &second, 1, NULL));
    assert_true(journal_mark(journal, &second, JOURNAL_DONE, NULL));
    store(200, 2);
    fd = own;
    list = read_back(copy);
    assert_true(list.count == 2 && list.entry[0].stranger && !list.entry[0].stands && list.entry[1].stands);
    journal_release(&list);

    /* Back in its place, the first has its own, and not that of the copy. */
    assert_int_equal(rename(aside, file), 0);
    list = read_back(fd);
    assert_true(list.count == 2 && list.entry[0].stands && !list.entry[0].stranger && list.entry[1].stranger);
    journal_release(&list);

    /* Undone by its number in the other file: that one comes from it, and the first keeps its own. */
    struct journal_entry undo = entry_of(200, 200);
    undo.before = 2;
    undo.way = JOURNAL_UNDO;
    undo.reverts = second.id;
    assert_true(journal_begin(journal, 0, &undo, 1, NULL));
    assert_true(journal_mark(journal, &undo, JOURNAL_DONE, NULL));
    list = read_back(fd);
    assert_true(list.count == 3 && list.entry[0].stands && !list.entry[1].stranger);
    assert_int_equal(list.entry[1].state, JOURNAL_UNDONE);
    journal_release(&list);
    list = read_back(copy);
    assert_true(list.count >= 1);
    for (size_t index = 0; index < list.count; index++)
        if (list.entry[index].id == second.id)
            assert_true(list.entry[index].stands && list.entry[index].state == JOURNAL_DONE);
    journal_release(&list);
    close(copy);
    journal_close(journal);
}

#define MANY 6000u

/* A long book is sorted when it is closed: all is still read, with its numbers, and what is open stays in the book. */
static void sorts_a_long_book(void **state)
{
    (void)state;
    static struct journal_entry entry[MANY];
    struct journal *journal = opened();
    for (size_t index = 0; index < MANY; index++)
        entry[index] = entry_of(100 + index % 400, (uint8_t)index);
    assert_true(journal_begin(journal, 0, entry, MANY, NULL));
    for (size_t index = 0; index < MANY; index++)
        if (index % 1000 != 7)
            assert_true(journal_mark(journal, &entry[index], JOURNAL_DONE, NULL));

    /* Not while somebody is at work. */
    struct stat size;
    struct journal *other = opened();
    journal_close(other);
    assert_int_equal(stat(book, &size), 0);
    assert_true(size.st_size > 1 << 20);
    journal_end(journal);
    journal_close(journal);
    assert_int_equal(stat(book, &size), 0);
    assert_true(size.st_size < 1 << 16);
    assert_int_equal(size.st_mode & 0777, 0600);

    for (int round = 0; round < 3; round++) {
        struct journal_list list = read_back(fd);
        assert_int_equal(list.count, MANY + (size_t)round);
        for (size_t index = 0; index < MANY; index++) {
            assert_int_equal(list.entry[index].id, entry[index].id);
            assert_int_equal(list.entry[index].offset, entry[index].offset);
            assert_int_equal(list.entry[index].after, entry[index].after);
            assert_int_equal(list.entry[index].group, entry[0].id);
            assert_int_equal(list.entry[index].row != 0, index % 1000 == 7);
        }
        journal_release(&list);
        struct journal_entry next = entry_of(700, 7);
        journal = opened();
        assert_true(journal_begin(journal, 0, &next, 1, NULL));
        assert_true(next.id > entry[MANY - 1].id);
        if (round == 1) { /* the book is lost, and the archive is not: numbers are not given twice */
            char archive[160];
            snprintf(archive, sizeof archive, "%s.archive", book);
            assert_int_equal(stat(archive, &size), 0);
            assert_int_equal(size.st_mode & 0777, 0600);
            int own = open(archive, O_RDONLY);
            assert_true(journal_is(journal, own));
            close(own);
        }
        journal_close(journal);
    }
    assert_int_equal(unlink(book), 0);
    struct journal_entry next = entry_of(700, 7);
    journal = opened();
    assert_true(journal_begin(journal, 0, &next, 1, NULL));
    assert_true(next.id > entry[MANY - 1].id);
    journal_close(journal);
}

/* What moved to the archive and is still in the book, for the machine stopped between, is there once. */
static void counts_what_is_twice_once(void **state)
{
    (void)state;
    struct journal *journal = opened();
    struct journal_entry entry = entry_of(100, 1);
    char command[512];
    assert_true(journal_begin(journal, 0, &entry, 1, NULL));
    assert_true(journal_mark(journal, &entry, JOURNAL_DONE, NULL));
    journal_close(journal);
    snprintf(
        command, sizeof command,
        "grep -v '^ *$' '%s' | tail -n 1 | sed 's/ *$//' >'%s.archive'; printf 'done    0x' >>'%s.archive'",
        book, book, book);
    assert_int_equal(system(command), 0);
    struct journal_list list = read_back(fd);
    assert_int_equal(list.count, 1);
    assert_true(list.entry[0].row != 0);
    journal_release(&list);
}

static void makes_lines_for_xxd(void **state)
{
    (void)state;
    struct journal *journal = opened();
    struct journal_entry entry[3] = {entry_of(100, 1), entry_of(UINT64_C(200), 2), entry_of(300, 3)};
    struct buf text = {0};
    assert_true(journal_begin(journal, 0, entry, 3, NULL));
    assert_true(journal_mark(journal, &entry[0], JOURNAL_DONE, NULL));
    assert_true(journal_mark(journal, &entry[1], JOURNAL_REFUSED, NULL));
    journal_end(journal);
    store(100, 1);
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
        cmocka_unit_test_setup_teardown(refuses_what_is_no_file, begin, end),
        cmocka_unit_test_setup_teardown(reads_a_book_of_an_older_folio, begin, end),
        cmocka_unit_test_setup_teardown(the_byte_tells_what_stands, begin, end),
        cmocka_unit_test_setup_teardown(what_a_stranger_poked_explains_nothing, begin, end),
        cmocka_unit_test_setup_teardown(what_was_not_saved_is_taken_back, begin, end),
        cmocka_unit_test_setup_teardown(settles_what_has_no_owner, begin, end),
        cmocka_unit_test_setup_teardown(two_owners_of_a_new_book_are_seen, begin, end),
        cmocka_unit_test_setup_teardown(begins_nothing_that_others_cannot_see, begin, end),
        cmocka_unit_test_setup_teardown(tells_files_apart_that_change_places, begin, end),
        cmocka_unit_test_setup_teardown(sorts_a_long_book, begin, end),
        cmocka_unit_test_setup_teardown(counts_what_is_twice_once, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
