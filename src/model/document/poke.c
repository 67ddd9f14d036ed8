/* SPDX-License-Identifier: MIT */
/* model: tasks about pokes (see the header). View thread; what is named task_... runs on a helper.
 *
 * Two hold on to a task, its owner and the helper; the last one frees it. `done` is stored when everything else is, and
 * the helper touches nothing but the count afterwards. */
#include "folio/model/document/poke.h"

#include "inside.h"

#include "folio/io/file/source.h"
#include "folio/io/thread/pool.h"
#include "folio/model/poke/load.h"
#include "folio/model/poke/words.h"
#include "folio/model/survey/forget.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** One who held on to it does so no more. */
static void poke_drop(struct document_poke *poke)
{
    if (atomic_fetch_sub(&poke->holders, 1) > 1)
        return;
    journal_release(&poke->book);
    buf_release(&poke->said);
    poke_list_release(&poke->list);
    edits_close(poke->over);
    close(poke->fd);
    free(poke->source);
    free(poke->path);
    free(poke);
}

struct document_poke *document_poke_open(const struct document *document, enum document_poke_task task,
                                         struct error *error)
{
    const struct document_inside *inside = document->inside;
    struct document_poke *poke = calloc(1, sizeof *poke);
    if (!poke || (!inside->is_stdin && !(poke->path = strdup(document->name)))) {
        free(poke);
        error_set(error, 0, "out of memory");
        return NULL;
    }
    poke->task = task;
    poke->wake = inside->wake;
    poke->known_ns = inside->state.modified_ns;
    atomic_store(&poke->holders, 1);
    poke->fd = fcntl(inside->spool ? spool_fd(inside->spool) : inside->fd, F_DUPFD_CLOEXEC, 3);
    if (poke->fd >= 0)
        return poke;
    error_system(error, errno, "%s", document->name);
    free(poke->path);
    free(poke);
    return NULL;
}

/** How far a STORE is with the journal. From WAITS on it can be given up until it has the book for itself. */
enum poke_stage { POKE_STAGE_BEGINS, POKE_STAGE_WAITS, POKE_STAGE_HAS, POKE_STAGE_GIVEN_UP };

/** Another program holds the journal. */
static void task_held(void *context)
{
    struct document_poke *poke = context;
    int begins = POKE_STAGE_BEGINS;
    if (atomic_compare_exchange_strong(&poke->stage, &begins, POKE_STAGE_WAITS))
        wake_ring(poke->wake);
}

/** The step from what can be given up to `stage`; false: it is too late, or somebody else has taken another. */
static bool task_step(struct document_poke *poke, enum poke_stage stage)
{
    int before = POKE_STAGE_BEGINS;
    while (before < POKE_STAGE_HAS)
        if (atomic_compare_exchange_weak(&poke->stage, &before, (int)stage))
            return true;
    return false;
}

/** The journal is ours now: does anybody still want it? */
static bool task_ours(void *context)
{
    return task_step(context, POKE_STAGE_HAS);
}

/** What the journal says of pokes that a crash left open is settled before more is changed. */
static void task_settle(const struct document_poke *poke, struct journal *journal)
{
    struct journal_list list;
    (void)journal_settle(journal, poke->fd, &list, NULL);
    journal_release(&list);
}

static bool task_store(struct document_poke *poke)
{
    struct source_state state;
    struct journal *journal = journal_open(NULL, &poke->error);
    if (!journal) {
        poke->result.reason = POKE_JOURNAL;
        return false;
    }
    journal_waits(journal, &(struct journal_wait){.held = task_held, .ours = task_ours, .context = poke});
    if (poke->settle)
        task_settle(poke, journal);
    struct poke_request request = {.fd = poke->fd,
                                   .path = poke->path,
                                   .byte = poke->list.byte,
                                   .count = poke->list.count,
                                   .consent = poke->consent,
                                   .journal = journal,
                                   .way = poke->way,
                                   .since = poke->since,
                                   .progress = poke->progress};
    poke->before_ns = source_state(poke->fd, &state) ? state.modified_ns : 0;
    bool fine = poke_run(&request, &poke->result);
    poke->error = poke->result.error;
    journal_close(journal);
    return fine;
}

static bool task_plan(struct document_poke *poke)
{
    struct journal_list book;
    struct poke_plan plan = {0};
    struct poke_wish wish = {.way = poke->way, .id = poke->id};
    bool fine =
        journal_read(NULL, poke->fd, &book, &poke->error) && poke_plan(&book, &wish, &plan, &poke->error);
    poke->list = (struct poke_list){.byte = plan.byte, .count = plan.count};
    poke->since = plan.since;
    poke->passed = plan.passed;
    journal_release(&book);
    return fine;
}

static bool task_book(struct document_poke *poke)
{
    return journal_read(NULL, poke->fd, &poke->book, &poke->error);
}

/** Nearly always there is nothing, and that is found without reading all of the journal. */
static bool task_look(struct document_poke *poke)
{
    struct journal_list list = {0};
    bool fine = !journal_suspects(NULL, poke->fd) || journal_read(NULL, poke->fd, &list, &poke->error);
    struct journal_unfinished unfinished = journal_unfinished(&list);
    poke_words_unfinished(&unfinished, ":undo", &poke->said);
    poke->unsettled = unfinished.count > unfinished.unreadable;
    journal_release(&list);
    return fine;
}

