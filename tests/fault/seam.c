/* SPDX-License-Identifier: MIT */
/*
 * tests: functions that count their calls and fail on request; seam.h says how to ask. Any thread.
 *
 * The linker turns a call of `read` in folio's objects into one of __wrap_read, and leaves the true one as __real_read.
 * Calls inside shared libraries stay theirs. Each row below is such a pair: what it returns when it fails is in the row,
 * and errno is set as well, or instead returned where the function does that.
 */
#include "seam.h"

#include <curses.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <magic.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

static const char *const kind_name[] = {
#define KIND(name, first, second) #name,
    SEAM_KINDS
#undef KIND
};

/** Read once, before main. */
static struct seam {
    int kind; /**< -1: only count */
    uint64_t first;
    int forever, code;
    struct seam_log own; /**< where nobody reads it */
    struct seam_log *log;
} seam = {.kind = -1, .log = &seam.own};

/** Count a call; 0, or the errno value it is to fail with. */
static int seam_code(enum seam_kind kind, const void *caller)
{
    uint64_t number = __atomic_add_fetch(&seam.log->calls[kind], 1, __ATOMIC_RELAXED);
    if (seam.kind != (int)kind || number < seam.first || (number > seam.first && !seam.forever))
        return 0;
    if (__atomic_add_fetch(&seam.log->refused, 1, __ATOMIC_RELAXED) == 1)
        seam.log->caller = (uint64_t)((const char *)caller - __executable_start);
    errno = seam.code;
    return seam.code;
}

#define REFUSED(kind) seam_code(SEAM_##kind, __builtin_return_address(0))

/** CALL(kind, type of the result, name, (parameters), (arguments), result of a failure) */
#define CALL(kind, type, name, parameters, arguments, failed)                                                \
    type __real_##name parameters;                                                                           \
    type __wrap_##name parameters;                                                                           \
    type __wrap_##name parameters                                                                            \
    {                                                                                                        \
        int code = REFUSED(kind);                                                                            \
        return code ? (failed) : __real_##name arguments;                                                    \
    }

/* ---- memory ---- */
CALL(memory, void *, malloc, (size_t size), (size), NULL)
CALL(memory, void *, calloc, (size_t count, size_t size), (count, size), NULL)
CALL(memory, void *, realloc, (void *old, size_t size), (old, size), NULL)
CALL(memory, void *, reallocarray, (void *old, size_t count, size_t size), (old, count, size), NULL)
CALL(memory, void *, aligned_alloc, (size_t align, size_t size), (align, size), NULL)
CALL(memory, int, posix_memalign, (void **to, size_t align, size_t size), (to, align, size), code)
CALL(memory, char *, strdup, (const char *text), (text), NULL)
CALL(memory, char *, strndup, (const char *text, size_t size), (text, size), NULL)
CALL(memory, int, vasprintf, (char **to, const char *format, va_list rest), (to, format, rest), -1)
CALL(memory, int, __vasprintf_chk, (char **to, int flag, const char *format, va_list rest),
     (to, flag, format, rest), -1)

/* The results of these two are undefined when they fail, so nobody may look at them. */
int __wrap_asprintf(char **to, const char *format, ...) __attribute__((format(printf, 2, 3)));
int __wrap___asprintf_chk(char **to, int flag, const char *format, ...) __attribute__((format(printf, 3, 4)));

int __wrap_asprintf(char **to, const char *format, ...)
{
    va_list rest;
    *to = (char *)1;
    if (REFUSED(memory))
        return -1;
    va_start(rest, format);
    int length = __real_vasprintf(to, format, rest);
    va_end(rest);
    return length;
}

int __wrap___asprintf_chk(char **to, int flag, const char *format, ...)
{
    va_list rest;
    (void)flag;
    *to = (char *)1;
    if (REFUSED(memory))
        return -1;
    va_start(rest, format);
    int length = __real_vasprintf(to, format, rest);
    va_end(rest);
    return length;
}

/* ---- files ---- */
CALL(mmap, void *, mmap64, (void *at, size_t size, int access, int flags, int fd, off_t offset),
     (at, size, access, flags, fd, offset), MAP_FAILED)
