/* SPDX-License-Identifier: MIT */
/**
 * folio-generate: the writer, which every kind of file is written with.
 *
 * A kind is a function that writes a whole file, record by record, and knows neither the size nor the needle:
 *
 *     while (writer_next(w)) {
 *         put_literal(w, "GET /orders/");
 *         put_number(w, random_below(w, 10000));
 *         ...
 *     }
 *
 * The writer counts bytes, collects them in 1 MiB and writes those at once, draws the random numbers, and
 * remembers the first failure, so that no put has to be checked. Everything hot is inline here: most pieces are
 * literals, and the copy of a literal inlined is one or two moves. One thread; main owns the writer.
 */
#ifndef FOLIO_GENERATE_H
#define FOLIO_GENERATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/** Bytes written by one write(2). No single piece may be longer. */
#define WRITER_BUFFER (1024 * 1024)
/** The longest needle, in bytes: it has to fit in the text field of a binary record. */
#define NEEDLE_MAX 64
/** A place after any end: the needle goes into the last record. */
#define PLACE_END    UINT64_MAX

#define COUNT(array) (sizeof array / sizeof((array)[0]))

/** Text that is put as it is. Tables of pieces are the vocabulary of a kind. */
struct piece {
    const char *text;
    size_t length;
};
#define PIECE(literal)                                                                                       \
    {                                                                                                        \
        (literal), sizeof literal - 1                                                                        \
    }

/** A file being written. `place` and `size` count from its beginning, in bytes. */
struct writer {
    int descriptor;
    int error;          /**< errno of the first failure, 0 while all is well; after it nothing is written */
    uint64_t size;      /**< the file ends with the record that reaches this size */
    uint64_t flushed;   /**< bytes handed to the kernel */
    size_t used;        /**< bytes in the buffer */
    uint64_t random;    /**< state of the random numbers */
    uint64_t record;    /**< number of the current record, from 1; 0 before the first */
    const char *needle; /**< text to hide in the file, NULL when none, or when it has been given away */
    uint64_t place;     /**< the first record at or after this offset carries the needle */
    const char *note;   /**< the needle, in the record that has to carry it; NULL in all others */
    char buffer[WRITER_BUFFER];
};

/** Begin the next record; sets `record` and `note`. False when the file is complete, or has failed. */
bool writer_next(struct writer *w);

/** Empty the buffer into the file. A failure is remembered in `error`; the buffer is empty all the same. */
void writer_flush(struct writer *w);

/** Append the note of this record, which must have one; then it has none, so the needle occurs once in a file. */
void put_note(struct writer *w);

/** As put_note, with what JSON demands escaped, for the inside of a string. */
void put_note_json(struct writer *w);

/** A clock for time stamps in UTC, which moves only when it is told to. A plain value, all zero is not valid. */
struct clock {
    uint64_t now;       /**< milliseconds since 1970 */
    uint64_t shown;     /**< the second that `text` says */
    const char *format; /**< for strftime */
    size_t length;      /**< of `text` */
    char text[48];
};

/** Set a clock to a fixed moment in March 2024, the same for every file. `format` must outlive it. */
void clock_start(struct clock *clock, const char *format);

/** Put the clock's whole seconds, in its format. */
void put_clock(struct writer *w, struct clock *clock);

/* Random numbers: splitmix64 (public domain, Sebastiano Vigna). Sixty-four bits of state, no tables, no floating
 * point, and therefore the same numbers on every machine. Two draws never stand in one expression: C leaves open
 * which comes first, and compilers do differ. */

/** A well mixed function of `value`: the same input gives the same output, always. */
static inline uint64_t random_mix(uint64_t value)
{
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31);
}

/** The next 64 random bits. */
static inline uint64_t random_next(struct writer *w)
{
    w->random += 0x9e3779b97f4a7c15U;
    return random_mix(w->random);
}

/** A number from 0 to `limit` - 1; `limit` below 2^32. A multiplication instead of a slow remainder. */
static inline uint64_t random_below(struct writer *w, uint64_t limit)
{
    return ((random_next(w) >> 32) * limit) >> 32;
}

/** As random_below, but small numbers come more often, as popular things do. */
static inline uint64_t random_skewed(struct writer *w, uint64_t limit)
{
    return random_below(w, random_below(w, limit) + 1);
}

/** True once in `times`. */
static inline bool random_once_in(struct writer *w, uint64_t times)
{
    return random_below(w, times) == 0;
}

/** Bytes put so far. */
static inline uint64_t writer_offset(const struct writer *w)
{
    return w->flushed + w->used;
}

/** Append `length` bytes, at most WRITER_BUFFER. */
static inline void put(struct writer *w, const void *data, size_t length)
{
    if (length > WRITER_BUFFER - w->used)
        writer_flush(w);
    memcpy(w->buffer + w->used, data, length);
    w->used += length;
}

#define put_literal(w, literal) put((w), (literal), sizeof literal - 1)

/** Append a piece. */
static inline void put_piece(struct writer *w, const struct piece *piece)
{
    put(w, piece->text, piece->length);
}

/** Append one piece of an array, each as likely as the others: repeat what should come more often. */
#define put_one_of(w, pieces) put_piece((w), &(pieces)[random_below((w), COUNT(pieces))])

/** Append a number in decimal. */
static inline void put_number(struct writer *w, uint64_t number)
{
    char digit[20];
    size_t first = sizeof digit;
    do {
        digit[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    put(w, digit + first, sizeof digit - first);
}

/** Append the last `width` (at most 20) decimal digits of a number, with leading zeros. */
static inline void put_digits(struct writer *w, uint64_t number, size_t width)
{
    char digit[20];
    for (size_t i = width; i > 0; number /= 10)
        digit[--i] = (char)('0' + number % 10);
    put(w, digit, width);
}

/** Write the last `width` hexadecimal digits of a number to `text`, without a NUL. */
static inline void hex_format(char *text, uint64_t number, size_t width)
{
    for (size_t i = width; i > 0; number >>= 4)
        text[--i] = "0123456789abcdef"[number & 15];
}

/* The kinds; main's table says what each of them is. logs.c: lines and binary records. json.c: one-line files.
 * shapes.c: JSON of hard shapes. colour.c: both, in colour. */

void write_web(struct writer *w);
void write_app(struct writer *w);
void write_jsonl(struct writer *w);
void write_records(struct writer *w);
void write_sparse(struct writer *w);
void write_json(struct writer *w);
void write_json_utf8(struct writer *w);
void write_chat(struct writer *w);
void write_deep(struct writer *w);
void write_geo(struct writer *w);
void write_long_string(struct writer *w);
void write_brackets(struct writer *w);
void write_jsonl_broken(struct writer *w);
void write_wide(struct writer *w);
void write_colour(struct writer *w);
void write_colour_line(struct writer *w);

#endif
