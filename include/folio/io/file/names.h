/* SPDX-License-Identifier: MIT */
/**
 * io: names of files as a person types them: ~ and ~user in front, $VAR and ${VAR}, % and # for two files that are known,
 * * ? [...] for files that are there, and \ in front of a sign that is to be itself. Nothing is ever run.
 *
 * A name that is there just as it was typed is that file, whatever signs are in it; only ~ in front, % and # always
 * count, as in less, where %% and ## are the signs. Quotes around all of it keep blanks and the signs of a pattern, as
 * there. Blanks behind a name are none of it, unless a file is called so or the blank is escaped. Looks into folders, so it may take as long as opening a file does; any thread.
 */
#ifndef FOLIO_IO_FILE_NAMES_H
#define FOLIO_IO_FILE_NAMES_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/error.h"

#include <stdbool.h>
#include <stddef.h>

/** The most files that one pattern may stand for. */
#define NAMES_MOST 10000

/** What % and # stand for; NULL: nothing. */
struct names_known {
    const char *current, *previous;
};

/** Names, each malloc'd. All zero: none. */
struct names {
    char **name;
    size_t count;
};

/**
 * The one file that `text` names; it need not exist, unless `text` is a pattern. The name is appended to `out`. False and
 * one sentence where it is none, or several.
 */
bool names_one(const char *text, const struct names_known *known, struct buf *out, struct error *error);

/** The same, with the name as the only one of `out`. */
bool names_single(const char *text, const struct names_known *known, struct names *out, struct error *error);

/**
 * All files that `text` names, at least one: those that a pattern matches, in order. Where no file is called so with its
 * blanks, but each word of it names some that are there, those. False and one sentence otherwise.
 */
bool names_all(const char *text, const struct names_known *known, struct names *out, struct error *error);

/** Give `each` the name of every user there is; it may take as long as a server takes to answer. Any thread. */
void names_users(void (*each)(void *context, const char *user), void *context);

/** Append `name` as it has to be typed. `begins`: it stands at the beginning of what is typed. */
void names_escape(const char *name, bool begins, struct buf *out);

/** Free them all. */
void names_release(struct names *names);

#endif
