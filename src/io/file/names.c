/* SPDX-License-Identifier: MIT */
/*
 * io: names of files as a person types them (see the header). Any thread.
 *
 * What is typed is spelled in two ways at once: as a name, and as a pattern of glob(3), in which whatever came out of a
 * variable, of % and of # is escaped. Only one that has signs of a pattern in it goes to glob. wordexp(3) would take
 * brackets and ampersands, which are in many names, for mistakes of a shell.
 */
#include "folio/io/file/names.h"

#include <ctype.h>
#include <glob.h>
#include <pthread.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** What getpwnam_r may want; far more than an entry has. */
#define NAMES_ENTRY 16384

/** A text that is being spelled out. */
struct spelling {
    const char *at, *end;
    const struct names_known *known;
    bool quoted;
    bool wild; /**< it is a pattern */
    struct buf name, pattern;
};

static bool names_there(const char *name)
{
    struct stat stat;
    return lstat(name, &stat) == 0;
}

/** Put in text whose signs mean nothing. */
static void spell_plain(struct spelling *spelling, const char *text, size_t length)
{
    buf_append(&spelling->name, text, length);
    for (size_t i = 0; i < length; i++) {
        if (strchr("*?[]\\", text[i]))
            buf_text(&spelling->pattern, "\\");
        buf_append(&spelling->pattern, text + i, 1);
    }
}

/** The folder of a user, "" for one's own. False: there is no such user. */
static bool spell_home(struct spelling *spelling, const char *user)
{
    struct passwd entry;
    struct passwd *found = NULL;
    const char *home = user[0] == '\0' ? getenv("HOME") : NULL;
    char *room = malloc(NAMES_ENTRY);
    if (!room)
        return false;
    if (!home && (user[0] != '\0' ? getpwnam_r(user, &entry, room, NAMES_ENTRY, &found)
                                  : getpwuid_r(geteuid(), &entry, room, NAMES_ENTRY, &found)) == 0)
        home = found ? entry.pw_dir : NULL;
    if (home)
        spell_plain(spelling, home, strlen(home));
    free(room);
    return home != NULL;
}

/** ~ or ~user, at the beginning. */
static bool spell_tilde(struct spelling *spelling, struct error *error)
{
    char user[128];
    size_t length = 1;
    while (spelling->at + length < spelling->end && spelling->at[length] != '/')
        length++;
    if (length > sizeof user)
        return error_set(error, 0, "There is no user with so long a name");
    memcpy(user, spelling->at + 1, length - 1);
    user[length - 1] = '\0';
    if (!spell_home(spelling, user))
        return error_set(error, 0, "There is no user %s; \\~ in front is the sign itself", user);
    spelling->at += length;
    return true;
}

/** $NAME or ${NAME}; a lone $ is itself. */
static bool spell_variable(struct spelling *spelling, struct error *error)
{
    char name[128];
    size_t brace = spelling->at + 1 < spelling->end && spelling->at[1] == '{';
    const char *begin = spelling->at + 1 + brace;
    size_t length = 0;
    while (begin + length < spelling->end && (isalnum((unsigned char)begin[length]) || begin[length] == '_'))
        length++;
    bool closed = !brace || (begin + length < spelling->end && begin[length] == '}');
    if (length == 0 || isdigit((unsigned char)begin[0]) || !closed || length >= sizeof name) {
        spell_plain(spelling, spelling->at++, 1);
        return true;
    }
    memcpy(name, begin, length);
    name[length] = '\0';
    const char *value = getenv(name);
    if (!value)
        return error_set(error, 0, "$%s is not set; \\$ is the sign itself", name);
    spell_plain(spelling, value, strlen(value));
    spelling->at = begin + length + brace;
    return true;
}

/** % or #, which twice are the sign. */
static bool spell_known(struct spelling *spelling, struct error *error)
{
    char sign = *spelling->at;
    const char *name = sign == '%' ? spelling->known->current : spelling->known->previous;
    bool twice = spelling->at + 1 < spelling->end && spelling->at[1] == sign;
    if (!name && !twice)
        return error_set(error, 0,
                         sign == '%'
                             ? "%% is the name of the file that is shown, and it has none; \\%% is the sign"
                             : "# is the file that was shown before, and there is none; \\# is the sign");
    if (twice)
        spell_plain(spelling, spelling->at, 1);
    else
        spell_plain(spelling, name, strlen(name));
    spelling->at += 1 + twice;
    return true;
}

