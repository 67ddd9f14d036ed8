/* SPDX-License-Identifier: MIT */
/* model: bytes of the two files that are aligned (see aligner.h). */
#include "aligner.h"
#include "walk.h"

/** Bytes at a time where one goes backward. */
#define PEEK_BACK 4096u

/** Is the byte at `offset` in the buffer? Otherwise have it brought with others, from `begin` on. */
static bool peek_holds(struct aligner *aligner, struct peek *peek, uint64_t offset, uint64_t begin)
{
    const struct align_source *source = aligner->source;
    uint64_t size = source->size[peek->file];
    if (offset >= peek->begin && offset - peek->begin < peek->length)
        return true;
    if (offset >= size || source->stopped(source->context))
        return false;
    peek->begin = begin;
    peek->length = size - begin < PEEK_ROOM ? (size_t)(size - begin) : PEEK_ROOM;
    if (source->bring(source->context, peek->file, begin, peek->data, peek->length))
        return true;
    /* A page of them cannot be read: perhaps not the one that is wanted. */
    uint64_t page = offset - offset % SURVEY_PAGE;
    peek->begin = page;
    peek->length = size - page < SURVEY_PAGE ? (size_t)(size - page) : SURVEY_PAGE;
    if (!source->bring(source->context, peek->file, page, peek->data, peek->length))
        peek->length = 0;
    return peek->length > 0;
}

size_t peek_forward(struct aligner *aligner, struct peek *peek, uint64_t offset, const char **data)
{
    if (!peek_holds(aligner, peek, offset, offset))
        return 0;
    *data = peek->data + (offset - peek->begin);
    return peek->length - (size_t)(offset - peek->begin);
}

size_t peek_backward(struct aligner *aligner, struct peek *peek, uint64_t offset, const char **data)
{
    if (offset == 0 || !peek_holds(aligner, peek, offset - 1, offset < PEEK_BACK ? 0 : offset - PEEK_BACK))
        return 0;
    size_t length = (size_t)(offset - peek->begin);
    *data = peek->data + length;
    return length;
}

static size_t least(size_t one, size_t two, uint64_t most)
{
    size_t length = one < two ? one : two;
    return length < most ? length : (size_t)most;
}

uint64_t peek_alike(struct aligner *aligner, struct places places, uint64_t most)
{
    uint64_t alike = 0;
    while (alike < most) {
        const char *one = NULL, *two = NULL;
        size_t first = peek_forward(aligner, &aligner->peek[PEEK_ONE], places.at[0] + alike, &one);
        size_t other = peek_forward(aligner, &aligner->peek[PEEK_TWO], places.at[1] + alike, &two);
        size_t length = least(first, other, most - alike);
        size_t same = length ? diff_same_length(one, two, length) : 0;
        alike += same;
        if (same == 0 || same < length)
            break;
    }
    return alike;
}

uint64_t peek_alike_before(struct aligner *aligner, struct places places, uint64_t most)
{
    uint64_t alike = 0;
    while (alike < most) {
        const char *one = NULL, *two = NULL;
        size_t first = peek_backward(aligner, &aligner->peek[PEEK_ONE], places.at[0] - alike, &one);
        size_t other = peek_backward(aligner, &aligner->peek[PEEK_TWO], places.at[1] - alike, &two);
        size_t length = least(first, other, most - alike), same = 0;
        while (one && two && same < length && one[-1 - (ptrdiff_t)same] == two[-1 - (ptrdiff_t)same])
            same++;
        alike += same;
        if (same == 0 || same < length)
            break;
    }
    return alike;
}
