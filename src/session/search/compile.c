/* SPDX-License-Identifier: MIT */
/* session: the patterns of the search and of the filter, compiled (see the header). View thread. */
#include "compile.h"

#include "state.h"

#include "folio/model/pattern/bytes.h"

#include <string.h>

struct pattern *search_compile(const struct session *session, struct error *error)
{
    size_t length = strlen(search_of(session)->pattern);
    if (search_of(session)->modifiers & SEARCH_BYTES)
        return pattern_compile_bytes(search_of(session)->pattern, length, error);
    return pattern_compile(search_of(session)->pattern, length,
                           (enum pattern_case)session->settings.letter_case,
                           search_of(session)->modifiers & SEARCH_LITERAL, error);
}

struct pattern *compile_folded(const struct session *session)
{
    return pattern_compile(search_of(session)->pattern, strlen(search_of(session)->pattern), PATTERN_FOLDED,
                           search_of(session)->modifiers & SEARCH_LITERAL, NULL);
}

struct pattern *compile_filter(const struct session *session, const struct filter_pattern *one,
                               struct error *error)
{
    return pattern_compile(one->text, strlen(one->text), (enum pattern_case)session->settings.letter_case,
                           one->literal, error);
}

bool filtering_compile(const struct session *session, struct filter_part *part)
{
    for (size_t count = 0; count < filtering_of(session)->count; count++) {
        part[count].hide = filtering_of(session)->pattern[count].hide;
        part[count].pattern = compile_filter(session, &filtering_of(session)->pattern[count], NULL);
        if (part[count].pattern)
            continue;
        while (count > 0)
            pattern_free(part[--count].pattern);
        return false;
    }
    return true;
}
