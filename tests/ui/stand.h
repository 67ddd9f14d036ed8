/* SPDX-License-Identifier: MIT */
/**
 * tests: a struct app on a test stand, with no session, no terminal and no way out.
 *
 * What is asked of the session is recorded, replies and frames are what the test puts in; the screen counts its bells;
 * leaving the process comes back to stand_leaves. The fakes below take the place of session/top/link, ui/terminal/screen
 * and io/thread/process, which the linker then has no need of. A test program includes this once.
 */
#ifndef FOLIO_TEST_STAND_H
#define FOLIO_TEST_STAND_H

#include "test.h"

#include "folio/io/thread/process.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/ahead.h"
#include "folio/ui/mode/byte.h"
#include "folio/ui/mode/complete.h"
#include "folio/ui/mode/keys.h"
#include "folio/ui/mode/overwrite.h"
#include "folio/ui/mode/question.h"
#include "folio/ui/mode/run.h"
#include "folio/ui/mode/search.h"
#include "folio/ui/mode/typing.h"
#include "folio/ui/run/feed.h"

#include <locale.h>
#include <poll.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/** The session's side. */
struct link {
    struct request request[256]; /**< that were sent, */
    unsigned count;              /**< so many */
    unsigned read;               /**< so many were looked at by stand_sent */
    bool full;                   /**< no request gets through */
    struct reply reply[4];       /**< that have come */
    unsigned reply_count;
    struct frame *frame; /**< that has come; NULL: none */
    bool storing, stopped, stops;
    size_t stored, count_stored;
    unsigned interrupts;
    int fd;
};

/** The terminal's side. */
struct screen {
    unsigned bells, closed, resumed;
    unsigned rows, columns;
};

struct stand {
    struct app app;
    struct link link;
    struct screen screen;
    struct frame frame;
    struct ahead ahead;
    struct overwrite overwrite;
    struct question question;
    struct search search;
    struct typing typing;
    char ran[256]; /**< the last program that was run, and its arguments */
    bool leaving;  /**< a test waits for the process to be left */
    jmp_buf leave;
};

/** The one of the test that runs. */
static struct stand *stand_now;

bool link_send(struct link *link, struct request *request)
{
    if (link->full || link->count == sizeof link->request / sizeof link->request[0])
        return false;
    request->number = link->count + 1;
    link->request[link->count++] = *request;
    return true;
}

bool link_collect(struct link *link, struct reply *reply)
{
    if (link->reply_count == 0)
        return false;
    *reply = link->reply[0];
    link->reply_count--;
    memmove(&link->reply[0], &link->reply[1], link->reply_count * sizeof link->reply[0]);
    return true;
}

struct frame *link_latest(struct link *link)
{
    struct frame *frame = link->frame;
    link->frame = NULL;
    return frame;
}

int link_fd(const struct link *link)
{
    return link->fd;
}

void link_clear(struct link *link)
{
    (void)link;
}

void link_ring(struct link *link)
{
    (void)eventfd_write(link->fd, 1);
}

void link_interrupt(struct link *link)
{
    link->interrupts++;
}

bool link_storing(struct link *link)
{
    return link->storing;
}

bool link_stored(struct link *link, size_t *stored, size_t *count)
{
    *stored = link->stored;
    *count = link->count_stored;
    return link->stopped;
}

void link_stop(struct link *link)
{
    link->stops = true;
}

void link_drawn(struct link *link)
{
    (void)link;
}

struct link *link_open(const struct session_options *options, void (*complain)(const struct error *error),
                       unsigned *failed, struct error *error)
{
    (void)options, (void)complain, (void)failed;
    error_set(error, 0, "no session here");
    return NULL;
}

bool screen_able(int out, struct screen_standout *standout, struct error *error)
{
    (void)out, (void)standout;
    return error_set(error, 0, "no screen here");
}

struct screen *screen_open(const struct screen_options *options, struct error *error)
{
    (void)options, (void)error;
    return NULL;
}

void screen_close(struct screen *screen)
{
    if (screen)
        screen->closed++;
}

void screen_leave(struct screen *screen)
{
    screen->closed++;
}

void screen_resume(struct screen *screen)
{
    screen->resumed++;
}

void screen_size(struct screen *screen, unsigned *rows, unsigned *columns)
{
    *rows = screen->rows;
    *columns = screen->columns;
}

void screen_draw(struct screen *screen, const struct frame *frame, const struct strip *strip, unsigned cursor,
                 bool anew)
{
    (void)screen, (void)frame, (void)strip, (void)cursor, (void)anew;
}

uint32_t screen_key(struct screen *screen)
{
    (void)screen;
    return STROKE_NONE;
}

void screen_bell(struct screen *screen)
{
    screen->bells++;
}