/** One sign, which may be the beginning of more. */
static bool spell_next(struct spelling *spelling, struct error *error)
{
    char sign = *spelling->at;
    size_t left = (size_t)(spelling->end - spelling->at);
    if (sign == '$')
        return spell_variable(spelling, error);
    if (sign == '%' || sign == '#')
        return spell_known(spelling, error);
    if (sign == '\\' && left > 1) {
        spell_plain(spelling, spelling->at + 1, 1);
        spelling->at += 2;
        return true;
    }
    bool wild = sign == '*' || sign == '?' || (sign == '[' && memchr(spelling->at, ']', left));
    spelling->at++;
    if (spelling->quoted || sign == '\\' || (sign == '[' && !wild)) {
        spell_plain(spelling, &sign, 1);
        return true;
    }
    spelling->wild = spelling->wild || wild;
    buf_append(&spelling->name, &sign, 1);
    buf_append(&spelling->pattern, &sign, 1);
    return true;
}

static void spell_release(struct spelling *spelling)
{
    buf_release(&spelling->name);
    buf_release(&spelling->pattern);
}

/** Spell out `length` bytes of `text`. False and a sentence where that is not possible. */
static bool spell(struct spelling *spelling, const char *text, size_t length, const struct names_known *known,
                  struct error *error)
{
    bool quoted = length > 2 && text[0] == '"' && memchr(text + 1, '"', length - 1) == text + length - 1;
    *spelling = (struct spelling){
        .at = text + quoted, .end = text + length - quoted, .known = known, .quoted = quoted};
    bool fine = quoted || length == 0 || text[0] != '~' || spell_tilde(spelling, error);
    while (fine && spelling->at < spelling->end)
        fine = spell_next(spelling, error);
    if (fine && (spelling->name.failed || spelling->pattern.failed))
        fine = error_set(error, 0, "out of memory");
    return fine;
}

/** The text with nothing in it put in but % and #: is there a file of that name? Then it is appended to `out`. */
static bool names_literal(const char *text, size_t length, const struct names_known *known, struct buf *out)
{
    struct spelling spelling = {.at = text, .end = text + length, .known = known};
    struct error ignored;
    while (text[0] != '~' && spelling.at < spelling.end)
        if ((*spelling.at != '%' && *spelling.at != '#') || !spell_known(&spelling, &ignored))
            spell_plain(&spelling, spelling.at++, 1);
    bool there = text[0] != '~' && spelling.name.length > 0 && names_there(buf_string(&spelling.name));
    if (there)
        buf_text(out, buf_string(&spelling.name));
    spell_release(&spelling);
    return there;
}

/** One more name. False when out of memory. */
static bool names_add(struct names *names, const char *name, struct error *error)
{
    char **grown = realloc(names->name, (names->count + 1) * sizeof *grown);
    char *copy = strdup(name);
    names->name = grown ? grown : names->name;
    if (grown && copy) {
        names->name[names->count++] = copy;
        return true;
    }
    free(copy);
    return error_set(error, 0, "out of memory");
}

/** What a pattern matches. */
static bool names_match(const struct spelling *spelling, struct names *out, struct error *error)
{
    glob_t found = {0};
    int code = glob(buf_string(&spelling->pattern), 0, NULL, &found);
    bool fine = code == 0 && found.gl_pathc <= NAMES_MOST;
    if (code == GLOB_NOSPACE)
        error_set(error, 0, "out of memory");
    else if (code != 0)
        error_set(error, 0, "No file matches %s", buf_string(&spelling->name));
    else if (!fine)
        error_set(error, 0, "%s matches %zu files; at most %d are taken at once", buf_string(&spelling->name),
                  found.gl_pathc, NAMES_MOST);
    for (size_t i = 0; fine && i < found.gl_pathc; i++)
        fine = names_add(out, found.gl_pathv[i], error);
    globfree(&found);
    return fine;
}

