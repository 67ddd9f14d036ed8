/* SPDX-License-Identifier: MIT */
/*
 * model: kinds of bytes (see the header). View thread, but for the scan, which workers run.
 *
 * Seven flag bits hold all of it: three for the class, four for the entropy. A share of the screen is put together from
 * up to SAMPLES of its blocks; more would say the same and take longer.
 *
 * The histogram is counted in four tables: in one, a run of equal bytes would wait for its own counter again and again,
 * and bytes of a file are seldom without runs.
 */
#include "folio/model/byte/classes.h"

#include <stdlib.h>
#include <string.h>

/** Blocks looked at for one share. */
#define SAMPLES 48u
/** Tables that count in turn. */
#define TABLES 4u

struct classes {
    struct survey *survey;
    struct summary *summary;
};

/** How often each value occurs. */
struct histogram {
    uint32_t count[TABLES][256];
};

static void histogram_count(struct histogram *histogram, const char *data, size_t length)
{
    size_t at = 0;
    memset(histogram, 0, sizeof *histogram);
    for (; at + 8 <= length; at += 8) {
        uint64_t word;
        memcpy(&word, data + at, sizeof word);
        for (unsigned i = 0; i < 8; i++)
            histogram->count[i % TABLES][word >> (8 * i) & 0xff]++;
    }
    for (; at < length; at++)
        histogram->count[0][(unsigned char)data[at]]++;
    for (unsigned value = 0; value < 256; value++)
        for (unsigned table = 1; table < TABLES; table++)
            histogram->count[0][value] += histogram->count[table][value];
}

/** The logarithm to base 2 of a number above 0, in units of 1/65536; wrong by less than 1/100, and never falling. */
static uint32_t log2_fixed(uint32_t number)
{
    unsigned whole = 31u - (unsigned)__builtin_clz(number);
    uint32_t rest = (uint32_t)(((uint64_t)number << 16 >> whole) & 0xffff);
    /* x + 0.344 x (1 - x) lies close to log2(1 + x) */
    return (whole << 16) + rest + (uint32_t)((uint64_t)rest * (65536 - rest) / 65536 * 22544 / 65536);
}

/** Entropy of the bytes in half bits, rounded. */
static unsigned histogram_entropy(const struct histogram *histogram, size_t length)
{
    uint64_t sum = 0;
    for (unsigned value = 0; value < 256; value++) {
        uint32_t count = histogram->count[0][value];
        if (count > 0)
            sum += (uint64_t)count * (log2_fixed((uint32_t)length) - log2_fixed(count));
    }
    unsigned half_bits = (unsigned)((2 * sum / length + 32768) / 65536);
    return half_bits < CLASSES_ENTROPY_MAX ? half_bits : CLASSES_ENTROPY_MAX;
}

/** What one byte is. */
static enum byte_class byte_class_of(unsigned value)
{
    if (value == 0)
        return CLASS_ZERO;
    if (value == ' ' || (value >= '\t' && value <= '\r'))
        return CLASS_SPACE;
    if (value < ' ' || value == 0x7f)
        return CLASS_CONTROL;
    return value < 0x80 ? CLASS_PRINTABLE : CLASS_HIGH;
}

enum byte_class classes_of(const char *data, size_t length, unsigned *entropy)
{
    struct histogram histogram;
    uint64_t count[CLASS_COUNT] = {0};
    *entropy = 0;
    if (length == 0)
        return CLASS_MIXED;
    histogram_count(&histogram, data, length);
    *entropy = histogram_entropy(&histogram, length);
    for (unsigned value = 0; value < 256; value++)
        count[byte_class_of(value)] += histogram.count[0][value];
    for (unsigned class = CLASS_ZERO; class <= CLASS_HIGH; class ++)
        if (count[class] * 5 >= (uint64_t)length * 3)
            return (enum byte_class) class;
    return CLASS_MIXED;
}

/** What is kept of a block. */
static uint8_t classes_flags(enum byte_class class, unsigned entropy)
{
    return (uint8_t)((unsigned)class << 4 | entropy);
}

