/* SPDX-License-Identifier: MIT */
/*
 * tools: the walk over one long line, as the program does it in the background.
 *
 *     bench_columns FILE [WIDTH [OFFSET]]    the line that begins at OFFSET (0), in rows of WIDTH (80) columns
 *
 * Prints how long it took from the survey's start until every row (wrapped, and by words) and every column (chopped) of
 * the line was known, with the line survey going on beside it; how much of a processor both took, which tells more on
 * a machine that has other things to do; and what the columns took of memory. Each is measured on a document of its
 * own. Leaves as the program does, without freeing anything.
 */
#include "folio/model/known/columns.h"

#include "measure.h"

#include "folio/model/document/document.h"
#include "folio/model/reader/reader.h"
#include "folio/model/survey/summary.h"

#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/** A way to break lines. */
struct way {
    const char *name;
    bool word, chopped;
};

static const struct way ways[] = {
    {"wrapped", false, false}, {"words", true, false}, {"chopped", false, true}};

/** Processor time of all threads, in milliseconds. */
static double bench_processor(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/** Walk the line at `begin`, measured. */
static void bench_way(const char *path, const struct way *way, unsigned width, uint64_t begin)
{
    struct error error;
    struct wake *wake = wake_open(&error);
    struct document_options options = {.stdin_fd = -1, .wake = wake};
    struct document *document = wake ? document_open(path, &options, &error) : NULL;
    if (!document)
        bench_fail("%s", error.message);
    struct fit fit = {.rules = {.sgr = true, .tab_width = 8}, .width = width, .word = way->word};
    uint64_t size = reader_size(document->reader), memory = survey_memory(document->survey);
    double start = bench_now(), start_processor = bench_processor();
    struct columns *columns = columns_open(document->survey, &fit, way->chopped, begin, &error);
    if (!columns)
        bench_fail("%s", error.message);
    survey_start(document->survey);
    while (!columns_complete(columns))
        wake_wait(wake, -1);
    double took = bench_now() - start, processor = bench_processor() - start_processor;
    while (!summary_state(document->lines).complete)
        wake_wait(wake, -1);
    printf("%-8s %8.1f ms %7.0f MB/s %8.1f ms of processor %6" PRIu64 " KiB\n", way->name, took,
           (double)(size - begin) / 1e3 / took, processor, (survey_memory(document->survey) - memory) / 1024);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 4)
        bench_fail("usage: bench_columns FILE [WIDTH [OFFSET]]");
    unsigned width = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 80;
    uint64_t begin = argc > 3 ? strtoull(argv[3], NULL, 10) : 0;
    setlocale(LC_ALL, "C.UTF-8");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        bench_way(argv[1], &ways[i], width ? width : 1, begin);
    _exit(0);
}
