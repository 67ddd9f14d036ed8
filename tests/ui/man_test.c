/* SPDX-License-Identifier: MIT */
/**
 * tests: docs/folio.1 says what the tables of options and commands say. FOLIO_UPDATE_GOLDEN=1 writes it anew.
 */
#include "test.h"

#include "folio/base/bytes/buf.h"
#include "folio/ui/command/command.h"
#include "folio/ui/option/options.h"
#include "folio/ui/option/switch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void page_path(char *out, size_t capacity)
{
    const char *source = getenv("SOURCE");
    snprintf(out, capacity, "%s/docs/folio.1", source ? source : ".");
}

static void page_read(const char *path, struct buf *page)
{
    char piece[4096];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (size_t got = fread(piece, 1, sizeof piece, file); got > 0; got = fread(piece, 1, sizeof piece, file))
        buf_append(page, piece, got);
    fclose(file);
}

/** Put what `compose` makes between the comments that name it. */
static void page_section(struct buf *page, const char *name, void (*compose)(struct buf *out))
{
    char begin[64];
    char end[64];
    struct buf rows = {0};
    snprintf(begin, sizeof begin, "\n.\\\" begin %s\n", name);
    snprintf(end, sizeof end, ".\\\" end %s\n", name);
    char *from = strstr(page->data, begin);
    char *to = strstr(page->data, end);
    assert_true(from && to && from < to);
    size_t offset = (size_t)(from - page->data) + strlen(begin);
    compose(&rows);
    buf_remove(page, offset, (size_t)(to - page->data) - offset);
    buf_insert(page, offset, rows.data, rows.length);
    buf_release(&rows);
}

static void the_page_is_current(void **state)
{
    (void)state;
    char path[4096];
    struct buf page = {0};
    struct buf fresh = {0};
    page_path(path, sizeof path);
    page_read(path, &page);
    buf_append(&fresh, page.data, page.length);
    page_section(&fresh, "options", options_manual);
    page_section(&fresh, "commands", command_manual);
    page_section(&fresh, "settings", options_set_manual);
    if (getenv("FOLIO_UPDATE_GOLDEN")) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_int_equal(fwrite(fresh.data, 1, fresh.length, file), fresh.length);
        assert_int_equal(fclose(file), 0);
    } else {
        assert_string_equal(page.data, fresh.data);
    }
    buf_release(&page);
    buf_release(&fresh);
}

static void mandoc_has_nothing_to_say(void **state)
{
    (void)state;
    char path[4096];
    char command[4200];
    page_path(path, sizeof path);
    if (system("command -v mandoc >/dev/null") != 0)
        skip();
    snprintf(command, sizeof command, "mandoc -Tlint -Wwarning '%s'", path);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_is_current),
        cmocka_unit_test(mandoc_has_nothing_to_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