/** The length of a text without the blanks at its end, but for one that is escaped: the one before Enter is no name's. */
static size_t names_trimmed(const char *text, size_t length)
{
    size_t end = length, signs = 0;
    while (end > 0 && text[end - 1] == ' ')
        end--;
    while (signs < end && text[end - 1 - signs] == '\\')
        signs++;
    return end + (signs % 2 && end < length);
}

/** What `length` bytes of `text` name, taken as one word. */
static bool names_word(const char *text, size_t length, const struct names_known *known, struct names *out,
                       struct error *error)
{
    struct spelling spelling;
    struct buf literal = {0};
    size_t trimmed = names_trimmed(text, length);
    bool fine;
    if (names_literal(text, length, known, &literal) || names_literal(text, trimmed, known, &literal)) {
        fine = names_add(out, buf_string(&literal), error);
    } else {
        fine = spell(&spelling, text, trimmed, known, error);
        if (fine)
            fine = spelling.wild ? names_match(&spelling, out, error)
                                 : names_add(out, buf_string(&spelling.name), error);
        spell_release(&spelling);
    }
    buf_release(&literal);
    return fine;
}

bool names_single(const char *text, const struct names_known *known, struct names *out, struct error *error)
{
    bool fine = names_word(text, strlen(text), known, out, error);
    if (fine && out->count > 1)
        fine = error_set(error, 0, "%s matches %zu files, %s and %s among them; one is wanted", text,
                         out->count, out->name[0], out->name[1]);
    if (!fine)
        names_release(out);
    return fine;
}

bool names_one(const char *text, const struct names_known *known, struct buf *out, struct error *error)
{
    struct names names = {0};
    bool fine = names_single(text, known, &names, error);
    if (fine && names.count == 1)
        buf_text(out, names.name[0]);
    names_release(&names);
    return fine;
}

/** The length of the word at `text`, to a blank that is neither escaped nor quoted. */
static size_t names_length(const char *text)
{
    size_t length = 0;
    const char *quote = text[0] == '"' ? strchr(text + 1, '"') : NULL;
    if (quote && (quote[1] == ' ' || quote[1] == '\0'))
        return (size_t)(quote - text) + 1;
    while (text[length] != '\0' && text[length] != ' ')
        length += text[length] == '\\' && text[length + 1] != '\0' ? 2 : 1;
    return length;
}

/** Word by word; true only when there are several, and each names what is there. */
static bool names_words(const char *text, const struct names_known *known, struct names *out)
{
    struct error ignored;
    bool fine = true;
    unsigned words = 0;
    for (text += strspn(text, " "); fine && *text != '\0'; text += strspn(text, " "), words++) {
        size_t length = names_length(text);
        size_t before = out->count;
        fine = names_word(text, length, known, out, &ignored);
        for (size_t i = before; fine && i < out->count; i++)
            fine = names_there(out->name[i]);
        text += length;
    }
    return fine && words > 1;
}

bool names_all(const char *text, const struct names_known *known, struct names *out, struct error *error)
{
    struct names words = {0};
    bool fine = names_word(text, strlen(text), known, out, error);
    if (!strchr(text, ' ') || (fine && names_there(out->name[0])))
        return fine;
    if (names_words(text, known, &words)) {
        names_release(out);
        *out = words;
        return true;
    }
    names_release(&words);
    return fine;
}

void names_users(void (*each)(void *context, const char *user), void *context)
{
    /* The list has one place at which it is read. */
    static pthread_mutex_t reading = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&reading);
    setpwent();
    for (const struct passwd *entry = getpwent(); entry; entry = getpwent())
        each(context, entry->pw_name);
    endpwent();
    pthread_mutex_unlock(&reading);
}

void names_escape(const char *name, bool begins, struct buf *out)
{
    for (size_t i = 0; name[i] != '\0'; i++) {
        if (strchr("*?[\\$%#", name[i]) || (begins && i == 0 && (name[i] == '~' || name[i] == '"')))
            buf_text(out, "\\");
        buf_append(out, name + i, 1);
    }
}

void names_release(struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        free(names->name[i]);
    free(names->name);
    *names = (struct names){0};
}
