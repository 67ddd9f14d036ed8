/* SPDX-License-Identifier: MIT */
/**
 * ui: the file in which patterns and commands are remembered from one run to the next.
 *
 * $XDG_STATE_HOME/folio/history, or ~/.local/state/folio/history, mode 0600: one entry a line, the sign of its prompt
 * in front ("/error", ":set nowrap"), the oldest first, at most HISTORY_ENTRIES. Only helper threads touch the file,
 * so a home that does not answer holds up nobody. A file that is somebody else's, too large, or no text is neither
 * read nor changed; that nothing can be written is no error. Several runs may share the file: it is locked while it
 * changes.
 *
 * Opaque; UI thread.
 */
#ifndef FOLIO_UI_PROMPT_HISTORY_H
#define FOLIO_UI_PROMPT_HISTORY_H

#include "folio/ui/prompt/prompt.h"

#include <stdbool.h>

/** The most entries, the longest of them in bytes, and the largest file that is taken for a history. */
#define HISTORY_ENTRIES  1000
#define HISTORY_LENGTH   1000
#define HISTORY_SIZE_MAX ((size_t)2 << 20)

struct history_file;

/** Where the environment says it is, malloc'd; NULL: nowhere, or out of memory. */
char *history_path(void);

/** Begin to read the file at `path` (copied; it need not exist). NULL when out of memory or threads. */
struct history_file *history_open(const char *path);

/**
 * Put the lines that were read before those that `prompt` remembers of this run, once the helper has read them. True
 * when that happened in this call; it happens once.
 */
bool history_take(struct history_file *history, struct prompt *prompt);

/** Have an entry appended, in the background, unless it is of a kind that is not kept. */
void history_add(struct history_file *history, enum prompt_kind kind, const char *line);

/** Wait until all is written, but at most so many milliseconds. NULL is fine. */
void history_settle(struct history_file *history, unsigned milliseconds);

/** Wait as above and free it, unless a helper is still held up in it. NULL is fine. */
void history_close(struct history_file *history);

#endif
