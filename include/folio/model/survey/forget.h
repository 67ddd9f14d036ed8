/* SPDX-License-Identifier: MIT */
/**
 * model: a survey learns that some bytes are not what they were.
 *
 * Whoever changes a byte of an open file tells the survey: what was counted near that byte is not known until it has been
 * counted again, and all else stays. Called by the owner of the survey.
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

/** From now on `follower`, another survey of the file, forgets what `survey` is told to forget. One follows at a time. */
void survey_follow(struct survey *survey, struct survey *follower);

/** Let `follower` forget on its own again; nothing happens if another one follows `survey` by now. */
void survey_unfollow(struct survey *survey, const struct survey *follower);

#endif