CALL(madvise, int, madvise, (void *at, size_t size, int advice), (at, size, advice), -1)
CALL(mincore, int, mincore, (void *at, size_t size, unsigned char *present), (at, size, present), -1)
CALL(stat, int, fstat64, (int fd, struct stat *to), (fd, to), -1)
CALL(stat, int, stat64, (const char *path, struct stat *to), (path, to), -1)
CALL(stat, int, lstat64, (const char *path, struct stat *to), (path, to), -1)
CALL(stat, int, fstatat64, (int fd, const char *path, struct stat *to, int flags), (fd, path, to, flags), -1)
CALL(stat, int, statx, (int fd, const char *path, int flags, unsigned mask, struct statx *to),
     (fd, path, flags, mask, to), -1)
CALL(stat, int, fstatfs64, (int fd, struct statfs *to), (fd, to), -1)
CALL(stat, int, faccessat, (int fd, const char *path, int mode, int flags), (fd, path, mode, flags), -1)
CALL(lseek, off_t, lseek64, (int fd, off_t offset, int from), (fd, offset, from), -1)
CALL(pread, ssize_t, pread64, (int fd, void *to, size_t size, off_t offset), (fd, to, size, offset), -1)
CALL(pread, ssize_t, __pread64_chk, (int fd, void *to, size_t size, off_t offset, size_t room),
     (fd, to, size, offset, room), -1)
CALL(preadv, ssize_t, preadv64v2, (int fd, const struct iovec *to, int count, off_t offset, int flags),
     (fd, to, count, offset, flags), -1)
CALL(write, ssize_t, pwrite64, (int fd, const void *from, size_t size, off_t offset),
     (fd, from, size, offset), -1)
CALL(write, int, ftruncate64, (int fd, off_t size), (fd, size), -1)
CALL(write, int, fallocate64, (int fd, int mode, off_t offset, off_t size), (fd, mode, offset, size), -1)
CALL(write, ssize_t, splice, (int in, off_t *from, int out, off_t *to, size_t size, unsigned flags),
     (in, from, out, to, size, flags), -1)
CALL(advise, int, posix_fadvise64, (int fd, off_t offset, off_t size, int advice), (fd, offset, size, advice),
     code)
CALL(advise, ssize_t, readahead, (int fd, off_t offset, size_t size), (fd, offset, size), -1)
CALL(open, int, __open64_2, (const char *path, int flags), (path, flags), -1)
CALL(open, FILE *, fopen64, (const char *path, const char *mode), (path, mode), NULL)
CALL(open, FILE *, fdopen, (int fd, const char *mode), (fd, mode), NULL)
CALL(open, int, mkostemp64, (char *path, int flags), (path, flags), -1)
CALL(open, int, memfd_create, (const char *name, unsigned flags), (name, flags), -1)
CALL(folder, DIR *, opendir, (const char *path), (path), NULL)
CALL(folder, struct dirent *, readdir64, (DIR * folder), (folder), NULL)
CALL(folder, int, unlink, (const char *path), (path), -1)
CALL(folder, int, mkdir, (const char *path, mode_t mode), (path, mode), -1)
CALL(descriptor, int, dup, (int fd), (fd), -1)
CALL(descriptor, int, dup2, (int fd, int to), (fd, to), -1)
CALL(descriptor, int, dup3, (int fd, int to, int flags), (fd, to, flags), -1)
CALL(descriptor, int, pipe2, (int fd[2], int flags), (fd, flags), -1)
CALL(descriptor, int, eventfd, (unsigned count, int flags), (count, flags), -1)

int __real_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...);
int __wrap_open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0;
    va_end(rest);
    return REFUSED(open) ? -1 : __real_open64(path, flags, mode);
}

int __real_fcntl64(int fd, int command, ...);
int __wrap_fcntl64(int fd, int command, ...);
int __wrap_fcntl64(int fd, int command, ...)
{
    va_list rest;
    va_start(rest, command);
    long argument = va_arg(rest, long);
    va_end(rest);
    return REFUSED(control) ? -1 : __real_fcntl64(fd, command, argument);
}

int __real_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __wrap_ioctl(int fd, unsigned long request, ...)
{
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    return REFUSED(control) ? -1 : __real_ioctl(fd, request, argument);
}

ssize_t __real_read(int fd, void *to, size_t size);
ssize_t __wrap_read(int fd, void *to, size_t size);
ssize_t __wrap___read_chk(int fd, void *to, size_t size, size_t room);
ssize_t __real_write(int fd, const void *from, size_t size);
ssize_t __wrap_write(int fd, const void *from, size_t size);

/**
 * Never fails: an eventfd, which has no type, has no way to; and a terminal that does has gone away, which other tests
 * do to it.
 */
