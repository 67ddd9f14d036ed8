/* SPDX-License-Identifier: MIT */
/*
 * tests: a file system with one file in memory that can be written, or fails to be.
 *
 *     writefs MOUNTPOINT [-o code=ERRNO] [-o direct_io] [-o lie] [-o gate=FIFO]
 *
 * `file` has 16384 bytes, all 'A'. -o code: writes fail with it. -o lie: writes say yes and change nothing.
 * -o direct_io: nothing is cached, and mapping it for writing is refused. -o gate: each write waits until somebody has
 * opened the FIFO for writing and closed it again.
 */
#define FUSE_USE_VERSION 312

#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LENGTH = 16384 };

static struct {
    int code, direct_io, lie;
    char *gate;
    char data[LENGTH];
} writefs;

static const struct fuse_opt option_table[] = {
    {"code=%d", offsetof(__typeof__(writefs), code), 0},
    {"direct_io", offsetof(__typeof__(writefs), direct_io), 1},
    {"lie", offsetof(__typeof__(writefs), lie), 1},
    {"gate=%s", offsetof(__typeof__(writefs), gate), 0},
    FUSE_OPT_END,
};

static int fs_getattr(const char *path, struct stat *state, struct fuse_file_info *info)
{
    (void)info;
    *state = (struct stat){.st_nlink = 1, .st_mode = S_IFDIR | 0755};
    if (strcmp(path, "/") == 0)
        return 0;
    if (strcmp(path, "/file") != 0)
        return -ENOENT;
    state->st_mode = S_IFREG | 0644;
    state->st_size = LENGTH;
    return 0;
}

static int fs_readdir(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset,
                      struct fuse_file_info *info, enum fuse_readdir_flags flags)
{
    (void)path, (void)offset, (void)info, (void)flags;
    fill(buffer, "file", NULL, 0, 0);
    return 0;
}

static int fs_open(const char *path, struct fuse_file_info *info)
{
    (void)path;
    info->direct_io = writefs.direct_io != 0;
    return 0;
}

static int fs_read(const char *path, char *buffer, size_t size, off_t offset, struct fuse_file_info *info)
{
    (void)path, (void)info;
    if (offset >= LENGTH)
        return 0;
    size = size < (size_t)(LENGTH - offset) ? size : (size_t)(LENGTH - offset);
    memcpy(buffer, writefs.data + offset, size);
    return (int)size;
}

static void gate_wait(void)
{
    char byte;
    int gate = writefs.gate ? open(writefs.gate, O_RDONLY) : -1;
    if (gate < 0)
        return;
    while (read(gate, &byte, 1) > 0)
        ;
    close(gate);
}

static int fs_write(const char *path, const char *data, size_t size, off_t offset,
                    struct fuse_file_info *info)
{
    (void)path, (void)info;
    gate_wait();
    if (writefs.code != 0)
        return -writefs.code;
    if (offset >= LENGTH)
        return -EFBIG;
    size = size < (size_t)(LENGTH - offset) ? size : (size_t)(LENGTH - offset);
    if (!writefs.lie)
        memcpy(writefs.data + offset, data, size);
    return (int)size;
}

static int fs_fsync(const char *path, int data, struct fuse_file_info *info)
{
    (void)path, (void)data, (void)info;
    return 0;
}

static const struct fuse_operations operations = {
    .getattr = fs_getattr,
    .readdir = fs_readdir,
    .open = fs_open,
    .read = fs_read,
    .write = fs_write,
    .fsync = fs_fsync,
};

int main(int argc, char **argv)
{
    struct fuse_args arguments = FUSE_ARGS_INIT(argc, argv);
    memset(writefs.data, 'A', LENGTH);
    if (fuse_opt_parse(&arguments, &writefs, option_table, NULL) != 0)
        return 2;
    int status = fuse_main(arguments.argc, arguments.argv, &operations, NULL);
    fuse_opt_free_args(&arguments);
    return status;
}