bool process_run(const char *command, char *const argument[], int tty_fd, struct error *error)
{
    struct stand *stand = stand_now;
    size_t used = (size_t)snprintf(stand->ran, sizeof stand->ran, "%s", command);
    (void)tty_fd, (void)error;
    for (size_t i = 0; argument[i] && used < sizeof stand->ran; i++)
        used += (size_t)snprintf(stand->ran + used, sizeof stand->ran - used, " %s", argument[i]);
    return true;
}

void process_leave(int status)
{
    if (!stand_now->leaving)
        fail_msg("the process is left with status %d", status);
    longjmp(stand_now->leave, status + 1);
}

/** Do `work`, which is to leave the process; its status. -1: it came back. */
static inline int stand_leaves(struct stand *stand, void (*work)(struct stand *stand))
{
    int status = setjmp(stand->leave);
    stand->leaving = status == 0;
    if (status == 0)
        work(stand);
    stand->leaving = false;
    return status - 1;
}

#define STAND_TEST(name) cmocka_unit_test_setup_teardown(name, stand_setup, stand_teardown)

/** Before each test: an app with all modes at rest, a screen of 24 rows, and one frame of a text file. */
static inline int stand_setup(void **state)
{
    struct stand *stand = calloc(1, sizeof *stand);
    if (!stand || !setlocale(LC_CTYPE, "C.UTF-8"))
        return 1;
    struct app *app = &stand->app;
    stand->link.fd = eventfd(0, EFD_NONBLOCK);
    stand->screen.rows = 24;
    stand->screen.columns = 80;
    app->looks = looks_default();
    options_init(&app->options);
    app->talk.link = &stand->link;
    app->terminal =
        (struct terminal){.tty = -1, .signals = -1, .screen = &stand->screen, .rows = 24, .columns = 80};
    app->ahead = &stand->ahead;
    app->overwrite = &stand->overwrite;
    app->question = &stand->question;
    app->search = &stand->search;
    app->typing = &stand->typing;
    mode_push(app, &keys_mode);
    mode_push(app, &bytes_mode);
    mode_push(app, &ahead_mode);
    app->shown = &stand->frame;
    stand->frame.report.cursor = FRAME_NO_OFFSET;
    stand->frame.report.byte = -1;
    stand_now = stand;
    *state = stand;
    return keymap_init(&app->keymap) && stand->link.fd >= 0 ? 0 : 1;
}

static inline int stand_teardown(void **state)
{
    struct stand *stand = *state;
    for (unsigned i = stand->link.read; i < stand->link.count; i++)
        free(stand->link.request[i].payload);
    buf_release(&stand->app.remark.unsaved);
    buf_release(&stand->app.paste.text);
    complete_forget(&stand->app);
    prompt_release(&stand->app.asking.prompt);
    buf_release(&stand->search.tried);
    buf_release(&stand->app.shell);
    options_release(&stand->app.options);
    close(stand->link.fd);
    free(stand);
    return 0;
}

/** A view of bytes with pokes armed, the cursor on 0x41 at offset 16. */
static inline void stand_armed(struct stand *stand)
{
    struct report *report = &stand->frame.report;
    report->bytes = report->armed = true;
    report->cursor = 16;
    report->size = 4096;
    report->stride = 16;
    report->byte = 'A';
}

/** Type text as a person does. */
static inline void stand_type(struct stand *stand, const char *text)
{
    for (; *text != '\0'; text++)
        feed_key(&stand->app, (unsigned char)*text, STROKE_NONE);
}

/** The next request that was sent and not looked at yet; fails where there is none, or it has another verb. */
static inline const struct request *stand_sent(struct stand *stand, enum verb verb)
{
    struct link *link = &stand->link;
    if (link->read == link->count)
        fail_msg("no request was sent");
    assert_int_equal(link->request[link->read].verb, verb);
    return &link->request[link->read++];
}

/** Nothing was sent that was not looked at. */
static inline void stand_quiet(const struct stand *stand)
{
    assert_int_equal(stand->link.read, stand->link.count);
}

/** Take over and free what was sent of the run so far, and let the screen show it. */
static inline void stand_shows_run(struct stand *stand)
{
    struct link *link = &stand->link;
    for (; link->read < link->count && link->request[link->read].verb == REQUEST_RUN; link->read++) {
        const struct reply reply = {.number = link->request[link->read].number, .verb = REQUEST_RUN};
        free(link->request[link->read].payload);
        mode_reply(&stand->app, &reply);
    }
    stand->frame.report.run.edition = stand->typing.run.edition;
    stand->frame.report.run.known = true;
    stand->frame.request = stand->app.talk.sent;
}

/** The screen shows all that was asked for. */
static inline void stand_shows_all(struct stand *stand)
{
    stand->frame.request = stand->app.talk.sent;
}

#endif
