/* SPDX-License-Identifier: MIT */
/*
 * tests: a file system with one file that is slow, broken or huge, on request.
 *
 *     slowfs MOUNTPOINT -o backing=FILE [-o OPTION]...        or -o huge=BYTES in place of backing
 *
 * It shows `file` (another name: -o name=NAME), a read-only mirror of the backing file or made-up bytes, and
 * `control`, which takes one order a line and, read, tells the state. Orders are the same words as mount options:
 *
 *     delay START LENGTH MS     reads that touch the range take MS milliseconds   -o delay=MS, the whole file
 *     eio START LENGTH          reads that touch the range fail                   -o eio=START:LENGTH
 *     code ERRNO                what a failing read fails with: 5 (EIO) at first, 116 (ESTALE) as on NFS
 *     gone ERRNO                stat and open of the file fail, as do all reads; 0: no longer
 *     short BYTES               reads return at most so much                      -o short=BYTES
 *     size BYTES                the size that stat tells                          -o size=BYTES
 *     clear                     everything fine again; also wakes reads that wait
 *
 *     -o huge=BYTES             no backing file; -o pattern=newline (only '\n'), zero, or numbers (the default:
 *                               lines of 16 bytes, each its number, from 1)
 *     -o kernel_cache           pages stay cached from one open to the next
 *     -o direct_io              no page cache, which is where a short read is not the end of the file
 *
 * Each read has a thread of its own, so that one that waits holds up neither stat nor other reads. Without -f it goes
 * to the background when the file is there.
 */
#define FUSE_USE_VERSION 312

#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <fuse_lowlevel.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NUMBER_LINE = 16, MOST_READS = 256 };

/** Bytes start to start + length - 1; length 0: none. */
struct range {
    int64_t start, length;
};

/** What is wrong with the file at the moment. */
struct faults {
    struct range delayed, broken;
    int64_t delay;     /**< milliseconds */
    int64_t shortened; /**< most bytes a read returns, 0: all */
    int64_t size;      /**< what stat tells, -1: the truth */
    int code, gone;    /**< errno of reads in `broken`, and of everything */
};

/** Mount options, as libfuse fills them in. */
struct options {
    char *backing, *name, *pattern, *eio;
    int64_t huge, delay, shortened, size;
    int kernel_cache, direct_io;
};

struct slowfs {
    struct options options;
    int backing;
    struct timespec started;
    pthread_mutex_t lock;   /**< over what follows */
    pthread_cond_t changed; /**< orders arrived */
    unsigned generation;    /**< counts `clear` */
    struct faults faults;
    int64_t reads, bytes, waiting;
};

static const struct faults no_faults = {.size = -1, .code = EIO};

static struct slowfs slowfs = {
    .options = {.size = -1},
    .backing = -1,
    .lock = PTHREAD_MUTEX_INITIALIZER,
    .faults = {.size = -1, .code = EIO},
};

static const struct fuse_opt option_table[] = {
    {"backing=%s", offsetof(struct options, backing), 0},
    {"name=%s", offsetof(struct options, name), 0},
    {"pattern=%s", offsetof(struct options, pattern), 0},
    {"eio=%s", offsetof(struct options, eio), 0},
    {"huge=%" SCNd64, offsetof(struct options, huge), 0},
    {"delay=%" SCNd64, offsetof(struct options, delay), 0},
    {"short=%" SCNd64, offsetof(struct options, shortened), 0},
    {"size=%" SCNd64, offsetof(struct options, size), 0},
    {"kernel_cache", offsetof(struct options, kernel_cache), 1},
    {"direct_io", offsetof(struct options, direct_io), 1},
    FUSE_OPT_END,
};

/* ---- orders ---------------------------------------------------------------------------------------------- */

