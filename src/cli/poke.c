/* SPDX-License-Identifier: MIT */
/* cli: --poke, --patch, --undo, --redo and --pokes: one file, no screen, a line for each byte. Main thread.
 *
 * Standard output gets what happened to bytes, standard error why something did not. The status is 0 only if every
 * byte is on the disk. */
#include "folio/cli/poke.h"

#include "words.h"

#include "folio/base/glyph/glyph.h"
#include "folio/cli/complain.h"
#include "folio/io/file/source.h"
#include "folio/io/journal/journal.h"
#include "folio/io/page/guard.h"
#include "folio/model/poke/load.h"
#include "folio/model/poke/words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/** The list of --patch. */
struct cli_list {
    const char *name;
    struct poke_list list;
};

/** Bytes that are told of in a line each where there are many more: the first of them. */
#define CLI_ROWS 8u
/** So many are still no more than all of them. */
#define CLI_ROWS_ALL 16u
/** How often an undo is planned anew. */
#define CLI_POKE_TRIES 100

bool cli_poke_wanted(const struct cli_poke *wanted)
{
    return wanted->poke->length > 0 || wanted->expect->length > 0 || wanted->patch || wanted->undo ||
           wanted->redo || wanted->pokes != CLI_POKES_NOT;
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
    if (wanted->force && !wanted->undo && !wanted->redo)
        return error_set(error, 0, "--force goes with --undo or --redo");
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

/** Did all that was printed arrive? What was done is done (`done`), so this is said of the printing alone. */
static bool cli_poke_printed(bool done)
{
    struct error error;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    error_system(&error, errno, "%s cannot be printed on standard output%s",
                 done ? "what was done" : "the answer", done ? " (--pokes tells it again)" : "");
    cli_complain(&error);
    return false;
}

/** The byte from which on an outcome is another one than that of byte `i`. */
static size_t cli_poke_turn(const struct poke_result *result, size_t i, size_t count)
{
    const size_t turn[] = {result->written, result->synced, result->verified};
    for (size_t k = 0; k < sizeof turn / sizeof *turn; k++)
        count = turn[k] > i && turn[k] < count ? turn[k] : count;
    return count;
}

/** Of many bytes that came to the same: how many, where, to what. */
static void cli_poke_rest(const struct poke_request *request, const struct poke_result *result, size_t first,
                          size_t end, struct buf *out)
{
    const struct poke_byte *byte = request->byte;
    buf_format(out, "%zu more, from 0x%08" PRIx64 " to 0x%08" PRIx64 ": ", end - first, byte[first].offset,
               byte[end - 1].offset);
    poke_words_outcome(result, first, out);
    buf_text(out, "\n");
}

/**
 * What is told of each byte, in the order in which it was done, and of a long list together; those that were not reached
 * are left out where an error says why.
 */
static bool cli_poke_report(const struct poke_request *request, const struct poke_result *result,
                            const struct cli_list *list)
{
    struct buf text = {0};
    bool fine = result->reason == POKE_FINE;
    size_t told = !fine && result->written == 0 ? 0 : request->count;
    size_t rows = told > CLI_ROWS_ALL ? CLI_ROWS : told;
    for (size_t i = 0; i < rows; i++) {
        poke_words_say(request->byte[i].offset, (uint8_t)request->byte[i].expected, request->byte[i].value,
                       &text);
        buf_text(&text, " ");
        poke_words_outcome(result, i, &text);
        buf_text(&text, "\n");
    }
    for (size_t i = rows, end; i < told; i = end) {
        end = cli_poke_turn(result, i, told);
        cli_poke_rest(request, result, i, end, &text);
    }
    fputs(buf_string(&text), stdout);
    buf_release(&text);
    if (!fine)
        cli_poke_why(request, result, list);
    return cli_poke_printed(result->written > 0) && fine;
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
    return cli_poke_printed(false) && fine;
}

/** Tell in a line what was left open: one as --pokes prints it, or how many came to what. */
static void cli_poke_tell(const struct journal_unfinished *unfinished)
{
    struct buf text = {0};
    buf_text(&text, "folio: from an earlier time: ");
    if (unfinished->count == 1) {
        poke_words_entry(unfinished->first, &text);
    } else {
        poke_words_unfinished(unfinished, "--undo", &text);
        buf_text(&text, "\n");
    }
    fputs(buf_string(&text), stderr);
    buf_release(&text);
}

/** Tell of what a crash left open, and settle it, before more is changed. */
static void cli_poke_unfinished(int fd, struct journal *journal)
{
    struct journal_list list = {0};
    if (journal_suspects(NULL, fd) && journal_settle(journal, fd, &list, NULL)) {
        struct journal_unfinished unfinished = journal_unfinished(&list);
        if (unfinished.count > 0)
            cli_poke_tell(&unfinished);
    }
    journal_release(&list);
}

/** Another program holds the journal: that may last, and ^C ends it, for nothing is changed yet. */
static void cli_poke_held(void *context)
{
    (void)context;
    cli_complain_text("the journal of pokes is held by another program; waiting for it (^C gives up)");
}

/**
 * Carry it out and tell. `list`: that they come from, NULL: none. `*stale`: nothing is done or told, for the journal has
 * news since the plan was made; NULL: there was no plan.
 */
static bool cli_poke_store(const struct cli_poke *wanted, int fd, struct poke_request *request,
                           const struct cli_list *list, bool *stale)
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
    journal_waits(request->journal, &(struct journal_wait){.held = cli_poke_held});
    cli_poke_unfinished(fd, request->journal);
    (void)poke_run(request, &result);
    bool old = stale && result.reason == POKE_JOURNAL && result.error.code == ESTALE;
    bool fine = !old && cli_poke_report(request, &result, list);
    if (stale)
        *stale = old;
    journal_close(request->journal);
    return fine;
}

