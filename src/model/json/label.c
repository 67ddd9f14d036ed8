/* SPDX-License-Identifier: MIT */
/* model: what an object is called (see the header). View thread. */
#include "folio/model/json/label.h"

#include "bytes.h"
#include "key.h"

#include <string.h>

/** The members of an object, by the boundaries behind which they begin. */
struct members {
    uint64_t boundary[LABEL_MEMBERS];
    unsigned count;
    uint64_t limit;
};

/** Note a comma. Nothing is asked of the brackets meanwhile, for that would end the walk. */
static bool members_take(void *context, uint64_t comma)
{
    struct members *members = context;
    if (comma >= members->limit)
        return false;
    members->boundary[members->count++] = comma + 1;
    return members->count < LABEL_MEMBERS;
}

static enum nesting_answer members_find(const struct json_rows *rows, uint64_t opener,
                                        struct members *members)
{
    struct brackets_state state;
    *members = (struct members){.boundary = {opener + 1}, .count = 1, .limit = opener + LABEL_BYTES};
    enum nesting_answer answer = nesting_state(rows->nesting, rows->reader, opener + 1, &state);
    if (answer == NESTING_FOUND)
        answer =
            nesting_each_comma(rows->nesting, rows->reader, opener + 1, state.depth, members_take, members);
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}

/** Is the key of the member the one that is wanted? False also: its bytes cannot be had. */
static bool label_is(const struct json_rows *rows, const struct json_value *member, const char *key,
                     bool *had)
{
    struct span span = {"", 0};
    size_t length = (size_t)(member->key.end - member->key.begin);
    if (length > LABEL_BYTES)
        return false;
    *had = *had && reader_span(rows->reader, member->key.begin, length, &span) != READER_GIVEN_UP;
    if (!*had || span.length < length)
        return false;
    return json_key_is((struct span){span.data + 1, span.length - 1}, (struct span){key, strlen(key)}, false);
}

/** The place of the member's key among those that are wanted, `count` if it is none of them. */
static unsigned label_rank(const struct json_rows *rows, const struct json_value *member,
                           const char *const *key, unsigned count, bool *had)
{
    unsigned rank = 0;
    if (!member->keyed || member->kind == JSON_ABSENT || json_kind_contains(member->kind))
        return count;
    while (rank < count && !label_is(rows, member, key[rank], had))
        rank++;
    return rank;
}

enum nesting_answer json_label(const struct json_rows *rows, const struct json_row *row, const char *key,
                               struct json_value *label)
{
    static const char *const usual[] = {"name", "title", "id", "key", "type"};
    const char *const *wanted = *key ? &key : usual;
    struct members members;
    bool had = true;
    unsigned best = *key ? 1 : sizeof usual / sizeof *usual;
    enum nesting_answer answer = members_find(rows, row->value.value.begin, &members), found = NESTING_NONE;
    for (unsigned i = 0; answer == NESTING_FOUND && had && best > 0 && i < members.count; i++) {
        struct json_value member;
        answer = json_value_read(rows->nesting, rows->reader, members.boundary[i], '{', &member);
        unsigned rank = answer == NESTING_FOUND ? label_rank(rows, &member, wanted, best, &had) : best;
        if (rank == best)
            continue;
        best = rank;
        *label = member;
        found = NESTING_FOUND;
    }
    if (answer == NESTING_FOUND && !had)
        answer = NESTING_FAILED;
    return answer == NESTING_FOUND ? found : answer;
}
