/* SPDX-License-Identifier: MIT */
/*
 * model: the questions to a nesting (see the header), each a kind of quest. View thread.
 *
 * A container whose content is at depth D is whole blocks of least depth D or more in its middle. Those of a greater least
 * depth hold none of its commas; of the others, the commas at their least depth are exactly its own. So counting children
 * and finding one are sums over blocks, and its ends are where a block comes to less.
 */
#include "hunt.h"

#include "folio/model/reader/overlay.h"

#include <stdlib.h>

struct nesting *nesting_open(struct survey *survey, bool lines, struct error *error)
{
    struct nesting *nesting = calloc(1, sizeof *nesting);
    if (!nesting) {
        error_set(error, 0, "out of memory for the %s", nesting_kind.name);
        return NULL;
    }
    nesting->survey = survey;
    nesting->lines = lines;
    ladder_init(&nesting->chunk, sizeof(struct brackets_state));
    nesting->generation = survey_generation(survey);
    nesting->summary = survey_add(survey, &nesting_kind, &nesting->lines, error);
    if (nesting->summary)
        return nesting;
    free(nesting);
    return NULL;
}

static void nesting_free(void *knowledge)
{
    struct nesting *nesting = (struct nesting *)((char *)knowledge - offsetof(struct nesting, lines));
    ladder_release(&nesting->chunk);
    free(nesting);
}

void nesting_close(struct nesting *nesting)
{
    if (nesting)
        survey_drop(nesting->survey, nesting->summary, nesting_free);
}

struct summary_state nesting_progress(const struct nesting *nesting)
{
    return summary_state(nesting->summary);
}

/** Ask, of a file as it is now. */
static enum nesting_answer quest_ask(struct quest *quest, struct nesting *nesting, struct reader *reader)
{
    reader = reader_beneath(reader);
    nesting_refresh(nesting, reader_size(reader));
    if (quest->range.end > nesting->size)
        quest->range.end = nesting->size;
    return quest->range.begin < quest->range.end ? quest_hunt(quest, nesting, reader) : NESTING_NONE;
}

/* ---- how it stands ---- */

enum nesting_answer nesting_state(struct nesting *nesting, struct reader *reader, uint64_t at,
                                  struct brackets_state *state)
{
    reader = reader_beneath(reader);
    nesting_refresh(nesting, reader_size(reader));
    return nesting_stand(nesting, reader, at, state);
}

/* ---- where containers begin and end ---- */

static bool less_skip(struct quest *quest, const struct brackets *does, const struct brackets_case *as,
                      int64_t depth)
{
    (void)does;
    return depth + as->least > quest->depth;
}

static enum quest_look down_look(struct quest *quest, uint64_t at, int64_t depth, int64_t after)
{
    (void)depth;
    quest->found = at + 1;
    return after <= quest->depth ? QUEST_FOUND : QUEST_ON;
}

static enum quest_look up_look(struct quest *quest, uint64_t at, int64_t depth, int64_t after)
{
    (void)after;
    quest->found = at;
    return depth <= quest->depth ? QUEST_FOUND : QUEST_ON;
}

static const struct quest_kind down_kind = {.forward = true, .skip = less_skip, .look = down_look};
static const struct quest_kind up_kind = {.skip = less_skip, .look = up_look};

/** The boundary `at`, if it is as little deep as asked for; otherwise go on from it. */
static enum nesting_answer quest_boundary(struct quest *quest, struct nesting *nesting, struct reader *reader,
                                          uint64_t at, uint64_t *boundary)
{
    struct brackets_state state;
    enum nesting_answer answer = nesting_state(nesting, reader, at, &state);
    quest->found = at;
    if (answer == NESTING_FOUND && state.depth > quest->depth)
        answer = quest_ask(quest, nesting, reader);
    *boundary = quest->found;
    return answer;
}

enum nesting_answer nesting_down(struct nesting *nesting, struct reader *reader, uint64_t at, int64_t depth,
                                 uint64_t *boundary)
{
    struct quest quest = {.kind = &down_kind, .range = {at, UINT64_MAX}, .depth = depth};
    return quest_boundary(&quest, nesting, reader, at, boundary);
}

enum nesting_answer nesting_up(struct nesting *nesting, struct reader *reader, uint64_t at, int64_t depth,
                               uint64_t *boundary)
{
    struct quest quest = {.kind = &up_kind, .range = {0, at}, .depth = depth};
    return quest_boundary(&quest, nesting, reader, at, boundary);
}

/* ---- what stands between commas ---- */

/** Take the commas at the depth in, unless the one that is asked for is among them. */
static bool comma_skip(struct quest *quest, const struct brackets *does, const struct brackets_case *as,
                       int64_t depth)
{
    uint64_t commas = depth + as->least == quest->depth ? as->commas : 0;
    (void)does;
    if (depth + as->least < quest->depth || commas > quest->nth - quest->count)
        return false;
    quest->count += commas;
    return true;
}

