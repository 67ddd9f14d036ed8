/* SPDX-License-Identifier: MIT */
/** base/bytes/ladder: items stay where they are, begin as zeros, and every place has one of its own. */
#include "folio/base/bytes/ladder.h"

#include "test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#define ITEM_COUNT 100000u

static void every_place_has_its_item(void **state)
{
    struct ladder ladder;
    (void)state;
    ladder_init(&ladder, sizeof(uint32_t));
    for (size_t place = 0; place < ITEM_COUNT; place++) {
        assert_true(ladder_reach(&ladder, place));
        assert_int_equal(*(uint32_t *)ladder_at(&ladder, place), 0);
        *(uint32_t *)ladder_at(&ladder, place) = (uint32_t)place + 1;
    }
    for (size_t place = 0; place < ITEM_COUNT; place++)
        assert_int_equal(*(uint32_t *)ladder_at(&ladder, place), place + 1);
    ladder_release(&ladder);
}

static void items_do_not_move(void **state)
{
    struct ladder ladder;
    void *at[300];
    (void)state;
    ladder_init(&ladder, 24);
    for (size_t place = 0; place < 300; place++) {
        assert_true(ladder_reach(&ladder, place));
        at[place] = ladder_at(&ladder, place);
    }
    assert_true(ladder_reach(&ladder, ITEM_COUNT));
    for (size_t place = 0; place < 300; place++)
        assert_ptr_equal(ladder_at(&ladder, place), at[place]);
    ladder_release(&ladder);
    ladder_release(&ladder);
}

static void too_far_is_refused(void **state)
{
    struct ladder ladder;
    (void)state;
    ladder_init(&ladder, 8);
    assert_false(ladder_reach(&ladder, (size_t)1 << 60));
    ladder_release(&ladder);
}

struct shared {
    struct ladder ladder;
    _Atomic size_t count;
};

static void *append(void *argument)
{
    struct shared *shared = argument;
    for (size_t place = 0; place < ITEM_COUNT; place++) {
        if (!ladder_reach(&shared->ladder, place))
            abort();
        *(size_t *)ladder_at(&shared->ladder, place) = place ^ 0x55;
        atomic_store_explicit(&shared->count, place + 1, memory_order_release);
    }
    return NULL;
}

static void one_reads_while_another_appends(void **state)
{
    struct shared shared;
    pthread_t thread;
    (void)state;
    ladder_init(&shared.ladder, sizeof(size_t));
    atomic_init(&shared.count, 0);
    assert_int_equal(pthread_create(&thread, NULL, append, &shared), 0);
    for (size_t count = 0; count < ITEM_COUNT;) {
        count = atomic_load_explicit(&shared.count, memory_order_acquire);
        if (count)
            assert_int_equal(*(size_t *)ladder_at(&shared.ladder, count - 1), (count - 1) ^ 0x55);
    }
    pthread_join(thread, NULL);
    ladder_release(&shared.ladder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_place_has_its_item),
        cmocka_unit_test(items_do_not_move),
        cmocka_unit_test(too_far_is_refused),
        cmocka_unit_test(one_reads_while_another_appends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
