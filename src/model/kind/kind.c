/* SPDX-License-Identifier: MIT */
/**
 * model: asking libmagic, away from everyone. Opened, asked and closed by the view thread; one helper thread each.
 *
 * libmagic is a parser of hostile data and may take its time, so it gets a copy, limits, a thread, and nothing else;
 * the tests that unpack, or that read formats with code of their own, are switched off. It is not linked either: it
 * brings three libraries of packers along, which every start of folio would wait for. The helper loads it. Two hold on
 * to a kind, the view and the helper, and the last one frees it. The helper rings `wake` under the lock that kind_close
 * takes, so nothing is rung after kind_close has returned.
 */
#include "folio/model/kind/kind.h"

#include "folio/io/thread/pool.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <magic.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** The longest description kept. */
#define KIND_TEXT 256
/** The longest name of an encoding kept. */
#define KIND_ENCODING 32
/** How often a file is looked at that is cut off meanwhile. */
#define KIND_TRIES 5
/** No test that runs another program, unpacks, or has a parser of its own behind it. */
#define KIND_FLAGS (MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_TAR)

/** The functions of libmagic that are called, each under its own name. */
#define MAGIC_FUNCTIONS(FUNCTION)                                                                            \
    FUNCTION(open)                                                                                           \
    FUNCTION(load)                                                                                           \
    FUNCTION(setparam)                                                                                       \
    FUNCTION(setflags)                                                                                       \
    FUNCTION(buffer)                                                                                         \
    FUNCTION(close)

/** libmagic, as it was loaded. */
struct magic {
#define MEMBER(name) __typeof__(magic_##name) *name;
    MAGIC_FUNCTIONS(MEMBER)
#undef MEMBER
};

struct kind {
    pthread_mutex_t lock;
    unsigned holders;  /**< guarded by lock */
    struct wake *wake; /**< guarded by lock; NULL once nobody waits */
    /** Written by the helper before `known`, read after it. */
    char text[KIND_TEXT];
    char encoding[KIND_ENCODING];
    atomic_bool known;
    /** Where the helper gets the sample from, with these bytes changed; -1: it is there already. */
    int fd;
    struct sandbox_byte *byte;
    size_t count;
    size_t length;
    char sample[];
};

/** One holder less; the last one frees. */
static void kind_drop(struct kind *kind)
{
    pthread_mutex_lock(&kind->lock);
    bool last = --kind->holders == 0;
    pthread_mutex_unlock(&kind->lock);
    if (last) {
        pthread_mutex_destroy(&kind->lock);
        if (kind->fd >= 0)
            close(kind->fd);
        free(kind->byte);
        free(kind);
    }
}

/** Out of the window: libmagic cannot be left in the middle, when the file is cut off, but a copy can. */
static void kind_copy(struct span bytes, void *argument)
{
    struct kind *kind = argument;
    kind->length = bytes.length;
    memcpy(kind->sample, bytes.data, bytes.length);
}

/** Get the sample. False: the text says why there is none. */
static bool kind_fetch(struct kind *kind)
{
    const struct range range = {0, KIND_SAMPLE};
    enum sandbox_result result = kind->fd < 0 ? SANDBOX_DONE : SANDBOX_CHANGED;
    struct error error;
    error_set(&error, 0, "it changes all the time");
    for (int i = 0; i < KIND_TRIES && result == SANDBOX_CHANGED; i++)
        result = sandbox_run(kind->fd, range, kind->byte, kind->count, kind_copy, kind, &error);
    if (result != SANDBOX_DONE)
        snprintf(kind->text, sizeof kind->text, "cannot be read (%.200s)", error.message);
    return result == SANDBOX_DONE;
}

/** Load libmagic; there is no use in unloading it. False where it or one of its functions is missing. */
static bool magic_find(struct magic *magic)
{
    void *library = dlopen(FOLIO_MAGIC, RTLD_LAZY | RTLD_LOCAL);
    bool found = library;
#define FIND(name) found = found && (*(void **)&magic->name = dlsym(library, "magic_" #name));
    MAGIC_FUNCTIONS(FIND)
#undef FIND
    return found;
}

/** Bounds for what a sample may make libmagic do; its own are made for whole files. */
static void kind_limit(const struct magic *magic, magic_t cookie)
{
    static const struct {
        int name;
        size_t value;
    } limits[] = {
        {MAGIC_PARAM_BYTES_MAX, KIND_SAMPLE},
        {MAGIC_PARAM_REGEX_MAX, 4096},
        {MAGIC_PARAM_INDIR_MAX, 15},
        {MAGIC_PARAM_NAME_MAX, 30},
    };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        (void)magic->setparam(cookie, limits[i].name, &limits[i].value);
}

