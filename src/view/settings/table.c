/* SPDX-License-Identifier: MIT */
/* view: the table of settings, and finding a row of it. Pure; any thread. */
#include "inside.h"

#include <string.h>

/** Far more rows or columns than any screen has. */
#define SETTINGS_FAR 100000

static const char *const sgr_names[] = {"off", "on", "carry"};
static const char *const search_names[] = {"shown", "raw"};

static const char *const overview_names[] = {"off", "on", "ascii"};

static const struct setting settings_rows[] = {
    {"nowrap", "wrap", 'S', AT(chop), 0, 1, 1, "Chop long lines", "Fold long lines",
     "cut long lines at the edge of the screen", SETTING_NUMBER, NULL},
    {"chop", "nochop", 0, AT(chop), 0, 1, 1, "Chop long lines", "Fold long lines", "the same as nowrap",
     SETTING_NUMBER, NULL},
    {"wordwrap", "nowordwrap", 0, AT(word_wrap), 0, 1, 1, "Wrap long lines at blanks",
     "Wrap long lines anywhere", "rows of a wrapped line end behind a blank", SETTING_NUMBER, NULL},
    {"numbers", "nonumbers", 'N', AT(numbers), 0, 1, 1, "Show line numbers", "Don't show line numbers",
     "line numbers at the left", SETTING_NUMBER, NULL},
    {"nonumbers", "numbers", 'n', AT(numbers), 0, 0, 0, "Don't show line numbers", "Don't show line numbers",
     "no line numbers", SETTING_NUMBER, NULL},
    {"squeeze", "nosqueeze", 's', AT(squeeze), 0, 1, 1, "Squeeze multiple blank lines",
     "Display all blank lines", "show several empty lines as one", SETTING_NUMBER, NULL},
    {"tabs", NULL, 'x', AT(tab_width), 1, 255, 8, "Tab stops ", " columns",
     "columns between tab stops, or tab stops A,B,C that go on as the last two", SETTING_STOPS, NULL},
    {"sgr", "nosgr", 'R', AT(sgr), SGR_OFF, SGR_CARRY, SGR_ON,
     "Colours, links and overstrike are carried out",
     "Colours, links and overstrike are shown as control characters",
     "colours: on, off, or carry (a newline does not end them)", SETTING_NAMES, sgr_names},
    {"encoding", NULL, 0, AT(encoding), 0, 0, 0, "Encoding is ", "",
     "how bytes spell characters (utf-8, latin1, utf-16, ...), or auto", SETTING_ENCODING, NULL},
    {"header", NULL, 0, AT(header_lines), 0, SETTINGS_HEADER_MAX, 0, "Header (lines,columns) is ", "",
     "lines that stay at the top, columns at the left, and the first of the lines: L,C,N", SETTING_HEADER,
     NULL},
    {"status_column", "nostatus_column", 'J', AT(status_column), 0, 1, 1, "Display a status column",
     "Don't display a status column", "hits and marks in columns at the left", SETTING_NUMBER, NULL},
    {"overview", "nooverview", 0, AT(overview), OVERVIEW_OFF, OVERVIEW_ASCII, OVERVIEW_ON,
     "Show where in the file matches and marks are", "Don't show where in the file matches and marks are",
     "where hits and marks are, in a column at the right: on, off, ascii", SETTING_NAMES, overview_names},
    {"context", NULL, 0, AT(context), 0, 99, 0, "Lines shown around each that a filter lets through: ", "",
     "lines shown around each one that a filter (&) lets through", SETTING_NUMBER, NULL},
    {"mark_page", "nomark_page", 'w', AT(mark_new), 0, 2, 1, "Highlight first unread line after a page",
     "Don't highlight first unread line", "mark the first new line after a page", SETTING_NUMBER, NULL},
    {"mark_new", "nomark_new", 'W', AT(mark_new), 0, 2, 2,
     "Highlight first unread line after any movement of several lines", "Don't highlight first unread line",
     "the same after any movement forward by more than a line", SETTING_NUMBER, NULL},
    {"formfeed", "noformfeed", 0, AT(form_feed), 0, 1, 1, "Stop at form feeds", "Don't stop at form feeds",
     "movements stop at a line that begins with ^L", SETTING_NUMBER, NULL},
    {"bytes", NULL, 0, AT(bytes), 0, 256, 16, "Bytes of a row: ", "",
     "bytes of a row of the hex view; 0 is as many as fit", SETTING_NUMBER, NULL},
    {"group", NULL, 0, AT(group), 0, 64, 8, "Bytes of a group: ", "",
     "bytes between wider gaps in the hex view; 0 is none", SETTING_NUMBER, NULL},
    {"ruler", "noruler", 0, AT(ruler), 0, 1, 1, "Number the columns of bytes",
     "Don't number the columns of bytes", "numbers of the columns above the bytes of the hex view",
     SETTING_NUMBER, NULL},
    {"inspect", "noinspect", 0, AT(inspect), 0, 1, 1, "Inspect the bytes under the cursor",
     "Don't inspect the bytes under the cursor", "what the bytes under the cursor would be as numbers",
     SETTING_NUMBER, NULL},
    {"level", NULL, 0, AT(level), 0, SETTINGS_FAR, 1, "Levels of a tree that are open: ", "",
     "levels of a JSON file as a tree that are open; 0 is all", SETTING_NUMBER, NULL},
    {"label", NULL, 0, AT(label), 0, 0, 0, "Beside closed objects: ", "",
     "the key whose value is beside an object that is closed; auto is name, title, id, key or type",
     SETTING_TEXT, NULL},
    {"data", "nodata", 0, AT(data), 0, 1, 1, "Show a tree as data", "Show a tree as it stands",
     "a JSON file as a tree without brackets, quotes and commas, and with what escapes mean", SETTING_NUMBER,
     NULL},
    {"strip", "nostrip", 0, AT(strip), 0, 1, 1, "Show where which kinds of bytes are",
     "Don't show where which kinds of bytes are",
     "kinds of bytes and their entropy, at the right edge of the hex view", SETTING_NUMBER, NULL},
    {"write", "nowrite", 0, AT(write), 0, 1, 1, "Bytes can be poked", "Bytes cannot be poked",
     "bytes of the file may be changed", SETTING_NUMBER, NULL},
    {"private", "noprivate", 0, AT(sandbox), 0, 1, 1, "Edits stay in the sandbox until :commit",
     "Edits go to the file", "edits stay in a sandbox until :commit", SETTING_NUMBER, NULL},
    {"ignorecase", "noignorecase", 'i', AT(letter_case), 0, 2, 1, "Ignore case in searches",
     "Case is significant in searches", "searches ignore case, unless the pattern has a capital letter",
     SETTING_NUMBER, NULL},
    {"foldcase", "nofoldcase", 'I', AT(letter_case), 0, 2, 2, "Ignore case in searches and in patterns",
     "Case is significant in searches", "searches ignore case, also that of the pattern", SETTING_NUMBER,
     NULL},
    {"search", NULL, 0, AT(search_raw), 0, 1, 0, "Searches see the text as ", "",
     "what searches see: the text as it is shown, or the raw bytes", SETTING_NAMES, search_names},
    {"target", NULL, 'j', AT(target), -SETTINGS_FAR, SETTINGS_FAR, 1, "Jumps lead to row ", "",
     "row where a jump's target is shown, from the bottom if negative, .5 is the middle", SETTING_SHARE,
     NULL},
    {"nohighlight", "highlight", 'G', AT(highlight), 0, 1, 0, "Don't highlight search matches",
     "Highlight all matches for previous search pattern", "do not highlight what was searched for",
     SETTING_NUMBER, NULL},
    {"nolevels", "levels", 0, AT(levels), 0, 1, 0, "Don't colour the words for levels",
     "Colour the words for levels", "no colour for error, warning and the like in log lines", SETTING_NUMBER,
     NULL},
    {"notilde", "tilde", '~', AT(tilde), 0, 1, 0, "Don't show tildes after end of file",
     "Show tildes after end of file", "no ~ on the rows past the end", SETTING_NUMBER, NULL},
    {"window", NULL, 'z', AT(window), -SETTINGS_FAR, SETTINGS_FAR, -1, "Scroll window size is ", " rows",
     "rows of a page; if negative, that many fewer than the screen has", SETTING_NUMBER, NULL},
    {"half", NULL, 0, AT(half), 0, SETTINGS_FAR, 0, "Half window size is ", " rows",
     "rows that d and u move; 0 is half the screen", SETTING_NUMBER, NULL},
    {"shift", NULL, '#', AT(shift), 0, SETTINGS_FAR, 0, "Horizontal shift ", " columns",
     "columns of a step to the side; 0 is half the screen, .25 a quarter", SETTING_SHARE, NULL},
};

