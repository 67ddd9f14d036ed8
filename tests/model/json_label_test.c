/* SPDX-License-Identifier: MIT */
/** model/json/label: which member tells what an object is. */
#include "model/known_json.h"
#include "test.h"

#include "folio/model/json/label.h"

#include <string.h>

/** The label of the object that the text is; NULL: it has none. */
static void check_label(const char *text, const char *key, const char *value)
{
    struct known known;
    struct json_row row;
    struct json_value label;
    known_open(&known, strdup(text), strlen(text));
    const struct json_rows rows = {known.nesting, known.sample.reader, known.sample.lines, false, NULL,
                                   false};
    assert_int_equal(json_row_read(&rows, 0, &row), NESTING_FOUND);
    enum nesting_answer answer = json_label(&rows, &row, key, &label);
    assert_int_equal(answer, value ? NESTING_FOUND : NESTING_NONE);
    if (value) {
        assert_int_equal(label.value.end - label.value.begin, strlen(value));
        assert_memory_equal(text + label.value.begin, value, strlen(value));
    }
    known_close(&known);
}

static void by_hand(void **state)
{
    (void)state;
    check_label("{\"type\":\"t\",\"id\":7,\"x\":{\"name\":1}}", "", "7");
    check_label("{\"type\":\"t\",\"n\\u0061me\":\"a\",\"name\":\"b\"}", "", "\"a\"");
    check_label("{\"name\":{\"x\":1},\"title\":[2],\"key\":null}", "", "null");
    check_label("{\"x\":1}", "", NULL);
    check_label("{\"name\":1,\"x\":true}", "x", "true");
    check_label("{\"name\":1}", "x", NULL);
    check_label("{\"name\":}", "", NULL);
    check_label("{\"name\":\"cut", "", "\"cut");
}

/** Members are looked at only so far. */
static void far_ones(void **state)
{
    (void)state;
    char *text = calloc(1, 2 * LABEL_BYTES);
    strcpy(text, "{\"x\":[");
    memset(text + strlen(text), '7', LABEL_BYTES);
    strcat(text, "],\"name\":1}");
    check_label(text, "", NULL);
    for (int before = LABEL_MEMBERS - 1; before <= LABEL_MEMBERS; before++) {
        strcpy(text, "{");
        for (int i = 0; i < before; i++)
            strcat(text, "\"x\":1,");
        strcat(text, "\"name\":1}");
        check_label(text, "", before < LABEL_MEMBERS ? "1" : NULL);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(far_ones)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