/** Carry out one line; the caller holds the lock. False if it is none. */
static bool order_run(const char *line)
{
    struct faults *faults = &slowfs.faults;
    struct range range;
    int64_t number;
    int used = 0;
    if (sscanf(line, "delay %" SCNd64 " %" SCNd64 " %" SCNd64 " %n", &range.start, &range.length, &number,
               &used) == 3) {
        faults->delayed = range;
        faults->delay = number;
    } else if (sscanf(line, "eio %" SCNd64 " %" SCNd64 " %n", &range.start, &range.length, &used) == 2) {
        faults->broken = range;
    } else if (sscanf(line, "code %" SCNd64 " %n", &number, &used) == 1) {
        faults->code = (int)number;
    } else if (sscanf(line, "gone %" SCNd64 " %n", &number, &used) == 1) {
        faults->gone = (int)number;
    } else if (sscanf(line, "short %" SCNd64 " %n", &number, &used) == 1) {
        faults->shortened = number;
    } else if (sscanf(line, "size %" SCNd64 " %n", &number, &used) == 1) {
        faults->size = number;
    } else if (strcmp(line, "clear") == 0) {
        *faults = no_faults;
        slowfs.generation++;
        used = (int)strlen(line);
    }
    return used > 0 && line[used] == '\0';
}

static int control_write(const char *data, size_t size)
{
    char *text = strndup(data, size), *rest = text, *line;
    bool fine = text != NULL;
    pthread_mutex_lock(&slowfs.lock);
    while (fine && (line = strsep(&rest, "\n")))
        if (*line)
            fine = order_run(line);
    pthread_cond_broadcast(&slowfs.changed);
    pthread_mutex_unlock(&slowfs.lock);
    free(text);
    return fine ? (int)size : -EINVAL;
}

static int control_read(char *data, size_t size, off_t offset)
{
    char text[512];
    const struct faults *faults = &slowfs.faults;
    size_t length;
    pthread_mutex_lock(&slowfs.lock);
    snprintf(text, sizeof text,
             "delay %" PRId64 " %" PRId64 " %" PRId64 "\neio %" PRId64 " %" PRId64 "\nshort %" PRId64
             "\nsize %" PRId64 "\nreads %" PRId64 "\nbytes %" PRId64 "\nwaiting %" PRId64 "\n",
             faults->delayed.start, faults->delayed.length, faults->delay, faults->broken.start,
             faults->broken.length, faults->shortened, faults->size, slowfs.reads, slowfs.bytes,
             slowfs.waiting);
    pthread_mutex_unlock(&slowfs.lock);
    length = strlen(text);
    if (offset >= (off_t)length)
        return 0;
    length -= (size_t)offset;
    if (length > size)
        length = size;
    memcpy(data, text + offset, length);
    return (int)length;
}

/* ---- the file -------------------------------------------------------------------------------------------- */

static bool range_touches(const struct range *range, int64_t offset, size_t size)
{
    return range->length > 0 && offset < range->start + range->length &&
           range->start < offset + (int64_t)size;
}

/** Wait as long as the order says, or until it is taken back; the caller holds the lock. */
static void delay_wait(int64_t milliseconds)
{
    unsigned generation = slowfs.generation;
    struct timespec until;
    slowfs.waiting++;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += milliseconds % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    while (generation == slowfs.generation &&
           pthread_cond_timedwait(&slowfs.changed, &slowfs.lock, &until) != ETIMEDOUT)
        ;
    slowfs.waiting--;
}

/** What the faults make of a read: how many bytes it may return, or less than 0. */
static int64_t read_admit(int64_t offset, size_t size)
{
    int64_t admitted = (int64_t)size;
    pthread_mutex_lock(&slowfs.lock);
    if (range_touches(&slowfs.faults.delayed, offset, size))
        delay_wait(slowfs.faults.delay);
    if (slowfs.faults.shortened > 0 && slowfs.faults.shortened < admitted)
        admitted = slowfs.faults.shortened;
    slowfs.reads++;
    slowfs.bytes += admitted;
    if (range_touches(&slowfs.faults.broken, offset, size))
        admitted = -slowfs.faults.code;
    if (slowfs.faults.gone > 0)
        admitted = -slowfs.faults.gone;
    pthread_mutex_unlock(&slowfs.lock);
    return admitted;
}

