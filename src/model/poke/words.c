/* SPDX-License-Identifier: MIT */
/* model: the words for bytes that change: what is typed, what is said. Pure but for memory; any thread. */
#include "folio/model/poke/words.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool poke_words_add(struct poke_words *words, struct poke_byte byte)
{
    struct poke_byte *grown = realloc(words->byte, (words->count + 1) * sizeof *grown);
    if (!grown)
        return false;
    words->byte = grown;
    words->byte[words->count++] = byte;
    return true;
}

/** The power of two of a suffix at `*at`, which is moved behind it; 0: none. */
static int poke_words_shift(const char **at)
{
    static const char letter[] = "KMGT";
    const char *found = **at != '\0' ? strchr(letter, toupper((unsigned char)**at)) : NULL;
    *at += found != NULL;
    return found ? 10 * (int)(found - letter + 1) : 0;
}

/** The offset at the beginning of `text`; `*end` is behind it. */
static bool poke_words_offset(const char *text, uint64_t *offset, const char **end)
{
    bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    const char *digits = text + 2 * hex;
    char *stop;
    bool number = hex ? isxdigit((unsigned char)digits[0]) : isdigit((unsigned char)digits[0]);
    errno = 0;
    unsigned long long value = strtoull(digits, &stop, hex ? 16 : 10);
    *end = stop;
    int shift = poke_words_shift(end);
    *offset = (uint64_t)value << shift;
    return number && errno == 0 && value <= (unsigned long long)INT64_MAX >> shift;
}

/** The bytes of `text`; at most as many as fit into `byte`. */
static bool poke_words_bytes(const char *text, struct buf *out)
{
    char pair[3] = "";
    char quote = text[0];
    size_t length = strlen(text);
    if (quote == '\'' || quote == '"')
        return length > 2 && text[length - 1] == quote && buf_append(out, text + 1, length - 2);
    while (*text != '\0') {
        size_t digits = strspn(text, "0123456789abcdefABCDEF");
        if (digits == 0 || digits % 2 != 0)
            return false;
        for (; digits > 0; digits -= 2, text += 2) {
            memcpy(pair, text, 2);
            char byte = (char)strtoul(pair, NULL, 16);
            buf_append(out, &byte, 1);
        }
        text += strspn(text, " ");
    }
    return out->length > 0 && !out->failed;
}

/** One more bit of a byte of which other bits are named already. False: there is none, or this very bit is named. */
static bool poke_words_join(struct poke_words *words, uint64_t offset, uint8_t mask, uint8_t value)
{
    for (size_t i = 0; i < words->count; i++) {
        struct poke_byte *byte = &words->byte[i];
        if (byte->offset != offset || (byte->mask & mask))
            continue;
        byte->value |= value;
        byte->mask |= mask;
        return true;
    }
    return false;
}

/** OFFSET.BIT=0 and =1, `text` behind the point. */
static bool poke_words_bit(struct poke_words *words, const char *text, uint64_t offset)
{
    bool fine = text[0] >= '0' && text[0] <= '7' && text[1] == '=' && (text[2] == '0' || text[2] == '1') &&
                text[3] == '\0';
    uint8_t mask = fine ? (uint8_t)(1u << (text[0] - '0')) : 0;
    uint8_t value = fine && text[2] == '1' ? mask : 0;
    if (fine && poke_words_join(words, offset, mask, value))
        return true;
    return fine &&
           poke_words_add(words, (struct poke_byte){
                                     .offset = offset, .expected = POKE_ANY, .value = value, .mask = mask});
}

static bool poke_words_group(struct poke_words *words, const char *text, uint64_t offset)
{
    struct buf bytes = {0};
    bool fine = poke_words_bytes(text, &bytes);
    for (size_t i = 0; fine && i < bytes.length; i++) {
        fine = poke_words_add(words, (struct poke_byte){.offset = offset + i,
                                                        .expected = POKE_ANY,
                                                        .value = (uint8_t)bytes.data[i],
                                                        .mask = 0xff});
    }
    buf_release(&bytes);
    return fine;
}

bool poke_words_parse(struct poke_words *words, const char *text, struct error *error)
{
    uint64_t offset;
    const char *end;
    text += strspn(text, " ");
    if (!poke_words_offset(text, &offset, &end))
        return error_set(error, 0, "%s is no OFFSET=BYTE, such as 0x1f3a0=5a or 128K='Z'", text);
    return poke_words_at(words, text, (size_t)(end - text), offset, error);
}

bool poke_words_at(struct poke_words *words, const char *text, size_t place, uint64_t offset,
                   struct error *error)
{
    const char *end = text + place + strspn(text + place, " ");
    bool fine = *end == '.' ? poke_words_bit(words, end + 1, offset)
                            : *end == '=' && poke_words_group(words, end + 1 + strspn(end + 1, " "), offset);
    return fine ||
           error_set(error, 0,
                     "%s: behind the offset comes =BYTE, two hexadecimal digits, ='c', or .BIT=0 or =1",
                     text);
}

size_t poke_words_place(const char *text)
{
    const char *sign = strchr(text, '=');
    size_t length = sign ? (size_t)(sign - text) : 0;
    while (length > 0 && text[length - 1] == ' ')
        length--;
    bool bit = length > 2 && text[length - 2] == '.' && text[length - 1] >= '0' && text[length - 1] <= '9';
    return length - (bit ? 2 : 0);
}

