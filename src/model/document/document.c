/* SPDX-License-Identifier: MIT */
/*
 * model: the open file and how it changes under us (see the header). View thread.
 *
 * A growing file keeps what is known of it; for that its beginning must be what it was, so the first 4 KiB are kept
 * and compared: a log that was truncated and written anew may well be larger than before when one looks again.
 */
#include "folio/model/document/document.h"

#include "inside.h"

#include "folio/io/file/copy.h"
#include "folio/io/thread/clock.h"
#include "folio/model/document/beside.h"
#include "folio/model/known/lines.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Another time at the same size for this long, in ms, means that the file was rewritten. */
#define REWRITTEN_AFTER 100

static struct document *document_new(const char *name)
{
    struct document *document = calloc(1, sizeof *document);
    struct document_inside *inside = calloc(1, sizeof *inside + strlen(name) + 1);
    if (!document || !inside) {
        free(document);
        free(inside);
        return NULL;
    }
    strcpy(inside->name, name);
    inside->fd = -1;
    document->inside = inside;
    document->name = inside->name;
    return document;
}

/** Mapping, reader, survey and lines over the descriptor that is there now. */
static bool document_build(struct document *document, const struct document_options *options,
                           struct error *error)
{
    struct document_inside *inside = document->inside;
    int fd = document_fd(document);
    inside->wake = options->wake;
    inside->mapping = mapping_open(fd, document->name, options->kind, options->advice, error);
    if (!inside->mapping)
        return false;
    document->reader = reader_open(inside->mapping);
    if (!document->reader)
        return error_set(error, 0, "%s: out of memory", document->name);
    document->survey = survey_open(fd, mapping_size(inside->mapping), document_workers(), options->advice,
                                   options->wake, error);
    if (document->survey)
        document->lines = lines_open(document->survey, document->inside->encoding, error);
    return document->lines != NULL;
}

/** Open the source behind the name: a file stays one, a stream goes to a spool. */
static bool document_source(struct document *document, const struct document_options *options,
                            struct error *error)
{
    struct document_inside *inside = document->inside;
    struct source source;
    inside->is_stdin = source_names_stdin(document->name) && options->stdin_fd >= 0;
    if (inside->is_stdin ? !source_adopt(options->stdin_fd, "standard input", &source, error)
                         : !source_open(document->name, &source, error))
        return false;
    if (source.kind != SOURCE_FILE) {
        inside->spool =
            spool_open(source.fd, document->name, source.kind == SOURCE_FIFO, options->wake, error);
        inside->streaming = inside->spool != NULL;
        return inside->streaming;
    }
    inside->fd = source.fd;
    if (!source_state(source.fd, &inside->state))
        return error_system(error, errno, "%s", document->name);
    if (!inside->is_stdin)
        inside->watch = watch_open(document->name, options->wake, NULL);
    return true;
}

struct document *document_open(const char *name, const struct document_options *options, struct error *error)
{
    struct document *document = document_new(name);
    if (!document) {
        error_set(error, 0, "%s: out of memory", name);
        return NULL;
    }
    if (!document_source(document, options, error) || !document_build(document, options, error)) {
        document_close(document);
        return NULL;
    }
    return document;
}

struct document *document_open_text(const char *name, const char *text, size_t length,
                                    const struct document_options *options, struct error *error)
{
    struct document *document = document_new(name);
    if (!document) {
        error_set(error, 0, "%s: out of memory", name);
        return NULL;
    }
    document->inside->fd = copy_memory(name, text, length, error);
    if (document->inside->fd < 0 || !source_state(document->inside->fd, &document->inside->state) ||
        !document_build(document, options, error)) {
        document_close(document);
        return NULL;
    }
    return document;
}

struct document *document_open_stream(const char *name, int fd, const struct document_options *options,
                                      struct error *error)
{
    struct document *document = document_new(name);
    struct spool *spool = document ? spool_open(fd, name, false, options->wake, error) : NULL;
    if (!spool) {
        close(fd);
        document_close(document);
        if (!document)
            error_set(error, 0, "%s: out of memory", name);
        return NULL;
    }
    document->inside->spool = spool;
    document->inside->is_stdin = document->inside->streaming = true;
    if (document_build(document, options, error))
        return document;
    document_close(document);
    return NULL;
}

void document_close(struct document *document)
{
    if (!document)
        return;
    struct document_inside *inside = document->inside;
    if (document->survey)
        lines_close(document->survey, document->lines);
    survey_close(document->survey);
    reader_close(document->reader);
    mapping_close(inside->mapping);
    watch_close(inside->watch);
    kind_close(inside->kind);
    spool_close(inside->spool);
    if (inside->fd >= 0)
        close(inside->fd);
    free(inside);
    free(document);
}

/** Does the beginning differ from what was seen first? Remembers it at the first chance. */
static bool document_head_differs(struct document *document)
{
    struct document_inside *inside = document->inside;
    char head[HEAD];
    size_t length = document_peek(document, head, sizeof head);
    bool differs = length >= inside->head_length && memcmp(head, inside->head, inside->head_length) != 0;
    if (length > inside->head_length || differs) {
        memcpy(inside->head, head, length);
        inside->head_length = length;
    }
    return differs;
}

