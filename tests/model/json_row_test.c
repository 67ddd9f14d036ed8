/* SPDX-License-Identifier: MIT */
/**
 * model/json/row: rows of texts by hand; that rows part the file, forward, backward and from any byte, whatever is in it.
 */
#include "model/known_json.h"
#include "test.h"

#include "folio/model/json/row.h"

#include <string.h>

static struct json_rows rows_of(struct known *known, bool by_line)
{
    return (struct json_rows){known->nesting, known->sample.reader, known->sample.lines, by_line, NULL,
                              false};
}

/** The text cut into rows with `|`, and a depth and a mark for each, a letter or `-`. */
static void check_rows_as(const char *cut, bool by_line, bool as_data, const char *depths, const char *marks)
{
    char *data = calloc(1, strlen(cut) + 1);
    uint64_t begins[64];
    size_t length = 0, count = 0;
    for (const char *from = cut; *from; from++)
        if (*from == '|')
            begins[count++] = length;
        else
            data[length++] = *from;
    begins[count] = length;
    assert_int_equal(strlen(depths), count);
    struct known known;
    known_open(&known, data, length);
    struct json_rows rows = rows_of(&known, by_line);
    rows.data = as_data;
    for (size_t i = 0; i < count; i++) {
        struct json_row row;
        uint64_t begin;
        assert_int_equal(json_row_read(&rows, begins[i], &row), NESTING_FOUND);
        if (row.next != begins[i + 1])
            fail_msg("row %zu of %s ends at %llu", i, cut, (unsigned long long)row.next);
        if (row.depth != (uint64_t)(depths[i] - '0') || (row.mark == JSON_FINE) != (marks[i] == '-'))
            fail_msg("row %zu of %s is %llu deep, mark \"%s\"", i, cut, (unsigned long long)row.depth,
                     json_mark_text(row.mark));
        for (uint64_t at = begins[i]; at < begins[i + 1]; at++) {
            assert_int_equal(json_rows_holding(&rows, at, &begin), NESTING_FOUND);
            if (begin != begins[i])
                fail_msg("byte %llu of %s is on the row at %llu", (unsigned long long)at, cut,
                         (unsigned long long)begin);
        }
    }
    known_close(&known);
}

static void check_rows(const char *cut, bool by_line, const char *depths, const char *marks)
{
    check_rows_as(cut, by_line, false, depths, marks);
}

/** As data: closing brackets are on the row before, but those that something is wrong with. */
static void data_by_hand(void **state)
{
    (void)state;
    check_rows_as("|{|\"a\":1,|\"b\":[|1, |2 ] ,|\"c\":{ }}\n", false, true, "011221", "------");
    check_rows_as("|[|[ ] , |[|[ ]]]", false, true, "0112", "----");
    check_rows_as("|[|1,|]", false, true, "010", "--x");
    check_rows_as("|[|1|}", false, true, "010", "--x");
    check_rows_as("|[|1]|]", false, true, "010", "--x");
    check_rows_as("|[|[|1]|2]", false, true, "0121", "---x");
    check_rows_as("|[|1] |[|2]", false, true, "0101", "----");
    check_rows_as("|[|1]\n|[|2]\n", true, true, "0101", "----");
}

static void by_hand(void **state)
{
    (void)state;
    check_rows("|{|\"a\":1,|\"b\":[|1, |2 |] ,|\"c\":{ }|}\n", false, "01122110", "--------");
    check_rows("|[]", false, "0", "-");
    check_rows("| 7 ", false, "0", "-");
    check_rows("|[|[ ] , |[|[ ]|]|]", false, "011210", "------");
    check_rows("|[|1,|]", false, "010", "--x");
    check_rows("|[|,|1|]", false, "0110", "-x--");
    check_rows("|[|1 2|]", false, "010", "-x-");
    check_rows("|[|[|1|]|2|]", false, "012110", "----x-");
    check_rows("|{} |{|\"a\":1|}", false, "0010", "----");
    check_rows("|[|1|}", false, "010", "--x");
    check_rows("|[|1|]|]", false, "0100", "---x");
    check_rows("|{|\"a\":[|1", false, "012", "--x");
    check_rows("|{|\"a\":|}", false, "010", "-x-");
    check_rows("|{|\"[,{\":\"]},\"|}", false, "010", "---");
}

