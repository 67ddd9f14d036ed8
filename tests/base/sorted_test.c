/* SPDX-License-Identifier: MIT */
/** base/bytes/sorted: items stay in order whichever way they come and go, and a stretch is found among them. */
#include "folio/base/bytes/sorted.h"

#include "test.h"

#include <stdint.h>
#include <stdlib.h>

struct item {
    uint64_t offset;
    unsigned char value;
};

/** Put 251 items in at scattered offsets 0, 3, ..., 750; the value is the offset modulo 256. */
static void fill(struct sorted *list)
{
    for (unsigned i = 0; i < 251; i++) {
        uint64_t offset = i * 97u % 251 * 3;
        struct item *item = sorted_insert(list, offset);
        assert_non_null(item);
        assert_int_equal(item->offset, offset);
        assert_int_equal(item->value, 0);
        item->value = (unsigned char)offset;
    }
}

static void items_are_in_order(void **state)
{
    (void)state;
    struct sorted list = {.item_size = sizeof(struct item)};
    assert_null(sorted_find(&list, 0));
    fill(&list);
    assert_int_equal(list.count, 251);
    for (unsigned i = 0; i < 251; i++) {
        const struct item *item = (const struct item *)list.item + i;
        assert_int_equal(item->offset, 3 * i);
        assert_int_equal(item->value, (unsigned char)(3 * i));
        assert_ptr_equal(sorted_find(&list, 3 * i), item);
        assert_null(sorted_find(&list, 3 * i + 1));
    }
    sorted_release(&list);
    assert_int_equal(list.count, 0);
    fill(&list);
    sorted_release(&list);
}

static void a_copy_stands_alone(void **state)
{
    (void)state;
    struct sorted list = {.item_size = sizeof(struct item)}, copy = {.item_size = sizeof(struct item)};
    assert_true(sorted_copy(&list, &copy));
    assert_int_equal(copy.count, 0);
    assert_non_null(sorted_insert(&copy, 5)); /* an empty one can be filled */
    sorted_release(&copy);
    fill(&list);
    assert_true(sorted_copy(&list, &copy));
    sorted_remove(&list, sorted_find(&list, 300));
    assert_int_equal(copy.count, 251);
    assert_int_equal(((const struct item *)sorted_find(&copy, 300))->value, 300 % 256);
    assert_non_null(sorted_insert(&copy, 301));
    assert_int_equal(((const struct item *)sorted_find(&copy, 303))->value, 303 % 256);
    assert_null(sorted_find(&list, 301));
    sorted_release(&copy);
    sorted_release(&list);
}

static void a_stretch_is_found(void **state)
{
    (void)state;
    struct sorted list = {.item_size = sizeof(struct item)};
    const void *first = &list;
    assert_int_equal(sorted_in(&list, (struct range){0, UINT64_MAX}, &first), 0);
    assert_null(first);
    fill(&list);
    assert_int_equal(sorted_in(&list, (struct range){4, 13}, &first), 3);
    assert_int_equal(((const struct item *)first)->offset, 6);
    assert_int_equal(sorted_in(&list, (struct range){4, 6}, &first), 0);
    assert_null(first);
    assert_int_equal(sorted_in(&list, (struct range){6, 4}, &first), 0);
    assert_int_equal(sorted_in(&list, (struct range){750, UINT64_MAX}, &first), 1);
    sorted_release(&list);
}

static void what_is_taken_out_is_gone(void **state)
{
    (void)state;
    struct sorted list = {.item_size = sizeof(struct item)};
    fill(&list);
    for (unsigned offset = 0; offset < 753; offset += 6)
        sorted_remove(&list, sorted_find(&list, offset));
    assert_int_equal(list.count, 125);
    assert_null(sorted_find(&list, 6));
    assert_non_null(sorted_find(&list, 3));
    assert_non_null(sorted_find(&list, 747));
    sorted_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_are_in_order),
        cmocka_unit_test(a_copy_stands_alone),
        cmocka_unit_test(a_stretch_is_found),
        cmocka_unit_test(what_is_taken_out_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
