/* SPDX-License-Identifier: MIT */
/*
 * model: the encoding of an open file (see the header). View thread.
 *
 * A guess that has been shown should stay. So it is only made again from a longer beginning: at each growth while there
 * is nothing but ASCII, which looks the same in all that may follow; later only from one at least twice as long or
 * from a full sample, and never when it is sure.
 */
#include "folio/model/document/encoding.h"

#include "inside.h"

#include "folio/model/known/lines.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/** What is looked at when not all of the sample is in memory: what the first screen has brought. */
#define SAMPLE_SMALL 4096

static const struct encoding *document_holding(const struct document *document)
{
    return document->inside->encoding ? document->inside->encoding : &encoding_utf8;
}

/** Make `encoding` hold; where newlines are other bytes in it, the lines are surveyed anew. */
static bool document_apply(struct document *document, const struct encoding *encoding, struct error *error)
{
    const struct encoding *before = document_holding(document);
    bool alike = encoding->unit == before->unit && encoding->big_endian == before->big_endian;
    if (!alike) {
        struct summary *lines = lines_open(document->survey, encoding, error);
        if (!lines)
            return false;
        lines_close(document->survey, document->lines);
        document->lines = lines;
        document->lines_generation++;
    }
    document->inside->encoding = encoding;
    return true;
}

/** Is a sample of `length` bytes worth another guess? */
static bool document_worth(const struct document_inside *inside, uint64_t length)
{
    if (inside->sampled == 0 || (length > inside->sampled && inside->guess.ascii))
        return length > 0;
    return !inside->guess.sure && length > inside->sampled &&
           (length >= 2 * (uint64_t)inside->sampled || length == KIND_SAMPLE);
}

void document_sample(struct document *document)
{
    struct document_inside *inside = document->inside;
    uint64_t size = mapping_size(inside->mapping);
    size_t want = size < KIND_SAMPLE ? (size_t)size : KIND_SAMPLE;
    if (!document_worth(inside, want))
        return;
    char *sample = malloc(KIND_SAMPLE);
    size_t length = sample ? document_peek(document, sample, want) : 0;
    if (sample && length == 0 && inside->sampled == 0 && want > SAMPLE_SMALL)
        length = document_peek(document, sample, SAMPLE_SMALL);
    if (length && document_worth(inside, length)) {
        inside->guess = charset_guess((struct span){sample, length});
        inside->sampled = length;
        inside->heard = false;
        inside->first_length = length < sizeof inside->first ? length : sizeof inside->first;
        memcpy(inside->first, sample, inside->first_length);
    }
    free(sample);
}

void document_forget(struct document *document)
{
    struct document_inside *inside = document->inside;
    kind_close(inside->kind);
    inside->kind = NULL;
    inside->unpacker = NULL;
    inside->sampled = inside->first_length = 0;
    inside->heard = false;
    inside->guess = (struct charset){.encoding = &encoding_utf8};
}

/** The best guess there is now; nothing changes while there is none. */
static void document_guess(struct document *document)
{
    struct document_inside *inside = document->inside;
    document_sample(document);
    const char *magic = kind_encoding(inside->kind);
    if (magic && inside->sampled && !inside->heard) {
        inside->guess = charset_hear(inside->guess, magic);
        inside->heard = true;
    }
    if (!inside->chosen && inside->sampled && inside->guess.encoding != document_holding(document))
        (void)document_apply(document, inside->guess.encoding,
                             NULL); /* no memory: asked again at the next call */
}

const struct encoding *document_encoding(struct document *document, bool *sure)
{
    document_guess(document);
    if (sure)
        *sure = document->inside->chosen || (document->inside->sampled && document->inside->guess.sure);
    return document_holding(document);
}

bool document_set_encoding(struct document *document, const char *name, struct error *error)
{
    struct document_inside *inside = document->inside;
    if (strcasecmp(name, "auto") == 0) {
        const struct encoding *guess = inside->sampled ? inside->guess.encoding : &encoding_utf8;
        if (!document_apply(document, guess, error))
            return false;
        inside->chosen = false;
        document_guess(document);
        return true;
    }
    const struct encoding *encoding = encoding_find(name, error);
    if (!encoding || !document_apply(document, encoding, error))
        return false;
    inside->chosen = true;
    return true;
}

bool document_binary(struct document *document)
{
    document_guess(document);
    return document->inside->sampled && document->inside->guess.binary;
}

unsigned document_bom(struct document *document)
{
    const struct document_inside *inside = document->inside;
    document_sample(document);
    struct utf8 mark = encoding_decode(document_holding(document), inside->first, inside->first_length);
    return mark.valid && mark.rune == 0xfeff ? mark.length : 0;
}
