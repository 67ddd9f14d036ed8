/* SPDX-License-Identifier: MIT */
/**
 * session: a stage: a document that is shown, with all that follows from it: where it is, how it is read, what the parts
 * keep for it.
 *
 * There are two: the base stage has the current file, and while the help or a list stands in its place, the help stage
 * has that. While what is in the file is shown for itself, the base stage has that, and the file's is set aside
 * (files/inner). View thread.
 */
#ifndef FOLIO_SESSION_CORE_STAGE_H
#define FOLIO_SESSION_CORE_STAGE_H

#include "folio/model/document/document.h"
#include "folio/model/known/attributes.h"
#include "folio/model/search/matches.h"
#include "folio/session/core/motion.h"
#include "folio/session/core/part.h"
#include "folio/view/layout/view.h"
#include "folio/view/text/walks.h"

#include <stdbool.h>
#include <stdint.h>

struct session;

/** A lasting remark for the status row. */
struct notice {
    char text[256]; /**< "": there is none */
    bool weak;      /**< anything else that is to be said may take its place */
};

struct stage {
    struct document *document;
    struct view view;
    const struct motion *motion; /**< that of the layout */
    struct walks walks;
    struct attributes *attributes;
    struct notice notice;
    unsigned lines_generation; /**< document->lines_generation of canvas.lines */
    bool encoding_sure;        /**< the encoding is no guess */
    bool binary;               /**< it was said that the file is no text */
    bool past;                 /**< rows past the end stay on the screen: somebody forced it there */
    bool replaced, deleted;    /**< what happened to the file, and was said */
    void *state[PART_COUNT];   /**< what the parts keep here */
};

/** Begin a stage on `document`, with the layout in which new files are shown, and let the parts know. */
void stage_open(struct session *session, struct stage *stage, struct document *document);

/** End it: the document is closed. */
void stage_close(const struct session *session, struct stage *stage);

/** Let a layout show the stage that is on the screen, about the byte at `offset`; `content` is what it is made of. */
void stage_use(struct session *session, const struct layout *layout, void *content, uint64_t offset);

/** What a document is told of an encoding that is set, NULL or a foreign one, which no text has, included. */
const char *stage_spelling(const struct encoding *encoding);

/** Take in what the settings and the document's encoding are now, where that changes something. */
void stage_refresh(struct session *session);

/** Leave the parts beside the rows what they need of the screen, and nothing else. */
void stage_fit(struct session *session);

/** The file is another one, or shorter: nothing that was found out about its long lines holds. */
void stage_forget(struct stage *stage);

/** Say something in the status row that lasts until the next movement; it is made harmless. */
void stage_notice(struct stage *stage, const char *text);

/** Are bytes shown, and not lines or a list? */
bool stage_bytes(const struct stage *stage);

/** Are there lines of which it is not known yet whether the stage's filter shows them? */
bool stage_filtering(const struct stage *stage);

/** The text that searches and filters see of lines on this stage now. */
struct matches_text stage_text(const struct session *session, const struct stage *stage);

/** Is `then`, with which one of them was opened, still that text? */
bool stage_text_is(const struct session *session, const struct stage *stage, const struct matches_text *then);

/** The state of a part on the stage. */
static inline void *stage_part(const struct stage *stage, enum part_id part)
{
    return stage->state[part];
}

#endif
