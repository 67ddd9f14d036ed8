/* SPDX-License-Identifier: MIT */
/**
 * ui: bytes to strokes. UI thread.
 *
 * `held` is what may become a sequence, looked at anew with each byte: first for the terminal's own keys, then by the
 * grammar that all share. What turns out to be none gives its first byte as a key and is looked at again without it.
 * Strings have no bound, so of them nothing is held: they are skipped up to their end.
 */
#include "folio/ui/terminal/decoder.h"

#include "spelling.h"

#include "folio/base/text/utf8.h"
#include "folio/ui/terminal/stroke.h"

#include <string.h>

#define DECODER_BELL 0x07u

/** What ends a paste. */
static const char decoder_paste_end[] = "\033[201~";

void decoder_learn(struct decoder *decoder, const char *sequence, uint32_t stroke)
{
    size_t length = strlen(sequence);
    unsigned char first = (unsigned char)sequence[0];
    bool typed = length == 1 && ((first >= ' ' && first < 0x7f) || first == STROKE_ESCAPE);
    if (length == 0 || length > DECODER_KEY || typed || decoder->key_count == DECODER_KEYS)
        return;
    for (unsigned i = 0; i < decoder->key_count; i++)
        if (strcmp(decoder->key[i].text, sequence) == 0)
            return;
    struct decoder_key *key = &decoder->key[decoder->key_count++];
    memcpy(key->text, sequence, length + 1);
    key->stroke = stroke;
}

/**
 * Is what is held a key of the terminal's own, or (SPELLING_PAIR) the beginning of one? Of a key that is the beginning of
 * another, the stroke is told too.
 */
static struct spelling decoder_own(const struct decoder *decoder)
{
    struct spelling found = {SPELLING_NONE, {STROKE_NONE, STROKE_NONE}};
    bool longer = false;
    for (unsigned i = 0; i < decoder->key_count; i++) {
        const struct decoder_key *key = &decoder->key[i];
        size_t length = strlen(key->text);
        if (length < decoder->length || memcmp(key->text, decoder->held, decoder->length) != 0)
            continue;
        longer = longer || length > decoder->length;
        found.kind = longer ? SPELLING_PAIR : SPELLING_WHOLE;
        if (length == decoder->length)
            found.stroke[0] = key->stroke;
    }
    return found;
}

/**
 * What is held; `ended`: no more comes. The terminal's own keys count first, also where they begin like a sequence that
 * all share; what is the beginning of one such and of a shared one is waited for as long as that needs.
 */
static struct spelling decoder_look(const struct decoder *decoder, bool ended)
{
    struct spelling none = {SPELLING_NONE, {STROKE_NONE, STROKE_NONE}};
    if (decoder->pasting) {
        size_t end = sizeof decoder_paste_end - 1;
        if (memcmp(decoder->held, decoder_paste_end, decoder->length) != 0)
            return none;
        none.kind = SPELLING_PAIR;
        return decoder->length < end ? none
                                     : (struct spelling){SPELLING_WHOLE, {STROKE_PASTE_END, STROKE_NONE}};
    }
    struct spelling own = decoder_own(decoder);
    struct spelling shared = spelling_read(decoder->held, decoder->length);
    if (own.kind == SPELLING_PAIR && ended && own.stroke[0] != STROKE_NONE)
        own.kind = SPELLING_WHOLE;
    if (own.kind == SPELLING_PAIR)
        return shared.kind == SPELLING_MORE || (ended && shared.kind != SPELLING_NONE) ? shared : own;
    return own.kind == SPELLING_WHOLE ? own : shared;
}

static void decoder_give(struct decoder *decoder, uint32_t stroke)
{
    if (stroke == STROKE_NONE || decoder->ended == sizeof decoder->out / sizeof decoder->out[0])
        return;
    decoder->out[decoder->ended++] = stroke;
}

/**
 * One more byte of a character. What can become none is dropped: a decoder of the C library would go on collecting
 * behind a wrong byte, and take the next keys with it.
 */
static void decoder_character(struct decoder *decoder, char byte)
{
    if ((byte & 0xc0) != 0x80)
        decoder->typed = 0;
    decoder->byte[decoder->typed++] = byte;
    struct utf8 rune = utf8_decode(decoder->byte, decoder->typed);
    unsigned char lead = (unsigned char)decoder->byte[0];
    if (rune.valid || lead < 0xc2 || lead > 0xf4 || decoder->typed == sizeof decoder->byte)
        decoder->typed = 0;
    decoder_give(decoder, rune.valid ? rune.rune : STROKE_NONE);
}

