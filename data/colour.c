/* SPDX-License-Identifier: MIT */
/*
 * folio-generate: the kinds in colour. A log in which every line changes its colours several times, in all spellings
 * there are; and one line of the same with wide characters and emoji, in which byte, column and colour of a place
 * follow from everything before it.
 */
#include "generate.h"

/** What programs write to set a look, and to end it: 16 colours, 256, true colour with ; and with :, attributes. */
static const struct piece SETS[] = {
    PIECE("\033[31m"),
    PIECE("\033[1;32m"),
    PIECE("\033[93m"),
    PIECE("\033[38;5;208m"),
    PIECE("\033[48;5;236m"),
    PIECE("\033[38;2;90;160;240m"),
    PIECE("\033[38:2::250:120:80m"),
    PIECE("\033[4;36m"),
    PIECE("\033[7m"),
};

static const struct piece RESETS[] = {
    PIECE("\033[0m "),
    PIECE("\033[m "),
    PIECE("\033[39;49m "),
    PIECE("\033[22;24;27;39;49m "),
};

static const struct piece WORDS[] = {
    PIECE("connection"), PIECE("request"), PIECE("shelf"), PIECE("worker"),
    PIECE("retry"),      PIECE("timeout"), PIECE("queue"), PIECE("session"),
};

static const struct piece WORLD[] = {
    PIECE("漢字とかな"),  PIECE("🚀"),      PIECE("Größe"),   PIECE("plain letters"),
    PIECE("👩‍🚀"), PIECE("Россия"), PIECE("z\u0301"), PIECE("한글"),
};

/** A word in a look of its own. */
static void put_coloured(struct writer *w, const struct piece *word)
{
    put_one_of(w, SETS);
    put_piece(w, word);
    put_literal(w, "=");
    put_number(w, random_below(w, 100000));
    put_one_of(w, RESETS);
}

/* TIME LEVEL word=N word=N ...: the level and each word in colours */
void write_colour(struct writer *w)
{
    struct clock clock;
    clock_start(&clock, "\033[2m%Y-%m-%dT%H:%M:%SZ\033[22m ");
    while (writer_next(w)) {
        clock.now += random_skewed(w, 200);
        put_clock(w, &clock);
        for (uint64_t left = 1 + random_below(w, 6); left > 0; left--)
            put_coloured(w, &WORDS[random_below(w, COUNT(WORDS))]);
        if (w->note)
            put_note(w);
        else
            put_literal(w, "answered within its budget");
        put_literal(w, "\n");
    }
}

void write_colour_line(struct writer *w)
{
    while (writer_next(w)) {
        put_coloured(w, &WORLD[random_below(w, COUNT(WORLD))]);
        put_one_of(w, WORDS);
        put_literal(w, " ");
        if (w->note)
            put_note(w);
    }
    put_literal(w, "\n");
}
