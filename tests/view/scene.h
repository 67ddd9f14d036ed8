/* SPDX-License-Identifier: MIT */
/** tests: a sample seen through a canvas, and rows computed the plain way. Used by the tests of the text layout. */
#ifndef FOLIO_TESTS_VIEW_SCENE_H
#define FOLIO_TESTS_VIEW_SCENE_H

#include "model/sample.h"
#include "test.h"

#include "folio/base/glyph/glyph.h"
#include "folio/view/layout/layout.h"
#include "folio/view/text/layout.h"

/** A sample seen through a canvas. */
struct scene {
    struct sample sample;
    struct settings settings;
    struct canvas canvas;
};

/** Row starts computed the plain way; the last one is the end of the file. */
struct starts {
    uint64_t *offset;
    size_t count;
};

/** What the view does where the settings or the width changed. */
static inline void scene_fit(struct scene *scene)
{
    struct canvas *canvas = &scene->canvas;
    settings_rules(&scene->settings, &canvas->fit.rules);
    canvas->fit.word = scene->settings.word_wrap != 0;
    canvas->fit.width = text_layout.room(canvas);
}

/** The content is taken over; the survey is done unless `waiting`. */
static inline void scene_open(struct scene *scene, char *data, size_t length, bool waiting)
{
    sample_open(&scene->sample, data, length);
    scene->settings = settings_default();
    scene->canvas = (struct canvas){.reader = scene->sample.reader,
                                    .lines = scene->sample.lines,
                                    .settings = &scene->settings,
                                    .current = FRAME_NO_OFFSET,
                                    .fresh = FRAME_NO_OFFSET,
                                    .columns = 80};
    scene->settings.sgr = SGR_OFF;
    scene_fit(scene);
    if (waiting)
        return;
    survey_start(scene->sample.survey);
    sample_wait(scene->sample.lines);
}

static inline unsigned scene_width(const struct scene *scene)
{
    return scene->canvas.columns;
}

static inline void glyph_at(const struct scene *scene, uint64_t offset, uint64_t column, struct glyph *glyph)
{
    const struct sample *sample = &scene->sample;
    glyph_next(sample->data + offset, sample->length - offset,
               (struct glyph_place){column, &scene->canvas.fit.rules}, glyph);
}

static inline void check_row(const struct starts *starts, size_t number, const struct row *row)
{
    assert_true(number < starts->count);
    assert_int_equal(row->begin, starts->offset[number]);
    assert_int_equal(row->next, starts->offset[number + 1]);
    assert_true(row->end <= row->next);
}

/** Text of many kinds: what is in it is chosen by the bits of `kinds`. */
static inline char *mixture(size_t length, unsigned kinds, unsigned longest)
{
    static const char *const piece[][6] = {
        {"a", "word ", "0123456789", "long-word-with-many-letters", "x", "  "},
        {"\t", "\t\t", "a\t", "\tb", "ab\t", "\t"},
        {"\xe6\xbc\xa2", "\xe5\xad\x97\xe5\xad\x97", "\xf0\x9f\x98\x80", "a\xe6\xbc\xa2", "\xed\x95\x9c",
         "\xe3\x80\x80"},
        {"e\xcc\x81", "o\xcc\x88\xcc\x81", "\xcc\x81", "\xe2\x80\x8d", "a\xef\xb8\x8f",
         "\xe6\xbc\xa2\xcc\x81"},
        {"\x01", "\x1b[31m", "\x7f", "\r", "\b", "\xc2\x85"},
        {"\xff", "\xc3", "\xe6\xbc", "\xed\xa0\x80", "\xf0\x9f", "\x80\x80"},
        {"\xe2\x80\xae", "\xe2\x80\x8b", "\xc2\xad", "\xee\x80\x80", "\xef\xbb\xbf", "\xe2\x81\xa6"},
    };
    char *data = malloc(length + 64);
    size_t at = 0;
    assert_non_null(data);
    while (at < length) {
        for (size_t left = sample_below(4) ? sample_below(longest) : 0; left > 0 && at < length; left--) {
            unsigned kind = (unsigned)sample_below(7);
            const char *text = piece[kinds >> kind & 1 ? kind : 0][sample_below(6)];
            memcpy(data + at, text, strlen(text));
            at += strlen(text);
        }
        if (kinds & 128 && at < length)
            data[at++] = '\r';
        data[at++] = '\n';
    }
    return data;
}

#endif
