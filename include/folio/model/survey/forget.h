/* SPDX-License-Identifier: MIT */
/**
 * model: a survey learns that some bytes are not what they were.
 *
 * For whoever changes a byte of a file that is open: only what was counted near it is counted again, and until then is
 * not known. Called by the owner of the survey.
 */
#ifndef FOLIO_MODEL_SURVEY_FORGET_H
#define FOLIO_MODEL_SURVEY_FORGET_H

#include "folio/base/bytes/span.h"
#include "folio/model/survey/survey.h"

/**
 * Bytes in `range` are not what they were, though the file was not rewritten: what is known of them, and of what lies
 * so near that they were looked at for it, is found out anew.
 */
void survey_forget(struct survey *survey, struct range range);

/** What `survey` is told to forget, `follower` forgets as well, another survey of the file. One follows at a time. */
void survey_follow(struct survey *survey, struct survey *follower);

/** `follower` forgets no more with it. Nothing where another one follows by now. */
void survey_unfollow(struct survey *survey, const struct survey *follower);

#endif
