/* SPDX-License-Identifier: MIT */
/* cli: --poke, --patch, --undo, --redo and --pokes: one file, no screen, a line for each byte. Main thread.
 *
 * Standard output gets what happened to bytes, standard error why something did not. The status is 0 only if every
 * byte is on the disk. */
#include "folio/cli/poke.h"

#include "folio/cli/complain.h"
#include "folio/io/file/source.h"
#include "folio/io/journal/journal.h"
#include "folio/io/page/guard.h"
#include "folio/model/poke/load.h"
#include "folio/model/poke/words.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/** The list of --patch. */
struct cli_list {
    const char *name;
    struct poke_list list;
};

bool cli_poke_wanted(const struct cli_poke *wanted)
{
    return wanted->poke->length > 0 || wanted->expect->length > 0 || wanted->patch || wanted->undo ||
           wanted->redo || wanted->pokes != CLI_POKES_NOT;
}

/** The lines that --poke and --expect were given, a text in a line, as bytes. */
static bool cli_poke_words(const struct cli_poke *wanted, struct poke_words *words, struct error *error)
{
    const char *text = buf_string(wanted->poke);
    const char *expect = buf_string(wanted->expect);
    bool fine = true;
    while (fine && *text != '\0') {
        fine = poke_words_parse(words, text, error);
        text += strlen(text) + 1;
    }
    if (fine && wanted->poke->length > 0 && words->count == 0)
        fine = error_set(error, 0, "--poke needs OFFSET=BYTE behind it");
    return fine && (*expect == '\0' || poke_words_expect(words, 0, expect, error));
}

/** Everything that is wrong with what was asked for. */
static bool cli_poke_check(const struct cli_poke *wanted, struct error *error)
{
    bool pokes = wanted->pokes != CLI_POKES_NOT;
    int asked = (wanted->poke->length > 0) + (wanted->patch != NULL) + (wanted->undo != 0) +
                (wanted->redo != 0) + pokes;
    if (asked > 1)
        return error_set(error, 0, "--poke, --patch, --undo, --redo and --pokes exclude each other");
    if (wanted->expect->length > 0 && wanted->poke->length == 0)
        return error_set(error, 0, "--expect goes with --poke");
    if (wanted->path_count != 1) {
        return error_set(error, 0, "%s needs one file",
                         pokes                      ? "--pokes"
                         : wanted->poke->length > 0 ? "--poke"
                         : wanted->patch            ? "--patch"
                         : wanted->undo             ? "--undo"
                                                    : "--redo");
    }
    return true;
}

/** Why it was not done, or not to its end; of a list with the line that the reason is about. */
static void cli_poke_why(const struct poke_request *request, const struct poke_result *result,
                         const struct cli_list *list)
{
    struct error error;
    char place[64] = "";
    if (list && result->which < request->count)
        snprintf(place, sizeof place, ", line %zu: ", list->list.line[result->which]);
    error_set(&error, result->error.code, "%s%s%s%s", list ? list->name : "", place, result->error.message,
              result->reason == POKE_DEVICE   ? " (--write-devices)"
              : result->reason == POKE_SETUID ? " (--write-setuid)"
                                              : "");
    cli_complain(&error);
}

/**
 * What is told of each byte, in the order in which it was done; those that were not reached are left out where an
 * error says why.
 */
static bool cli_poke_report(const struct poke_request *request, const struct poke_result *result,
                            const struct cli_list *list)
{
    struct buf text = {0};
    bool fine = result->reason == POKE_FINE;
    for (size_t i = 0; i < request->count && (fine || result->written > 0); i++) {
        poke_words_say(request->byte[i].offset, (uint8_t)request->byte[i].expected, request->byte[i].value,
                       &text);
        buf_text(&text, " ");
        poke_words_outcome(result, i, &text);
        buf_text(&text, "\n");
    }
    fputs(buf_string(&text), stdout);
    buf_release(&text);
    if (!fine)
        cli_poke_why(request, result, list);
    return fflush(stdout) == 0 && fine;
}

/** --pokes. */
static bool cli_poke_list(const struct cli_poke *wanted, int fd, struct error *error)
{
    struct journal_list list;
    struct buf text = {0};
    bool fine = journal_read(NULL, fd, &list, error);
    if (!fine)
        cli_complain(error);
    else if (wanted->pokes != CLI_POKES_LIST)
        journal_xxd(&list, wanted->pokes == CLI_POKES_BACK, &text);
    else
        for (size_t i = 0; i < list.count; i++)
            poke_words_entry(&list.entry[i], &text);
    fputs(buf_string(&text), stdout);
    buf_release(&text);
    journal_release(&list);
    return fflush(stdout) == 0 && fine;
}

/**
 * Tell of what a crash left open, before more is changed. Only the last entry of a byte is about what is there. One
 * that was never stored is settled with that; of one that was, the person may still want to know.
 */
