/* SPDX-License-Identifier: MIT */
/** model/reader/overlay: spans and ends of lines are those of the edited bytes, numbers those of the file beneath. */
#include "model/sample.h"
#include "test.h"

#include "folio/io/page/guard.h"
#include "folio/model/reader/hole.h"
#include "folio/model/reader/overlay.h"

/** A sample, its bytes with the edits in them, and the edits. */
struct edited {
    struct sample sample;
    char *data;
    struct edits *edits;
};

/** Turn newlines into letters and letters into newlines, `count` of them. */
static void edited_more(struct edited *edited, size_t count)
{
    struct sample *sample = &edited->sample;
    struct error error;
    for (size_t i = 0; i < count; i++) {
        size_t at = sample_below(sample->length);
        if (sample_below(2) && sample->newline_count)
            at = (size_t)sample->newline[sample_below(sample->newline_count)];
        char mine = edited->data[at] == '\n' ? 'x' : '\n';
        assert_true(edits_set(edited->edits, at, (uint8_t)sample->data[at], (uint8_t)mine, &error));
        edited->data[at] = mine;
    }
    assert_true(reader_overlay(sample->reader, edited->edits));
}

static void edited_open(struct edited *edited, char *data, size_t length)
{
    edited->data = malloc(length);
    assert_non_null(edited->data);
    memcpy(edited->data, data, length);
    edited->edits = edits_open();
    assert_non_null(edited->edits);
    sample_open(&edited->sample, data, length);
    guard_install();
}

static void edited_close(struct edited *edited)
{
    sample_close(&edited->sample);
    edits_close(edited->edits);
    free(edited->data);
}

static void check_span(struct reader *reader, const char *data, size_t offset, size_t length)
{
    struct span span;
    assert_int_equal(reader_span(reader, offset, length, &span), READER_OK);
    assert_int_equal(span.length, length);
    assert_memory_equal(span.data, data + offset, length);
}

static void spans_have_the_edits_and_beneath_is_the_file(void **state)
{
    struct edited edited;
    const size_t length = MIB;
    (void)state;
    edited_open(&edited, sample_lines(length, 100), length);
    struct reader *reader = edited.sample.reader;
    assert_ptr_equal(reader_beneath(reader), reader);
    assert_null(reader_edits(reader));
    for (int round = 0; round < sample_rounds(4000); round++) {
        size_t offset = sample_below(length), most = length - offset;
        size_t want = 1 + sample_below(most < 70000 ? most : 70000);
        if (round % 50 == 0)
            edited_more(&edited, 20);
        check_span(reader, edited.data, offset, want);
        check_span(reader_beneath(reader), edited.sample.data, offset, want);
    }
    assert_ptr_equal(reader_edits(reader), edited.edits);
    struct reader *beneath = reader_beneath(reader);
    assert_true(reader_overlay(reader, NULL));
    assert_ptr_equal(reader_beneath(reader), reader);
    check_span(beneath, edited.sample.data, 5, 70000); /* who kept it may use it until all is closed */
    check_span(reader, edited.sample.data, 0, 70000);
    edited_close(&edited);
}

/** What was copied before is forgotten. */
static void an_edit_shows_at_once(void **state)
{
    struct edited edited;
    (void)state;
    edited_open(&edited, sample_lines(10000, 100), 10000);
    check_span(edited.sample.reader, edited.sample.data, 0, 10000);
    for (int i = 0; i < 20; i++) {
        edited_more(&edited, 1);
        check_span(edited.sample.reader, edited.data, 0, 10000);
    }
    edited_close(&edited);
}

/** The beginning and the end of a line, the plain way. */
static uint64_t plain_begin(const struct edited *edited, uint64_t offset)
{
    while (offset > 0 && edited->data[offset - 1] != '\n')
        offset--;
    return offset;
}

static uint64_t plain_end(const struct edited *edited, uint64_t offset)
{
    const char *at = edited->data + offset;
    const char *newline = memchr(at, '\n', edited->sample.length - (size_t)offset);
    return newline ? (uint64_t)(newline - edited->data) : edited->sample.length;
}

static void check_lines(const struct edited *edited, uint64_t offset)
{
    const struct sample *sample = &edited->sample;
    uint64_t found, line = sample_rank(sample, offset) + 1;
    assert_int_equal(lines_begin(sample->lines, sample->reader, offset, LINES_LONG, &found), LINES_FOUND);
    assert_true(found == plain_begin(edited, offset));
    assert_int_equal(lines_end(sample->lines, sample->reader, offset, LINES_LONG, &found), LINES_FOUND);
    assert_true(found == plain_end(edited, offset));
    assert_int_equal(lines_number(sample->lines, sample->reader, offset, &found), LINES_FOUND);
    assert_true(found == line);
    line = 1 + sample_below(sample->newline_count + 1);
    uint64_t begin = line == 1 ? 0 : sample->newline[line - 2] + 1;
    enum lines_result result = lines_offset(sample->lines, sample->reader, line, &found);
    assert_int_equal(result, begin < sample->length ? LINES_FOUND : LINES_NONE);
    assert_true(result == LINES_NONE || found == begin);
    assert_true(lines_total(sample->lines, sample->reader, &found));
    assert_true(found == sample_line_count(sample));
}

/** Also where the survey says of whole blocks that they hold no newline, or that they do. */
static void lines_end_where_they_are_shown_to(void **state)
{
    static const size_t longest[] = {100, 5000, 100000, 900000};
    (void)state;
    for (size_t i = 0; i < sizeof longest / sizeof *longest; i++) {
        struct edited edited;
        const size_t length = 3 * MIB + 7;
        edited_open(&edited, sample_lines(length, longest[i]), length);
        survey_start(edited.sample.survey);
        sample_wait(edited.sample.lines);
        for (int round = 0; round < sample_rounds(400); round++) {
            if (round % 40 == 0)
                edited_more(&edited, 3);
            check_lines(&edited, sample_below(length));
        }
        edited_close(&edited);
    }
}

/** An edit in a hole is in no hole, and is there when the hole is read. */
static void a_hole_with_an_edit_is_cut(void **state)
{
    struct edited edited;
    struct range stretch;
    struct span span;
    struct error error;
    const uint64_t size = 64 * MIB, at = 40 * MIB + 5;
    (void)state;
    edited_open(&edited, sample_lines(5000, 100), 5000);
    struct reader *reader = edited.sample.reader;
    assert_int_equal(ftruncate(edited.sample.fd, (off_t)size), 0);
    mapping_refresh(edited.sample.mapping);
    reader_forget(reader);
    if (!reader_hole(reader, 20 * MIB, &stretch)) {
        edited_close(&edited);
        skip();
    }
    assert_true(stretch.end == size);
    assert_true(edits_set(edited.edits, at, 0, 'x', &error));
    assert_true(reader_overlay(reader, edited.edits));
    assert_true(reader_hole(reader, 20 * MIB, &stretch));
    assert_true(stretch.begin == 20 * MIB && stretch.end == at);
    assert_false(reader_hole(reader, at, &stretch));
    assert_true(stretch.begin == at && stretch.end == at + 1);
    assert_true(reader_hole(reader, at + 1, &stretch));
    assert_true(stretch.end == size);
    assert_int_equal(reader_span(reader, at - 1, 3, &span), READER_OK);
    assert_memory_equal(span.data, "\0x\0", 3);
    edited_close(&edited);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_have_the_edits_and_beneath_is_the_file),
        cmocka_unit_test(an_edit_shows_at_once),
        cmocka_unit_test(lines_end_where_they_are_shown_to),
        cmocka_unit_test(a_hole_with_an_edit_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
