/* SPDX-License-Identifier: MIT */
/**
 * ui: keys from the terminal: terminfo says how its own are spelled, the decoder does the rest. Main thread.
 *
 * curses would read them too, but it takes apart what terminfo does not name, and its letters would be commands. Bytes
 * are read one by one: what is typed ahead of a program that we start is for that program.
 */
#include "inside.h"

#include "folio/io/thread/clock.h"
#include "folio/ui/terminal/decoder.h"
#include "folio/ui/terminal/stroke.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
#undef columns
#undef lines

/** So long the rest of a key may take that begins like another; curses and less wait as long. */
#define INPUT_ESCAPE_MS 25
/** What comes so much later is no part of a sequence whose end is missing, which a slow line may have split. */
#define INPUT_REST_MS 500
/** ^C alone, after so long a silence, ends a paste whose end got lost. */
#define INPUT_PASTE_MS 1000

struct screen_input {
    int tty;
    bool mouse;      /**< its wheel is a key */
    int64_t last_ms; /**< when the last byte came */
    struct decoder decoder;
};

/** The first of those that are spelled alike counts: ^H is Backspace also where it is the arrow. */
static const struct {
    const char *capability;
    uint32_t stroke;
} input_key[] = {
    {"kbs", 0x7f},
    {"kcuu1", STROKE_UP},
    {"kcud1", STROKE_DOWN},
    {"kcub1", STROKE_LEFT},
    {"kcuf1", STROKE_RIGHT},
    {"khome", STROKE_HOME},
    {"kend", STROKE_END},
    {"kpp", STROKE_PAGE_UP},
    {"knp", STROKE_PAGE_DOWN},
    {"kdch1", STROKE_DELETE},
    {"kich1", STROKE_INSERT},
    {"kent", '\r'},
    {"kf1", STROKE_F1},
    {"kf2", STROKE_F1 + 1},
    {"kf3", STROKE_F1 + 2},
    {"kf4", STROKE_F1 + 3},
    {"kf5", STROKE_F1 + 4},
    {"kf6", STROKE_F1 + 5},
    {"kf7", STROKE_F1 + 6},
    {"kf8", STROKE_F1 + 7},
    {"kf9", STROKE_F1 + 8},
    {"kf10", STROKE_F1 + 9},
    {"kf11", STROKE_F1 + 10},
    {"kf12", STROKE_F1 + 11},
    {"kLFT5", STROKE_WORD_LEFT},
    {"kRIT5", STROKE_WORD_RIGHT},
    /* Shift and an arrow; up and down have the names of what they once did. */
    {"kri", STROKE_SHIFT_UP},
    {"kind", STROKE_SHIFT_DOWN},
    {"kLFT", STROKE_SHIFT_LEFT},
    {"kRIT", STROKE_SHIFT_RIGHT},
    {"kcbt", STROKE_SHIFT_TAB},
};

static void input_learn(struct decoder *decoder, const char *capability, uint32_t stroke)
{
    const char *sequence = tigetstr(capability);
    if (sequence && sequence != (char *)-1)
        decoder_learn(decoder, sequence, stroke);
}

struct screen_input *screen_input_open(int tty, bool mouse)
{
    struct screen_input *input = calloc(1, sizeof *input);
    if (!input)
        return NULL;
    input->tty = tty;
    input->mouse = mouse;
    for (size_t i = 0; i < sizeof input_key / sizeof input_key[0]; i++)
        input_learn(&input->decoder, input_key[i].capability, input_key[i].stroke);
    /* The other keys that it has mean nothing, whatever they are spelled like. A mouse reports more than its name. */
    for (size_t i = 0; strnames[i]; i++) {
        const char *sequence =
            strnames[i][0] == 'k' && strcmp(strnames[i], "kmous") != 0 ? tigetstr(strnames[i]) : NULL;
        if (sequence && sequence != (char *)-1 && sequence[0] == STROKE_ESCAPE)
            decoder_learn(&input->decoder, sequence, STROKE_NONE);
    }
    return input;
}

/** Is there a byte within so many milliseconds? */
static bool input_ready(const struct screen_input *input, int ms)
{
    struct pollfd polled = {.fd = input->tty, .events = POLLIN};
    int events = poll(&polled, 1, ms), waiting = 0;
    if (events < 0) /* says nothing of the keys, and the one for leaving may be among them */
        return ioctl(input->tty, FIONREAD, &waiting) == 0 && waiting > 0;
    return events > 0 && (polled.revents & POLLIN) != 0;
}

/** Give the decoder a byte, which may be a late one. */
static void input_put(struct screen_input *input, unsigned char byte)
{
    int64_t now = clock_ms();
    int64_t silence = now - input->last_ms;
    if (input->decoder.pasting && byte == STROKE_CONTROL('C') && silence > INPUT_PASTE_MS &&
        !input_ready(input, 0))
        decoder_unpaste(&input->decoder);
    else if (silence > INPUT_REST_MS)
        decoder_end(&input->decoder);
    input->last_ms = now;
    decoder_put(&input->decoder, byte);
}

/** Read a byte, or find out that no more comes. False: neither, there is nothing to read. */
static bool input_read(struct screen_input *input)
{
    unsigned char byte;
    bool escape = decoder_waits(&input->decoder) == DECODER_ESCAPE;
    ssize_t got = input_ready(input, escape ? INPUT_ESCAPE_MS : 0) ? read(input->tty, &byte, 1) : 0;
    if (got > 0)
        input_put(input, byte);
    else if (escape)
        decoder_end(&input->decoder);
    return got > 0 || escape;
}

/** A report of the mouse that we did not ask for is somebody else's. */
static bool input_foreign(const struct screen_input *input, uint32_t stroke)
{
    return !input->mouse && (stroke == STROKE_WHEEL_UP || stroke == STROKE_WHEEL_DOWN);
}

uint32_t screen_input_key(struct screen_input *input)
{
    uint32_t stroke = decoder_take(&input->decoder);
    while (input_foreign(input, stroke) || (stroke == STROKE_NONE && input_read(input)))
        stroke = decoder_take(&input->decoder);
    return stroke;
}
