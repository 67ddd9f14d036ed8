/* SPDX-License-Identifier: MIT */
/** io/file/save: what arrives is what stood in the source, whatever the target, the source and the reader do meanwhile. */
#include "folio/io/file/save.h"

#include "io/asleep.h"
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/** Longest wait for anything, in milliseconds. */
#define PATIENCE 60000

static char folder[] = "/tmp/folio-save-XXXXXX";
static char from[sizeof folder + 8], to[sizeof folder + 8], other[sizeof folder + 8];
/** Reads that touch these bytes fail; helpers that were let go may still read when it is set anew. */
static _Atomic uint64_t bad_begin, bad_end;

/** Stands in for libc's: a disk with a bad place. A read that begins before it ends there. */
ssize_t pread64(int fd, void *buffer, size_t count, off64_t offset);
ssize_t pread64(int fd, void *buffer, size_t count, off64_t offset)
{
    uint64_t at = (uint64_t)offset;
    if (at >= bad_begin && at < bad_end) {
        errno = EIO;
        return -1;
    }
    if (at < bad_begin && at + count > bad_begin)
        count = (size_t)(bad_begin - at);
    return (ssize_t)syscall(SYS_pread64, fd, buffer, count, offset);
}

/** A device that answers late: a write has reached it (`came`), and returns when it is let (`go`). */
static _Atomic bool late;
static sem_t came, go;
/** A file was cut. */
static sem_t cut;

/** Stands in for libc's. */
ssize_t pwrite64(int fd, const void *buffer, size_t count, off64_t offset);
ssize_t pwrite64(int fd, const void *buffer, size_t count, off64_t offset)
{
    ssize_t written = (ssize_t)syscall(SYS_pwrite64, fd, buffer, count, offset);
    if (late) {
        sem_post(&came);
        sem_wait(&go);
    }
    return written;
}

/** Stands in for libc's. */
int ftruncate64(int fd, off64_t length);
int ftruncate64(int fd, off64_t length)
{
    int result = (int)syscall(SYS_ftruncate, fd, length);
    sem_post(&cut);
    return result;
}

static int folder_make(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(from, sizeof from, "%s/from", folder);
    snprintf(to, sizeof to, "%s/to", folder);
    snprintf(other, sizeof other, "%s/other", folder);
    return 0;
}

static int folder_remove(void **state)
{
    (void)state;
    return rmdir(folder);
}

static int clean(void **state)
{
    (void)state;
    bad_begin = bad_end = 0;
    unlink(from);
    unlink(to);
    unlink(other);
    return 0;
}

/** A file of `length` bytes, each telling where it is. Opened for reading. */
static int make_source(size_t length)
{
    FILE *file = fopen(from, "w");
    assert_non_null(file);
    for (size_t i = 0; i < length; i++)
        fputc((int)((i * 31 + i / 251) & 0xff), file);
    fclose(file);
    int fd = open(from, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    return fd;
}

static char *slurp(const char *path, size_t *length)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &status), 0);
    char *data = malloc((size_t)status.st_size + 1);
    assert_non_null(data);
    *length = (size_t)read(fd, data, (size_t)status.st_size);
    assert_int_equal(*length, status.st_size);
    close(fd);
    return data;
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_content(const char *path, const char *text)
{
    size_t length;
    char *data = slurp(path, &length);
    assert_int_equal(length, strlen(text));
    assert_memory_equal(data, text, length);
    free(data);
}

static struct save_progress wait_end(struct save *save, struct error *error)
{
    struct save_progress progress = {.state = SAVE_RUNNING};
    for (int ms = 0; progress.state == SAVE_RUNNING && ms < PATIENCE; ms++) {
        progress = save_look(save, error);
        usleep(1000);
    }
    assert_int_not_equal(progress.state, SAVE_RUNNING);
    return progress;
}

/** Save one stretch of `fd` to `path`, and let go. */
static struct save_progress save_one(int fd, const char *path, enum save_mode mode, struct range range,
                                     struct error *error)
{
    struct save *save = save_open(path, mode, fd, NULL, error);
    assert_non_null(save);
    assert_true(save_feed(save, range));
    save_finish(save);
    struct save_progress progress = wait_end(save, error);
    save_close(save);
    return progress;
}

