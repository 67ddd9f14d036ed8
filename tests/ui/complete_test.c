/* SPDX-License-Identifier: MIT */
/** tests: ui/mode/complete: what Tab offers. */
#include "folio/ui/mode/complete.h"

#include "stand.h"
#include "test.h"

#include "folio/base/text/utf8.h"

#include <fcntl.h>
#include <sys/stat.h>

static const char *typed(const struct stand *stand)
{
    return buf_string(&stand->app.asking.prompt.text);
}

/** Wait until a helper has rung, then take what it has. */
static void collect(struct stand *stand)
{
    struct pollfd polled = {.fd = stand->link.fd, .events = POLLIN};
    eventfd_t rings;
    assert_int_equal(poll(&polled, 1, 10000), 1);
    assert_int_equal(eventfd_read(stand->link.fd, &rings), 0);
    complete_collect(&stand->app);
}

/** What stands in a row of the list, without the blanks at its end. */
static const char *listed(const struct stand *stand, unsigned row)
{
    static char out[512];
    static struct strip strip;
    size_t length = 0;
    strip_init(&strip, 80, false);
    complete_draw(&stand->app, &strip);
    for (unsigned i = 0; row + 1 < strip.rows && i < strip.columns; i++) {
        const struct cell *cell = &strip.cell[row * strip.columns + i];
        for (unsigned j = 0; j < cell->rune_count; j++)
            length += utf8_encode(cell->rune[j], out + length);
    }
    while (length > 0 && out[length - 1] == ' ')
        length--;
    out[length] = '\0';
    return out;
}

/** First what they have in common, then the list, then one after the other, and what was typed behind the last. */
static void common_part_then_list_then_each(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":no\t");
    assert_string_equal(typed(stand), "no");
    assert_string_equal(listed(stand, 0), "nofilter     nohighlight");
    stand_type(stand, "\t");
    assert_string_equal(typed(stand), "nofilter");
    stand_type(stand, "\t");
    assert_string_equal(typed(stand), "nohighlight");
    stand_type(stand, "\t");
    assert_string_equal(typed(stand), "no");
    feed_key(&stand->app, STROKE_SHIFT_TAB, STROKE_NONE);
    assert_string_equal(typed(stand), "nohighlight");
    feed_key(&stand->app, STROKE_SHIFT_TAB, STROKE_NONE);
    assert_string_equal(typed(stand), "nofilter");
    stand_type(stand, "x");
    assert_string_equal(listed(stand, 0), "");
    assert_int_equal(stand->screen.bells, 0);
}

static void the_common_part_is_put_in_first(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":set w\t");
    assert_string_equal(listed(stand, 0), "window=   wordwrap  wrap      write");
    stand_type(stand, "\bnomark\t");
    assert_string_equal(typed(stand), "set nomark_");
    assert_string_equal(listed(stand, 0), "");
    stand_type(stand, "\t");
    assert_string_equal(typed(stand), "set nomark_");
    assert_string_equal(listed(stand, 0), "nomark_new   nomark_page");
}

static void a_lone_name_of_a_command(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":hi\t");
    assert_string_equal(typed(stand), "highlight");
    stand_type(stand, "\t");
    assert_string_equal(typed(stand), "highlight");
    assert_int_equal(stand->screen.bells, 0);
}

static void what_fits_nothing_rings(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":zzz\t");
    assert_string_equal(typed(stand), "zzz");
    assert_int_equal(stand->screen.bells, 1);
    stand->app.options.quiet = 1;
    stand_type(stand, "\t");
    assert_int_equal(stand->screen.bells, 1);
}

static void settings_and_their_values(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":set nowra\t");
    assert_string_equal(typed(stand), "set nowrap");
    stand_type(stand, " enco\t");
    assert_string_equal(typed(stand), "set nowrap encoding=");
    stand_type(stand, "latin\t");
    assert_string_equal(typed(stand), "set nowrap encoding=latin1");
    stand_type(stand, " incs\t");
    assert_string_equal(typed(stand), "set nowrap encoding=latin1 incsearch");
}

/** A key in between begins anew. */
static void typing_on_forgets_what_was_offered(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":set no\t");
    assert_non_null(stand->app.asking.completion);
    stand_type(stand, " ");
    assert_null(stand->app.asking.completion);
}

static void a_pattern_has_no_completion(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, "/hi\t");
    assert_string_equal(typed(stand), "hi");
    assert_null(stand->app.asking.completion);
}

/** A directory with two files, a hidden one, and a directory. */
static void folder_make(char *folder)
{
    static const char *const name[] = {"one", "only", ".hidden", "odd[1] x", "odd\033"};
    char path[256];
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, name[i]);
        close(open(path, O_CREAT | O_WRONLY, 0600));
    }
    snprintf(path, sizeof path, "%s/sub", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/link", folder);
    assert_int_equal(symlink("sub", path), 0);
    snprintf(path, sizeof path, "%s/sub/in", folder);
    close(open(path, O_CREAT | O_WRONLY, 0600));
}

static void folder_remove(const char *folder)
{
    static const char *const name[] = {"one",    "only", ".hidden", "odd[1] x", "odd\033",
                                       "sub/in", "sub",  "link",    ""};
    char path[256];
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, name[i]);
        (void)remove(path);
    }
}

