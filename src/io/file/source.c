/* SPDX-License-Identifier: MIT */
/* io: opening, and what fstat says. Any thread; no state.
 *
 * Opening is the one moment where a name can do harm: a FIFO would wait for a writer, a terminal could become ours,
 * the time of the last reading would move. Hence O_NONBLOCK, O_NOCTTY, and O_NOATIME where it is allowed. What a
 * thing is, is then asked of the descriptor, never of the name, which may stand for something else by now. statx
 * instead of fstat, since only it can be told not to ask a server. */
#include "folio/io/file/source.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/magic.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/** From here to the largest offset Linux overlooks data (an overflow, seen on tmpfs): all of it counts as data. */
#define SEEK_BLIND ((uint64_t)INT64_MAX - (UINT64_C(2) << 20) + 1)

/* Not in every linux/magic.h of the time. */
#define MAGIC_CIFS 0xff534d42u
#define MAGIC_SMB2 0xfe534d42u
#define MAGIC_FUSE 0x65735546u

/** File systems whose files are answers, not data: the size tells nothing and no page can be mapped. */
static const unsigned pseudo_magic[] = {PROC_SUPER_MAGIC,    SYSFS_MAGIC,      DEBUGFS_MAGIC,
                                        TRACEFS_MAGIC,       SECURITYFS_MAGIC, CGROUP_SUPER_MAGIC,
                                        CGROUP2_SUPER_MAGIC, BPF_FS_MAGIC,     EFIVARFS_MAGIC};

/** File systems where even a question may have to wait for somebody. */
static const unsigned remote_magic[] = {MAGIC_FUSE, NFS_SUPER_MAGIC, MAGIC_CIFS,      MAGIC_SMB2,
                                        V9FS_MAGIC, AFS_SUPER_MAGIC, CODA_SUPER_MAGIC};

/** Is the file system one of `magic`? One that does not say is none of them. */
static bool source_lives_on(int fd, const unsigned *magic, size_t count)
{
    struct statfs system;

    if (fstatfs(fd, &system) != 0)
        return false;
    for (size_t index = 0; index < count; index++)
        if ((unsigned)system.f_type == magic[index])
            return true;
    return false;
}

/** Where pipes without a name are. */
static const unsigned pipe_magic[] = {PIPEFS_MAGIC};

/** A regular file that says it is empty and yet gives bytes. */
static bool source_lies(int fd, const struct stat *state)
{
    char byte;

    return state->st_size == 0 && pread(fd, &byte, 1, 0) == 1;
}

/** Fill source->kind from what `fd` is; false for what has no bytes. */
static bool source_classify(const char *name, struct source *source, struct error *error)
{
    struct stat state;
    uint64_t size;

    if (fstat(source->fd, &state) != 0)
        return error_system(error, errno, "%s", name);
    if (S_ISDIR(state.st_mode))
        return error_set(error, EISDIR, "%s is a directory", name);
    source->kind = SOURCE_STREAM;
    if (S_ISREG(state.st_mode)) {
        size_t count = sizeof pseudo_magic / sizeof *pseudo_magic;
        if (!source_lives_on(source->fd, pseudo_magic, count) && !source_lies(source->fd, &state))
            source->kind = SOURCE_FILE;
    } else if (S_ISBLK(state.st_mode) && ioctl(source->fd, BLKGETSIZE64, &size) == 0) {
        source->kind = SOURCE_FILE;
    } else if (S_ISFIFO(state.st_mode) && !source_lives_on(source->fd, pipe_magic, 1)) {
        source->kind = SOURCE_FIFO;
    }
    return true;
}

/** O_NOATIME keeps the time of reading where it was, and is allowed only to the owner. */
static int source_descriptor(const char *path)
{
    int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    int fd = open(path, flags | O_NOATIME);

    return fd < 0 && errno == EPERM ? open(path, flags) : fd;
}

/** The sentence for what open refused; a socket gives an ENXIO that explains nothing. */
static bool source_refuse(const char *path, int code, struct error *error)
{
    struct stat state;

    if (code == ENXIO && stat(path, &state) == 0 && S_ISSOCK(state.st_mode))
        return error_set(error, code, "%s is a socket", path);
    return error_system(error, code, "%s", path);
}

