/* SPDX-License-Identifier: MIT */
/**
 * ui: the line editor. Keys are looked up in a table; what is none of them and printable is inserted. Pure.
 */
#include "folio/ui/prompt/prompt.h"

#include "folio/base/glyph/glyph.h"
#include "folio/base/text/utf8.h"
#include "folio/ui/terminal/stroke.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void prompt_open(struct prompt *prompt, enum prompt_kind kind, const char *label)
{
    prompt->open = true;
    prompt->kind = kind;
    snprintf(prompt->label, sizeof prompt->label, "%s", label);
    buf_clear(&prompt->text);
    buf_clear(&prompt->typed);
    prompt->cursor = 0;
    prompt->tail[0] = '\0';
    prompt->recalled = prompt->history[kind].count;
}

void prompt_replace(struct prompt *prompt, size_t begin, const char *text)
{
    size_t length = strlen(text);
    if (begin > prompt->cursor || prompt->text.length - (prompt->cursor - begin) + length > PROMPT_LENGTH)
        return;
    buf_remove(&prompt->text, begin, prompt->cursor - begin);
    prompt->cursor = buf_insert(&prompt->text, begin, text, length) ? begin + length : begin;
}

/** The character start before, or behind, the cursor. */
static size_t prompt_before(const struct prompt *prompt)
{
    return prompt->cursor > 0 ? utf8_before(prompt->text.data, prompt->cursor) : 0;
}

static size_t prompt_behind(const struct prompt *prompt)
{
    size_t left = prompt->text.length - prompt->cursor;
    return left == 0 ? prompt->cursor
                     : prompt->cursor + utf8_decode(prompt->text.data + prompt->cursor, left).length;
}

static enum prompt_result prompt_left(struct prompt *prompt)
{
    prompt->cursor = prompt_before(prompt);
    return PROMPT_EDITED;
}

static enum prompt_result prompt_right(struct prompt *prompt)
{
    prompt->cursor = prompt_behind(prompt);
    return PROMPT_EDITED;
}

static enum prompt_result prompt_home(struct prompt *prompt)
{
    prompt->cursor = 0;
    return PROMPT_EDITED;
}

static enum prompt_result prompt_end(struct prompt *prompt)
{
    prompt->cursor = prompt->text.length;
    return PROMPT_EDITED;
}

static bool prompt_blank(const struct prompt *prompt, size_t offset)
{
    return prompt->text.data[offset] == ' ';
}

/** Words are what blanks separate: patterns and paths are full of other signs. */
static enum prompt_result prompt_word_left(struct prompt *prompt)
{
    while (prompt->cursor > 0 && prompt_blank(prompt, prompt->cursor - 1))
        prompt->cursor--;
    while (prompt->cursor > 0 && !prompt_blank(prompt, prompt->cursor - 1))
        prompt->cursor--;
    return PROMPT_EDITED;
}

static enum prompt_result prompt_word_right(struct prompt *prompt)
{
    while (prompt->cursor < prompt->text.length && !prompt_blank(prompt, prompt->cursor))
        prompt->cursor++;
    while (prompt->cursor < prompt->text.length && prompt_blank(prompt, prompt->cursor))
        prompt->cursor++;
    return PROMPT_EDITED;
}

static enum prompt_result prompt_cancel(struct prompt *prompt)
{
    prompt->open = false;
    return PROMPT_CANCELLED;
}

/** On an empty line it leaves the prompt. */
static enum prompt_result prompt_erase(struct prompt *prompt)
{
    if (prompt->text.length == 0)
        return prompt_cancel(prompt);
    prompt_replace(prompt, prompt_before(prompt), "");
    return PROMPT_EDITED;
}

static enum prompt_result prompt_delete(struct prompt *prompt)
{
    buf_remove(&prompt->text, prompt->cursor, prompt_behind(prompt) - prompt->cursor);
    return PROMPT_EDITED;
}

static enum prompt_result prompt_erase_word(struct prompt *prompt)
{
    size_t end = prompt->cursor;
    prompt_word_left(prompt);
    buf_remove(&prompt->text, prompt->cursor, end - prompt->cursor);
    return PROMPT_EDITED;
}

/** The rest of the word at the cursor, or the blanks there. */
static enum prompt_result prompt_delete_word(struct prompt *prompt)
{
    size_t end = prompt->cursor;
    bool blank = end < prompt->text.length && prompt_blank(prompt, end);
    while (end < prompt->text.length && prompt_blank(prompt, end) == blank)
        end++;
    buf_remove(&prompt->text, prompt->cursor, end - prompt->cursor);
    return PROMPT_EDITED;
}