/** A spool only grows. Its end is looked at before its size, so that nothing comes after an end that was seen. */
static unsigned document_look_spool(struct document *document)
{
    struct document_inside *inside = document->inside;
    struct error error;
    inside->streaming = spool_state(inside->spool) == SPOOL_READING;
    if (!document->failure[0] && spool_error(inside->spool, &error))
        snprintf(document->failure, sizeof document->failure, "%s", error.message);
    if (!mapping_refresh(inside->mapping))
        return 0;
    reader_forget(document->reader);
    survey_resize(document->survey, mapping_size(inside->mapping), false);
    return DOCUMENT_GREW;
}

/** The state of the file at a moment when the mapping has the same size. False when fstat fails. */
static bool document_state(struct document_inside *inside, struct source_state *state)
{
    for (int attempt = 0; attempt < 4; attempt++) {
        mapping_refresh(inside->mapping);
        if (!source_state(inside->fd, state))
            return false;
        if (state->size == mapping_size(inside->mapping))
            return true;
    }
    state->size =
        mapping_size(inside->mapping); /* it grows faster than one can look; the next look goes on here */
    return true;
}

/**
 * Another time at the same size: is it sure that the file was rewritten? A writer that appends moves the time before
 * the size, so one look may see the one without the other.
 */
static bool document_suspect(struct document_inside *inside, const struct source_state *now)
{
    if (inside->suspect_since == 0 || inside->suspect_ns != now->modified_ns) {
        inside->suspect_since = clock_ms();
        inside->suspect_ns = now->modified_ns;
    }
    return clock_ms() - inside->suspect_since < REWRITTEN_AFTER;
}

/** Compare what fstat says with what it said before, and remember it. */
static unsigned document_compare(struct document *document, const struct source_state *now)
{
    struct document_inside *inside = document->inside;
    const struct source_state before = inside->state;
    bool touched = now->size == before.size && now->modified_ns != before.modified_ns;
    if (touched && (inside->poking || document_suspect(inside, now)))
        return 0;
    inside->suspect_since = 0;
    inside->state = *now;
    if (now->size < before.size)
        return DOCUMENT_SHRANK;
    if (now->size > before.size)
        return document_head_differs(document) ? DOCUMENT_REWRITTEN | DOCUMENT_GREW : DOCUMENT_GREW;
    return touched ? DOCUMENT_REWRITTEN : 0;
}

/** Is another file, or none, at the path? */
static unsigned document_look_path(const struct document *document)
{
    const struct document_inside *inside = document->inside;
    struct source_identity there;
    if (!inside->watch)
        return 0;
    if (!source_at(document->name, &there))
        return DOCUMENT_DELETED;
    bool same = there.device == inside->state.identity.device && there.inode == inside->state.identity.inode;
    return same ? 0 : DOCUMENT_REPLACED;
}

unsigned document_look(struct document *document, bool now)
{
    struct document_inside *inside = document->inside;
    struct source_state state;
    if (inside->spool)
        return document_look_spool(document);
    if (!watch_due(inside->watch) && !now)
        return 0;
    if (inside->head_length == 0)
        document_head_differs(document);
    if (!document_state(inside, &state))
        return 0;
    unsigned change = document_look_path(document);
    change |= document_compare(document, &state);
    if (change & (DOCUMENT_GREW | DOCUMENT_SHRANK | DOCUMENT_REWRITTEN)) {
        reader_forget(document->reader);
        bool anew = (change & (DOCUMENT_SHRANK | DOCUMENT_REWRITTEN)) != 0;
        if (anew)
            document_forget(document);
        survey_resize(document->survey, mapping_size(inside->mapping), anew);
    }
    return change;
}

void document_prefetch(struct document *document, struct range range)
{
    mapping_prefetch(document->inside->mapping, range);
}

void document_want(struct document *document, uint64_t offset)
{
    if (document->inside->spool)
        spool_want(document->inside->spool, offset);
}

void document_follow(struct document *document, bool followed)
{
    struct document_inside *inside = document->inside;
    if (!inside->spool)
        return;
    spool_follow(inside->spool, followed);
    inside->streaming = inside->streaming || spool_state(inside->spool) == SPOOL_READING;
}

const char *document_kind(struct document *document, const char **unpacker)
{
    struct document_inside *inside = document->inside;
    const char *text = kind_text(inside->kind);
    if (!inside->kind && mapping_size(inside->mapping) > 0) {
        char *sample = malloc(KIND_SAMPLE);
        size_t length = sample ? document_peek(document, sample, KIND_SAMPLE) : 0;
        if (length) {
            inside->unpacker = kind_unpacker((struct span){sample, length});
            inside->kind = kind_open((struct span){sample, length}, inside->wake);
        }
        free(sample);
    }
    if (unpacker)
        *unpacker = inside->unpacker;
    return text ? text : "";
}
