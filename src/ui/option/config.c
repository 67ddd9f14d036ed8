/* SPDX-License-Identifier: MIT */
/**
 * ui: the lines of a configuration file.
 *
 * inih takes lines apart; but it stops telling errors after the first, knows no line numbers where it calls back, cuts
 * long lines in two, takes a colon for an equals sign and an indented line for more of the one before. So it is given
 * its lines by config_next, which hands on only what inih cannot misunderstand and complains of all else itself.
 */
#include "folio/ui/option/config.h"

#include "config_inside.h"

#include "folio/base/glyph/glyph.h"
#include "folio/base/text/utf8.h"
#include "folio/base/words/nearest.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** What a line may have: inih's own buffer has 200 bytes, with the newline and what ends it. */
#define CONFIG_LINE_MAX 190
/** How long a pipe may take. */
#define CONFIG_WAIT_MS 1000

static const struct config_section {
    const char *name;
    config_entry *entry;
} config_section[] = {
    {"options", config_entry_option},
    {"colors", config_entry_color},
    {"keys", config_entry_key},
};

#define CONFIG_SECTIONS (sizeof config_section / sizeof config_section[0])

/** What is being read. */
struct config_scan {
    struct config *config;
    const char *name;
    const char *at, *end;
    unsigned line;                        /**< the number of the one handed out last */
    const struct config_section *section; /**< NULL: none, or not known, which was told */
    bool sectioned;                       /**< there was one */
};

void config_release(struct config *config)
{
    buf_release(&config->errors);
}

/** Keep a sentence; line 0: it is about the whole file. */
static void config_complain(struct config *config, const char *name, unsigned line, const char *sentence)
{
    char harmless[512];
    if (config->error_count++ >= CONFIG_ERROR_MAX)
        return;
    glyph_text(name, strlen(name), harmless, sizeof harmless);
    buf_text(&config->errors, harmless);
    if (line > 0)
        buf_format(&config->errors, ":%u", line);
    glyph_text(sentence, strlen(sentence), harmless, sizeof harmless);
    buf_format(&config->errors, ": %s\n", harmless);
}

static void config_wrong(struct config_scan *scan, const char *sentence)
{
    config_complain(scan->config, scan->name, scan->line, sentence);
}

/** Is it text of one line? */
static bool config_is_text(const char *line, size_t length)
{
    for (size_t at = 0; at < length;) {
        struct utf8 rune = utf8_decode(line + at, length - at);
        if (!rune.valid || (rune.rune < ' ' && rune.rune != '\t') || rune.rune == 0x7f)
            return false;
        at += rune.length;
    }
    return true;
}

/** A line "[name]". */
static bool config_section_line(struct config_scan *scan, const char *line, size_t length)
{
    char sentence[256];
    const char *close = memchr(line, ']', length);
    struct nearest nearest = {.typed = line + 1};
    scan->section = NULL;
    scan->sectioned = true;
    if (!close) {
        config_wrong(scan, "a ] is missing behind the name of the section");
        return false;
    }
    nearest.length = (size_t)(close - line) - 1;
    for (size_t i = 0; i < CONFIG_SECTIONS; i++) {
        const char *name = config_section[i].name;
        if (strlen(name) == nearest.length && memcmp(name, line + 1, nearest.length) == 0) {
            scan->section = &config_section[i];
            return true;
        }
        nearest_offer(&nearest, name);
    }
    if (nearest.best) {
        snprintf(sentence, sizeof sentence, "there is no section %.*s; did you mean [%s]?",
                 (int)(close - line) + 1, line, nearest.best);
    } else {
        snprintf(sentence, sizeof sentence, "there is no section %.*s, only [options], [colors] and [keys]",
                 (int)(close - line) + 1, line);
    }
    config_wrong(scan, sentence);
    return false;
}

/** May inih have this line? */
static bool config_fit(struct config_scan *scan, const char *line, size_t length)
{
    if (length == 0 || line[0] == '#' || line[0] == ';')
        return false;
    if (!config_is_text(line, length)) {
        config_wrong(scan, "this is not text in UTF-8; is it a configuration at all?");
        return false;
    }
    if (length > CONFIG_LINE_MAX) {
        config_wrong(scan, "the line is too long; it has room for 190 bytes");
        return false;
    }
    if (line[0] == '[')
        return config_section_line(scan, line, length);
    const char *equals = memchr(line, '=', length);
    const char *colon = memchr(line, ':', length);
    if (!equals || equals == line || (colon && colon < equals)) {
        config_wrong(scan, "write NAME = VALUE here (# begins a comment; the key : is Colon, = is Equals)");
        return false;
    }
    if (!scan->sectioned)
        config_wrong(scan, "this stands in no section; put a line [options], [colors] or [keys] above it");
    return scan->section != NULL;
}