static int64_t true_size(void)
{
    struct stat status;
    if (slowfs.backing < 0)
        return slowfs.options.huge;
    return fstat(slowfs.backing, &status) == 0 ? status.st_size : 0;
}

static void numbers_fill(char *data, int64_t size, int64_t offset)
{
    for (int64_t done = 0; done < size;) {
        char line[32];
        int64_t within = (offset + done) % NUMBER_LINE, length = NUMBER_LINE - within;
        snprintf(line, sizeof line, "%015" PRId64 "\n",
                 ((offset + done) / NUMBER_LINE + 1) % 1000000000000000);
        if (length > size - done)
            length = size - done;
        memcpy(data + done, line + within, (size_t)length);
        done += length;
    }
}

static int huge_read(char *data, int64_t size, int64_t offset)
{
    const char *pattern = slowfs.options.pattern ? slowfs.options.pattern : "numbers";
    if (offset >= slowfs.options.huge)
        return 0;
    if (size > slowfs.options.huge - offset)
        size = slowfs.options.huge - offset;
    if (strcmp(pattern, "numbers") == 0)
        numbers_fill(data, size, offset);
    else
        memset(data, strcmp(pattern, "newline") == 0 ? '\n' : 0, (size_t)size);
    return (int)size;
}

static int file_read(char *data, size_t size, off_t offset)
{
    int64_t admitted = read_admit(offset, size);
    ssize_t got;
    if (admitted < 0)
        return (int)admitted;
    if (slowfs.backing < 0)
        return huge_read(data, admitted, offset);
    got = pread(slowfs.backing, data, (size_t)admitted, offset);
    return got < 0 ? -errno : (int)got;
}

/* ---- what FUSE asks -------------------------------------------------------------------------------------- */

static const char *file_name(void)
{
    return slowfs.options.name ? slowfs.options.name : "file";
}

static bool is_file(const char *path)
{
    return strcmp(path + 1, file_name()) == 0;
}

static bool is_control(const char *path)
{
    return strcmp(path, "/control") == 0;
}

/** 0, or why the file cannot be had at all. */
static int file_gone(void)
{
    pthread_mutex_lock(&slowfs.lock);
    int gone = slowfs.faults.gone;
    pthread_mutex_unlock(&slowfs.lock);
    return -gone;
}

static int fs_getattr(const char *path, struct stat *status, struct fuse_file_info *info)
{
    (void)info;
    *status = (struct stat){.st_nlink = 1, .st_mtim = slowfs.started, .st_ctim = slowfs.started};
    if (strcmp(path, "/") == 0) {
        status->st_mode = S_IFDIR | 0755;
        status->st_nlink = 2;
    } else if (is_control(path)) {
        status->st_mode = S_IFREG | 0666;
    } else if (is_file(path) && file_gone() < 0) {
        return file_gone();
    } else if (is_file(path)) {
        status->st_mode = S_IFREG | 0444;
        pthread_mutex_lock(&slowfs.lock);
        status->st_size = slowfs.faults.size;
        pthread_mutex_unlock(&slowfs.lock);
        if (status->st_size < 0)
            status->st_size = true_size();
        status->st_blocks = status->st_size / 512;
    } else {
        return -ENOENT;
    }
    return 0;
}

static int fs_readdir(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset,
                      struct fuse_file_info *info, enum fuse_readdir_flags flags)
{
    (void)path;
    (void)offset;
    (void)info;
    (void)flags;
    fill(buffer, file_name(), NULL, 0, 0);
    fill(buffer, "control", NULL, 0, 0);
    return 0;
}

static int fs_open(const char *path, struct fuse_file_info *info)
{
    if (is_control(path)) {
        info->direct_io = 1;
        return 0;
    }
    if (!is_file(path) || file_gone() < 0)
        return is_file(path) ? file_gone() : -ENOENT;
    info->direct_io = slowfs.options.direct_io != 0;
    info->keep_cache = slowfs.options.kernel_cache != 0;
    return (info->flags & O_ACCMODE) == O_RDONLY ? 0 : -EROFS;
}

static int fs_read(const char *path, char *data, size_t size, off_t offset, struct fuse_file_info *info)
{
    (void)info;
    return is_control(path) ? control_read(data, size, offset) : file_read(data, size, offset);
}

