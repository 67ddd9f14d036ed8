/* SPDX-License-Identifier: MIT */
/** tests: session/top/link: requests get there in order, replies and frames come back. */
#include "folio/session/top/link.h"

#include "test.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[] = "/tmp/folio-link-XXXXXX";
static struct link *link_now;

static int setup(void **state)
{
    static const char text[] = "one\ntwo\nthree\n";
    static char *paths[] = {path};
    const struct session_options options = {.path = paths,
                                            .path_count = 1,
                                            .stdin_fd = -1,
                                            .settings = settings_default(),
                                            .rows = 2,
                                            .columns = 20};
    struct error error;
    unsigned failed = 7;
    int fd = mkstemp(path);
    (void)state;
    if (fd < 0 || write(fd, text, sizeof text - 1) < 0)
        return 1;
    close(fd);
    link_now = link_open(&options, NULL, &failed, &error);
    return link_now && failed == 0 ? 0 : 1;
}

static int teardown(void **state)
{
    (void)state;
    return unlink(path);
}

/** Wait until something has come; fails after ten seconds. */
static void await(void)
{
    struct pollfd polled = {.fd = link_fd(link_now), .events = POLLIN};
    assert_int_equal(poll(&polled, 1, 10000), 1);
    link_clear(link_now);
}

/** The first frame that answers request `number` and is complete. */
static struct frame *frame_of(uint64_t number)
{
    for (;;) {
        struct frame *frame = link_latest(link_now);
        if (frame && frame->request >= number && !frame->pending)
            return frame;
        await();
    }
}

static void a_frame_comes_by_itself(void **state)
{
    char text[64];
    (void)state;
    struct frame *frame = frame_of(0);
    frame_row_text(frame, 0, text, sizeof text);
    assert_string_equal(text, "one");
    link_drawn(link_now);
    link_drawn(link_now);
}

static void requests_are_numbered_and_replied_to_in_order(void **state)
{
    struct request request = {.verb = REQUEST_SCROLL, .amount = 1};
    struct reply reply;
    char text[64];
    (void)state;
    assert_true(link_send(link_now, &request));
    assert_int_equal(request.number, 1);
    request = (struct request){.verb = REQUEST_REPAINT};
    assert_true(link_send(link_now, &request));
    assert_int_equal(request.number, 2);
    for (uint64_t number = 1; number <= 2; number++) {
        while (!link_collect(link_now, &reply))
            await();
        assert_int_equal(reply.number, number);
    }
    struct frame *frame = frame_of(2);
    frame_row_text(frame, 0, text, sizeof text);
    assert_string_equal(text, "two");
}

/** What the session cannot take any more is told, and its number is given to the next. */
static void too_many_requests_are_refused(void **state)
{
    struct request request;
    struct reply reply;
    bool sent = true;
    (void)state;
    for (int i = 0; sent && i < 10000000; i++) {
        request = (struct request){.verb = REQUEST_REPAINT};
        sent = link_send(link_now, &request);
    }
    assert_false(sent);
    uint64_t refused = request.number;
    while (!link_collect(link_now, &reply))
        await();
    request = (struct request){.verb = REQUEST_REPAINT};
    while (!link_send(link_now, &request))
        await();
    assert_int_equal(request.number, refused);
}

static void anybody_may_ring(void **state)
{
    struct pollfd polled = {.fd = link_fd(link_now), .events = POLLIN};
    (void)state;
    link_ring(link_now);
    assert_int_equal(poll(&polled, 1, 10000), 1);
    assert_false(link_storing(link_now));
    link_interrupt(link_now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_comes_by_itself),
        cmocka_unit_test(requests_are_numbered_and_replied_to_in_order),
        cmocka_unit_test(anybody_may_ring),
        cmocka_unit_test(too_many_requests_are_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