/** inih's fgets: the next line it may have, the others as empty ones; NULL at the end. */
static char *config_next(char *out, int capacity, void *context)
{
    struct config_scan *scan = context;
    if (scan->at == scan->end || capacity < CONFIG_LINE_MAX + 2)
        return NULL;
    const char *line = scan->at;
    const char *newline = memchr(line, '\n', (size_t)(scan->end - line));
    const char *stop = newline ? newline : scan->end;
    scan->at = newline ? newline + 1 : scan->end;
    scan->line++;
    while (line < stop && (*line == ' ' || *line == '\t'))
        line++;
    while (stop > line && (stop[-1] == ' ' || stop[-1] == '\t' || stop[-1] == '\r'))
        stop--;
    size_t length = config_fit(scan, line, (size_t)(stop - line)) ? (size_t)(stop - line) : 0;
    memcpy(out, line, length);
    memcpy(out + length, "\n", 2);
    return out;
}

/** inih has taken a line apart. */
static int config_handle(void *context, const char *section, const char *name, const char *value)
{
    struct config_scan *scan = context;
    struct error error = {0};
    char sentence[512];
    if (!scan->section || strcmp(section, scan->section->name) != 0)
        return 1;
    if (!value || value[0] == '\0') {
        snprintf(sentence, sizeof sentence, "%s needs a value behind the =", name);
        config_wrong(scan, sentence);
    } else if (!scan->section->entry(scan->config, name, value, &error)) {
        config_wrong(scan, error.message);
    }
    return 1;
}

void config_read(struct config *config, const char *name, const char *text, size_t length)
{
    static const char mark[] = "\xef\xbb\xbf";
    struct config_scan scan = {.config = config, .name = name, .at = text, .end = text + length};
    if (length >= 3 && memcmp(text, mark, 3) == 0)
        scan.at += 3;
    if (length > 0)
        (void)ini_parse_stream(config_next, &scan, config_handle, &scan);
}

/** Read a file to its end, or to one byte more than there may be. False: `errno` says why. */
static bool config_slurp(int fd, struct buf *text)
{
    char piece[8192];
    struct pollfd polled = {.fd = fd, .events = POLLIN};
    while (text->length <= CONFIG_SIZE_MAX) {
        ssize_t got = read(fd, piece, sizeof piece);
        if (got == 0)
            return true;
        bool wait = got < 0 && errno == EAGAIN && poll(&polled, 1, CONFIG_WAIT_MS) > 0;
        if (got < 0 && errno != EINTR && !wait)
            return false;
        if (got > 0 && !buf_append(text, piece, (size_t)got)) {
            errno = ENOMEM;
            return false;
        }
    }
    return true;
}

/** The person's own file; NULL where there is no home. */
static char *config_path(void)
{
    const char *folder = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    char *path = NULL;
    if (folder && folder[0] == '/')
        return asprintf(&path, "%s/folio/config", folder) < 0 ? NULL : path;
    if (!home || home[0] != '/' || asprintf(&path, "%s/.config/folio/config", home) < 0)
        return NULL;
    return path;
}

/** A path as a person knows it: ~ for the home. Borrowed, or in `out`. */
static const char *config_shown(const char *path, char *out, size_t capacity)
{
    const char *home = getenv("HOME");
    size_t length = home ? strlen(home) : 0;
    if (length < 2 || strncmp(path, home, length) != 0 || path[length] != '/')
        return path;
    snprintf(out, capacity, "~%s", path + length);
    return out;
}

/** Is there no such file, or none that this person could know of (another's home, as under sudo)? */
static bool config_absent(const char *path, int cause)
{
    struct stat found;
    return cause == ENOENT || cause == ENOTDIR || (cause == EACCES && stat(path, &found) != 0);
}

/** Read `path` and carry it out; `missing`: it need not be there. */
static void config_load_path(struct config *config, const char *path, bool missing)
{
    struct buf text = {0};
    char shown[512];
    char sentence[256];
    const char *name = config_shown(path, shown, sizeof shown);
    /* A pipe that nobody writes must not hold up the start. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool fine = fd >= 0 && config_slurp(fd, &text);
    int cause = errno;
    if (fd >= 0)
        close(fd);
    if (!fine && !(missing && fd < 0 && config_absent(path, cause))) {
        snprintf(sentence, sizeof sentence, "cannot be read: %s; --no-config goes without it",
                 strerror(cause));
        config_complain(config, name, 0, sentence);
    } else if (text.length > CONFIG_SIZE_MAX) {
        config_complain(config, name, 0,
                        "is larger than 1 MiB and was not read; is it a configuration at all?");
    } else if (fine) {
        config_read(config, name, buf_string(&text), text.length);
    }
    buf_release(&text);
}

void config_load(struct config *config, const char *path)
{
    if (path) {
        config_load_path(config, path, false);
        return;
    }
    char *own = config_path();
    if (own)
        config_load_path(config, own, true);
    free(own);
}

bool config_complaint(const struct config *config, char *out, size_t capacity)
{
    const char *text = buf_string(&config->errors);
    int length = (int)strcspn(text, "\n");
    if (config->error_count == 0)
        return false;
    if (config->error_count == 1)
        snprintf(out, capacity, "%.*s", length, text);
    else
        snprintf(out, capacity, "%.*s (%u more: --print-config)", length, text, config->error_count - 1);
    return true;
}