/** Give a whole sequence. */
static void decoder_whole(struct decoder *decoder, const struct spelling *read)
{
    decoder->length = 0;
    /* The end of a paste that nobody began. */
    if (read->stroke[0] == STROKE_PASTE_END && !decoder->pasting)
        return;
    if (read->stroke[0] == STROKE_PASTE_BEGIN || read->stroke[0] == STROKE_PASTE_END)
        decoder->pasting = read->stroke[0] == STROKE_PASTE_BEGIN;
    decoder_give(decoder, read->stroke[0]);
    decoder_give(decoder, read->stroke[1]);
}

/** Drop so many of the first bytes held. */
static void decoder_shift(struct decoder *decoder, size_t count)
{
    decoder->length -= count;
    memmove(decoder->held, decoder->held + count, decoder->length);
}

/** A byte of what is skipped. True: it is not part of it. */
static bool decoder_skip(struct decoder *decoder, unsigned char byte)
{
    enum decoder_skip skip = decoder->skip;
    if (skip == DECODER_SKIPS) {
        bool inside = byte >= ' ' && byte < '@';
        decoder->skip = inside ? skip : DECODER_READS;
        return byte < ' ' || byte > '~';
    }
    if (skip == DECODER_SKIPS_ESCAPE) {
        decoder->skip = DECODER_READS;
        /* Not the end of the string, so the string was broken off. */
        if (byte != '\\')
            decoder->held[decoder->length++] = STROKE_ESCAPE;
        return byte != '\\';
    }
    if (byte == STROKE_ESCAPE)
        decoder->skip = DECODER_SKIPS_ESCAPE;
    else if (byte < ' ')
        decoder->skip = DECODER_READS;
    return byte < ' ' && byte != DECODER_BELL && byte != STROKE_ESCAPE;
}

/** Decode what is held, as far as it can be; `ended`: no more comes. */
static void decoder_run(struct decoder *decoder, bool ended)
{
    while (decoder->length > 0) {
        struct spelling read = decoder_look(decoder, ended);
        char last = decoder->held[decoder->length - 1];
        bool waits = read.kind == SPELLING_PAIR || read.kind == SPELLING_MORE;
        if (waits && !ended) {
            /* Longer than any that means something: its end is all that matters. */
            if (decoder->length == DECODER_LENGTH) {
                decoder->length = 0;
                decoder->skip = DECODER_SKIPS;
            }
            return;
        }
        if (read.kind == SPELLING_WHOLE) {
            decoder_whole(decoder, &read);
        } else if (read.kind == SPELLING_MORE) {
            decoder->length = 0;
        } else if (read.kind == SPELLING_BROKEN) {
            decoder_shift(decoder, decoder->length - 1);
        } else if (read.kind == SPELLING_STRING) {
            decoder->length = 0;
            decoder->skip = DECODER_SKIPS_TEXT;
            if (decoder_skip(decoder, (unsigned char)last))
                decoder->held[decoder->length++] = last;
        } else {
            char first = decoder->held[0];
            decoder_shift(decoder, 1);
            decoder_character(decoder, first);
        }
    }
}

void decoder_put(struct decoder *decoder, unsigned char byte)
{
    if (decoder->skip != DECODER_READS && !decoder_skip(decoder, byte))
        return;
    /* Bytes of a character may look like the start of a sequence of eight bits. */
    if (decoder->typed > 0 && (byte & 0xc0) == 0x80) {
        decoder_character(decoder, (char)byte);
        return;
    }
    decoder->held[decoder->length++] = (char)byte;
    decoder_run(decoder, false);
}

uint32_t decoder_take(struct decoder *decoder)
{
    if (decoder->begun == decoder->ended) {
        decoder->begun = decoder->ended = 0;
        return STROKE_NONE;
    }
    return decoder->out[decoder->begun++];
}

enum decoder_wait decoder_waits(const struct decoder *decoder)
{
    if (decoder->length > 0 && decoder->skip == DECODER_READS && !decoder->pasting)
        return decoder_look(decoder, false).kind == SPELLING_PAIR ? DECODER_ESCAPE : DECODER_INSIDE;
    bool inside = decoder->length > 0 || decoder->skip != DECODER_READS || decoder->typed > 0;
    return inside ? DECODER_INSIDE : DECODER_IDLE;
}

void decoder_end(struct decoder *decoder)
{
    decoder_run(decoder, true);
    decoder->skip = DECODER_READS;
    decoder->typed = 0;
}

void decoder_unpaste(struct decoder *decoder)
{
    decoder_end(decoder);
    if (decoder->pasting)
        decoder_give(decoder, STROKE_PASTE_END);
    decoder->pasting = false;
}
