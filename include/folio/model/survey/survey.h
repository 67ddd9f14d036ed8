/* SPDX-License-Identifier: MIT */
/**
 * model: the survey. Walks a file in the background and keeps a few bytes per block of 64 KiB for each summary.
 *
 * The survey knows how to walk (which chunk next, on which worker, holes, growth, cancelling, totals); a *summary
 * kind* (model/survey/summary_kind) knows what to count in one block. Adding a kind of knowledge is such a struct with
 * a scan function, never a loop or a thread of its own. Running totals over the blocks make each summary a rank
 * directory: "how many before this byte" and "which block holds number N" are answered without reading the file.
 *
 * Threads: everything declared here is called by one thread, the owner's (the view thread); the workers are inside.
 * Opaque.
 */
#ifndef FOLIO_MODEL_SURVEY_SURVEY_H
#define FOLIO_MODEL_SURVEY_SURVEY_H

#include "folio/base/bytes/error.h"
#include "folio/io/page/advice.h"
#include "folio/io/thread/wake.h"
#include "folio/model/survey/summary_kind.h"

#include <stdbool.h>
#include <stdint.h>

struct survey;

/**
 * A survey of the file behind `fd` (each worker opens its own), `size` bytes long. Nothing happens until
 * survey_start. `wake` is rung whenever a chunk is done. NULL and `error` when out of memory.
 */
struct survey *survey_open(int fd, uint64_t size, unsigned workers, enum advice advice, struct wake *wake,
                           struct error *error);

/** Stop the workers and free everything; a worker held up by the device is left to a helper. NULL is fine. */
void survey_close(struct survey *survey);

/**
 * Before survey_start: what is counted depends on another file as well, of `size` bytes behind `fd` (each worker opens
 * its own). Then only what is a hole in both is a hole, and the block that holds the end of the shorter file never is;
 * scans get the other file as survey_block.beside.
 */
void survey_beside(struct survey *survey, int fd, uint64_t size);

/** Before survey_start: nothing is passed over as a hole. */
void survey_solid(struct survey *survey);

/** Let the workers run. */
void survey_start(struct survey *survey);

/** The file is `size` bytes long now. Grown: go on. `rewritten` (or shrunk): forget everything and begin anew. */
void survey_resize(struct survey *survey, uint64_t size, bool rewritten);

/**
 * A number that changes when something known becomes void: the file was rewritten, became shorter, or a part of it was
 * forgotten (model/survey/forget).
 */
unsigned survey_generation(const struct survey *survey);

/** What is on the screen: workers go there first. `forward` is the direction that matters. */
void survey_focus(struct survey *survey, uint64_t offset, bool forward);

/** While true, workers keep little in flight, because the view waits for the device. */
void survey_yield(struct survey *survey, bool yield);

#endif
