/* SPDX-License-Identifier: MIT */
/** io/thread/mailbox: order, growth, the latest frame, and both threads at once. */
#include "folio/io/thread/mailbox.h"

#include "test.h"

#include <pthread.h>
#include <stdlib.h>

/** Sizes that are no power of two, and differ. */
struct request {
    uint32_t number;
    char text[9];
};

struct reply {
    uint64_t number;
    uint64_t square;
    uint64_t cube;
};

struct frame {
    uint64_t number;
    uint64_t content[64];
};

static struct mailbox *open_plain(void *spare)
{
    struct error error;
    struct mailbox *mailbox =
        mailbox_open(sizeof(struct request), sizeof(struct reply), NULL, NULL, spare, &error);
    assert_non_null(mailbox);
    return mailbox;
}

static bool try_number(struct mailbox *mailbox, uint32_t number)
{
    struct request request = {.number = number, .text = "abcdefgh"};
    request.text[number % 8] = 'X';
    return mailbox_send(mailbox, &request);
}

static void send_number(struct mailbox *mailbox, uint32_t number)
{
    assert_true(try_number(mailbox, number));
}

static void take_number(struct mailbox *mailbox, uint32_t number)
{
    struct request request;
    assert_true(mailbox_take(mailbox, &request));
    assert_int_equal(request.number, number);
    assert_int_equal(request.text[number % 8], 'X');
}

static void empty_gives_nothing(void **state)
{
    (void)state;
    struct mailbox *mailbox = open_plain(NULL);
    struct request request;
    struct reply reply;
    assert_false(mailbox_take(mailbox, &request));
    assert_false(mailbox_take(mailbox, NULL));
    assert_false(mailbox_collect(mailbox, &reply));
    assert_null(mailbox_latest(mailbox, NULL));
    mailbox_close(mailbox);
    mailbox_close(NULL);
}

static void requests_keep_their_order_while_the_ring_grows(void **state)
{
    (void)state;
    struct mailbox *mailbox = open_plain(NULL);
    uint32_t sent = 0;
    uint32_t taken = 0;
    /* Three in, one out, to where the queue ends: every growth happens with the first item somewhere in the middle. */
    while (sent - taken + 3 <= MAILBOX_REQUESTS_MAX) {
        send_number(mailbox, sent++);
        send_number(mailbox, sent++);
        send_number(mailbox, sent++);
        take_number(mailbox, taken++);
    }
    while (taken < sent)
        take_number(mailbox, taken++);
    struct request request;
    assert_false(mailbox_take(mailbox, &request));
    mailbox_close(mailbox);
}

static void asking_takes_nothing(void **state)
{
    (void)state;
    struct mailbox *mailbox = open_plain(NULL);
    send_number(mailbox, 5);
    send_number(mailbox, 6);
    assert_true(mailbox_take(mailbox, NULL));
    assert_true(mailbox_take(mailbox, NULL));
    take_number(mailbox, 5);
    take_number(mailbox, 6);
    assert_false(mailbox_take(mailbox, NULL));
    mailbox_close(mailbox);
}

static void what_arrives_rings_the_right_side(void **state)
{
    (void)state;
    struct error error;
    struct wake *view = wake_open(&error);
    struct wake *ui = wake_open(&error);
    struct frame frame[3] = {0};
    struct mailbox *mailbox =
        mailbox_open(sizeof(struct request), sizeof(struct reply), view, ui, &frame[1], &error);
    send_number(mailbox, 1);
    assert_true(wake_clear(view));
    assert_false(wake_clear(ui));
    assert_true(mailbox_reply(mailbox, &(struct reply){.number = 1}));
    assert_true(wake_clear(ui));
    mailbox_offer(mailbox, &frame[0]);
    assert_true(wake_clear(ui));
    assert_false(wake_clear(view));
    mailbox_close(mailbox);
    wake_close(view);
    wake_close(ui);
}

static void the_queue_is_bounded(void **state)
{
    (void)state;
    struct mailbox *mailbox = open_plain(NULL);
    for (uint32_t number = 0; number < MAILBOX_REQUESTS_MAX; number++)
        send_number(mailbox, number);
    assert_false(try_number(mailbox, 7));
    take_number(mailbox, 0);
    send_number(mailbox, MAILBOX_REQUESTS_MAX);
    assert_false(try_number(mailbox, 7));
    mailbox_close(mailbox);
}