static int fs_write(const char *path, const char *data, size_t size, off_t offset,
                    struct fuse_file_info *info)
{
    (void)offset;
    (void)info;
    return is_control(path) ? control_write(data, size) : -EROFS;
}

/** Only so that `echo > control` may truncate. */
static int fs_truncate(const char *path, off_t size, struct fuse_file_info *info)
{
    (void)size;
    (void)info;
    return is_control(path) ? 0 : -EROFS;
}

static void *fs_init(struct fuse_conn_info *connection, struct fuse_config *config)
{
    /* Sizes change by order, so the kernel asks each time; and read-ahead must not queue behind slow reads. */
    config->attr_timeout = 0;
    connection->max_background = MOST_READS;
    connection->congestion_threshold = MOST_READS;
    return NULL;
}

static const struct fuse_operations operations = {
    .init = fs_init,
    .getattr = fs_getattr,
    .readdir = fs_readdir,
    .open = fs_open,
    .read = fs_read,
    .write = fs_write,
    .truncate = fs_truncate,
};

/* ---- start ----------------------------------------------------------------------------------------------- */

static bool backing_open(void)
{
    if (slowfs.options.huge > 0)
        return true;
    slowfs.backing = slowfs.options.backing ? open(slowfs.options.backing, O_RDONLY | O_CLOEXEC) : -1;
    if (slowfs.backing >= 0)
        return true;
    fprintf(stderr, "slowfs: %s: %s\n",
            slowfs.options.backing ? slowfs.options.backing : "no backing= or huge=", strerror(errno));
    return false;
}

static bool faults_from_options(void)
{
    struct faults *faults = &slowfs.faults;
    faults->delay = slowfs.options.delay;
    if (faults->delay > 0)
        faults->delayed.length = INT64_MAX;
    faults->shortened = slowfs.options.shortened;
    faults->size = slowfs.options.size;
    return !slowfs.options.eio || sscanf(slowfs.options.eio, "%" SCNd64 ":%" SCNd64, &faults->broken.start,
                                         &faults->broken.length) == 2;
}

/** fuse_main would do, but libfuse 3.14 does not let it have more than ten threads. */
static int serve(struct fuse_args *args)
{
    struct fuse_cmdline_opts line;
    struct fuse_loop_config *config = fuse_loop_cfg_create();
    struct fuse *fuse = NULL;
    int result = 1;
    if (fuse_parse_cmdline(args, &line) < 0 || !line.mountpoint) {
        fprintf(stderr, "usage: slowfs MOUNTPOINT -o backing=FILE|huge=BYTES [-o OPTION]...\n");
        goto done;
    }
    fuse = fuse_new(args, &operations, sizeof operations, NULL);
    if (!fuse || fuse_mount(fuse, line.mountpoint) < 0)
        goto done;
    if (fuse_daemonize(line.foreground) == 0 && fuse_set_signal_handlers(fuse_get_session(fuse)) == 0) {
        fuse_loop_cfg_set_max_threads(config, MOST_READS);
        result = fuse_loop_mt(fuse, config) == 0 ? 0 : 1;
        fuse_remove_signal_handlers(fuse_get_session(fuse));
    }
    fuse_unmount(fuse);
done:
    if (fuse)
        fuse_destroy(fuse);
    fuse_loop_cfg_destroy(config);
    free(line.mountpoint);
    return result;
}

int main(int count, char **arguments)
{
    struct fuse_args args = FUSE_ARGS_INIT(count, arguments);
    pthread_condattr_t monotonic;
    int result = 1;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&slowfs.changed, &monotonic);
    clock_gettime(CLOCK_REALTIME, &slowfs.started);
    if (fuse_opt_parse(&args, &slowfs.options, option_table, NULL) < 0)
        return 1;
    if (!faults_from_options())
        fprintf(stderr, "slowfs: eio=START:LENGTH\n");
    else if (backing_open())
        result = serve(&args);
    fuse_opt_free_args(&args);
    return result;
}