/** Have the sample judged. Without a database of magic numbers the text stays "". */
static void kind_judge(struct kind *kind, const struct magic *magic)
{
    magic_t cookie = magic->open(KIND_FLAGS);
    if (cookie && magic->load(cookie, NULL) == 0) {
        kind_limit(magic, cookie);
        const char *text = magic->buffer(cookie, kind->sample, kind->length);
        snprintf(kind->text, sizeof kind->text, "%s", !text ? "" : text);
        (void)magic->setflags(cookie, KIND_FLAGS | MAGIC_MIME_ENCODING);
        const char *encoding = magic->buffer(cookie, kind->sample, kind->length);
        snprintf(kind->encoding, sizeof kind->encoding, "%s", !encoding ? "" : encoding);
    }
    if (cookie)
        magic->close(cookie);
}

/** The helper. */
static void kind_work(void *context)
{
    struct kind *kind = context;
    struct magic magic;
    if (kind_fetch(kind) && magic_find(&magic))
        kind_judge(kind, &magic);
    atomic_store_explicit(&kind->known, true, memory_order_release);
    pthread_mutex_lock(&kind->lock);
    wake_ring(kind->wake);
    pthread_mutex_unlock(&kind->lock);
    kind_drop(kind);
}

/** Room for a sample of `length` bytes; NULL without memory. */
static struct kind *kind_new(size_t length, struct wake *wake)
{
    struct kind *kind = malloc(sizeof *kind + length);
    if (!kind)
        return NULL;
    memset(kind, 0, sizeof *kind);
    pthread_mutex_init(&kind->lock, NULL);
    kind->fd = -1;
    kind->length = length;
    kind->wake = wake;
    kind->holders = 2;
    return kind;
}

/** Let the helper begin. */
static struct kind *kind_start(struct kind *kind)
{
    if (!pool_help(kind_work, kind)) {
        /* Without a thread nothing is known of it, which is no reason to fail. */
        kind->holders = 1;
        atomic_store_explicit(&kind->known, true, memory_order_release);
        wake_ring(kind->wake);
    }
    return kind;
}

struct kind *kind_open(struct span sample, struct wake *wake)
{
    size_t length = sample.length < KIND_SAMPLE ? sample.length : KIND_SAMPLE;
    struct kind *kind = kind_new(length, wake);
    if (!kind)
        return NULL;
    if (length > 0)
        memcpy(kind->sample, sample.data, length);
    return kind_start(kind);
}

struct kind *kind_open_edited(int fd, const struct sandbox_byte *byte, size_t count, struct wake *wake)
{
    struct kind *kind = kind_new(KIND_SAMPLE, wake);
    if (!kind)
        return NULL;
    kind->fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    kind->byte = calloc(count + 1, sizeof *byte);
    if (kind->fd < 0 || !kind->byte) {
        kind->holders = 1;
        kind_drop(kind);
        return NULL;
    }
    if (count > 0)
        memcpy(kind->byte, byte, count * sizeof *byte);
    kind->count = count;
    return kind_start(kind);
}

void kind_close(struct kind *kind)
{
    if (!kind)
        return;
    pthread_mutex_lock(&kind->lock);
    kind->wake = NULL;
    pthread_mutex_unlock(&kind->lock);
    kind_drop(kind);
}

const char *kind_text(const struct kind *kind)
{
    if (!kind || !atomic_load_explicit(&kind->known, memory_order_acquire))
        return NULL;
    return kind->text;
}

const char *kind_encoding(const struct kind *kind)
{
    return !kind_text(kind) ? NULL : kind->encoding;
}

const char *kind_unpacker(struct span sample)
{
    /* bzip2 is told by its first block, too: a text may well begin with "BZh1". */
    static const struct {
        const char *magic;
        size_t length;
        const char *program;
    } formats[] = {
        {"\x1f\x8b\x08", 3, "zcat"},
        {"\x1f\x9d", 2, "zcat"}, /* compress, .Z */
        {"\xfd"
         "7zXZ\0",
         6, "xzcat"},
        {"LZIP\x01", 5, "xzcat"}, /* since xz 5.4 */
        {"\x28\xb5\x2f\xfd", 4, "zstdcat"},
        {"\x04\x22\x4d\x18", 4, "lz4cat"},
    };
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (sample.length >= formats[i].length &&
            memcmp(sample.data, formats[i].magic, formats[i].length) == 0)
            return formats[i].program;
    const char *data = sample.data;
    if (sample.length >= 6 && memcmp(data, "BZh", 3) == 0 && data[3] >= '1' && data[3] <= '9' &&
        (memcmp(data + 4, "1A", 2) == 0 || memcmp(data + 4, "\x17\x72", 2) == 0))
        return "bzcat";
    return NULL;
}