static void cli_poke_unfinished(int fd, struct journal *journal)
{
    struct journal_list list;
    struct buf text = {0};
    if (!journal_read(NULL, fd, &list, NULL))
        return;
    for (size_t i = 0; i < list.count; i++) {
        bool last = list.entry[i].state == JOURNAL_INTENT;
        for (size_t later = i + 1; last && later < list.count; later++)
            last = list.entry[later].offset != list.entry[i].offset;
        if (last) {
            buf_text(&text, "folio: from an earlier time: ");
            poke_words_entry(&list.entry[i], &text);
        }
        if (last && list.entry[i].now == list.entry[i].before)
            (void)journal_mark(journal, list.entry[i].id, JOURNAL_REFUSED, NULL);
    }
    fputs(buf_string(&text), stderr);
    buf_release(&text);
    journal_release(&list);
}

/** Store them. `list`: that they come from, NULL: none. */
static bool cli_poke_store(const struct cli_poke *wanted, int fd, struct poke_request *request,
                           const struct cli_list *list)
{
    struct poke_result result;
    struct error error = {0};
    request->fd = fd;
    request->path = wanted->path[0];
    request->consent = (wanted->write_setuid ? (unsigned)POKE_MAY_SETUID : 0) |
                       (wanted->write_devices ? (unsigned)POKE_MAY_DEVICE : 0);
    request->journal = journal_open(NULL, &error);
    if (!request->journal) {
        cli_complain(&error);
        return false;
    }
    cli_poke_unfinished(fd, request->journal);
    (void)poke_run(request, &result);
    journal_close(request->journal);
    return cli_poke_report(request, &result, list);
}

/** --undo and --redo. */
static bool cli_poke_revert(const struct cli_poke *wanted, int fd, struct error *error)
{
    enum journal_way way = wanted->undo ? JOURNAL_UNDO : JOURNAL_REDO;
    struct journal_list list;
    struct poke_plan plan = {0};
    bool fine = journal_read(NULL, fd, &list, error) && poke_plan(&list, way, wanted->id, &plan, error);
    if (!fine) {
        cli_complain(error);
    } else {
        struct poke_request request = {.byte = plan.byte, .count = plan.count, .way = way};
        fine = cli_poke_store(wanted, fd, &request, NULL);
    }
    journal_release(&list);
    poke_plan_release(&plan);
    return fine;
}

/** The list, from its file or from standard input. */
static bool cli_poke_load(const struct cli_poke *wanted, int fd, struct cli_list *list, struct error *error)
{
    struct source source;
    bool own = !source_names_stdin(wanted->patch);
    list->name = own ? wanted->patch : "standard input";
    if (!(own ? source_open(wanted->patch, &source, error) : source_adopt(0, list->name, &source, error)))
        return false;
    bool fine = poke_list_load(source.fd, list->name, (struct poke_target){.fd = fd}, &list->list, error);
    if (own)
        close(source.fd);
    return fine;
}

/** --patch. */
static bool cli_poke_patch(const struct cli_poke *wanted, int fd, struct error *error)
{
    struct cli_list list = {0};
    struct poke_request request = {0};
    bool fine = cli_poke_load(wanted, fd, &list, error);
    request.byte = list.list.byte;
    request.count = list.list.count;
    if (!fine)
        cli_complain(error);
    else if (request.count == 0)
        printf("Nothing is to be changed: all bytes of %s are so already\n", list.name);
    else
        fine = cli_poke_store(wanted, fd, &request, &list);
    poke_list_release(&list.list);
    return fflush(stdout) == 0 && fine;
}

/** The one of them that is asked for, on the file `fd`. */
static bool cli_poke_one(const struct cli_poke *wanted, int fd, const struct poke_words *words,
                         struct error *error)
{
    struct poke_request request = {.byte = words->byte, .count = words->count};
    if (wanted->pokes != CLI_POKES_NOT)
        return cli_poke_list(wanted, fd, error);
    if (wanted->patch)
        return cli_poke_patch(wanted, fd, error);
    return words->count > 0 ? cli_poke_store(wanted, fd, &request, NULL) : cli_poke_revert(wanted, fd, error);
}

static bool cli_poke_do(const struct cli_poke *wanted, const struct poke_words *words, struct error *error)
{
    struct source source;
    /* A handler of our own, though no thread is started: the byte may be gone when it is stored. */
    guard_install();
    if (source_names_stdin(wanted->path[0])) {
        error_set(error, 0, "standard input is a pipe: there is nothing to change in it");
        cli_complain(error);
        return false;
    }
    if (!source_open(wanted->path[0], &source, error)) {
        cli_complain(error);
        return false;
    }
    bool fine = cli_poke_one(wanted, source.fd, words, error);
    close(source.fd);
    return fine;
}

int cli_poke_run(const struct cli_poke *wanted, struct error *error)
{
    struct poke_words words = {0};
    int status = 2;
    if (cli_poke_check(wanted, error) && cli_poke_words(wanted, &words, error)) {
        status = 1;
        if (wanted->secure && wanted->pokes == CLI_POKES_NOT) {
            error_set(error, 0, "nothing is changed in secure mode (--secure, or LESSSECURE=1)");
            cli_complain(error);
        } else if (cli_poke_do(wanted, &words, error)) {
            status = 0;
        }
    }
    poke_words_release(&words);
    return status;
}