static void lines_by_hand(void **state)
{
    (void)state;
    check_rows("|{|\"a\":1|}\n|[|1|]\n|3\n", true, "0100100", "-------");
    check_rows("|{|\"a\":[|1\n|{|\"b\":2|}\n", true, "012010", "--x---");
    check_rows("|1\n|\n|x\n|2", true, "0000", "--x-");
    check_rows("|{|\"a\":\"b\n|{} \n", true, "010", "-x-");
}

/** Go through a file in both ways, and ask for its bytes, and compare. */
static void check_parting_as(struct known *known, bool by_line, bool as_data, const struct json_folds *folds)
{
    struct json_rows rows = rows_of(known, by_line);
    rows.folds = folds;
    rows.data = as_data;
    uint64_t size = known->sample.length, next, begin;
    for (uint64_t row = 0; row < size; row = next) {
        assert_int_equal(json_rows_next(&rows, row, &next), NESTING_FOUND);
        assert_true(next > row);
        const uint64_t asked[] = {row, row + sample_below((size_t)(next - row)), next - 1};
        for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
            assert_int_equal(json_rows_holding(&rows, asked[i], &begin), NESTING_FOUND);
            if (begin != row)
                fail_msg("byte %llu is on the row at %llu, not %llu", (unsigned long long)asked[i],
                         (unsigned long long)begin, (unsigned long long)row);
        }
        struct json_row read;
        assert_int_equal(json_row_read(&rows, row, &read), NESTING_FOUND);
        assert_int_equal(read.next, next);
    }
}

static void check_parting(struct known *known, bool by_line, const struct json_folds *folds)
{
    check_parting_as(known, by_line, false, folds);
    check_parting_as(known, by_line, true, folds);
}

/** Brackets that are too deep have a row, so that none holds more of them than that. */
static void data_is_not_deep(void **state)
{
    (void)state;
    enum { DEEP = JSON_DATA_DEPTH + 10 };
    char *text = malloc(2 * DEEP);
    struct known known;
    uint64_t next;
    memset(text, '[', DEEP);
    memset(text + DEEP, ']', DEEP);
    text[DEEP] = '7';
    known_open(&known, text, 2 * DEEP);
    struct json_rows rows = rows_of(&known, false);
    rows.data = true;
    for (uint64_t row = 0; row < DEEP + 10; row = next) {
        assert_int_equal(json_rows_next(&rows, row, &next), NESTING_FOUND);
        assert_int_equal(next, row + 1);
    }
    assert_int_equal(json_rows_next(&rows, DEEP + 10, &next), NESTING_FOUND);
    assert_int_equal(next, 2 * DEEP);
    known_close(&known);
}

/** Garbage of the signs that matter: every byte is in one row, and it is the same whoever asks. */
static void garbage_is_parted(void **state)
{
    static const char signs[] = "[]{},,:\"\\\n  1a";
    (void)state;
    for (int round = 0; round < sample_rounds(200); round++) {
        size_t length = 1 + sample_below(round % 10 ? 200 : 3000);
        char *data = malloc(length);
        for (size_t i = 0; i < length; i++)
            data[i] = signs[sample_below(sizeof signs - 1)];
        struct known known;
        known_open(&known, data, length);
        check_parting(&known, false, NULL);
        check_parting(&known, true, NULL);
        known_close(&known);
    }
}

