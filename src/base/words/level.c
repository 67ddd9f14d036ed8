/* SPDX-License-Identifier: MIT */
/*
 * base: finding the word for a level. Pure; any thread.
 *
 * A word is looked up when it begins; whether it is meant as a level is told by its letters and its neighbours. The
 * expressions of level_pattern are the same rules in PCRE2's words, made from the same table of words.
 */
#include "folio/base/words/level.h"

#include <string.h>
#include <strings.h>

/** Every word for a level, as the alternatives of an expression. */
#define WORDS_DEBUG   "debug|trace|verbose"
#define WORDS_INFO    "info|information|notice"
#define WORDS_WARNING "warning|warn"
#define WORDS_ERROR   "error|err|fatal|critical|crit|severe|alert|emerg|panic"
#define CAPS_DEBUG    "DEBUG|TRACE|VERBOSE"
#define CAPS_INFO     "INFO|INFORMATION|NOTICE"
#define CAPS_WARNING  "WARNING|WARN"
#define CAPS_ERROR    "ERROR|ERR|FATAL|CRITICAL|CRIT|SEVERE|ALERT|EMERG|PANIC"

/** Capitals anywhere; any case in brackets, before a colon and a blank, or behind level= and its kind. */
#define LEVEL_EXPRESSION(caps, words)                                                                        \
    "(?<![A-Za-z0-9_])(?:" caps ")(?![A-Za-z0-9_])"                                                          \
    "|(?i)(?:(?<=[\\[<])(?:" words ")(?=[\\]>])"                                                             \
    "|(?<![A-Za-z0-9_])(?:" words ")(?=: )"                                                                  \
    "|(?<![A-Za-z0-9_])(?:level|lvl|severity)[\"']?[ \\t]*[=:][ \\t]*[\"']?\\K(?:" words                     \
    ")(?![A-Za-z0-9_]))"

static const struct {
    const char *name, *words, *pattern;
} levels[LEVEL_COUNT] = {
    [LEVEL_DEBUG] = {"debug", WORDS_DEBUG, LEVEL_EXPRESSION(CAPS_DEBUG, WORDS_DEBUG)},
    [LEVEL_INFO] = {"info", WORDS_INFO, LEVEL_EXPRESSION(CAPS_INFO, WORDS_INFO)},
    [LEVEL_WARNING] = {"warning", WORDS_WARNING, LEVEL_EXPRESSION(CAPS_WARNING, WORDS_WARNING)},
    [LEVEL_ERROR] = {"error", WORDS_ERROR, LEVEL_EXPRESSION(CAPS_ERROR, WORDS_ERROR)},
};

/** A word in a line: [begin, end) of `text`. */
struct word {
    const char *text;
    size_t length, begin, end;
};

static bool is_letter(char byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static bool is_word(char byte)
{
    return is_letter(byte) || (byte >= '0' && byte <= '9') || byte == '_';
}

/** Is the word one of `words`, which `|` parts? */
static bool word_among(const struct word *word, const char *words)
{
    size_t length = word->end - word->begin;
    for (const char *at = words; *at; at += *at == '|') {
        size_t here = strcspn(at, "|");
        if (here == length && strncasecmp(at, word->text + word->begin, length) == 0)
            return true;
        at += here;
    }
    return false;
}

static bool word_capital(const struct word *word)
{
    for (size_t at = word->begin; at < word->end; at++)
        if (word->text[at] < 'A' || word->text[at] > 'Z')
            return false;
    return true;
}

/** Behind `level=`, `"level": "`, `severity:`? */
static bool word_is_value(const struct word *word)
{
    static const char *const fields[] = {"level", "lvl", "severity"};
    size_t at = word->begin;
    at -= at > 0 && (word->text[at - 1] == '"' || word->text[at - 1] == '\'');
    while (at > 0 && (word->text[at - 1] == ' ' || word->text[at - 1] == '\t'))
        at--;
    if (at == 0 || (word->text[at - 1] != '=' && word->text[at - 1] != ':'))
        return false;
    at--;
    while (at > 0 && (word->text[at - 1] == ' ' || word->text[at - 1] == '\t'))
        at--;
    at -= at > 0 && (word->text[at - 1] == '"' || word->text[at - 1] == '\'');
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        size_t length = strlen(fields[i]);
        if (at >= length && strncasecmp(word->text + at - length, fields[i], length) == 0 &&
            (at == length || !is_word(word->text[at - length - 1])))
            return true;
    }
    return false;
}

/** Is the word said as a level is said? */
static bool word_meant(const struct word *word)
{
    char before = word->begin > 0 ? word->text[word->begin - 1] : '\0';
    char after = word->end < word->length ? word->text[word->end] : '\0';
    if (word_capital(word))
        return true;
    if ((before == '[' || before == '<') && (after == ']' || after == '>'))
        return true;
    if (after == ':' && word->end + 1 < word->length && word->text[word->end + 1] == ' ')
        return true;
    return word_is_value(word);
}

enum level level_find(const char *line, size_t length, size_t *begin, size_t *end)
{
    struct word word = {.text = line, .length = length};
    size_t look = length < LEVEL_LOOK ? length : LEVEL_LOOK;
    for (size_t at = 0; at < look; at = word.end + 1) {
        while (at < look && !is_word(line[at]))
            at++;
        if (at == look)
            break;
        for (word.begin = word.end = at; word.end < length && is_word(line[word.end]);)
            word.end++;
        /* The longest word for a level is "information". */
        if (word.end - word.begin < 3 || word.end - word.begin > 11)
            continue;
        for (enum level level = LEVEL_DEBUG; level < LEVEL_COUNT; level++)
            if (word_among(&word, levels[level].words) && word_meant(&word)) {
                *begin = word.begin;
                *end = word.end;
                return level;
            }
    }
    return LEVEL_NONE;
}

enum level level_named(const char *name)
{
    for (enum level level = LEVEL_DEBUG; level < LEVEL_COUNT; level++)
        if (strcmp(name, levels[level].name) == 0)
            return level;
    return LEVEL_NONE;
}

const char *level_pattern(enum level level)
{
    return level < LEVEL_COUNT ? levels[level].pattern : NULL;
}