/** Type `text` behind the folder, and Tab; the helper's answer is there then. */
static void ask(struct stand *stand, const char *folder, const char *text)
{
    feed_key(&stand->app, STROKE_CONTROL('U'), STROKE_NONE);
    stand_type(stand, "e ");
    stand_type(stand, folder);
    stand_type(stand, text);
    stand_type(stand, "\t");
    collect(stand);
}

/** Is this typed behind the folder? */
static void has(const struct stand *stand, const char *folder, const char *text)
{
    char wanted[256];
    snprintf(wanted, sizeof wanted, "e %s%s", folder, text);
    assert_string_equal(typed(stand), wanted);
}

/** A directory gets its slash, also by a link; what is hidden is offered only to who asks for it. */
static void names_of_files_come_from_a_helper(void **state)
{
    struct stand *stand = *state;
    char folder[] = "/tmp/folio-complete-XXXXXX";
    folder_make(folder);
    stand_type(stand, ":");
    ask(stand, folder, "/o");
    has(stand, folder, "/o");
    assert_string_equal(listed(stand, 0), "oddESC    odd[1] x  one       only");
    ask(stand, folder, "/on");
    assert_string_equal(listed(stand, 0), "one   only");
    stand_type(stand, "\t");
    has(stand, folder, "/one");
    ask(stand, folder, "/");
    assert_string_equal(listed(stand, 0), "link/     oddESC    odd[1] x  one       only      sub/");
    ask(stand, folder, "/.");
    has(stand, folder, "/.hidden");
    folder_remove(folder);
}

/** What is in a name is escaped, so that it is that name; what was typed before stays as it was. */
static void signs_in_names_are_escaped(void **state)
{
    struct stand *stand = *state;
    char folder[] = "/tmp/folio-complete-XXXXXX";
    folder_make(folder);
    setenv("FOLDER", folder, 1);
    stand_type(stand, ":");
    ask(stand, "$FOLDER", "/odd\\[");
    has(stand, "$FOLDER", "/odd\\[1] x");
    setenv("HOME", folder, 1);
    ask(stand, "~", "/odd[");
    has(stand, "~", "/odd\\[1] x");
    folder_remove(folder);
}

/** Behind a directory that is the only one the next Tab is about what is in it. */
static void a_lone_directory_is_gone_into(void **state)
{
    struct stand *stand = *state;
    char folder[] = "/tmp/folio-complete-XXXXXX";
    folder_make(folder);
    stand_type(stand, ":");
    ask(stand, folder, "/s");
    has(stand, folder, "/sub/");
    stand_type(stand, "\t");
    collect(stand);
    has(stand, folder, "/sub/in");
    folder_remove(folder);
}

/** Of thousands the part that they have in common is that of all, and a row says how many there are. */
static void thousands_of_names(void **state)
{
    struct stand *stand = *state;
    char folder[] = "/tmp/folio-complete-XXXXXX";
    char path[256];
    assert_non_null(mkdtemp(folder));
    for (int i = 0; i < 3000; i++) {
        snprintf(path, sizeof path, "%s/name-%c-%04d", folder, i == 1700 ? 'b' : 'a', i);
        close(open(path, O_CREAT | O_WRONLY, 0600));
    }
    stand_type(stand, ":");
    ask(stand, folder, "/n");
    has(stand, folder, "/name-");
    stand_type(stand, "\t");
    assert_string_equal(listed(stand, 9), "(3,000; Tab goes through them)");
    feed_key(&stand->app, STROKE_SHIFT_TAB, STROKE_NONE);
    has(stand, folder, "/name-b-1700");
    assert_string_equal(listed(stand, 9), "(3,000 of 3,000)");
    for (int i = 0; i < 3000; i++) {
        snprintf(path, sizeof path, "%s/name-%c-%04d", folder, i == 1700 ? 'b' : 'a', i);
        (void)remove(path);
    }
    (void)remove(folder);
}

static void secure_mode_reads_no_directory(void **state)
{
    struct stand *stand = *state;
    stand->app.options.secure = 1;
    stand_type(stand, ":e /\t");
    assert_null(stand->app.asking.completion);
    assert_string_equal(typed(stand), "e /");
}

/** ~user in front is a folder, which no sign of its own stands for; \\~ is a file that is called so. */
static void users_are_completed(void **state)
{
    struct stand *stand = *state;
    stand_type(stand, ":e ~roo\t");
    collect(stand);
    assert_string_equal(typed(stand), "e ~root/");
    feed_key(&stand->app, STROKE_CONTROL('U'), STROKE_NONE);
    stand_type(stand, "e ~no-such-use\t");
    collect(stand);
    assert_string_equal(typed(stand), "e ~no-such-use");
    feed_key(&stand->app, STROKE_CONTROL('U'), STROKE_NONE);
    stand_type(stand, "e \\~roo\t");
    collect(stand);
    assert_string_equal(typed(stand), "e \\~roo");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAND_TEST(common_part_then_list_then_each),
        STAND_TEST(users_are_completed),
        STAND_TEST(the_common_part_is_put_in_first),
        STAND_TEST(a_lone_name_of_a_command),
        STAND_TEST(what_fits_nothing_rings),
        STAND_TEST(settings_and_their_values),
        STAND_TEST(typing_on_forgets_what_was_offered),
        STAND_TEST(a_pattern_has_no_completion),
        STAND_TEST(names_of_files_come_from_a_helper),
        STAND_TEST(signs_in_names_are_escaped),
        STAND_TEST(a_lone_directory_is_gone_into),
        STAND_TEST(thousands_of_names),
        STAND_TEST(secure_mode_reads_no_directory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
