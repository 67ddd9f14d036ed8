/* SPDX-License-Identifier: MIT */
/* session: how many lines each pattern of the filter keeps by itself (see the header). View thread. */
#include "kept.h"

#include "compile.h"

#include "folio/base/words/number.h"

#include <stdio.h>

static struct filtered *kept_on(const struct stage *stage)
{
    return stage_part(stage, PART_FILTER);
}

void kept_open(const struct session *session, struct stage *stage)
{
    const struct filtering *filtering = filtering_of(session);
    struct filtered *filtered = kept_on(stage);
    for (size_t i = 0; filtering->count > 1 && i < filtering->count; i++) {
        const struct filter_pattern *one = &filtering->pattern[i];
        struct filter_part part = {.hide = one->hide};
        part.pattern = filtered->kept[i] ? NULL : compile_filter(session, one, NULL);
        /* Without memory for it nothing is said of this one. */
        if (part.pattern)
            filtered->kept[i] = filter_open(stage->document->survey, &part, 1, &filtered->text, NULL);
    }
}

void kept_close(struct stage *stage)
{
    struct filtered *filtered = kept_on(stage);
    for (size_t i = 0; i < FILTER_PARTS_MAX; i++) {
        filter_close(filtered->kept[i]);
        filtered->kept[i] = NULL;
    }
}

void kept_halt(struct stage *stage, bool halt)
{
    struct filtered *filtered = kept_on(stage);
    for (size_t i = 0; i < FILTER_PARTS_MAX; i++)
        if (filtered->kept[i])
            filter_halt(filtered->kept[i], halt);
}

bool kept_known(const struct stage *stage)
{
    const struct filtered *filtered = kept_on(stage);
    bool known = true;
    for (size_t i = 0; known && i < FILTER_PARTS_MAX; i++) {
        if (!filtered->kept[i])
            continue;
        struct summary_state state = filter_state(filtered->kept[i], stage->document->reader);
        known = state.complete || state.halted;
    }
    return known;
}

void kept_text(const struct stage *stage, size_t number, char *out, size_t capacity)
{
    struct filter *kept = kept_on(stage)->kept[number];
    char count[32];
    out[0] = '\0';
    if (!kept)
        return;
    struct summary_state state = filter_state(kept, stage->document->reader);
    bool exact = state.complete && !state.hard && !document_streaming(stage->document);
    number_group(state.count, count, sizeof count);
    snprintf(out, capacity, "%s%s", count, exact ? "" : "+");
}