static enum prompt_result prompt_erase_line(struct prompt *prompt)
{
    prompt_replace(prompt, 0, "");
    return PROMPT_EDITED;
}

static enum prompt_result prompt_erase_rest(struct prompt *prompt)
{
    buf_remove(&prompt->text, prompt->cursor, prompt->text.length - prompt->cursor);
    return PROMPT_EDITED;
}

static enum prompt_result prompt_complete(struct prompt *prompt)
{
    (void)prompt;
    return PROMPT_COMPLETE;
}

static enum prompt_result prompt_complete_back(struct prompt *prompt)
{
    (void)prompt;
    return PROMPT_COMPLETE_BACK;
}

/** Show a history line, or what was typed; the cursor goes to its end. */
static void prompt_recall(struct prompt *prompt, size_t number)
{
    const struct history *history = &prompt->history[prompt->kind];
    const char *line = number < history->count ? history->line[number] : buf_string(&prompt->typed);
    prompt->recalled = number;
    buf_clear(&prompt->text);
    buf_text(&prompt->text, line);
    prompt->cursor = prompt->text.length;
}

/** Only lines that begin with what was typed are recalled, as less does. */
static bool prompt_fits(const struct prompt *prompt, size_t number)
{
    const char *line = prompt->history[prompt->kind].line[number];
    return strncmp(line, buf_string(&prompt->typed), prompt->typed.length) == 0;
}

/** The first step back notes what was typed, so that the way forward ends there. */
static enum prompt_result prompt_older(struct prompt *prompt)
{
    if (prompt->recalled == prompt->history[prompt->kind].count) {
        buf_clear(&prompt->typed);
        buf_append(&prompt->typed, buf_string(&prompt->text), prompt->text.length);
    }
    for (size_t number = prompt->recalled; number-- > 0;) {
        if (prompt_fits(prompt, number)) {
            prompt_recall(prompt, number);
            break;
        }
    }
    return PROMPT_EDITED;
}

static enum prompt_result prompt_newer(struct prompt *prompt)
{
    size_t count = prompt->history[prompt->kind].count;
    if (prompt->recalled == count)
        return PROMPT_EDITED;
    size_t number = prompt->recalled + 1;
    while (number < count && !prompt_fits(prompt, number))
        number++;
    prompt_recall(prompt, number);
    return PROMPT_EDITED;
}

/** Put the line at the end of its history, once; the oldest goes when there is no room. */
static void prompt_remember(struct prompt *prompt)
{
    struct history *history = &prompt->history[prompt->kind];
    char *line = prompt->text.length > 0 ? strdup(prompt->text.data) : NULL;
    if (!line)
        return;
    size_t gone = 0;
    while (gone < history->count && strcmp(history->line[gone], line) != 0)
        gone++;
    if (gone == history->count && history->count == PROMPT_HISTORY)
        gone = 0;
    if (gone < history->count) {
        free(history->line[gone]);
        history->count--;
        memmove(&history->line[gone], &history->line[gone + 1], (history->count - gone) * sizeof(char *));
    }
    history->line[history->count++] = line;
}

void prompt_learn(struct prompt *prompt, enum prompt_kind kind, const char *line)
{
    struct history *history = &prompt->history[kind];
    for (size_t i = 0; i < history->count; i++)
        if (strcmp(history->line[i], line) == 0)
            return;
    char *copy = history->count < PROMPT_HISTORY ? strdup(line) : NULL;
    if (copy) {
        memmove(&history->line[1], &history->line[0], history->count * sizeof(char *));
        history->line[0] = copy;
        history->count++;
    }
}

static enum prompt_result prompt_enter(struct prompt *prompt)
{
    prompt_remember(prompt);
    prompt->open = false;
    return PROMPT_ENTERED;
}

struct prompt_key {
    uint32_t stroke;
    enum prompt_result (*edit)(struct prompt *prompt);
};

static const struct prompt_key prompt_key[] = {
    {'\r', prompt_enter},
    {'\n', prompt_enter},
    {STROKE_ESCAPE, prompt_cancel},
    {STROKE_CONTROL('C'), prompt_cancel},
    {STROKE_CONTROL('G'), prompt_cancel},
    {'\t', prompt_complete},
    {STROKE_SHIFT_TAB, prompt_complete_back},
    {0x7f, prompt_erase},
    {'\b', prompt_erase},
    {STROKE_DELETE, prompt_delete},
    {STROKE_CONTROL('D'), prompt_delete},
    {STROKE_CONTROL('W'), prompt_erase_word},
    {STROKE_CONTROL('U'), prompt_erase_line},
    {STROKE_CONTROL('K'), prompt_erase_rest},
    {STROKE_LEFT, prompt_left},
    {STROKE_CONTROL('B'), prompt_left},
    {STROKE_RIGHT, prompt_right},
    {STROKE_CONTROL('F'), prompt_right},
    {STROKE_WORD_LEFT, prompt_word_left},
    {STROKE_WORD_RIGHT, prompt_word_right},
    {STROKE_HOME, prompt_home},
    {STROKE_CONTROL('A'), prompt_home},
    {STROKE_END, prompt_end},
    {STROKE_CONTROL('E'), prompt_end},
    {STROKE_UP, prompt_older},
    {STROKE_CONTROL('P'), prompt_older},
    {STROKE_DOWN, prompt_newer},
    {STROKE_CONTROL('N'), prompt_newer},
};