static int never_fails(int fd)
{
    struct stat state;
    return __real_fstat64(fd, &state) == 0 && ((state.st_mode & S_IFMT) == 0 || S_ISCHR(state.st_mode));
}

ssize_t __wrap_read(int fd, void *to, size_t size)
{
    return !never_fails(fd) && REFUSED(read) ? -1 : __real_read(fd, to, size);
}

ssize_t __wrap___read_chk(int fd, void *to, size_t size, size_t room)
{
    (void)room;
    return !never_fails(fd) && REFUSED(read) ? -1 : __real_read(fd, to, size);
}

ssize_t __wrap_write(int fd, const void *from, size_t size)
{
    return !never_fails(fd) && REFUSED(write) ? -1 : __real_write(fd, from, size);
}

/** Only cachestat is called so, with fewer arguments than a call can have: the others are whatever stands there. */
long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);
__attribute__((no_sanitize_address)) long __wrap_syscall(long number, ...)
{
    va_list rest;
    long argument[6];
    va_start(rest, number);
    for (int i = 0; i < 6; i++)
        argument[i] = va_arg(rest, long);
    va_end(rest);
    return REFUSED(cachestat) ? -1
                              : __real_syscall(number, argument[0], argument[1], argument[2], argument[3],
                                               argument[4], argument[5]);
}

/* ---- threads, waiting, the terminal ---- */
CALL(thread, int, pthread_create,
     (pthread_t * thread, const pthread_attr_t *how, void *(*run)(void *), void *argument),
     (thread, how, run, argument), code)
CALL(thread, int, pthread_attr_init, (pthread_attr_t * how), (how), code)
CALL(thread, int, pthread_cond_init, (pthread_cond_t * condition, const pthread_condattr_t *how),
     (condition, how), code)
CALL(thread, int, pthread_condattr_init, (pthread_condattr_t * how), (how), code)
CALL(thread, int, pthread_mutex_init, (pthread_mutex_t * mutex, const pthread_mutexattr_t *how), (mutex, how),
     code)
CALL(thread, int, posix_spawnp,
     (pid_t * child, const char *name, const posix_spawn_file_actions_t *actions,
      const posix_spawnattr_t *how, char *const argument[], char *const environment[]),
     (child, name, actions, how, argument, environment), code)
CALL(thread, int, posix_spawnattr_init, (posix_spawnattr_t * how), (how), code)
CALL(thread, int, posix_spawn_file_actions_init, (posix_spawn_file_actions_t * actions), (actions), code)
CALL(thread, int, posix_spawn_file_actions_adddup2, (posix_spawn_file_actions_t * actions, int fd, int to),
     (actions, fd, to), code)
CALL(poll, int, poll, (struct pollfd * polled, nfds_t count, int timeout), (polled, count, timeout), -1)
CALL(poll, int, __poll_chk, (struct pollfd * polled, nfds_t count, int timeout, size_t room),
     (polled, count, timeout, room), -1)
CALL(watch, int, inotify_init1, (int flags), (flags), -1)
CALL(watch, int, inotify_add_watch, (int fd, const char *path, uint32_t mask), (fd, path, mask), -1)
CALL(terminal, int, setupterm, (const char *name, int fd, int *told), (name, fd, told), ERR)
CALL(terminal, SCREEN *, newterm, (const char *name, FILE *out, FILE *in), (name, out, in), NULL)

/* ---- libraries ---- */
CALL(pattern, pcre2_compile_context *, pcre2_compile_context_create_8, (pcre2_general_context * general),
     (general), NULL)
CALL(pattern, pcre2_match_context *, pcre2_match_context_create_8, (pcre2_general_context * general),
     (general), NULL)
CALL(pattern, pcre2_match_data *, pcre2_match_data_create_8, (uint32_t pairs, pcre2_general_context *general),
     (pairs, general), NULL)
CALL(pattern, pcre2_match_data *, pcre2_match_data_create_from_pattern_8,
     (const pcre2_code *code8, pcre2_general_context *general), (code8, general), NULL)
CALL(pattern, pcre2_jit_stack *, pcre2_jit_stack_create_8,
     (size_t start, size_t most, pcre2_general_context *general), (start, most, general), NULL)
CALL(pattern, int, pcre2_jit_compile_8, (pcre2_code * code8, uint32_t options), (code8, options),
     PCRE2_ERROR_NOMEMORY)