/** Close and open what there is, at random. */
static void fold_something(struct known *known, bool by_line, struct json_folds *folds)
{
    const struct json_rows rows = rows_of(known, by_line);
    struct json_row row;
    uint64_t begin, size = known->sample.length;
    assert_int_equal(json_rows_holding(&rows, sample_below((size_t)size), &begin), NESTING_FOUND);
    assert_int_equal(json_row_read(&rows, begin, &row), NESTING_FOUND);
    struct json_fold fold = {.range = {0, UINT64_MAX}, .depth = -1};
    if (!row.closes && json_kind_contains(row.value.kind)) {
        fold.range.begin = row.value.value.begin;
        fold.depth = (int64_t)row.depth;
        if (json_value_end(rows.nesting, rows.reader, &row.value, &fold.range.end) == NESTING_NONE)
            fold.range.end = UINT64_MAX;
    }
    fold.reach = (enum json_reach)(fold.depth < 0 ? 1 + sample_below(2) : sample_below(3));
    fold.open = sample_below(4) ? sample_below(3) : UINT64_MAX;
    assert_true(json_folds_add(folds, fold));
}

/** Whatever is closed of whatever, every byte is in one row. */
static void folds_are_parted(void **state)
{
    static const char signs[] = "[[[]]{{}},,:\"\\\n 1";
    static struct json_folds folds;
    (void)state;
    for (int round = 0; round < sample_rounds(300); round++) {
        size_t length = 1 + sample_below(round % 10 ? 100 : 1000);
        char *data = malloc(length);
        for (size_t i = 0; i < length; i++)
            data[i] = signs[sample_below(sizeof signs - 1)];
        struct known known;
        known_open(&known, data, length);
        json_folds_init(&folds, sample_below(3) ? UINT64_MAX : sample_below(4));
        for (size_t wishes = sample_below(8); wishes > 0; wishes--)
            fold_something(&known, round % 2, &folds);
        check_parting(&known, round % 2, &folds);
        known_close(&known);
    }
}

/** The rows of a text when its containers are open to a level, as `|` cuts it; and how many children the closed ones have. */
static void check_level(const char *cut, uint64_t level, const char *children)
{
    static struct json_folds folds;
    char *data = calloc(1, strlen(cut) + 1);
    uint64_t begins[64], next, count;
    size_t length = 0, rows_cut = 0;
    for (const char *from = cut; *from; from++)
        if (*from == '|')
            begins[rows_cut++] = length;
        else
            data[length++] = *from;
    begins[rows_cut] = length;
    struct known known;
    known_open(&known, data, length);
    struct json_rows rows = rows_of(&known, false);
    json_folds_init(&folds, level);
    rows.folds = &folds;
    for (size_t i = 0; i < rows_cut; i++) {
        struct json_row row;
        assert_int_equal(json_rows_next(&rows, begins[i], &next), NESTING_FOUND);
        assert_int_equal(next, begins[i + 1]);
        assert_int_equal(json_row_read(&rows, begins[i], &row), NESTING_FOUND);
        assert_int_equal(row.folded, children[i] != '-');
        if (!row.folded)
            continue;
        assert_int_equal(json_row_children(&rows, &row, &count), NESTING_FOUND);
        assert_int_equal(count, children[i] - '0');
    }
    known_close(&known);
}

static void levels_by_hand(void **state)
{
    (void)state;
    check_level("|{\"a\":[1,[2]],\"b\":{}}", 0, "2");
    check_level("|{|\"a\":[1,[2]],|\"b\":{}|}", 1, "-2--");
    check_level("|{|\"a\":[|1,|[2]|],|\"b\":{}|}", 2, "---1---");
    check_level("|{|\"a\":[|1,|[|2|]|],|\"b\":{}|}", 3, "---------");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),           cmocka_unit_test(lines_by_hand),
        cmocka_unit_test(garbage_is_parted), cmocka_unit_test(levels_by_hand),
        cmocka_unit_test(folds_are_parted),  cmocka_unit_test(data_by_hand),
        cmocka_unit_test(data_is_not_deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
