/* SPDX-License-Identifier: MIT */
/**
 * model/reader/edits: every answer is that of a plain array of bytes; the limit, the ends of the offsets, edits taken
 * back.
 */
#include "folio/model/reader/edits.h"

#include "model/sample.h"
#include "test.h"

#define LENGTH ((size_t)4096)

/** The same, the plain way. */
struct plain {
    uint8_t file[LENGTH];
    bool edited[LENGTH];
    uint8_t base[LENGTH], mine[LENGTH];
};

static size_t plain_in(const struct plain *plain, size_t begin, size_t end, size_t *first)
{
    size_t count = 0;
    for (size_t at = begin; at < end; at++)
        if (plain->edited[at] && count++ == 0)
            *first = at;
    return count;
}

static void plain_set(struct plain *plain, size_t at, uint8_t base, uint8_t mine)
{
    if (!plain->edited[at])
        plain->base[at] = base;
    plain->mine[at] = mine;
    plain->edited[at] = plain->base[at] != mine;
}

static void check_range(const struct edits *edits, const struct plain *plain, uint64_t offset)
{
    size_t begin = sample_below(LENGTH), end = begin + sample_below(300), place = 0;
    const struct edit *first;
    end = end < LENGTH ? end : LENGTH;
    size_t count = plain_in(plain, begin, end, &place);
    assert_int_equal(edits_in(edits, (struct range){offset + begin, offset + end}, &first), count);
    if (count == 0) {
        assert_null(first);
        return;
    }
    assert_true(first->offset == offset + place);
    for (size_t i = 0; i < count; i++) {
        size_t at = (size_t)(first[i].offset - offset);
        assert_true(plain->edited[at] && (i == 0 || first[i].offset > first[i - 1].offset));
        assert_int_equal(first[i].base, plain->base[at]);
        assert_int_equal(first[i].mine, plain->mine[at]);
    }
}

static void check_copy(const struct edits *edits, const struct plain *plain, uint64_t offset)
{
    uint8_t copy[512];
    size_t begin = sample_below(LENGTH - sizeof copy), length = sample_below(sizeof copy + 1);
    memcpy(copy, plain->file + begin, length);
    edits_apply(edits, offset + begin, copy, length);
    for (size_t i = 0; i < length; i++)
        assert_int_equal(copy[i], plain->edited[begin + i] ? plain->mine[begin + i] : plain->file[begin + i]);
}

/** Random edits of a stretch that begins at `offset`. */
static void check_stretch(uint64_t offset)
{
    struct edits *edits = edits_open();
    struct plain *plain = calloc(1, sizeof *plain);
    struct error error;
    assert_non_null(edits);
    assert_non_null(plain);
    for (size_t i = 0; i < LENGTH; i++)
        plain->file[i] = (uint8_t)sample_below(4);
    for (int round = 0; round < sample_rounds(60000); round++) {
        size_t at = sample_below(2) ? sample_below(LENGTH) : sample_below(40);
        uint8_t mine = (uint8_t)sample_below(4); /* few values: many are taken back */
        assert_true(edits_set(edits, offset + at, plain->file[at], mine, &error));
        plain_set(plain, at, plain->file[at], mine);
        plain->file[at] = sample_below(50) ? plain->file[at] : (uint8_t)sample_below(4); /* somebody else */
        size_t looked = sample_below(LENGTH);
        const struct edit *found = edits_find(edits, offset + looked);
        assert_int_equal(found != NULL, plain->edited[looked]);
        if (round % 16 == 0) {
            check_range(edits, plain, offset);
            check_copy(edits, plain, offset);
        }
        if (sample_below(20000) == 0) {
            edits_clear(edits);
            memset(plain->edited, 0, sizeof plain->edited);
        }
    }
    free(plain);
    edits_close(edits);
}

static void random_edits_are_those_of_a_plain_array(void **state)
{
    (void)state;
    check_stretch(0);
    check_stretch((uint64_t)1 << 40);
    check_stretch(UINT64_MAX - LENGTH);
}

/** What `edits` makes of zeros. */
static void shown(const struct edits *edits, uint8_t bytes[64])
{
    memset(bytes, 0, 64);
    edits_apply(edits, 0, bytes, 64);
}

static void groups_are_taken_back_and_done_again(void **state)
{
    static uint8_t was[200][64];
    struct edits *edits = edits_open();
    struct error error;
    uint8_t now[64];
    size_t made = 0;
    (void)state;
    shown(edits, was[0]);
    for (int round = 0; round < sample_rounds(20000); round++) {
        bool back = sample_below(3) == 0;
        if (back || made == 199) {
            assert_int_equal(edits_turn(edits, true).count > 0, made > 0);
            made -= made > 0;
        } else if (sample_below(4) == 0) {
            made += edits_turn(edits, false).count > 0;
        } else {
            uint64_t at = sample_below(64);
            uint8_t mine = (uint8_t)(1 + sample_below(3)), other = (uint8_t)sample_below(2);
            edits_begin(edits);
            assert_true(edits_set(edits, at, 0, (uint8_t)(was[made][at] ^ mine), &error));
            assert_true(edits_set(edits, at / 2, 0, other, &error));
            shown(edits, was[++made]);
            if (made < 198 && sample_below(30) == 0 && edits_in(edits, (struct range){0, 64}, NULL) > 0) {
                edits_clear(edits);
                shown(edits, was[++made]);
            }
        }
        shown(edits, now);
        assert_memory_equal(now, was[made], sizeof now);
    }
    while (edits_turn(edits, true).count > 0)
        made--;
    assert_int_equal(made, 0);
    assert_int_equal(edits_in(edits, (struct range){0, 64}, NULL), 0);
    edits_close(edits);
}