bool source_open(const char *path, struct source *source, struct error *error)
{
    struct source opened = {.fd = source_descriptor(path)};

    if (opened.fd < 0)
        return source_refuse(path, errno, error);
    if (!source_classify(path, &opened, error)) {
        close(opened.fd);
        return false;
    }
    /* It was for the open alone; reads of a stream should wait. */
    int flags = fcntl(opened.fd, F_GETFL);
    (void)fcntl(opened.fd, F_SETFL, flags & ~O_NONBLOCK);
    *source = opened;
    return true;
}

bool source_names_stdin(const char *name)
{
    return strcmp(name, "-") == 0;
}

bool source_adopt(int fd, const char *name, struct source *source, struct error *error)
{
    struct source adopted = {.fd = fd};
    int flags = fcntl(fd, F_GETFL);

    if (flags < 0)
        return error_system(error, errno, "%s", name);
    if ((flags & O_ACCMODE) == O_WRONLY || (flags & O_PATH))
        return error_set(error, EBADF, "%s is not open for reading", name);
    if (!source_classify(name, &adopted, error))
        return false;
    /* Somebody has read the beginning, which is not to be shown again; a stream is read from where it stands. */
    if (adopted.kind == SOURCE_FIFO || (adopted.kind == SOURCE_FILE && lseek(fd, 0, SEEK_CUR) > 0))
        adopted.kind = SOURCE_STREAM;
    *source = adopted;
    return true;
}

/** The size of what statx describes: a block device says 0 there. */
static uint64_t source_length(int fd, const struct statx *state)
{
    uint64_t size = state->stx_size;

    if (S_ISBLK(state->stx_mode) && ioctl(fd, BLKGETSIZE64, &size) != 0)
        return 0;
    return size;
}

bool source_state(int fd, struct source_state *state)
{
    struct statx now;

    if (statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &now) != 0)
        return false;
    *state = (struct source_state){
        .size = source_length(fd, &now),
        .modified_ns = now.stx_mtime.tv_sec * INT64_C(1000000000) + now.stx_mtime.tv_nsec,
        .identity = {(uint64_t)now.stx_dev_major << 32 | now.stx_dev_minor, now.stx_ino},
        .deleted = now.stx_nlink == 0,
    };
    return true;
}

bool source_size(int fd, uint64_t *size)
{
    struct statx now;

    if (statx(fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_SIZE | STATX_TYPE, &now) != 0)
        return false;
    *size = source_length(fd, &now);
    return true;
}

bool source_at(const char *path, struct source_identity *identity)
{
    struct statx now;

    if (statx(AT_FDCWD, path, 0, STATX_INO, &now) != 0)
        return false;
    *identity = (struct source_identity){(uint64_t)now.stx_dev_major << 32 | now.stx_dev_minor, now.stx_ino};
    return true;
}

int source_reopen(int fd, bool *holes)
{
    char path[32];
    int own = -1;

    /* A remote file's cache is dropped at each open, and the open waits for pages on their way, in a sleep that not
     * even SIGKILL ends; seen with FUSE. */
    if (!source_lives_on(fd, remote_magic, sizeof remote_magic / sizeof *remote_magic)) {
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        own = source_descriptor(path);
    }
    *holes = own >= 0;
    return own >= 0 ? own : fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

bool source_data(int fd, struct range within, struct range *data)
{
    if (within.begin >= within.end)
        return false;
    *data = within;
    off_t begin = lseek(fd, (off_t)within.begin, SEEK_DATA);
    if (begin < 0 && errno == ENXIO) {
        data->begin = within.begin > SEEK_BLIND ? within.begin : SEEK_BLIND;
        return within.end > SEEK_BLIND;
    }
    if (begin < 0)
        return true;
    /* The file may have changed between the two: an end that makes no sense is no end. */
    off_t end = lseek(fd, begin, SEEK_HOLE);
    if (end > begin && (uint64_t)end < within.end)
        data->end = (uint64_t)end;
    data->begin = (uint64_t)begin;
    return data->begin < within.end;
}
