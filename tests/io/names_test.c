/* SPDX-License-Identifier: MIT */
/** tests: io/file/names: what a person types for the name of a file. */
#include "folio/io/file/names.h"

#include "test.h"

#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct names_known known = {.current = "dir/this one", .previous = "other*"};
static char folder[] = "/tmp/folio-names-XXXXXX";

static void file_make(const char *name)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    close(fd);
}

/** A folder with files whose names are full of signs, which is the working directory. */
static int folder_make(void **state)
{
    static const char *const name[] = {"a.log",       "b.log",         "c.txt",      "with blank", "ends ",
                                       "x[1]",        "Foo$Bar.class", "~",          "50%",        "q?",
                                       "back\\slash", ".dot",          "it's \"so\""};
    (void)state;
    strcpy(folder, "/tmp/folio-names-XXXXXX");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++)
        file_make(name[i]);
    setenv("HOME", "/home/me", 1);
    setenv("STAR", "a*", 1);
    unsetenv("NOTHING");
    return 0;
}

static int folder_remove(void **state)
{
    char command[64];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    assert_int_equal(chdir("/"), 0);
    return system(command); /* NOLINT(cert-env33-c): a folder of our own */
}

static void becomes(const char *text, const char *wanted)
{
    struct buf out = {0};
    struct error error = {0};
    if (!names_one(text, &known, &out, &error))
        fail_msg("%s: %s", text, error.message);
    assert_string_equal(buf_string(&out), wanted);
    buf_release(&out);
}

static void fails(const char *text, const char *wanted)
{
    struct buf out = {0};
    struct error error = {0};
    assert_false(names_one(text, &known, &out, &error));
    assert_string_equal(error.message, wanted);
    buf_release(&out);
}

static void home_and_variables(void **state)
{
    (void)state;
    becomes("~", "/home/me");
    becomes("~/x y", "/home/me/x y");
    becomes("$HOME/x", "/home/me/x");
    becomes("${HOME}x", "/home/mex");
    becomes("a$", "a$");
    becomes("$1", "$1");
    becomes("${HOME", "${HOME");
    becomes("a~", "a~");
    struct passwd *root = getpwnam("root");
    if (root) {
        char wanted[256];
        snprintf(wanted, sizeof wanted, "%s/x", root->pw_dir);
        becomes("~root/x", wanted);
    }
    fails("~no-such-user-here/x", "There is no user no-such-user-here; \\~ in front is the sign itself");
    fails("$NOTHING/x", "$NOTHING is not set; \\$ is the sign itself");
}

/** What comes out of a variable is no pattern, and nothing is run. */
static void nothing_is_expanded_twice_or_run(void **state)
{
    (void)state;
    becomes("$STAR", "a*");
    becomes("#", "other*");
    becomes("`touch ran`", "`touch ran`");
    becomes("$(touch ran)", "$(touch ran)");
    becomes("a;b&(c)|<d>", "a;b&(c)|<d>");
    assert_int_not_equal(access("ran", F_OK), 0);
}

static void the_files_that_are_known(void **state)
{
    (void)state;
    becomes("%", "dir/this one");
    becomes("%.bak", "dir/this one.bak");
    becomes("100%%", "100%");
    becomes("##x", "#x");
    becomes("\\%", "%");
    struct buf out = {0};
    struct error error;
    const struct names_known none = {0};
    assert_false(names_one("x#", &none, &out, &error));
    assert_string_equal(error.message,
                        "# is the file that was shown before, and there is none; \\# is the sign");
    assert_false(names_one("x%", &none, &out, &error));
    assert_string_equal(error.message,
                        "% is the name of the file that is shown, and it has none; \\% is the sign");
    /* As in less: it is itself where there is no name for it, here if there is such a file. */
    assert_true(names_one("50%", &none, &out, &error));
    assert_string_equal(buf_string(&out), "50%");
    buf_release(&out);
}

static void patterns(void **state)
{
    (void)state;
    becomes("c.*", "c.txt");
    becomes("?.txt", "c.txt");
    becomes("[a].log", "a.log");
    becomes("x[", "x[");
    fails("*.pdf", "No file matches *.pdf");
    fails("*.log", "*.log matches 2 files, a.log and b.log among them; one is wanted");
    becomes("\\*.pdf", "*.pdf");
    becomes("\"*.pdf\"", "*.pdf");
}

/** What is there needs no signs. */
static void a_name_that_is_there(void **state)
{
    (void)state;
    becomes("x[1]", "x[1]");
    becomes("q?", "q?");
    becomes("Foo$Bar.class", "Foo$Bar.class");
    becomes("back\\slash", "back\\slash");
    becomes("with blank", "with blank");
    becomes("\"with blank\"", "with blank");
    becomes("new  ", "new");
    becomes("with blank ", "with blank");
    becomes("\"with blank\" ", "with blank");
    becomes("new\\ ", "new ");
    becomes("new\\  ", "new ");
    becomes("new\\\\ ", "new\\");
    becomes("ends ", "ends ");
    becomes("ends", "ends");
    becomes("it's \"so\"", "it's \"so\"");
    becomes("~", "/home/me");
    becomes("\\~", "~");
    becomes("", "");
}

static void all(const char *text, const char *wanted)
{
    struct names names = {0};
    struct buf line = {0};
    struct error error = {0};
    if (!names_all(text, &known, &names, &error))
        buf_format(&line, "|%s", error.message);
    for (size_t i = 0; i < names.count; i++)
        buf_format(&line, "|%s", names.name[i]);
    assert_string_equal(buf_string(&line), wanted);
    buf_release(&line);
    names_release(&names);
}

static void several(void **state)
{
    (void)state;
    all("*.log", "|a.log|b.log");
    all("c.txt a.log", "|c.txt|a.log");
    all("?.log  c.txt", "|a.log|b.log|c.txt");
    all("with blank", "|with blank");
    all("c.txt \"with blank\" with\\ blank", "|c.txt|with blank|with blank");
    all("no such file", "|no such file");
    all("c.txt missing", "|c.txt missing");
    all("*.pdf c.txt", "|No file matches *.pdf c.txt");
}

/** Whatever a file is called, its name can be typed. */
static void an_escaped_name_is_that_name(void **state)
{
    static const char *const name[] = {"a*b",   "x[1]",        "~",     "~/x", "50%",  "#x#",
                                       "$HOME", "back\\slash", "\"q\"", "a b", "a\nb", "\xff?\xfe"};
    (void)state;
    for (size_t i = 0; i < sizeof name / sizeof name[0]; i++) {
        struct buf typed = {0};
        names_escape(name[i], true, &typed);
        becomes(buf_string(&typed), name[i]);
        buf_release(&typed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(home_and_variables),           cmocka_unit_test(nothing_is_expanded_twice_or_run),
        cmocka_unit_test(the_files_that_are_known),     cmocka_unit_test(patterns),
        cmocka_unit_test(a_name_that_is_there),         cmocka_unit_test(several),
        cmocka_unit_test(an_escaped_name_is_that_name),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