static bool task_patch(struct document_poke *poke)
{
    struct source source;
    if (!source_open(poke->source, &source, &poke->error))
        return false;
    bool fine = poke_list_load(source.fd, poke->source, (struct poke_target){poke->fd, poke->over},
                               &poke->list, &poke->error);
    close(source.fd);
    return fine;
}

/** Nobody who wants to leave must wait for it any more. */
static void poke_uncount(struct document_poke *poke)
{
    if (atomic_exchange(&poke->counted, false))
        atomic_fetch_sub(poke->running, 1);
}

static void task_run(void *context)
{
    static bool (*const task[DOCUMENT_POKE_TASKS])(struct document_poke * poke) = {
        [DOCUMENT_POKE_STORE] = task_store, [DOCUMENT_POKE_PLAN] = task_plan,
        [DOCUMENT_POKE_BOOK] = task_book,   [DOCUMENT_POKE_LOOK] = task_look,
        [DOCUMENT_POKE_PATCH] = task_patch,
    };
    struct document_poke *poke = context;
    struct wake *wake = poke->wake;
    poke->fine = task[poke->task](poke);
    poke_uncount(poke);
    atomic_store(&poke->done, true);
    poke_drop(poke);
    wake_ring(wake);
}

bool document_poke_start(struct document *document, struct document_poke *poke, struct error *error)
{
    atomic_fetch_add(&poke->holders, 1);
    atomic_store(&poke->counted, poke->running != NULL);
    if (poke->running)
        atomic_fetch_add(poke->running, 1);
    if (pool_help(task_run, poke)) {
        document->inside->poking += poke->task == DOCUMENT_POKE_STORE;
        return true;
    }
    poke_uncount(poke);
    atomic_fetch_sub(&poke->holders, 1);
    return error_set(error, 0, "no thread can be had, so nothing was done");
}

bool document_poke_done(const struct document_poke *poke)
{
    return atomic_load(&poke->done);
}

bool document_poke_waits(const struct document_poke *poke)
{
    return atomic_load(&poke->stage) == POKE_STAGE_WAITS;
}

bool document_poke_give_up(struct document *document, struct document_poke *poke)
{
    if (!task_step(poke, POKE_STAGE_GIVEN_UP))
        return false;
    poke_uncount(poke);
    document->inside->poking--;
    return true;
}

void document_poke_close(struct document_poke *poke)
{
    if (poke)
        poke_drop(poke);
}

/**
 * Does the view show another byte than the one the cache holds? False: that cannot be asked yet. A byte that nobody can
 * read tells nothing.
 */
static bool poke_stale(const struct document_inside *inside, const struct document_poke *poke,
                       struct patience patience, bool *stale)
{
    const struct poke_result *result = &poke->result;
    size_t which = poke->fine ? poke->list.count - 1 : result->which, copied = 0;
    unsigned char byte = 0;
    *stale = false;
    if (result->stored == 0 || result->cached < 0)
        return true;
    enum mapping_result read =
        mapping_copy(inside->mapping, poke->list.byte[which].offset, &byte, 1, &copied, patience, NULL);
    *stale = read == MAPPING_OK && copied == 1 && byte != result->cached;
    return read != MAPPING_GIVEN_UP;
}

/** What the document remembers of the beginning of the file must be what is there now. */
static void poke_remember(struct document *document, const struct poke_byte *byte)
{
    struct document_inside *inside = document->inside;
    if (byte->offset < inside->head_length)
        inside->head[byte->offset] = (char)byte->value;
    if (byte->offset < KIND_SAMPLE)
        document_forget(document);
}

/** The survey counts anew around the bytes that were stored; they are in the order of their offsets, or nearly. */
static void poke_forget(struct document *document, const struct document_poke *poke)
{
    struct range range = {0, 0};
    for (size_t i = 0; i < poke->result.stored; i++) {
        uint64_t offset = poke->list.byte[i].offset;
        if (i < poke->result.written)
            poke_remember(document, &poke->list.byte[i]);
        bool joins = range.begin < range.end && offset + SURVEY_BLOCK >= range.begin &&
                     offset < range.end + SURVEY_BLOCK;
        if (!joins) {
            survey_forget(document->survey, range);
            range = (struct range){offset, offset + 1};
        }
        range.begin = offset < range.begin ? offset : range.begin;
        range.end = offset >= range.end ? offset + 1 : range.end;
    }
    survey_forget(document->survey, range);
}

bool document_poke_take(struct document *document, struct document_poke *poke, struct patience patience,
                        bool *anew)
{
    struct document_inside *inside = document->inside;
    const struct poke_result *result = &poke->result;
    if (!poke_stale(inside, poke, patience, anew))
        return false;
    inside->poking--;
    /* Somebody else's change, between our last look and the poke, stays news. */
    if (result->stored > 0 && result->modified_ns != 0 && poke->before_ns == poke->known_ns &&
        inside->state.modified_ns == poke->known_ns) {
        inside->state.modified_ns = result->modified_ns;
        inside->suspect_since = 0;
    }
    reader_forget(document->reader);
    if (result->stored > 0)
        poke_forget(document, poke);
    if (*anew) {
        mapping_anew(inside->mapping);
        survey_resize(document->survey, mapping_size(inside->mapping), true);
    }
    return true;
}
