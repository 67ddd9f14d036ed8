/* SPDX-License-Identifier: MIT */
/* session: the text that is searched (see the header). View thread. */
#include "folio/session/search/text.h"

/** Are matches looked for one by one, because it is not lines that are shown? */
static bool search_singles(const struct stage *stage, unsigned modifiers)
{
    return stage->view.layout->singles || modifiers & SEARCH_BYTES;
}

struct matches_text search_text(const struct session *session, const struct stage *stage, unsigned modifiers)
{
    if (search_singles(stage, modifiers))
        return (struct matches_text){.rules = glyph_plain, .raw = true, .bytes = true};
    return stage_text(session, stage);
}

bool search_text_is(const struct session *session, const struct stage *stage, unsigned modifiers,
                    const struct matches_text *then)
{
    bool bytes = search_singles(stage, modifiers);
    return bytes == then->bytes && (bytes || stage_text_is(session, stage, then));
}
