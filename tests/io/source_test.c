/* SPDX-License-Identifier: MIT */
/* io: opening everything a person may name, and the states of what is open. */
#include "folio/io/file/source.h"

#include "io/asleep.h"
#include "test.h"

#include "folio/io/file/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char directory[] = "/tmp/folio-source-XXXXXX";

static int enter(void **state)
{
    (void)state;
    return mkdtemp(directory) && chdir(directory) == 0 ? 0 : -1;
}

static int leave(void **state)
{
    static const char *const left[] = {"file",   "loop",   "dangling", "fifo",
                                       "socket", "secret", "sparse",   "other"};
    (void)state;
    for (size_t index = 0; index < sizeof left / sizeof *left; index++)
        unlink(left[index]);
    return chdir("/") == 0 ? rmdir(directory) : -1;
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_refused(const char *path, const char *sentence)
{
    struct source source = {.fd = -7};
    struct error error = {0};
    assert_false(source_open(path, &source, &error));
    assert_string_equal(error.message, sentence);
    assert_int_not_equal(error.code, 0);
    assert_int_equal(source.fd, -7);
}

static void what_cannot_be_opened_is_told_in_one_sentence(void **state)
{
    (void)state;
    char longest[300];
    char sentence[400];
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket"};
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(symlink("loop", "loop"), 0);
    assert_int_equal(symlink("nowhere", "dangling"), 0);
    memset(longest, 'x', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    snprintf(sentence, sizeof sentence, "%s: File name too long", longest);
    assert_refused(".", ". is a directory");
    assert_refused("socket", "socket is a socket");
    assert_refused("missing", "missing: No such file or directory");
    assert_refused("dangling", "dangling: No such file or directory");
    assert_refused("loop", "loop: Too many levels of symbolic links");
    assert_refused("", ": No such file or directory");
    assert_refused(longest, sentence);
    put("file", "x");
    assert_refused("file/inside", "file/inside: Not a directory");
    close(listener);
}

static int without_rights(void)
{
    struct source source;
    struct error error = {0};
    if (setresuid(65534, 65534, 65534) != 0 || source_open("secret", &source, &error))
        return 1;
    return strcmp(error.message, "secret: Permission denied") == 0 ? 0 : 2;
}

static void no_permission_is_told(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    put("secret", "x");
    assert_int_equal(chmod("secret", 0600), 0);
    assert_int_equal(chmod(".", 0755), 0);
    pid_t child = fork();
    if (child == 0)
        _exit(without_rights());
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static enum source_kind kind_of(const char *path)
{
    struct source source;
    struct error error = {0};
    if (!source_open(path, &source, &error))
        fail_msg("%s", error.message);
    int flags = fcntl(source.fd, F_GETFL);
    assert_int_equal(flags & O_ACCMODE, O_RDONLY);
    assert_int_equal(flags & O_NONBLOCK, 0);
    assert_int_equal(fcntl(source.fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    close(source.fd);
    return source.kind;
}

static void each_thing_has_its_kind(void **state)
{
    (void)state;
    put("file", "hello\n");
    assert_int_equal(kind_of("file"), SOURCE_FILE);
    put("file", "");
    assert_int_equal(kind_of("file"), SOURCE_FILE);
    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_int_equal(kind_of("fifo"), SOURCE_FIFO); /* and did not wait for a writer */
    assert_int_equal(kind_of("/dev/null"), SOURCE_STREAM);
    int pipes[2];
    char path[32];
    assert_int_equal(pipe(pipes), 0);
    snprintf(path, sizeof path, "/dev/fd/%d", pipes[0]);
    assert_int_equal(kind_of(path), SOURCE_STREAM); /* to which no name leads, whatever this is called */
    close(pipes[0]);
    close(pipes[1]);
    assert_int_equal(kind_of("/dev/zero"), SOURCE_STREAM);
    assert_int_equal(kind_of("/proc/self/maps"), SOURCE_STREAM);
    assert_int_equal(kind_of("/proc/cpuinfo"), SOURCE_STREAM);
    if (access("/sys/kernel/mm/transparent_hugepage/enabled", R_OK) == 0)
        assert_int_equal(kind_of("/sys/kernel/mm/transparent_hugepage/enabled"), SOURCE_STREAM);
}

static void an_open_descriptor_is_adopted_or_refused(void **state)
{
    (void)state;
    struct source source;
    struct error error = {0};
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    assert_true(source_adopt(pipes[0], "standard input", &source, &error));
    assert_int_equal(source.kind, SOURCE_STREAM);
    assert_int_equal(source.fd, pipes[0]);
    assert_false(source_adopt(pipes[1], "standard input", &source, &error));
    assert_string_equal(error.message, "standard input is not open for reading");
    close(pipes[0]);
    close(pipes[1]);
    assert_false(source_adopt(pipes[0], "standard input", &source, &error));
    assert_string_equal(error.message, "standard input: Bad file descriptor");
    int here = open(".", O_RDONLY | O_DIRECTORY);
    assert_false(source_adopt(here, "standard input", &source, &error));
    assert_string_equal(error.message, "standard input is a directory");
    close(here);
    int fifo = open("fifo", O_RDONLY | O_NONBLOCK);
    assert_true(source_adopt(fifo, "standard input", &source, &error));
    assert_int_equal(source.kind, SOURCE_STREAM);
    close(fifo);
}

static void a_file_that_was_read_is_what_is_left_of_it(void **state)
{
    (void)state;
    struct source source;
    struct error error;
    put("file", "hello");
    int fd = open("file", O_RDONLY);
    assert_true(source_adopt(fd, "standard input", &source, &error));
    assert_int_equal(source.kind, SOURCE_FILE);
    assert_int_equal(lseek(fd, 2, SEEK_SET), 2);
    assert_true(source_adopt(fd, "standard input", &source, &error));
    assert_int_equal(source.kind, SOURCE_STREAM);
    assert_int_equal(lseek(fd, 0, SEEK_CUR), 2);
    close(fd);
}

static void looking_moves_no_timestamp(void **state)
{
    (void)state;
    struct stat before, after;
    struct source source;
    struct error error;
    char byte;
    struct timespec old[2] = {{.tv_sec = 1000},
                              {.tv_sec = 2000}}; /* read before it was written: relatime would move */
    put("file", "hello");
    assert_int_equal(utimensat(AT_FDCWD, "file", old, 0), 0);
    assert_int_equal(stat("file", &before), 0);
    assert_true(source_open("file", &source, &error));
    assert_int_equal(read(source.fd, &byte, 1), 1);
    bool holes;
    int own = source_reopen(source.fd, &holes);
    assert_int_equal(pread(own, &byte, 1, 1), 1);
    close(own);
    close(source.fd);
    assert_int_equal(stat("file", &after), 0);
    assert_int_equal(after.st_atim.tv_sec, before.st_atim.tv_sec);
    assert_int_equal(after.st_mtim.tv_sec, before.st_mtim.tv_sec);
}

static void the_state_follows_the_file(void **state)
{
    (void)state;
    struct source source;
    struct source_state now;
    struct source_identity there;
    struct error error;
    uint64_t size;
    put("file", "hello");
    assert_true(source_open("file", &source, &error));
    assert_true(source_state(source.fd, &now));
    assert_int_equal(now.size, 5);
    assert_false(now.deleted);
    assert_true(source_at("file", &there));
    assert_memory_equal(&there, &now.identity, sizeof there);
    assert_int_equal(truncate("file", 3), 0);
    assert_true(source_size(source.fd, &size));
    assert_int_equal(size, 3);
    int64_t modified = now.modified_ns;
    assert_true(source_state(source.fd, &now));
    assert_true(now.modified_ns >= modified);
    put("other", "rotated");
    assert_int_equal(rename("other", "file"), 0);
    assert_true(source_state(source.fd, &now));
    assert_true(now.deleted);
    assert_true(source_at("file", &there));
    assert_memory_not_equal(&there, &now.identity, sizeof there);
    unlink("file");
    assert_false(source_at("file", &there));
    close(source.fd);
    assert_false(source_state(source.fd, &now));
}

static void data_and_holes_are_told_apart(void **state)
{
    (void)state;
    int fd = open("sparse", O_RDWR | O_CREAT | O_TRUNC, 0600);
    struct range data = {0, 0};
    uint64_t mebi = 1u << 20;
    bool holes;
    assert_int_equal(ftruncate(fd, 10 << 20), 0);
    assert_int_equal(pwrite(fd, "x", 1, 4 << 20), 1);
    lseek(fd, 77, SEEK_SET);
    int own = source_reopen(fd, &holes);
    assert_true(own >= 0);
    if (holes && source_data(own, (struct range){0, 10 * mebi}, &data) && data.begin > 0) {
        assert_int_equal(data.begin, 4 * mebi);
        assert_true(data.end > 4 * mebi && data.end < 5 * mebi);
        assert_false(source_data(own, (struct range){5 * mebi, 10 * mebi}, &data));
        assert_false(source_data(own, (struct range){0, mebi}, &data));
    }
    assert_int_equal(lseek(fd, 0, SEEK_CUR), 77); /* the description of the caller was left alone */
    close(own);
    close(fd);
}

static void *late_writer(void *argument)
{
    (void)argument;
    asleep_wait(); /* the reader does by now */
    int fd = open("fifo", O_WRONLY);
    ssize_t ignored = write(fd, "late", 4);
    (void)ignored;
    close(fd);
    return NULL;
}

static void a_copy_is_unchanged_and_waits_for_a_late_writer(void **state)
{
    (void)state;
    struct source source;
    struct error error = {0};
    char text[16] = "";
    pthread_t writer;
    int pipes[2];
    unlink("fifo");
    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_int_equal(pipe(pipes), 0);
    assert_true(source_open("fifo", &source, &error));
    pthread_create(&writer, NULL, late_writer, NULL);
    assert_true(copy_out(source.fd, "fifo", pipes[1], &error));
    pthread_join(writer, NULL);
    assert_int_equal(read(pipes[0], text, sizeof text), 4);
    assert_string_equal(text, "late");
    close(source.fd);
    close(pipes[0]); /* now the reader is gone: a quiet end */
    signal(SIGPIPE, SIG_IGN);
    assert_true(source_open("/proc/self/maps", &source, &error));
    assert_true(copy_out(source.fd, "maps", pipes[1], &error));
    close(source.fd);
    close(pipes[1]);
}

static void what_is_read_into_memory_waits_and_has_a_limit(void **state)
{
    (void)state;
    struct source source;
    struct error error = {0};
    struct buf text = {0};
    pthread_t writer;
    unlink("fifo");
    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_true(source_open("fifo", &source, &error));
    pthread_create(&writer, NULL, late_writer, NULL);
    buf_text(&text, "very ");
    assert_true(copy_in(source.fd, "fifo", 4, &text, &error));
    pthread_join(writer, NULL);
    assert_string_equal(buf_string(&text), "very late");
    close(source.fd);
    put("file", "hello");
    assert_true(source_open("file", &source, &error));
    assert_false(copy_in(source.fd, "file", 4, &text, &error));
    assert_string_equal(error.message, "file is too long: more than 4 bytes");
    close(source.fd);
    assert_false(copy_in(source.fd, "file", 4, &text, &error));
    assert_string_equal(error.message, "file: Bad file descriptor");
    buf_release(&text);
}

static void a_failed_copy_says_which_side(void **state)
{
    (void)state;
    struct source source;
    struct error error = {0};
    put("file", "hello");
    assert_true(source_open("file", &source, &error));
    int full = open("/dev/full", O_WRONLY);
    assert_false(copy_out(source.fd, "file", full, &error));
    assert_string_equal(error.message, "cannot write to standard output: No space left on device");
    close(full);
    close(source.fd);
    assert_false(copy_out(source.fd, "file", 1, &error));
    assert_string_equal(error.message, "file: Bad file descriptor");
}

static void a_dash_is_standard_input(void **state)
{
    (void)state;
    assert_true(source_names_stdin("-"));
    assert_false(source_names_stdin("./-"));
    assert_false(source_names_stdin("--"));
    assert_false(source_names_stdin(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_opened_is_told_in_one_sentence),
        cmocka_unit_test(no_permission_is_told),
        cmocka_unit_test(each_thing_has_its_kind),
        cmocka_unit_test(an_open_descriptor_is_adopted_or_refused),
        cmocka_unit_test(a_file_that_was_read_is_what_is_left_of_it),
        cmocka_unit_test(looking_moves_no_timestamp),
        cmocka_unit_test(the_state_follows_the_file),
        cmocka_unit_test(data_and_holes_are_told_apart),
        cmocka_unit_test(a_copy_is_unchanged_and_waits_for_a_late_writer),
        cmocka_unit_test(what_is_read_into_memory_waits_and_has_a_limit),
        cmocka_unit_test(a_failed_copy_says_which_side),
        cmocka_unit_test(a_dash_is_standard_input),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