static void all_of_it_and_parts_arrive(void **state)
{
    (void)state;
    const size_t size = 1000003;
    int fd = make_source(size);
    struct error error = {0};
    struct save_progress progress = save_one(fd, to, SAVE_NEW, (struct range){0, size}, &error);
    assert_int_equal(progress.state, SAVE_DONE);
    assert_int_equal(progress.written, size);
    assert_true(progress.opened && !progress.unreadable && !progress.gone);
    size_t length, there;
    char *source = slurp(from, &there), *copy = slurp(to, &length);
    assert_int_equal(length, size);
    assert_memory_equal(copy, source, size);
    free(copy);
    progress = save_one(fd, to, SAVE_OVERWRITE, (struct range){65530, 65550}, &error);
    assert_int_equal(progress.state, SAVE_DONE);
    copy = slurp(to, &length);
    assert_int_equal(length, 20);
    assert_memory_equal(copy, source + 65530, 20);
    free(copy);
    progress = save_one(fd, to, SAVE_APPEND, (struct range){7, 12}, &error);
    assert_int_equal(progress.written, 5);
    copy = slurp(to, &length);
    assert_int_equal(length, 25);
    assert_memory_equal(copy + 20, source + 7, 5);
    free(copy);
    free(source);
    close(fd);
}

/** Stretches that a filter would leave: far more of them than fit the queue. */
static void many_stretches_come_in_their_order(void **state)
{
    (void)state;
    const size_t size = 400000;
    int fd = make_source(size);
    struct error error = {0};
    struct save *save = save_open(to, SAVE_NEW, fd, NULL, &error);
    assert_non_null(save);
    close(fd);
    unsigned full = 0;
    size_t wanted = 0, length, there;
    for (uint64_t at = 0; at + 7 < size; at += 20) {
        for (int ms = 0; !save_feed(save, (struct range){at, at + 7}) && ms < PATIENCE; ms++, full++)
            usleep(1000);
        wanted += 7;
    }
    save_finish(save);
    assert_int_equal(wait_end(save, &error).written, wanted);
    save_close(save);
    char *source = slurp(from, &there), *copy = slurp(to, &length);
    assert_int_equal(length, wanted);
    for (size_t i = 0; i < length; i++)
        assert_int_equal(copy[i], source[i / 7 * 20 + i % 7]);
    free(copy);
    free(source);
}

static void what_is_there_is_left_alone(void **state)
{
    (void)state;
    int fd = make_source(100);
    struct error error = {0};
    put(to, "precious");
    struct save_progress progress = save_one(fd, to, SAVE_NEW, (struct range){0, 100}, &error);
    assert_int_equal(progress.state, SAVE_EXISTS);
    assert_false(progress.opened);
    assert_content(to, "precious");
    progress = save_one(fd, folder, SAVE_NEW, (struct range){0, 100}, &error);
    assert_int_equal(progress.state, SAVE_FAILED);
    assert_non_null(strstr(error.message, "Is a directory"));
    progress = save_one(fd, folder, SAVE_OVERWRITE, (struct range){0, 100}, &error);
    assert_int_equal(progress.state, SAVE_FAILED);
    char nowhere[sizeof folder + 16];
    snprintf(nowhere, sizeof nowhere, "%s/no/such", folder);
    progress = save_one(fd, nowhere, SAVE_NEW, (struct range){0, 100}, &error);
    assert_int_equal(progress.state, SAVE_FAILED);
    assert_int_equal(error.code, ENOENT);
    close(fd);
}

static void the_source_is_never_written(void **state)
{
    (void)state;
    int fd = make_source(5000);
    struct error error;
    size_t length;
    char *before = slurp(from, &length);
    assert_int_equal(link(from, to), 0);
    assert_int_equal(symlink(from, other), 0);
    static const enum save_mode mode[] = {SAVE_NEW, SAVE_OVERWRITE, SAVE_APPEND};
    const char *const name[] = {from, to, other};
    for (int i = 0; i < 9; i++) {
        error_clear(&error);
        struct save_progress progress =
            save_one(fd, name[i / 3], mode[i % 3], (struct range){0, 5000}, &error);
        assert_int_equal(progress.state, SAVE_FAILED);
        assert_non_null(strstr(error.message, "is the file being viewed"));
        char *after = slurp(from, &length);
        assert_int_equal(length, 5000);
        assert_memory_equal(after, before, 5000);
        free(after);
    }
    free(before);
    close(fd);
}