static void only_the_latest_frame_counts(void **state)
{
    (void)state;
    struct frame frame[3] = {0};
    struct mailbox *mailbox = open_plain(&frame[1]);
    assert_null(mailbox_latest(mailbox, &frame[2]));
    assert_ptr_equal(mailbox_offer(mailbox, &frame[0]), &frame[1]);
    /* Not fetched: the older one comes back to be drawn over. */
    assert_ptr_equal(mailbox_offer(mailbox, &frame[1]), &frame[0]);
    assert_ptr_equal(mailbox_latest(mailbox, &frame[2]), &frame[1]);
    assert_null(mailbox_latest(mailbox, &frame[1]));
    assert_ptr_equal(mailbox_offer(mailbox, &frame[0]), &frame[2]);
    assert_ptr_equal(mailbox_latest(mailbox, &frame[1]), &frame[0]);
    mailbox_close(mailbox);
}

static void without_a_third_frame_one_is_asked_for(void **state)
{
    (void)state;
    struct frame frame[2] = {0};
    struct mailbox *mailbox = open_plain(&frame[1]);
    assert_ptr_equal(mailbox_offer(mailbox, &frame[0]), &frame[1]);
    assert_ptr_equal(mailbox_latest(mailbox, NULL), &frame[0]);
    assert_null(mailbox_offer(mailbox, &frame[1]));
    mailbox_close(mailbox);
}

#define TRAFFIC 20000

struct traffic {
    struct mailbox *mailbox;
    struct wake *view;
    struct wake *ui;
    struct frame *drawing;
};

static void draw(struct frame *frame, uint64_t number)
{
    frame->number = number;
    for (size_t i = 0; i < 64; i++)
        frame->content[i] = number * 64 + i;
}

/** The view's side: a reply and a frame for each request. */
static void *answer(void *argument)
{
    struct traffic *traffic = argument;
    for (uint32_t number = 0; number < TRAFFIC;) {
        struct request request;
        if (!mailbox_take(traffic->mailbox, &request)) {
            wake_wait(traffic->view, 60000);
            continue;
        }
        uint64_t value = request.number;
        struct reply reply = {value, value * value, value * value * value};
        mailbox_reply(traffic->mailbox, &reply);
        draw(traffic->drawing, value);
        traffic->drawing = mailbox_offer(traffic->mailbox, traffic->drawing);
        number++;
    }
    return NULL;
}

static void check_frame(const struct frame *frame)
{
    for (size_t i = 0; i < 64; i++)
        assert_int_equal(frame->content[i], frame->number * 64 + i);
}

/** Fetch what there is: replies in order, whole frames that only go forward. */
static void fetch(struct traffic *traffic, uint64_t *replies, struct frame **shown)
{
    struct reply reply;
    while (mailbox_collect(traffic->mailbox, &reply)) {
        assert_int_equal(reply.number, *replies);
        assert_int_equal(reply.cube, reply.number * reply.number * reply.number);
        (*replies)++;
    }
    uint64_t before = (*shown)->number;
    struct frame *latest = mailbox_latest(traffic->mailbox, *shown);
    if (latest) {
        check_frame(latest);
        assert_true(before == UINT64_MAX || latest->number > before);
        *shown = latest;
    }
}

static void both_sides_at_once(void **state)
{
    (void)state;
    struct error error;
    struct frame *frame = calloc(3, sizeof *frame);
    struct traffic traffic = {.view = wake_open(&error), .ui = wake_open(&error), .drawing = &frame[0]};
    traffic.mailbox = mailbox_open(sizeof(struct request), sizeof(struct reply), traffic.view, traffic.ui,
                                   &frame[1], &error);
    struct frame *shown = &frame[2];
    shown->number = UINT64_MAX;
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, answer, &traffic), 0);
    uint64_t replies = 0;
    for (uint32_t number = 0; number < TRAFFIC; number++) {
        while (!try_number(traffic.mailbox, number))
            fetch(&traffic, &replies, &shown);
        if (number % 7 == 0)
            fetch(&traffic, &replies, &shown);
    }
    while (replies < TRAFFIC || shown->number != TRAFFIC - 1) {
        assert_true(wake_wait(traffic.ui, 60000));
        fetch(&traffic, &replies, &shown);
    }
    pthread_join(thread, NULL);
    mailbox_close(traffic.mailbox);
    wake_close(traffic.view);
    wake_close(traffic.ui);
    free(frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_gives_nothing),
        cmocka_unit_test(requests_keep_their_order_while_the_ring_grows),
        cmocka_unit_test(asking_takes_nothing),
        cmocka_unit_test(what_arrives_rings_the_right_side),
        cmocka_unit_test(the_queue_is_bounded),
        cmocka_unit_test(only_the_latest_frame_counts),
        cmocka_unit_test(without_a_third_frame_one_is_asked_for),
        cmocka_unit_test(both_sides_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