/** Behind Esc. */
static const struct prompt_key prompt_pair[] = {
    {'h', prompt_left},
    {'l', prompt_right},
    {'b', prompt_word_left},
    {STROKE_LEFT, prompt_word_left},
    {'w', prompt_word_right},
    {STROKE_RIGHT, prompt_word_right},
    {'0', prompt_home},
    {'$', prompt_end},
    {'x', prompt_delete},
    {'X', prompt_delete_word},
    {STROKE_DELETE, prompt_delete_word},
    {0x7f, prompt_erase_word},
    {'\b', prompt_erase_word},
    {'k', prompt_older},
    {'j', prompt_newer},
};

/** Insert a character at the cursor. */
static void prompt_insert(struct prompt *prompt, uint32_t stroke)
{
    char bytes[UTF8_LENGTH_MAX + 1] = "";
    if (stroke >= STROKE_NONE || utf8_encode(stroke, bytes) == 0)
        return;
    prompt->recalled = prompt->history[prompt->kind].count;
    prompt_replace(prompt, prompt->cursor, bytes);
}

enum prompt_result prompt_feed(struct prompt *prompt, uint32_t stroke)
{
    for (size_t i = 0; i < sizeof prompt_key / sizeof prompt_key[0]; i++)
        if (prompt_key[i].stroke == stroke)
            return prompt_key[i].edit(prompt);
    if (stroke >= ' ')
        prompt_insert(prompt, stroke);
    return PROMPT_EDITED;
}

void prompt_paste(struct prompt *prompt, const struct buf *text)
{
    bool ended = false; /* a line has, behind which nothing came yet */
    for (size_t at = 0; at < text->length;) {
        struct utf8 character = utf8_decode(text->data + at, text->length - at);
        at += character.length;
        if (character.rune == '\n' || character.rune == '\r') {
            ended = prompt->cursor > 0;
        } else if (character.rune != 0) {
            if (ended)
                prompt_insert(prompt, ' ');
            prompt_insert(prompt, character.rune);
            ended = false;
        }
    }
}

bool prompt_feed_pair(struct prompt *prompt, uint32_t stroke)
{
    for (size_t i = 0; i < sizeof prompt_pair / sizeof prompt_pair[0]; i++) {
        if (prompt_pair[i].stroke == stroke) {
            (void)prompt_pair[i].edit(prompt);
            return true;
        }
    }
    return false;
}

unsigned prompt_draw(const struct prompt *prompt, struct strip *strip)
{
    const char *text = buf_string(&prompt->text);
    size_t label = strlen(prompt->label);
    size_t begin = 0;
    unsigned room = strip->columns > 0 ? strip->columns - 1 : 0;
    /* The label gives way before the text does, and the start of the text before the cursor. */
    const char *sign = prompt->label;
    if (strip_width(sign, label) + 8 > room) {
        /* Of modifiers and a sign the sign stays, which is the last of them. */
        sign += label > 1 && sign[label - 1] != ' ' ? label - 1 : 0;
        label = room > 8 && label > 1 ? 1 : 0;
    }
    unsigned before = strip_width(sign, label);
    while (begin < prompt->cursor && before + strip_width(text + begin, prompt->cursor - begin) > room)
        begin += utf8_decode(text + begin, prompt->text.length - begin).length;
    strip_put(strip, sign, label);
    strip_put(strip, text + begin, prompt->cursor - begin);
    unsigned cursor = strip->used;
    strip_put(strip, text + prompt->cursor, prompt->text.length - prompt->cursor);
    strip_put(strip, prompt->tail, strlen(prompt->tail));
    return cursor < strip->columns ? cursor : room;
}

void prompt_release(struct prompt *prompt)
{
    for (size_t kind = 0; kind < PROMPT_KIND_COUNT; kind++)
        for (size_t i = 0; i < prompt->history[kind].count; i++)
            free(prompt->history[kind].line[i]);
    buf_release(&prompt->text);
    buf_release(&prompt->typed);
    *prompt = (struct prompt){0};
}