static struct survey_tally classes_scan(const void *knowledge, void *scratch,
                                        const struct survey_block *block)
{
    unsigned entropy;
    (void)knowledge;
    (void)scratch;
    enum byte_class class = classes_of(block->bytes.data + block->begin, block->end - block->begin, &entropy);
    return (struct survey_tally){.flags = classes_flags(class, entropy)};
}

static const struct summary_kind classes_kind = {
    .name = "kinds of bytes",
    .flagged = true,
    .uncounted = true,
    .hole = (uint8_t)(CLASS_HOLE << 4),
    .scan = classes_scan,
};

/** Of a large file, where one more byte a block would be much, and nobody could see the difference. */
static const struct summary_kind classes_kind_coarse = {
    .name = "kinds of bytes",
    .flagged = true,
    .uncounted = true,
    .grain = 3,
    .hole = (uint8_t)(CLASS_HOLE << 4),
    .scan = classes_scan,
};

struct classes *classes_open(struct survey *survey, uint64_t size, struct error *error)
{
    struct classes *classes = calloc(1, sizeof *classes);
    if (!classes) {
        error_set(error, 0, "out of memory for the %s", classes_kind.name);
        return NULL;
    }
    classes->survey = survey;
    classes->summary =
        survey_add(survey, size < CLASSES_COARSE ? &classes_kind : &classes_kind_coarse, NULL, error);
    if (classes->summary)
        return classes;
    free(classes);
    return NULL;
}

void classes_close(struct classes *classes)
{
    if (!classes)
        return;
    survey_drop(classes->survey, classes->summary, NULL);
    free(classes);
}

struct summary_state classes_state(const struct classes *classes)
{
    return summary_state(classes->summary);
}

/** What has been seen of a share. */
struct seen {
    unsigned blocks, full, entropy;
    unsigned of[CLASS_COUNT];
};

/** Take in the block that holds `offset`. */
static void share_look(const struct classes *classes, uint64_t offset, struct class_share *share,
                       struct seen *seen)
{
    uint8_t flags;
    struct range block = {offset, offset + 1};
    if (!summary_flags(classes->summary, block, &flags)) {
        share->known = false;
        return;
    }
    seen->blocks++;
    if (flags & SURVEY_UNREADABLE) {
        share->unreadable = true;
        return;
    }
    unsigned class = flags >> 4;
    seen->of[class < CLASS_COUNT ? class : CLASS_MIXED]++;
    if (class != CLASS_HOLE) {
        seen->full++;
        seen->entropy += flags & 0xf;
    }
}

/** The blocks between `begin` and `end`, which is behind it. */
static struct class_share share_of(const struct classes *classes, uint64_t begin, uint64_t end)
{
    struct class_share share = {.known = true};
    struct seen seen = {0};
    uint64_t first = begin / SURVEY_BLOCK, blocks = (end - 1) / SURVEY_BLOCK - first + 1;
    uint64_t samples = blocks < SAMPLES ? blocks : SAMPLES;
    for (uint64_t i = 0; i < samples; i++) {
        uint64_t offset = (first + (uint64_t)((unsigned __int128)blocks * i / samples)) * SURVEY_BLOCK;
        share_look(classes, offset > begin ? offset : begin, &share, &seen);
    }
    for (unsigned class = 0; class < CLASS_COUNT; class ++)
        if (seen.of[class] * 5 >= seen.blocks * 3 && seen.of[class])
            share.class = (enum byte_class) class;
    share.entropy = seen.full ? (seen.entropy + seen.full / 2) / seen.full : 0;
    share.known = share.known && seen.blocks > 0;
    return share;
}

void classes_spread(const struct classes *classes, uint64_t size, struct class_share *share, unsigned count)
{
    for (unsigned number = 0; number < count; number++) {
        uint64_t begin = (uint64_t)((unsigned __int128)size * number / count);
        uint64_t end = (uint64_t)((unsigned __int128)size * (number + 1) / count);
        end = end > begin ? end : begin + 1;
        share[number] = size ? share_of(classes, begin, end < size ? end : size)
                             : (struct class_share){.known = true, .class = CLASS_HOLE};
    }
}