struct settings settings_default(void)
{
    return (struct settings){
        .tab_width = 8,
        .header_first = 1,
        .bytes = 16,
        .group = 8,
        .target = 1,
        .target_percent = -1,
        .shift_percent = -1,
        .highlight = 1,
        .levels = 1,
        .tilde = 1,
        .sgr = SGR_ON,
    };
}

const struct setting *settings_table(size_t *count)
{
    *count = sizeof settings_rows / sizeof settings_rows[0];
    return settings_rows;
}

const struct setting *settings_letter(char letter)
{
    size_t count;
    const struct setting *row = settings_table(&count);
    for (size_t i = 0; i < count; i++)
        if (letter != '\0' && row[i].letter == letter)
            return &row[i];
    return NULL;
}

/** Names that fingers know from vim, and ours for them. */
static const char *const settings_alias[][2] = {
    {"nu", "numbers"},
    {"nonu", "nonumbers"},
    {"number", "numbers"},
    {"nonumber", "nonumbers"},
    {"ic", "ignorecase"},
    {"noic", "noignorecase"},
    {"hls", "highlight"},
    {"nohls", "nohighlight"},
    {"hlsearch", "highlight"},
    {"nohlsearch", "nohighlight"},
    {"ts", "tabs"},
    {"tabstop", "tabs"},
    {"enc", "encoding"},
    {"fenc", "encoding"},
    {"fileencoding", "encoding"},
    {"lbr", "wordwrap"},
    {"nolbr", "nowordwrap"},
    {"linebreak", "wordwrap"},
    {"nolinebreak", "nowordwrap"},
    {"ro", "nowrite"},
    {"readonly", "nowrite"},
    {"noro", "write"},
    {"noreadonly", "write"},
    {"modifiable", "write"},
    {"ma", "write"},
    {"noma", "nowrite"},
    {"nomodifiable", "nowrite"},
};

/** Our name for another one's; the same where it is ours. */
static const char *settings_known(const char *name, size_t *length)
{
    for (size_t i = 0; i < sizeof settings_alias / sizeof *settings_alias; i++)
        if (strlen(settings_alias[i][0]) == *length && memcmp(settings_alias[i][0], name, *length) == 0) {
            *length = strlen(settings_alias[i][1]);
            return settings_alias[i][1];
        }
    return name;
}

const struct setting *settings_name(const char *name, size_t length, bool *off)
{
    size_t count;
    const struct setting *row = settings_table(&count);
    name = settings_known(name, &length);
    for (size_t i = 0; i < count; i++) {
        *off = row[i].off && strlen(row[i].off) == length && memcmp(row[i].off, name, length) == 0;
        if (*off || (strlen(row[i].name) == length && memcmp(row[i].name, name, length) == 0))
            return &row[i];
    }
    return NULL;
}

int *settings_value(struct settings *settings, const struct setting *row)
{
    return (int *)((char *)settings + row->offset);
}
