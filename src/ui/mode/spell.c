/* SPDX-License-Identifier: MIT */
/** ui: what keys are in the column of characters (see the header). UI thread. */
#include "folio/ui/mode/spell.h"

#include "folio/base/text/encode.h"
#include "folio/ui/app/app.h"
#include "folio/ui/mode/armed.h"
#include "folio/ui/mode/run.h"

#include <stdio.h>

/** How the characters that keys go to are spelled. */
static const struct encoding *spell_charset(const struct app *app)
{
    const struct encoding *charset = app->shown ? app->shown->report.charset : NULL;
    return charset ? charset : &encoding_utf8;
}

unsigned spell_unit(const struct app *app)
{
    const struct run *run = &app->typing->run;
    unsigned unit = spell_charset(app)->unit;
    return run->characters && (run->offset + run->at) % unit == 0 ? unit : 1;
}

bool spell_inside(const struct app *app)
{
    return app->typing->run.characters && spell_unit(app) < spell_charset(app)->unit;
}

unsigned spell_last(const struct app *app)
{
    const struct run *run = &app->typing->run;
    const struct encoding *charset = spell_charset(app);
    const unsigned unit = charset->unit, phase = (unsigned)(run->offset % unit);
    if (!run->characters || run->half || run->at < unit || (run->offset + run->at) % unit != 0)
        return 1;
    size_t begin = encoding_start(charset, (const char *)run->byte, run->at, run->at - unit, phase);
    return (unsigned)(run->at - begin);
}

bool spell_text(const struct app *app, const struct buf *pasted, struct buf *out)
{
    const struct encoding *charset = spell_charset(app);
    const char *data = buf_string(pasted);
    char unit[ENCODING_LENGTH_MAX];
    if (charset->form == ENCODING_UTF8 || !app->typing->run.characters) {
        buf_append(out, data, pasted->length);
        return true;
    }
    for (size_t at = 0; at < pasted->length;) {
        struct utf8 character = utf8_decode(data + at, pasted->length - at);
        unsigned length = character.valid ? encoding_spell(charset, character.rune, unit) : 0;
        if (length == 0)
            return false;
        buf_append(out, unit, length);
        at += character.length;
    }
    return true;
}

unsigned spell_key(const struct app *app, uint32_t stroke, char *unit)
{
    if (!app->typing->quoting)
        return armed_character(stroke) ? encoding_spell(spell_charset(app), stroke, unit) : 0;
    *unit = (char)stroke;
    return stroke < 0x80;
}

void spell_refusal(const struct app *app, uint32_t stroke, char *why, size_t capacity)
{
    bool character = app->typing->run.characters && armed_character(stroke);
    if (character)
        snprintf(why, capacity, "no character of %s", spell_charset(app)->name);
    else
        snprintf(why, capacity, "no byte");
}
