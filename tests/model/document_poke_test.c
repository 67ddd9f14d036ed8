/* SPDX-License-Identifier: MIT */
/** model/document/poke, model/reader/poked: tasks about pokes, and what a document knows afterwards. */
#include "test.h"

#include "folio/io/page/guard.h"
#include "folio/model/document/document.h"
#include "folio/model/document/encoding.h"
#include "folio/model/document/poke.h"
#include "folio/model/reader/poked.h"
#include "folio/model/survey/summary.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define LINES 40000u

static char folder[64], path[96];
static struct document *document;
static struct wake *wake;
static const struct patience patient;

static int begin(void **state)
{
    struct error error;
    (void)state;
    guard_install();
    strcpy(folder, "/tmp/folio-document-poke-XXXXXX");
    assert_non_null(mkdtemp(folder));
    setenv("XDG_STATE_HOME", folder, 1);
    snprintf(path, sizeof path, "%s/file", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (unsigned line = 0; line < LINES; line++)
        fprintf(file, "line %u\n", line);
    assert_int_equal(fclose(file), 0);
    /* One for all: a helper may ring it a little later. */
    wake = wake ? wake : wake_open(&error);
    struct document_options options = {.stdin_fd = -1, .wake = wake};
    document = document_open(path, &options, &error);
    assert_non_null(document);
    survey_start(document->survey);
    return 0;
}

static int end(void **state)
{
    char command[96];
    (void)state;
    document_close(document);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

/** Wait, for a minute at most, until all lines are counted. */
static uint64_t lines(void)
{
    for (int tries = 0; tries < 1200 && !summary_state(document->lines).complete; tries++)
        wake_wait(wake, 50);
    assert_true(summary_state(document->lines).complete);
    return summary_state(document->lines).count;
}

static struct document_poke *task_begin(enum document_poke_task kind)
{
    struct error error;
    struct document_poke *task = document_poke_open(document, kind, &error);
    assert_non_null(task);
    return task;
}

static void task_wait(struct document_poke *task)
{
    struct error error;
    assert_true(document_poke_start(document, task, &error));
    for (int tries = 0; tries < 1200 && !document_poke_done(task); tries++)
        wake_wait(wake, 50);
    assert_true(document_poke_done(task));
}

/** Store one byte, and take it in; the task is to be closed. */
static struct document_poke *store(uint64_t offset, int expected, uint8_t value)
{
    struct document_poke *task = task_begin(DOCUMENT_POKE_STORE);
    bool anew;
    task->list.byte = malloc(sizeof *task->list.byte);
    assert_non_null(task->list.byte);
    *task->list.byte = (struct poke_byte){.offset = offset, .expected = expected, .value = value};
    task->list.count = 1;
    task_wait(task);
    assert_true(document_poke_take(document, task, patient, &anew));
    assert_false(anew);
    return task;
}

static int shown(uint64_t offset)
{
    struct span span;
    assert_int_equal(reader_span(document->reader, offset, 1, &span), READER_OK);
    return (unsigned char)span.data[0];
}

/** What was counted, read and seen of the file is right, and its new time is no news. */
static void everything_knows_of_a_poke(void **state)
{
    (void)state;
    assert_int_equal(lines(), LINES);
    assert_int_equal(document_look(document, true), 0);
    assert_int_equal(shown(6), '\n');
    struct document_poke *task = store(6, '\n', ' ');
    assert_true(task->fine);
    assert_int_equal(task->result.written, 1);
    assert_int_equal(shown(6), ' ');
    assert_int_equal(lines(), LINES - 1);
    assert_int_equal(document_look(document, true), 0);
    document_poke_close(task);
    task = store(6, ' ', '\n');
    assert_int_equal(lines(), LINES);
    document_poke_close(task);
    /* A look that waits until another time is believed: still none but ours. */
    for (int look = 0; look < 4; look++) {
        nanosleep(&(struct timespec){0, 60 * 1000000}, NULL);
        assert_int_equal(document_look(document, true), 0);
    }
    /* When it grows, it is not taken for another file. */
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    fputs("more\n", file);
    fclose(file);
    assert_int_equal(document_look(document, true), DOCUMENT_GREW);
    assert_int_equal(lines(), LINES + 1);
}

/** A change of somebody else is news, also one that came right before ours. */
static void another_change_is_news(void **state)
{
    unsigned change = 0;
    (void)state;
    assert_int_equal(document_look(document, true), 0);
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 12345}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    document_poke_close(store(100, POKE_ANY, 'x'));
    for (int tries = 0; tries < 3000 && change == 0; tries++) {
        nanosleep(&(struct timespec){0, 20 * 1000000}, NULL);
        change = document_look(document, true);
    }
    assert_int_equal(change, DOCUMENT_REWRITTEN);
}

/** One that is refused leaves everything known. */
static void a_refusal_changes_nothing(void **state)
{
    (void)state;
    assert_int_equal(lines(), LINES);
    unsigned generation = survey_generation(document->survey);
    struct document_poke *task = store(0, 'x', 'y');
    assert_false(task->fine);
    assert_int_equal(task->result.reason, POKE_CHANGED);
    assert_non_null(strstr(task->error.message, "expected 78, found 6c"));
    assert_int_equal(survey_generation(document->survey), generation);
    document_poke_close(task);
}

/** The encoding is guessed again from what is there now. */
static void the_beginning_is_looked_at_again(void **state)
{
    (void)state;
    bool sure;
    assert_false(document_binary(document));
    document_encoding(document, &sure);
    document_poke_close(store(0, 'l', 0));
    document_poke_close(store(1, 'i', 0));
    assert_int_equal(shown(0), 0);
    assert_true(document_binary(document));
}

/** The journal, an undo, a list of pokes: what each finds. */
static void tasks_find_what_is_to_be_done(void **state)
{
    char list[96];
    (void)state;
    document_poke_close(store(0, 'l', 'L'));
    document_poke_close(store(5, '0', '1'));
    struct document_poke *task = task_begin(DOCUMENT_POKE_BOOK);
    task_wait(task);
    assert_true(task->fine);
    assert_int_equal(task->book.count, 2);
    assert_int_equal(task->book.entry[1].now, '1');
    document_poke_close(task);
    task = task_begin(DOCUMENT_POKE_PLAN);
    task->way = JOURNAL_UNDO;
    task_wait(task);
    assert_true(task->fine);
    assert_int_equal(task->list.count, 1);
    assert_int_equal(task->list.byte[0].offset, 5);
    assert_int_equal(task->list.byte[0].value, '0');
    document_poke_close(task);
    task = task_begin(DOCUMENT_POKE_PLAN);
    task->way = JOURNAL_REDO;
    task_wait(task);
    assert_false(task->fine);
    assert_string_equal(task->error.message, "there is nothing to redo in this file");
    document_poke_close(task);
    snprintf(list, sizeof list, "%s/list", folder);
    FILE *file = fopen(list, "w");
    assert_non_null(file);
    fputs("1: 69 -> 49\n2: 4e\n", file);
    fclose(file);
    task = task_begin(DOCUMENT_POKE_PATCH);
    task->source = strdup(list);
    task_wait(task);
    assert_true(task->fine);
    assert_int_equal(task->list.count, 2);
    assert_int_equal(task->list.line[1], 2);
    document_poke_close(task);
}

/** A task that nobody waits for any more comes to its end. */
static void a_closed_task_goes_on(void **state)
{
    struct error error;
    atomic_uint running = 0;
    (void)state;
    for (uint8_t round = 0; round < 20; round++) {
        struct document_poke *task = task_begin(DOCUMENT_POKE_STORE);
        task->list.byte = calloc(1, sizeof *task->list.byte);
        assert_non_null(task->list.byte);
        *task->list.byte = (struct poke_byte){.offset = round, .expected = POKE_ANY, .value = 'z'};
        task->list.count = 1;
        task->running = &running;
        assert_true(document_poke_start(document, task, &error));
        document_poke_close(task);
    }
    for (int tries = 0; tries < 6000 && atomic_load(&running) > 0; tries++)
        nanosleep(&(struct timespec){0, 10 * 1000000}, NULL);
    assert_int_equal(atomic_load(&running), 0);
    reader_forget(document->reader);
    for (uint64_t offset = 0; offset < 20; offset++)
        assert_int_equal(shown(offset), 'z');
}

static void poked_bytes_are_found(void **state)
{
    (void)state;
    struct poked *poked = poked_open();
    const struct poked_byte *byte;
    assert_non_null(poked);
    assert_int_equal(poked_in(NULL, (struct range){0, 100}, &byte), 0);
    for (uint64_t offset = 0; offset < 1000; offset++)
        poked_note(poked, offset * 7919 % 1000 * 3, offset % 2 != 0);
    assert_int_equal(poked_in(poked, (struct range){0, 3000}, &byte), 1000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(byte[i].offset, i * 3);
    assert_int_equal(poked_in(poked, (struct range){4, 10}, &byte), 2);
    assert_int_equal(byte[0].offset, 6);
    poked_note(poked, 6, true);
    assert_int_equal(poked_in(poked, (struct range){6, 7}, &byte), 1);
    assert_true(byte[0].failed);
    poked_note(poked, 6, false);
    assert_int_equal(poked_in(poked, (struct range){6, 7}, &byte), 1);
    assert_false(byte[0].failed);
    poked_close(poked);
    poked_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everything_knows_of_a_poke, begin, end),
        cmocka_unit_test_setup_teardown(another_change_is_news, begin, end),
        cmocka_unit_test_setup_teardown(a_refusal_changes_nothing, begin, end),
        cmocka_unit_test_setup_teardown(the_beginning_is_looked_at_again, begin, end),
        cmocka_unit_test_setup_teardown(tasks_find_what_is_to_be_done, begin, end),
        cmocka_unit_test_setup_teardown(a_closed_task_goes_on, begin, end),
        cmocka_unit_test(poked_bytes_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