static void what_was_turned_is_told(void **state)
{
    struct edits *edits = edits_open();
    struct error error;
    (void)state;
    assert_false(edits_used(NULL) || edits_used(edits));
    edits_begin(edits);
    assert_true(edits_set(edits, 7, 'a', 'b', &error) && edits_set(edits, 5, 'c', 'd', &error));
    struct edits_turned turned = edits_turn(edits, true);
    assert_int_equal(turned.count, 2);
    assert_int_equal(turned.offset, 5);
    assert_int_equal(turned.from, 'd');
    assert_int_equal(turned.to, 'c');
    assert_true(edits_used(edits));
    turned = edits_turn(edits, false);
    assert_int_equal(turned.offset, 5);
    assert_int_equal(turned.to, 'd');
    assert_int_equal(edits_find(edits, 7)->base, 'a');
    edits_settle(edits, 7);
    assert_null(edits_find(edits, 7));
    assert_int_equal(edits_turn(edits, true).count, 0);
    edits_close(edits);
}

/** The oldest go, and those that are left can all be taken back. */
static void what_is_remembered_is_limited(void **state)
{
    struct edits *edits = edits_open();
    struct error error;
    size_t back = 0;
    (void)state;
    for (unsigned i = 0; i < 5 * EDITS_MAX; i++) {
        edits_begin(edits);
        assert_true(edits_set(edits, 1, 0, (uint8_t)(1 + i % 2), &error));
    }
    while (edits_turn(edits, true).count > 0)
        back++;
    assert_in_range(back, 3 * (size_t)EDITS_MAX, 4 * (size_t)EDITS_MAX);
    edits_close(edits);
}

static void nothing_is_there_without_a_list(void **state)
{
    uint8_t byte = 7;
    const struct edit *first;
    (void)state;
    assert_null(edits_find(NULL, 0));
    assert_int_equal(edits_in(NULL, (struct range){0, 10}, &first), 0);
    assert_null(first);
    edits_apply(NULL, 0, &byte, 1);
    assert_int_equal(byte, 7);
    edits_close(NULL);
    struct edits *edits = edits_open();
    assert_null(edits_find(edits, 0));
    assert_int_equal(edits_in(edits, (struct range){0, UINT64_MAX}, NULL), 0);
    edits_apply(edits, 0, &byte, 1);
    assert_int_equal(byte, 7);
    edits_clear(edits);
    edits_close(edits);
}

static void the_base_is_that_of_the_first_edit(void **state)
{
    struct edits *edits = edits_open();
    struct error error;
    (void)state;
    assert_true(edits_set(edits, 5, 'a', 'b', &error));
    assert_true(edits_set(edits, 5, 'x', 'c', &error));
    assert_int_equal(edits_find(edits, 5)->base, 'a');
    assert_int_equal(edits_find(edits, 5)->mine, 'c');
    assert_true(edits_set(edits, 5, 'x', 'a', &error)); /* back to it */
    assert_null(edits_find(edits, 5));
    assert_true(edits_set(edits, 5, 'x', 'x', &error)); /* none */
    assert_null(edits_find(edits, 5));
    edits_close(edits);
}

static void there_is_a_limit(void **state)
{
    struct edits *edits = edits_open();
    struct error error;
    (void)state;
    for (uint64_t i = 0; i < EDITS_MAX; i++)
        assert_true(edits_set(edits, i * 4096, 0, 1, &error));
    error_clear(&error);
    assert_false(edits_set(edits, 1, 0, 1, &error));
    assert_non_null(strstr(error.message, "65536 edits"));
    assert_null(edits_find(edits, 1));
    assert_true(edits_set(edits, 0, 0, 2, &error)); /* those that are there can be changed */
    assert_true(edits_set(edits, 0, 0, 0, &error)); /* and taken back, which makes room */
    assert_true(edits_set(edits, 1, 0, 1, &error));
    assert_int_equal(edits_in(edits, (struct range){0, UINT64_MAX}, NULL), EDITS_MAX);
    edits_close(edits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_edits_are_those_of_a_plain_array),
        cmocka_unit_test(groups_are_taken_back_and_done_again),
        cmocka_unit_test(what_was_turned_is_told),
        cmocka_unit_test(what_is_remembered_is_limited),
        cmocka_unit_test(nothing_is_there_without_a_list),
        cmocka_unit_test(the_base_is_that_of_the_first_edit),
        cmocka_unit_test(there_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