static void a_full_disk_is_said(void **state)
{
    (void)state;
    int fd = make_source(100000);
    struct error error = {0};
    struct save_progress progress =
        save_one(fd, "/dev/full", SAVE_OVERWRITE, (struct range){0, 100000}, &error);
    assert_int_equal(progress.state, SAVE_FAILED);
    assert_int_equal(progress.written, 0);
    assert_int_equal(error.code, ENOSPC);
    assert_string_equal(error.message, "Cannot write /dev/full: No space left on device");
    close(fd);
}

static void what_cannot_be_read_is_left_out(void **state)
{
    (void)state;
    const size_t size = 300000;
    int fd = make_source(size);
    struct error error = {0};
    size_t length, there;
    char *source = slurp(from, &there);
    bad_begin = 20 * 4096;
    bad_end = 22 * 4096;
    struct save_progress progress = save_one(fd, to, SAVE_NEW, (struct range){1, size}, &error);
    assert_int_equal(progress.state, SAVE_DONE);
    assert_int_equal(progress.unreadable, 8192);
    assert_int_equal(progress.written, size - 1 - 8192);
    bad_begin = bad_end = 0;
    char *copy = slurp(to, &length);
    assert_int_equal(length, size - 1 - 8192);
    assert_memory_equal(copy, source + 1, 20 * 4096 - 1);
    assert_memory_equal(copy + 20 * 4096 - 1, source + 22 * 4096, size - 22 * 4096);
    free(copy);
    free(source);
    close(fd);
}

static void a_source_that_shrank_is_said(void **state)
{
    (void)state;
    int fd = make_source(100000);
    struct error error = {0};
    assert_int_equal(truncate(from, 70000), 0);
    struct save_progress progress = save_one(fd, to, SAVE_NEW, (struct range){10, 100000}, &error);
    assert_int_equal(progress.state, SAVE_DONE);
    assert_int_equal(progress.written, 69990);
    assert_int_equal(progress.gone, 30000);
    close(fd);
}

