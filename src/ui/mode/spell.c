/* SPDX-License-Identifier: MIT */
/** ui: what keys are in the column of characters (see the header). UI thread. */
#include "folio/ui/mode/spell.h"

#include "folio/base/text/utf8.h"
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

bool spell_text(const struct app *app, const struct buf *pasted, struct buf *out)
{
    const struct encoding *charset = spell_charset(app);
    const char *data = buf_string(pasted);
    char unit[ENCODING_LENGTH_MAX];
    bool plain = charset->form == ENCODING_UTF8 || charset->form == ENCODING_MULTI;
    if (plain || !app->typing->run.characters) {
        buf_append(out, data, pasted->length);
        return true;
    }
    for (size_t at = 0; at < pasted->length;) {
        struct utf8 character = utf8_decode(data + at, pasted->length - at);
        unsigned length = character.valid ? encoding_encode(charset, character.rune, unit) : 0;
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
        return armed_character(stroke) ? encoding_encode(spell_charset(app), stroke, unit) : 0;
    *unit = (char)stroke;
    return stroke < 0x80;
}

void spell_refusal(const struct app *app, uint32_t stroke, char *why, size_t capacity)
{
    const struct encoding *charset = spell_charset(app);
    bool character = app->typing->run.characters && armed_character(stroke);
    if (character && charset->form == ENCODING_BYTES)
        snprintf(why, capacity, "no character of %s", charset->name);
    else if (character && charset->unit > 1)
        snprintf(why, capacity, "more than %u bytes", charset->unit);
    else
        snprintf(why, capacity, "%s",
                 armed_character(stroke) && stroke >= 0x7f ? "more than one byte" : "no byte");
}
