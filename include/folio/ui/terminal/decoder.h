/* SPDX-License-Identifier: MIT */
/**
 * ui: from the bytes that a terminal sends to strokes. No terminal, no clock: the caller has both.
 *
 * Characters come out as they are, keys as strokes, and whatever else terminals send (answers to questions that
 * somebody asked, keys that nobody named, reports of the mouse) comes out as nothing, whole, however it was cut into
 * reads. Between STROKE_PASTE_BEGIN and STROKE_PASTE_END every byte is text, ESC too. A value; UI thread.
 *
 * Esc is a key and the beginning of others. Whoever reads the terminal asks decoder_waits when nothing more is there:
 * on DECODER_ESCAPE it waits a moment and then calls decoder_end, and the keys are what they seem to be. DECODER_INSIDE
 * needs no waiting, as nothing comes of a sequence without its end; but when the next bytes come only much later, they
 * are no part of it, and decoder_end is to be called first.
 */
#ifndef FOLIO_UI_TERMINAL_DECODER_H
#define FOLIO_UI_TERMINAL_DECODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The longest sequence whose meaning is looked at; longer ones are swallowed like all that mean nothing. */
#define DECODER_LENGTH 64
/** Sequences of the terminal's own that can be learned, and the longest of them. */
#define DECODER_KEYS 256
#define DECODER_KEY  15

enum decoder_wait {
    DECODER_IDLE,   /**< all that came is decoded */
    DECODER_ESCAPE, /**< what came may be keys of their own, or the beginning of one */
    DECODER_INSIDE, /**< the beginning of a sequence or of a character has come */
};

/** All zero but `key_count` and what was learned: nothing has come. Members are the decoder's own. */
struct decoder {
    struct decoder_key {
        char text[DECODER_KEY + 1];
        uint32_t stroke;
    } key[DECODER_KEYS];
    unsigned key_count;
    char held[DECODER_LENGTH]; /**< came and may become a sequence */
    size_t length;
    enum decoder_skip { DECODER_READS, DECODER_SKIPS, DECODER_SKIPS_TEXT, DECODER_SKIPS_ESCAPE } skip;
    bool pasting;
    char byte[4]; /**< of a character that has not come whole */
    size_t typed;
    uint32_t out[DECODER_LENGTH + 8]; /**< strokes that nobody has taken yet */
    unsigned begun, ended;
};

/**
 * The terminal's own spelling of a key, from its description; STROKE_NONE for one that we have no use for. The first
 * that is told of a sequence counts. A character that can be typed and Esc are never learned.
 */
void decoder_learn(struct decoder *decoder, const char *sequence, uint32_t stroke);

/** One more byte. Take all strokes before the next. */
void decoder_put(struct decoder *decoder, unsigned char byte);

/** The next stroke; STROKE_NONE when there is none (yet). */
uint32_t decoder_take(struct decoder *decoder);

/** What has come and is not decoded. */
enum decoder_wait decoder_waits(const struct decoder *decoder);

/** Nothing more comes: what may be keys are keys, what is the beginning of something is dropped. */
void decoder_end(struct decoder *decoder);

/** End a paste whose end does not come. Does nothing when there is none. */
void decoder_unpaste(struct decoder *decoder);

#endif