/** 64 GiB with a few bytes of data: the copy is as sparse. */
static void holes_stay_holes(void **state)
{
    (void)state;
    const off_t size = (off_t)64 << 30;
    struct stat status;
    struct error error = {0};
    int fd = open(from, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    if (ftruncate(fd, size) != 0)
        skip();
    assert_int_equal(pwrite(fd, "middle", 6, size / 2), 6);
    struct save_progress progress = save_one(fd, to, SAVE_NEW, (struct range){0, (uint64_t)size}, &error);
    assert_int_equal(progress.state, SAVE_DONE);
    assert_int_equal(progress.written, size);
    assert_int_equal(stat(to, &status), 0);
    assert_int_equal(status.st_size, size);
    assert_true(status.st_blocks < 2048);
    char text[8] = "";
    int copy = open(to, O_RDONLY | O_CLOEXEC);
    assert_int_equal(pread(copy, text, 6, size / 2), 6);
    assert_string_equal(text, "middle");
    close(copy);
    close(fd);
}

/** Places in ascending order, each with an 'E'; the last one is UINT64_MAX. */
static size_t overlay_apply(const void *edits, uint64_t offset, void *bytes, size_t length)
{
    size_t count = 0;
    for (const uint64_t *edit = edits; *edit != UINT64_MAX; edit++)
        if (*edit >= offset && *edit - offset < length) {
            ((char *)bytes)[*edit - offset] = 'E';
            count++;
        }
    return count;
}

static uint64_t overlay_next(const void *edits, struct range range)
{
    const uint64_t *edit = edits;
    while (*edit < range.begin)
        edit++;
    return *edit < range.end ? *edit : range.end;
}

static sem_t overlay_released;

static void overlay_release(void *edits)
{
    (void)edits;
    sem_post(&overlay_released);
}

/** Save one stretch with edits over it. */
static void save_edited(int fd, struct range range, uint64_t *edits, struct save_progress *progress)
{
    struct error error = {0};
    struct save *save = save_open(to, SAVE_OVERWRITE, fd, NULL, &error);
    assert_non_null(save);
    save_lay(save, (struct save_overlay){edits, overlay_apply, overlay_next, overlay_release});
    assert_true(save_feed(save, range));
    save_finish(save);
    *progress = wait_end(save, &error);
    save_close(save);
    assert_int_equal(progress->state, SAVE_DONE);
    sem_wait(&overlay_released);
}

static void edits_go_out_in_place_of_what_is_there(void **state)
{
    (void)state;
    const size_t size = 3 << 20;
    uint64_t edits[] = {0,         5,        65535, 65536,     1 << 20, (1 << 20) + 4095, (1 << 20) + 4096,
                        (2 << 20), size - 1, size,  UINT64_MAX};
    struct save_progress progress;
    struct stat status;
    size_t length, there;
    sem_init(&overlay_released, 0, 0);
    int fd = make_source(200000);
    assert_int_equal(truncate(from, (off_t)size), 0);
    save_edited(fd, (struct range){0, size}, edits, &progress);
    assert_int_equal(progress.edited, 9);
    char *want = slurp(from, &there), *copy = slurp(to, &length);
    for (size_t i = 0; i < 9; i++)
        want[edits[i]] = 'E';
    assert_int_equal(length, size);
    assert_memory_equal(copy, want, size);
    assert_int_equal(stat(to, &status), 0);
    assert_true(status.st_blocks < (1 << 20) / 512);
    free(copy);
    save_edited(fd, (struct range){5, 65536}, edits, &progress);
    assert_int_equal(progress.edited, 2);
    copy = slurp(to, &length);
    assert_int_equal(length, 65531);
    assert_memory_equal(copy, want + 5, length);
    free(copy);
    free(want);
    close(fd);
}

/** A shape that says each byte three times, and how many there were at the end; what did not fit comes first. */
struct thrice {
    uint64_t count;
    unsigned owed;
    char byte;
    bool told;
};

static atomic_uint shapes_released;

static size_t thrice_run(void *state, struct span *in, bool last, char *out, size_t room)
{
    struct thrice *thrice = state;
    size_t length = 0;
    assert_true(room >= SAVE_ROOM);
    while (length < room && (thrice->owed || in->length)) {
        if (!thrice->owed) {
            thrice->byte = *in->data++;
            in->length--;
            thrice->owed = 3;
            thrice->count++;
        }
        out[length++] = thrice->byte;
        thrice->owed--;
    }
    if (last && !thrice->owed && !thrice->told && room - length >= 32) {
        length += (size_t)snprintf(out + length, 32, "%llu", (unsigned long long)thrice->count);
        thrice->told = true;
    }
    return length;
}

static void thrice_release(void *state)
{
    free(state);
    shapes_released++;
}

/** What comes out of a shape is what a file or a pipe gets, holes and edits included. */
static void a_shape_makes_other_bytes(void **state)
{
    (void)state;
    const size_t size = 300007;
    int fd = make_source(size);
    struct error error = {0};
    size_t length, there;
    struct save *save = save_open(to, SAVE_NEW, fd, NULL, &error);
    assert_non_null(save);
    save_reshape(save, (struct save_shape){calloc(1, sizeof(struct thrice)), thrice_run, thrice_release});
    assert_true(save_feed(save, (struct range){0, 200000}));
    assert_true(save_feed(save, (struct range){200001, size}));
    save_finish(save);
    struct save_progress progress = wait_end(save, &error);
    save_close(save);
    assert_int_equal(progress.state, SAVE_DONE);
    char *source = slurp(from, &there), *copy = slurp(to, &length);
    assert_int_equal(length, 3 * (size - 1) + 6);
    assert_int_equal(progress.written, length);
    for (size_t i = 0; i < size - 1; i++)
        for (size_t k = 0; k < 3; k++)
            assert_int_equal(copy[3 * i + k], source[i + (i >= 200000)]);
    assert_memory_equal(copy + 3 * (size - 1), "300006", 6);
    for (int ms = 0; shapes_released == 0 && ms < PATIENCE; ms++)
        usleep(1000);
    assert_int_equal(shapes_released, 1);
    free(source);
    free(copy);
    close(fd);
}

static void a_text_is_saved_but_not_over_what_is_viewed(void **state)
{
    (void)state;
    struct error error = {0};
    int fd = make_source(10);
    struct save *save = save_open_text(to, SAVE_NEW, "a list\n", 7, fd, NULL, &error);
    assert_non_null(save);
    assert_int_equal(wait_end(save, &error).state, SAVE_DONE);
    save_close(save);
    assert_content(to, "a list\n");
    save = save_open_text(to, SAVE_NEW, "other\n", 6, fd, NULL, &error);
    assert_int_equal(wait_end(save, &error).state, SAVE_EXISTS);
    save_close(save);
    save = save_open_text(from, SAVE_OVERWRITE, "other\n", 6, fd, NULL, &error);
    assert_int_equal(wait_end(save, &error).state, SAVE_FAILED);
    assert_non_null(strstr(error.message, "is the file being viewed"));
    save_close(save);
    size_t length;
    free(slurp(from, &length));
    assert_int_equal(length, 10);
    close(fd);
}

static void a_pipe_gets_zeros_for_holes(void **state)
{
    (void)state;
    struct error error = {0};
    int reader = -1, fd = open(from, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(ftruncate(fd, 1 << 20), 0);
    assert_int_equal(pwrite(fd, "end", 3, 1 << 20), 3);
    struct save *save = save_open_pipe(fd, &reader, NULL, &error);
    assert_non_null(save);
    assert_true(save_feed(save, (struct range){0, (1 << 20) + 3}));
    save_finish(save);
    size_t total = 0;
    char buffer[65536], last[3] = "";
    for (ssize_t count; (count = read(reader, buffer, sizeof buffer)) > 0; total += (size_t)count)
        for (ssize_t i = 0; i < count; i++) {
            size_t at = total + (size_t)i;
            if (at < 1 << 20)
                assert_int_equal(buffer[i], 0);
            else
                last[at - (1 << 20)] = buffer[i];
        }
    assert_int_equal(total, (1 << 20) + 3);
    assert_memory_equal(last, "end", 3);
    assert_int_equal(wait_end(save, &error).state, SAVE_DONE);
    save_close(save);
    close(reader);
    close(fd);
}

/** SIGPIPE has its default action in this program. */
static void a_reader_that_leaves_kills_nobody(void **state)
{
    (void)state;
    int fd = make_source(1 << 20), reader = -1;
    struct error error = {0};
    char byte;
    struct save *save = save_open_pipe(fd, &reader, NULL, &error);
    assert_non_null(save);
    assert_true(save_feed(save, (struct range){0, 1 << 20}));
    save_finish(save);
    assert_int_equal(read(reader, &byte, 1), 1);
    close(reader);
    assert_int_equal(wait_end(save, &error).state, SAVE_CLOSED);
    save_close(save);
    close(fd);
}

static void one_that_waits_can_be_stopped(void **state)
{
    (void)state;
    int fd = make_source(1 << 20), reader = -1;
    struct error error = {0};
    /* On a pipe that nobody reads. */
    struct save *save = save_open_pipe(fd, &reader, NULL, &error);
    assert_true(save_feed(save, (struct range){0, 1 << 20}));
    asleep_wait();
    save_stop(save);
    assert_int_equal(wait_end(save, &error).state, SAVE_STOPPED); /* it would wait for ever */
    save_close(save);
    close(reader);
    /* For stretches; what is there stays. */
    save = save_open(to, SAVE_NEW, fd, NULL, &error);
    assert_true(save_feed(save, (struct range){0, 100}));
    save_stop(save);
    struct save_progress progress = wait_end(save, &error);
    assert_int_equal(progress.state, SAVE_STOPPED);
    size_t length;
    free(slurp(to, &length));
    assert_int_equal(length, progress.written);
    save_close(save);
    close(fd);
}

/** Nobody waits for a write that does not end; what was said then is what is in the file afterwards. */
static void one_that_is_abandoned_keeps_what_was_told(void **state)
{
    (void)state;
    int fd = make_source(4 << 20);
    struct error error = {0};
    struct stat status = {0};
    sem_init(&came, 0, 0);
    sem_init(&go, 0, 0);
    sem_init(&cut, 0, 0);
    late = true;
    struct save *save = save_open(to, SAVE_NEW, fd, NULL, &error);
    assert_true(save_feed(save, (struct range){0, 4 << 20}));
    sem_wait(&came);
    sem_post(&go);
    sem_wait(&came);
    /* One write is through, a second is in the file, but nobody knows yet. */
    save_stop(save);
    struct save_progress progress = save_abandon(save);
    assert_int_equal(progress.state, SAVE_STOPPED);
    assert_in_range(progress.written, 1, 1 << 20);
    assert_int_equal(stat(to, &status), 0);
    assert_true((uint64_t)status.st_size > progress.written);
    late = false;
    while (sem_trywait(&cut) == 0) /* it was made empty when it was opened */
        ;
    sem_post(&go);
    sem_wait(&cut);
    assert_int_equal(stat(to, &status), 0);
    assert_int_equal(status.st_size, progress.written);
    save_close(save);
    close(fd);
}

/** A descriptor for each that is open. */
static unsigned descriptors(void)
{
    unsigned count = 0;
    DIR *open_ones = opendir("/proc/self/fd");
    while (readdir(open_ones))
        count++;
    closedir(open_ones);
    return count;
}

static void letting_go_waits_for_nothing_and_leaks_nothing(void **state)
{
    (void)state;
    int fd = make_source(1 << 20), reader = -1;
    struct error error = {0};
    unsigned before = descriptors();
    struct wake *wake = wake_open(&error);
    struct save *save = save_open_pipe(fd, &reader, wake, &error);
    assert_true(save_feed(save, (struct range){0, 1 << 20}));
    save_close(save);
    wake_close(wake);
    close(reader);
    save_close(NULL);
    for (int ms = 0; descriptors() != before && ms < PATIENCE; ms++)
        usleep(1000);
    assert_int_equal(descriptors(), before);
    close(fd);
}

/** What came through a pipe is kept in another file from some size on. */
static void a_source_may_move(void **state)
{
    (void)state;
    int fd = make_source(1000), moved;
    struct error error = {0};
    put(other, "0123456789");
    moved = open(other, O_RDONLY | O_CLOEXEC);
    struct save *save = save_open(to, SAVE_NEW, fd, NULL, &error);
    assert_true(save_feed(save, (struct range){0, 4}));
    for (int ms = 0; save_look(save, NULL).written < 4 && ms < 200; ms++)
        usleep(1000);
    assert_true(save_source(save, moved));
    close(moved);
    close(fd);
    assert_true(save_feed(save, (struct range){4, 10}));
    save_finish(save);
    assert_int_equal(wait_end(save, &error).written, 10);
    save_close(save);
    size_t length;
    char *copy = slurp(to, &length);
    assert_memory_equal(copy + 4, "456789", 6);
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(all_of_it_and_parts_arrive, clean),
        cmocka_unit_test_teardown(many_stretches_come_in_their_order, clean),
        cmocka_unit_test_teardown(what_is_there_is_left_alone, clean),
        cmocka_unit_test_teardown(the_source_is_never_written, clean),
        cmocka_unit_test_teardown(a_full_disk_is_said, clean),
        cmocka_unit_test_teardown(what_cannot_be_read_is_left_out, clean),
        cmocka_unit_test_teardown(a_source_that_shrank_is_said, clean),
        cmocka_unit_test_teardown(holes_stay_holes, clean),
        cmocka_unit_test_teardown(edits_go_out_in_place_of_what_is_there, clean),
        cmocka_unit_test_teardown(a_shape_makes_other_bytes, clean),
        cmocka_unit_test_teardown(a_text_is_saved_but_not_over_what_is_viewed, clean),
        cmocka_unit_test_teardown(a_pipe_gets_zeros_for_holes, clean),
        cmocka_unit_test_teardown(a_reader_that_leaves_kills_nobody, clean),
        cmocka_unit_test_teardown(one_that_waits_can_be_stopped, clean),
        cmocka_unit_test_teardown(one_that_is_abandoned_keeps_what_was_told, clean),
        cmocka_unit_test_teardown(letting_go_waits_for_nothing_and_leaks_nothing, clean),
        cmocka_unit_test_teardown(a_source_may_move, clean),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
