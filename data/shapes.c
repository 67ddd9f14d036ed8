/* SPDX-License-Identifier: MIT */
/*
 * folio-generate: JSON that is hard by its shape: many levels, many brackets, one string, broken lines.
 */
#include "generate.h"

/** Append a string of this record: its number, or its note. */
static void put_named(struct writer *w)
{
    put_literal(w, "\"");
    if (w->note) {
        put_note_json(w);
    } else {
        put_literal(w, "n");
        put_number(w, w->record);
    }
    put_literal(w, "\"");
}

/* A record is a level: objects and arrays by turns, each with a few members before it goes down. */
void write_deep(struct writer *w)
{
    put_literal(w, "[");
    while (writer_next(w)) {
        put_literal(w, "{\"name\":");
        put_named(w);
        put_literal(w, ",\"value\":");
        put_number(w, random_below(w, 100000));
        put_literal(w, ",\"down\":[");
        for (uint64_t i = random_below(w, 4); i > 0; i--)
            put_literal(w, "[],");
    }
    put_literal(w, "0");
    for (uint64_t level = w->record; level > 0; level--)
        put_literal(w, "]}");
    put_literal(w, "]\n");
}

static void put_coordinate(struct writer *w)
{
    put_literal(w, "[");
    if (random_once_in(w, 2))
        put_literal(w, "-");
    put_number(w, random_below(w, 180));
    put_literal(w, ".");
    put_digits(w, random_below(w, 1000000), 6);
    put_literal(w, ",");
    put_number(w, random_below(w, 90));
    put_literal(w, ".");
    put_digits(w, random_below(w, 1000000), 6);
    put_literal(w, "]");
}

/* A record is a polygon of some ten to some hundred places. */
void write_geo(struct writer *w)
{
    put_literal(w, "{\"type\":\"FeatureCollection\",\"features\":[");
    while (writer_next(w)) {
        if (w->record > 1)
            put_literal(w, ",");
        put_literal(w, "{\"type\":\"Feature\",\"properties\":{\"name\":");
        put_named(w);
        put_literal(w, "},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[");
        put_coordinate(w);
        for (uint64_t i = 10 + random_skewed(w, 300); i > 0; i--) {
            put_literal(w, ",");
            put_coordinate(w);
        }
        put_literal(w, "]]}}");
    }
    put_literal(w, "]}\n");
}

/* A record is a line of some encoding within the one string, with the escapes that such strings have. */
void write_long_string(struct writer *w)
{
    static const struct piece escapes[] = {PIECE("\\n"), PIECE("\\/"), PIECE("\\u003d"), PIECE("\\\\"),
                                           PIECE("\\\"")};
    put_literal(w, "{\"type\":\"image/png\",\"data\":\"");
    while (writer_next(w)) {
        char text[72];
        for (size_t i = 0; i < sizeof text; i += 8)
            hex_format(text + i, random_next(w), 8);
        put(w, text, sizeof text);
        if (w->note)
            put_note_json(w);
        put_one_of(w, escapes);
    }
    put_literal(w, "\",\"done\":true}\n");
}

/* A record is an element, with nothing in it but brackets and commas: the worst that can be scanned. */
void write_brackets(struct writer *w)
{
    static const struct piece elements[] = {PIECE("[]"), PIECE("[]"), PIECE("{}"), PIECE("[[],[]]")};
    put_literal(w, "[");
    while (writer_next(w)) {
        if (w->record > 1)
            put_literal(w, ",");
        if (w->note)
            put_named(w);
        else
            put_one_of(w, elements);
    }
    put_literal(w, "]\n");
}

/** What lines end with, the first of them being right. */
static const struct piece ENDS[] = {
    PIECE("\"}}\n"),
    PIECE("\n"),               /* cut within a string */
    PIECE("\"\n"),             /* two levels are not closed */
    PIECE("\"}}]}\n"),         /* too much is closed */
    PIECE("\"}}\n\n  \n"),     /* blank lines */
    PIECE("\"}} {\"a\":\n"),   /* more behind it, and not all of it */
    PIECE("\"}}\n#\"} note\n") /* no JSON at all */
};

/* A record is a line, most of them whole; of the others the one behind must not suffer. */
void write_jsonl_broken(struct writer *w)
{
    while (writer_next(w)) {
        put_literal(w, "{\"id\":");
        put_number(w, w->record);
        put_literal(w, ",\"name\":");
        put_named(w);
        put_literal(w, ",\"data\":{\"list\":[1,2,[3]],\"text\":\"a, [b] \\\"c\\\" ");
        put_number(w, random_below(w, 1000000));
        put_piece(w, &ENDS[random_once_in(w, 8) ? random_below(w, COUNT(ENDS)) : 0]);
    }
}
