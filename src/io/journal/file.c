/* SPDX-License-Identifier: MIT */
/* io: the book and its archive as files: where they are, made, opened, written to. Any thread that may wait. */
#include "inside.h"
#include "line.h"
#include "open.h"

#include "folio/io/journal/place.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool journal_sync_folder(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');

    size_t length = !slash ? 0 : (size_t)(slash - path) + 1;
    memcpy(folder, path, length);
    folder[length] = '\0';
    int fd = open(length == 0 ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool fine = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return fine;
}

/** Make the folders on the way to `path`, for their owner only. Failures show when the file is opened. */
static void journal_make_folders(const char *path)
{
    char folder[PATH_MAX];

    for (const char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        memcpy(folder, path, (size_t)(slash - path));
        folder[slash - path] = '\0';
        if (mkdir(folder, 0700) == 0)
            (void)journal_sync_folder(folder);
    }
}

/* A pipe would be waited for, and a device never be read back. */
int journal_open_file(const char *path, struct error *error)
{
    struct stat state;
    int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    int fd = open(path, flags, 0600);

    if (fd < 0 && errno == ENOENT) {
        journal_make_folders(path);
        fd = open(path, flags, 0600);
    }
    if (fd >= 0 && fstat(fd, &state) == 0 && S_ISREG(state.st_mode) &&
        (state.st_size > 0 || journal_sync_folder(path)))
        return fd;
    if (fd >= 0 && !S_ISREG(state.st_mode))
        (void)error_set(error, EINVAL, "the journal %s is no ordinary file", path);
    else
        (void)error_system(error, errno, "the journal %s cannot be opened", path);
    if (fd >= 0)
        close(fd);
    return -1;
}

int journal_open_read(const char *path, struct buf *place, struct error *error)
{
    struct stat state;

    if (path)
        buf_text(place, path);
    else if (!journal_place(place, error))
        return -1;
    int fd = open(buf_string(place), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd >= 0 && fstat(fd, &state) == 0 && S_ISREG(state.st_mode))
        return fd;
    bool none = fd < 0 && errno == ENOENT;
    if (fd >= 0)
        (void)error_set(error, EINVAL, "the journal %s is no ordinary file", buf_string(place));
    else if (!none)
        (void)error_system(error, errno, "the journal %s cannot be read", buf_string(place));
    if (fd >= 0)
        close(fd);
    errno = none ? 0 : EINVAL;
    return -1;
}

int journal_open_archive(int fd, int flags)
{
    char path[PATH_MAX + sizeof JOURNAL_ARCHIVE];

    if (!journal_name(fd, path, PATH_MAX))
        return -1;
    strcat(path, JOURNAL_ARCHIVE);
    return open(path, flags | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW, 0600);
}

void journal_fill(struct buf *out, uint64_t place)
{
    static const char row[JOURNAL_ROW + 1] =
        "                                                               \n";

    while ((place + out->length) % JOURNAL_ROW != 0 && !out->failed)
        buf_text(out, (place + out->length) % JOURNAL_ROW == JOURNAL_ROW - 1 ? "\n" : " ");
    while ((place + out->length) % JOURNAL_GROWTH != 0 && !out->failed)
        buf_text(out, row);
}

void journal_title(struct buf *out, uint64_t base)
{
    size_t begin = out->length;

    buf_text(out, "# folio: every byte that was changed with a poke, what it was before, and what "
                  "became of it. folio --pokes FILE tells more.");
    if (base != 0) {
        buf_format(out, " base=%llu", (unsigned long long)base);
        journal_line_seal(out, begin);
    }
    while ((out->length + 1) % JOURNAL_ROW != 0 && !out->failed)
        buf_text(out, " ");
    buf_text(out, "\n");
}

bool journal_write(int fd, const struct buf *text, uint64_t place)
{
    size_t done = 0;

    while (done < text->length) {
        ssize_t count = pwrite(fd, text->data + done, text->length - done, (off_t)(place + done));
        if (count < 0 && errno != EINTR)
            return false;
        done += count > 0 ? (size_t)count : 0;
    }
    return true;
}

/* Read backwards, a growth at a time. */
bool journal_end_of(int fd, uint64_t size, uint64_t *end)
{
    char block[JOURNAL_GROWTH];

    /* Somebody's editor may have made it uneven. */
    *end = (size + JOURNAL_ROW - 1) / JOURNAL_ROW * JOURNAL_ROW;
    while (*end > 0) {
        uint64_t begin = (*end - 1) / JOURNAL_GROWTH * JOURNAL_GROWTH;
        size_t used = (size_t)(*end - begin);
        memset(block, ' ', sizeof block);
        if (pread(fd, block, used, (off_t)begin) < 0)
            return false;
        while (used > 0 && (block[used - 1] == ' ' || block[used - 1] == '\n'))
            used--;
        *end = begin + (used + JOURNAL_ROW - 1) / JOURNAL_ROW * JOURNAL_ROW;
        if (used > 0)
            return true;
    }
    return true;
}