static enum quest_look comma_look(struct quest *quest, uint64_t at, int64_t depth, int64_t after)
{
    if (depth < quest->depth || after < quest->depth)
        return QUEST_NONE;
    quest->found = at;
    return depth == quest->depth && after == depth && quest->count++ == quest->nth ? QUEST_FOUND : QUEST_ON;
}

static const struct quest_kind comma_kind = {.forward = true, .skip = comma_skip, .look = comma_look};
static const struct quest_kind comma_before_kind = {.skip = comma_skip, .look = comma_look};

enum nesting_answer nesting_commas(struct nesting *nesting, struct reader *reader, struct range range,
                                   int64_t depth, uint64_t *count)
{
    struct quest quest = {.kind = &comma_kind, .range = range, .depth = depth, .nth = UINT64_MAX};
    enum nesting_answer answer = quest_ask(&quest, nesting, reader);
    *count = quest.count;
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}

enum nesting_answer nesting_comma(struct nesting *nesting, struct reader *reader, uint64_t at, int64_t depth,
                                  uint64_t nth, uint64_t *comma)
{
    struct quest quest = {.kind = &comma_kind, .range = {at, UINT64_MAX}, .depth = depth, .nth = nth};
    enum nesting_answer answer = quest_ask(&quest, nesting, reader);
    *comma = quest.found;
    return answer;
}

static enum quest_look each_look(struct quest *quest, uint64_t at, int64_t depth, int64_t after)
{
    if (depth < quest->depth || after < quest->depth)
        return QUEST_NONE;
    bool visited = depth == quest->depth && after == depth;
    return visited && !quest->visit(quest->context, at) ? QUEST_FOUND : QUEST_ON;
}

static const struct quest_kind each_kind = {.forward = true, .skip = comma_skip, .look = each_look};

enum nesting_answer nesting_each_comma(struct nesting *nesting, struct reader *reader, uint64_t at,
                                       int64_t depth, bool (*visit)(void *context, uint64_t comma),
                                       void *context)
{
    struct quest quest = {
        .kind = &each_kind, .range = {at, UINT64_MAX}, .depth = depth, .visit = visit, .context = context};
    return quest_ask(&quest, nesting, reader);
}

enum nesting_answer nesting_comma_before(struct nesting *nesting, struct reader *reader, uint64_t at,
                                         int64_t depth, uint64_t *comma)
{
    struct quest quest = {.kind = &comma_before_kind, .range = {0, at}, .depth = depth};
    enum nesting_answer answer = quest_ask(&quest, nesting, reader);
    *comma = quest.found;
    return answer;
}

/* ---- strings ---- */

static bool quote_skip(struct quest *quest, const struct brackets *does, const struct brackets_case *as,
                       int64_t depth)
{
    (void)quest;
    (void)as;
    (void)depth;
    return does->quotes == 0;
}

static enum quest_look near_look(struct quest *quest, uint64_t at, int64_t depth, int64_t after)
{
    (void)depth;
    (void)after;
    quest->found = at;
    return QUEST_FOUND;
}

static const struct quest_kind quote_kind[] = {
    {.forward = false, .quotes = true, .skip = quote_skip, .look = near_look},
    {.forward = true, .quotes = true, .skip = quote_skip, .look = near_look},
};

enum nesting_answer nesting_quote(struct nesting *nesting, struct reader *reader, uint64_t at, bool forward,
                                  uint64_t *quote)
{
    struct quest quest = {.kind = &quote_kind[forward],
                          .range = {forward ? at : 0, forward ? UINT64_MAX : at}};
    enum nesting_answer answer = quest_ask(&quest, nesting, reader);
    *quote = quest.found;
    return answer;
}

/* ---- brackets and commas ---- */

/** It begins in a string, and that goes on behind it. */
static bool token_skip(struct quest *quest, const struct brackets *does, const struct brackets_case *as,
                       int64_t depth)
{
    (void)quest;
    (void)depth;
    return as == &does->from[1] && does->quotes == 0 && !does->newline;
}

static const struct quest_kind token_kind[] = {
    {.forward = false, .skip = token_skip, .look = near_look},
    {.forward = true, .skip = token_skip, .look = near_look},
};

enum nesting_answer nesting_token(struct nesting *nesting, struct reader *reader, uint64_t at, bool forward,
                                  uint64_t *token)
{
    struct quest quest = {.kind = &token_kind[forward],
                          .range = {forward ? at : 0, forward ? UINT64_MAX : at}};
    enum nesting_answer answer = quest_ask(&quest, nesting, reader);
    *token = quest.found;
    return answer;
}