/** Pokes that are taken back already: an undo goes on with what is below them. */
static void cli_poke_passed(size_t passed)
{
    struct buf text = {0};
    if (passed == 0)
        return;
    poke_words_passed(passed, &text);
    cli_complain_text(buf_string(&text));
    buf_release(&text);
}

/** --undo and --redo, once. */
static bool cli_poke_revert_once(const struct cli_poke *wanted, int fd, bool *stale, struct error *error)
{
    struct journal_list list;
    struct poke_plan plan = {0};
    struct poke_wish wish = {
        .way = wanted->undo ? JOURNAL_UNDO : JOURNAL_REDO, .id = wanted->id, .force = wanted->force};
    bool fine = journal_read(NULL, fd, &list, error) && poke_plan(&list, &wish, &plan, error);
    if (!fine) {
        cli_complain(error);
    } else {
        struct poke_request request = {
            .byte = plan.byte, .count = plan.count, .way = wish.way, .since = plan.since};
        fine = cli_poke_store(wanted, fd, &request, NULL, stale);
        if (!*stale)
            cli_poke_passed(plan.passed);
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

/** A list that changes nothing. False: that cannot be printed. */
static bool cli_poke_nothing(const char *name)
{
    char harmless[4096];
    glyph_text(name, strlen(name), harmless, sizeof harmless);
    printf("Nothing is to be changed: all bytes of %s are so already\n", harmless);
    return cli_poke_printed(false);
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
        fine = cli_poke_nothing(list.name);
    else
        fine = cli_poke_store(wanted, fd, &request, &list, NULL);
    poke_list_release(&list.list);
    return fine;
}

/** --undo and --redo. Another folio may come between the plan and the store: then it is planned again. */
static bool cli_poke_revert(const struct cli_poke *wanted, int fd, struct error *error)
{
    bool stale = true;
    bool fine = false;
    for (int tries = 0; stale && tries < CLI_POKE_TRIES; tries++) {
        stale = false;
        fine = cli_poke_revert_once(wanted, fd, &stale, error);
    }
    if (stale)
        cli_complain_text("nothing is changed: other folios change this file all the time");
    return fine;
}

/** --poke, now that the file is known. */
static bool cli_poke_bytes(const struct cli_poke *wanted, int fd, struct poke_words *words,
                           struct error *error)
{
    struct source_state state = {0};
    (void)source_state(fd, &state);
    const struct reckon_scene scene = {.size = state.size};
    if (!cli_poke_words(wanted, &scene, words, error)) {
        cli_complain(error);
        return false;
    }
    struct poke_request request = {.byte = words->byte, .count = words->count};
    return cli_poke_store(wanted, fd, &request, NULL, NULL);
}

/** The one of them that is asked for, on the file `fd`. */
static bool cli_poke_one(const struct cli_poke *wanted, int fd, struct poke_words *words, struct error *error)
{
    if (wanted->pokes != CLI_POKES_NOT)
        return cli_poke_list(wanted, fd, error);
    if (wanted->patch)
        return cli_poke_patch(wanted, fd, error);
    return words->count > 0 ? cli_poke_bytes(wanted, fd, words, error) : cli_poke_revert(wanted, fd, error);
}

/** Why nothing is changed in what standard input is. Always false. */
static bool cli_poke_refuse_input(struct error *error)
{
    struct source source;
    if (!source_adopt(0, "standard input", &source, error))
        return false;
    return error_set(error, 0,
                     source.kind == SOURCE_STREAM
                         ? "standard input is a pipe: there is nothing to change in it"
                         : "standard input is a file that somebody else opened: name it"
                           " in place of -");
}

static bool cli_poke_do(const struct cli_poke *wanted, struct poke_words *words, struct error *error)
{
    struct source source;
    /* A handler of our own, though no thread is started: the byte may be gone when it is stored. */
    guard_install();
    if (source_names_stdin(wanted->path[0])) {
        (void)cli_poke_refuse_input(error);
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
    if (cli_poke_check(wanted, error) && cli_poke_words(wanted, NULL, &words, error)) {
        status = 1;
        if (wanted->secure && wanted->pokes == CLI_POKES_NOT) {
            error_set(error, 0, "nothing is changed in secure mode (--secure, or LESSSECURE)");
            cli_complain(error);
        } else if (cli_poke_do(wanted, &words, error)) {
            status = 0;
        }
    }
    poke_words_release(&words);
    return status;
}