CALL(pattern, pcre2_code *, pcre2_compile_8,
     (PCRE2_SPTR text, PCRE2_SIZE length, uint32_t options, int *told, PCRE2_SIZE *where,
      pcre2_compile_context *context),
     (text, length, options, told, where, context), (*told = PCRE2_ERROR_HEAP_FAILED, *where = 0, NULL))
CALL(match, int, pcre2_match_8,
     (const pcre2_code *code8, PCRE2_SPTR text, PCRE2_SIZE length, PCRE2_SIZE start, uint32_t options,
      pcre2_match_data *data, pcre2_match_context *context),
     (code8, text, length, start, options, data, context), PCRE2_ERROR_NOMEMORY)
CALL(match, int, pcre2_jit_match_8,
     (const pcre2_code *code8, PCRE2_SPTR text, PCRE2_SIZE length, PCRE2_SIZE start, uint32_t options,
      pcre2_match_data *data, pcre2_match_context *context),
     (code8, text, length, start, options, data, context), PCRE2_ERROR_MATCHLIMIT)
CALL(magic, void *, dlopen, (const char *path, int mode), (path, mode), NULL)

/* libmagic's functions are found by name while the program runs: what is found is one of ours, which may fail. */
#define MAGIC(type, name, parameters, arguments, failed)                                                     \
    static type(*found_##name) parameters;                                                                   \
    static type seam_##name parameters                                                                       \
    {                                                                                                        \
        int code = REFUSED(magic);                                                                           \
        return code ? (failed) : found_##name arguments;                                                     \
    }
MAGIC(magic_t, magic_open, (int flags), (flags), NULL)
MAGIC(int, magic_load, (magic_t cookie, const char *files), (cookie, files), -1)
MAGIC(int, magic_setparam, (magic_t cookie, int which, const void *value), (cookie, which, value), -1)
MAGIC(const char *, magic_buffer, (magic_t cookie, const void *data, size_t size), (cookie, data, size), NULL)

static const struct {
    const char *name;
    void **found;
    void *own;
} magic_call[] = {
#define ROW(name)                                                                                            \
    {                                                                                                        \
#name, (void **)&found_##name, (void *)seam_##name                                                   \
    }
    ROW(magic_open),
    ROW(magic_load),
    ROW(magic_setparam),
    ROW(magic_buffer),
#undef ROW
};

void *__real_dlsym(void *restrict library, const char *restrict name);
void *__wrap_dlsym(void *restrict library, const char *restrict name);

/** A sanitizer asks for names before anything else may run, so this one is not watched. */
__attribute__((no_sanitize("address"), no_sanitize("undefined"))) void *
__wrap_dlsym(void *restrict library, const char *restrict name)
{
    void *found = __real_dlsym(library, name);
    if (name[0] != 'm' || name[1] != 'a' || name[2] != 'g')
        return found;
    if (REFUSED(magic))
        return NULL;
    for (size_t i = 0; i < sizeof magic_call / sizeof *magic_call; i++)
        if (found && strcmp(magic_call[i].name, name) == 0) {
            *magic_call[i].found = found;
            return magic_call[i].own;
        }
    return found;
}

CALL(iconv, iconv_t, iconv_open, (const char *to, const char *from), (to, from), (iconv_t)-1)

/* ---- the order ---- */

/** KIND:N:ERRNO or KIND:N+:ERRNO; an order that is none ends the program, for it would test nothing. */
static void order_read(const char *order)
{
    size_t name = strcspn(order, ":");
    char *rest;
    for (int i = 0; i < SEAM_KIND_COUNT; i++)
        if (strlen(kind_name[i]) == name && memcmp(kind_name[i], order, name) == 0)
            seam.kind = i;
    if (seam.kind < 0 || order[name] != ':')
        abort();
    seam.first = strtoull(order + name + 1, &rest, 10);
    seam.forever = *rest == '+';
    rest += seam.forever;
    seam.code = *rest == ':' ? atoi(rest + 1) : 0;
    if (seam.first == 0 || seam.code == 0)
        abort();
}

__attribute__((constructor)) static void seam_begin(void)
{
    const char *order = getenv("FOLIO_SEAM"), *path = getenv("FOLIO_SEAM_LOG");
    int fd = path ? __real_open64(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd >= 0) {
        void *log = __real_mmap64(NULL, sizeof *seam.log, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (log != MAP_FAILED)
            seam.log = log;
        close(fd);
    }
    if (order && *order)
        order_read(order);
}
