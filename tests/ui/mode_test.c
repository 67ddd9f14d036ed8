/* SPDX-License-Identifier: MIT */
/** tests: ui/app/mode: the stack of modes. */
#include "folio/ui/app/mode.h"

#include "stand.h"
#include "test.h"

/** What the two modes of this test have seen. */
static char seen[64];
static enum mode_result upper_answer;

static void see(char what)
{
    size_t used = strlen(seen);
    seen[used] = what;
    seen[used + 1] = '\0';
}

static enum mode_result upper_key(struct app *app, uint32_t stroke, uint32_t next)
{
    (void)app, (void)stroke, (void)next;
    see('U');
    return upper_answer;
}

static enum mode_result lower_key(struct app *app, uint32_t stroke, uint32_t next)
{
    (void)app, (void)stroke;
    see('L');
    return next == STROKE_NONE ? MODE_USED : MODE_USED_NEXT;
}

static const char *lower_label(const struct app *app)
{
    (void)app;
    return "below";
}

static void lower_sent(struct app *app, enum verb verb)
{
    (void)app;
    see(verb == REQUEST_STOP ? 's' : '?');
}

static void lower_reply(struct app *app, const struct reply *reply)
{
    (void)app;
    see((char)('0' + reply->number));
}

static void lower_leave(struct app *app)
{
    (void)app;
    see('e');
}

static bool lower_paste(struct app *app, const struct buf *text)
{
    (void)app;
    see('p');
    return text->length > 0;
}

static const struct mode upper = {.name = "upper", .key = upper_key};
static const struct mode lower = {.name = "lower",
                                  .key = lower_key,
                                  .paste = lower_paste,
                                  .label = lower_label,
                                  .sent = lower_sent,
                                  .reply = lower_reply,
                                  .leave = lower_leave};

static struct app *two(void **state)
{
    struct app *app = &((struct stand *)*state)->app;
    app->modes.count = 0;
    seen[0] = '\0';
    mode_push(app, &lower);
    mode_push(app, &upper);
    return app;
}

static void the_topmost_is_asked_first(void **state)
{
    struct app *app = two(state);
    upper_answer = MODE_USED;
    assert_int_equal(mode_key(app, 'a', STROKE_NONE), MODE_USED);
    assert_string_equal(seen, "U");
    upper_answer = MODE_AGAIN;
    assert_int_equal(mode_key(app, 'a', STROKE_NONE), MODE_AGAIN);
    assert_string_equal(seen, "UU");
}

static void what_it_passes_is_for_the_one_below(void **state)
{
    struct app *app = two(state);
    upper_answer = MODE_PASS;
    assert_int_equal(mode_key(app, STROKE_ESCAPE, 'v'), MODE_USED_NEXT);
    assert_string_equal(seen, "UL");
    mode_pop(app, &lower);
    assert_int_equal(mode_key(app, 'a', STROKE_NONE), MODE_PASS);
}

static void a_mode_is_on_once(void **state)
{
    struct app *app = two(state);
    mode_push(app, &lower);
    assert_int_equal(app->modes.count, 2);
    assert_true(mode_on(app, &lower));
    mode_pop(app, &lower);
    assert_false(mode_on(app, &lower));
    assert_true(mode_on(app, &upper));
    mode_pop(app, &lower);
    assert_int_equal(app->modes.count, 1);
}

static enum mode_result going_key(struct app *app, uint32_t stroke, uint32_t next);
static const struct mode going = {.name = "going", .key = going_key};

static enum mode_result going_key(struct app *app, uint32_t stroke, uint32_t next)
{
    (void)stroke, (void)next;
    mode_pop(app, &going);
    return MODE_PASS;
}

static void one_that_goes_may_pass_the_key_on(void **state)
{
    struct app *app = two(state);
    mode_push(app, &going);
    upper_answer = MODE_PASS;
    assert_int_equal(mode_key(app, 'a', STROKE_NONE), MODE_USED);
    assert_string_equal(seen, "UL");
}

static void the_label_is_of_the_topmost_that_has_one(void **state)
{
    struct app *app = two(state);
    assert_string_equal(mode_label(app), "below");
    mode_pop(app, &lower);
    assert_null(mode_label(app));
}

static void all_are_told(void **state)
{
    struct app *app = two(state);
    const struct reply reply = {.number = 7};
    mode_sent(app, REQUEST_STOP);
    mode_reply(app, &reply);
    mode_leave(app);
    assert_string_equal(seen, "s7e");
}

/** The topmost that knows of pastes decides; one above it that does not is passed over. */
static void a_paste_is_for_the_mode_that_takes_pastes(void **state)
{
    static const struct mode refusing = {.name = "refusing", .key = upper_key, .paste = mode_paste_refused};
    struct app *app = two(state);
    struct buf text = {0};
    assert_false(mode_paste(app, &text));
    buf_text(&text, "x");
    assert_true(mode_paste(app, &text));
    assert_string_equal(seen, "pp");
    mode_push(app, &refusing);
    assert_false(mode_paste(app, &text));
    assert_string_equal(seen, "pp");
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(the_topmost_is_asked_first),
        STAND_TEST(a_paste_is_for_the_mode_that_takes_pastes),
        STAND_TEST(what_it_passes_is_for_the_one_below),
        STAND_TEST(a_mode_is_on_once),
        STAND_TEST(one_that_goes_may_pass_the_key_on),
        STAND_TEST(the_label_is_of_the_topmost_that_has_one),
        STAND_TEST(all_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
