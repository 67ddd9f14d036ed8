/* SPDX-License-Identifier: MIT */
/*
 * model: what is kept of a block of a JSON file, and the scan that finds it (see inside.h). Workers; no state.
 *
 * A stretch that does not begin where its block does comes behind a page that cannot be read, and one that ends before its
 * block and before the file lies before such a page. There a string ends.
 */
#include "inside.h"

#include <string.h>

/** Bits of a net depth, and of the other numbers; a block has SURVEY_BLOCK of a thing at most. */
#define NET_MASK   0xfffffU
#define NET_SIGN   0x80000
#define COUNT_MASK 0x7ffffU

/** A page that cannot be read: whatever was before it, outside strings it goes on. */
static const struct brackets nesting_break = {.from = {{.inside = false}, {.inside = false}}};

static struct nesting_detail nesting_pack(const struct brackets *does)
{
    struct nesting_detail detail = {0};
    for (int i = 0; i < 2; i++) {
        const struct brackets_case *from = &does->from[i];
        detail.from[i].net = (uint64_t)from->net & NET_MASK;
        detail.from[i].fall = (uint64_t)-from->least & COUNT_MASK;
        detail.from[i].commas = from->commas & COUNT_MASK;
        detail.from[i].turns = from->inside != (i > 0);
        detail.from[i].junk = from->junk;
    }
    unsigned own = (does->trailing ? NESTING_TRAILING : 0U) | (does->all ? NESTING_ALL : 0U) |
                   (does->lead ? NESTING_LEAD : 0U) | (does->newline ? NESTING_NEWLINE : 0U) |
                   (does->quotes ? NESTING_QUOTED : 0U);
    detail.from[0].own = own & 0xf;
    detail.from[1].own = own >> 4 & 0xf;
    return detail;
}

struct brackets nesting_unpack(const struct nesting_detail *detail)
{
    unsigned own = (unsigned)detail->from[0].own | (unsigned)detail->from[1].own << 4;
    struct brackets does = {.quotes = (own & NESTING_QUOTED) > 0};
    for (int i = 0; i < 2; i++) {
        const struct nesting_case *from = &detail->from[i];
        does.from[i].net = ((int64_t)from->net ^ NET_SIGN) - NET_SIGN;
        does.from[i].least = -(int64_t)from->fall;
        does.from[i].commas = from->commas;
        does.from[i].inside = from->turns != (i > 0);
        does.from[i].junk = from->junk;
    }
    does.trailing = own & NESTING_TRAILING;
    does.all = own & NESTING_ALL;
    does.lead = own & NESTING_LEAD;
    does.newline = own & NESTING_NEWLINE;
    return does;
}

static struct survey_tally nesting_scan(const void *knowledge, void *scratch,
                                        const struct survey_block *block)
{
    const bool *lines = knowledge;
    uint64_t begin = block->offset + block->begin, end = block->offset + block->end;
    struct brackets does = brackets_scan(block->bytes.data + block->begin, block->end - block->begin, *lines);
    (void)scratch;
    if (begin % SURVEY_BLOCK > 0) {
        struct brackets before = nesting_unpack(block->detail);
        before = brackets_join(&before, &nesting_break);
        does = brackets_join(&before, &does);
    }
    if (end % SURVEY_BLOCK > 0 && end < block->size)
        does = brackets_join(&does, &nesting_break);
    *(struct nesting_detail *)block->detail = nesting_pack(&does);
    return (struct survey_tally){0};
}

static void nesting_fold(void *total, const void *detail, unsigned index)
{
    struct brackets *sum = total, does = nesting_unpack(detail);
    *sum = index ? brackets_join(sum, &does) : does;
}

const struct summary_kind nesting_kind = {
    .name = "brackets",
    .uncounted = true,
    .detail = sizeof(struct nesting_detail),
    .total = sizeof(struct brackets),
    .fold = nesting_fold,
    .from_focus = true,
    .scan = nesting_scan,
};
