/* SPDX-License-Identifier: MIT */
/* session: the table of verbs, made of verbs.def (see core/verb.h). Constant. */
#include "folio/session/core/verb.h"
#include "folio/session/files/named.h"
#include "folio/session/part/check.h"
#include "folio/session/part/copy.h"
#include "folio/session/poke/confirm.h"
#include "folio/session/search/go.h"

static const struct verb_row verb_table[REQUEST_COUNT] = {
#define VERB(name, function, ...) [REQUEST_##name] = {.perform = verb_##function, __VA_ARGS__},
#include "folio/session/core/verbs.def"
#undef VERB
};

const struct verb_row *verb_row(enum verb verb)
{
    return &verb_table[verb];
}