bool poke_words_expect(struct poke_words *words, size_t first, const char *text, struct error *error)
{
    struct buf bytes = {0};
    bool fine = poke_words_bytes(text, &bytes);
    if (!fine) {
        error_set(error, 0, "%s is no byte: two hexadecimal digits, or 'c'", text);
    } else if (bytes.length != words->count - first) {
        fine = error_set(error, 0, "%zu bytes are expected, and %zu are to be changed", bytes.length,
                         words->count - first);
    }
    for (size_t i = 0; fine && i < bytes.length; i++)
        words->byte[first + i].expected = (uint8_t)bytes.data[i];
    buf_release(&bytes);
    return fine;
}

void poke_words_release(struct poke_words *words)
{
    free(words->byte);
    *words = (struct poke_words){0};
}

void poke_words_byte(uint8_t byte, struct buf *out)
{
    buf_format(out, "%02x", byte);
    if (byte >= ' ' && byte < 0x7f)
        buf_format(out, " '%c'", byte);
}

void poke_words_say(uint64_t offset, uint8_t before, uint8_t after, struct buf *out)
{
    buf_format(out, "0x%08" PRIx64 ": ", offset);
    poke_words_byte(before, out);
    buf_text(out, " -> ");
    poke_words_byte(after, out);
}

void poke_words_outcome(const struct poke_result *result, size_t index, struct buf *out)
{
    if (index >= result->written) {
        buf_text(out, "not written");
        return;
    }
    buf_text(out, index < result->synced ? "written, synced" : "written, not synced");
    if (index < result->verified) {
        buf_text(out, ", verified");
    } else if (index < result->synced && result->unverified_code != 0) {
        buf_format(out, ", not verified (the disk cannot be read past the cache: %s)",
                   strerror(result->unverified_code));
    } else if (index < result->synced) {
        buf_text(out, ", not verified");
    }
    if (!result->atomic)
        buf_text(out, ", not atomic (the file cannot be mapped)");
    if (result->memory)
        buf_text(out, ", in memory only (it will not outlive the machine)");
}

void poke_words_passed(size_t passed, struct buf *out)
{
    buf_format(out, "passed over: %zu later poke%s whose byte is as it was before already", passed,
               passed > 1 ? "s" : "");
}

/** What an entry turned out to be. */
static void poke_words_state(const struct journal_entry *entry, struct buf *out)
{
    static const char *const word[] = {
        [JOURNAL_INTENT] = "unfinished", [JOURNAL_DONE] = "done", [JOURNAL_REFUSED] = "not stored",
        [JOURNAL_FAILED] = "NOT saved",  [JOURNAL_LOST] = "lost", [JOURNAL_UNDONE] = "undone"};
    buf_text(out, entry->alive ? "under way" : word[entry->state]);
    if (entry->settled && entry->state == JOURNAL_UNDONE)
        buf_text(out, ", not by folio");
    if (entry->state != JOURNAL_INTENT || entry->alive)
        return;
    if (entry->now == entry->after)
        buf_text(out, ": it was stored, and perhaps is not on the disk");
    else if (entry->now == entry->before)
        buf_text(out, ": it was never stored");
    else if (entry->now >= 0)
        buf_text(out, ": somebody else has written here since");
}

void poke_words_entry(const struct journal_entry *entry, struct buf *out)
{
    char when[32];
    struct tm parts;
    time_t seconds = (time_t)entry->time;
    strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", localtime_r(&seconds, &parts));
    buf_format(out, "%" PRIu64 "  %s  ", entry->id, when);
    poke_words_say(entry->offset, entry->before, entry->after, out);
    if (entry->way != JOURNAL_POKE)
        buf_format(out, " (%s of %" PRIu64 ")", entry->way == JOURNAL_UNDO ? "undo" : "redo", entry->reverts);
    else if (entry->group != entry->id)
        buf_format(out, " (with %" PRIu64 ")", entry->group);
    buf_text(out, "  ");
    poke_words_state(entry, out);
    if (entry->now < 0)
        buf_text(out, ", cannot be read now");
    else if (entry->now != entry->after)
        buf_format(out, ", %02x now", (unsigned)entry->now);
    buf_text(out, entry->fits ? "" : ", other bytes around it");
    if (!entry->same_inode)
        buf_text(out, ", in a file that stood here before");
    buf_text(out, entry->same_path ? "\n" : ", the file had another name\n");
}

/** Append "; COUNT WORDS" where there are any. */
static void poke_words_part(size_t count, const char *words, struct buf *out)
{
    if (count > 0)
        buf_format(out, "; %zu %s", count, words);
}

static void poke_words_unfinished_one(const struct journal_entry *entry, const char *undo, struct buf *out)
{
    buf_text(out, "a poke was not finished: ");
    poke_words_say(entry->offset, entry->before, entry->after, out);
    if (entry->now == entry->after)
        buf_format(out, " landed, %s takes it back", undo);
    else if (entry->now == entry->before)
        buf_text(out, " never landed");
    else if (entry->now >= 0)
        buf_format(out, "; somebody else wrote %02x there", (unsigned)entry->now);
    else
        buf_text(out, "; the byte cannot be read now");
}

void poke_words_unfinished(const struct journal_unfinished *unfinished, const char *undo, struct buf *out)
{
    if (unfinished->count == 1)
        poke_words_unfinished_one(unfinished->first, undo, out);
    if (unfinished->count < 2)
        return;
    buf_format(out, "pokes of %zu bytes were not finished: %zu landed", unfinished->count,
               unfinished->landed);
    if (unfinished->landed > 0)
        buf_format(out, " (%s takes them back)", undo);
    buf_format(out, ", %zu never landed", unfinished->never);
    poke_words_part(unfinished->foreign, "were written by somebody else", out);
    poke_words_part(unfinished->unreadable, "cannot be read now", out);
}
