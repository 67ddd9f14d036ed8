/* SPDX-License-Identifier: MIT */
/*
 * tools: the first line of a cold log that is at or after a time, by model/known/when alone.
 *
 *     bench_when [-n RUNS] FILE TIME
 *
 * Prints the median of its wall time, and of the file's bytes in memory afterwards in blocks of 64 KiB, whatever the
 * kernel read ahead among them, with the most there ever were.
 */
#include "folio/model/known/when.h"

#include "measure.h"

#include "folio/model/document/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { BLOCK = 65536 };

static void find(const char *path, const char *text, struct samples *time, struct samples *blocks)
{
    struct error error;
    struct wake *wake = wake_open(&error);
    struct document_options options = {.stdin_fd = -1, .wake = wake};
    const struct stamp_hint hint = {.latest = INT64_MAX / 2};
    struct stamp wanted;
    uint64_t line;
    cache_set(path, CACHE_COLD);
    struct document *document = wake ? document_open(path, &options, &error) : NULL;
    if (!document || !stamp_ask(text, (struct stamp){0, STAMP_NO_ZONE}, &hint, &wanted, &error))
        bench_fail("%s", error.message);
    struct glyph_rules rules = glyph_plain;
    double began = bench_now();
    struct when when = when_begin(wanted, &hint, &rules, reader_size(document->reader));
    enum when_result result = WHEN_WAIT;
    while (result == WHEN_WAIT)
        result = when_go_on(&when, document->reader, &line, &error);
    samples_add(time, bench_now() - began);
    if (result != WHEN_FOUND)
        bench_fail("there is no line as late as that");
    samples_add(blocks, (double)cache_resident(path) / BLOCK);
    document_close(document);
    wake_close(wake);
}

int main(int argc, char **argv)
{
    struct samples time = {0}, blocks = {0};
    int runs = 5, option;
    while ((option = getopt(argc, argv, "+n:")) != -1) {
        if (option != 'n')
            return 2;
        runs = atoi(optarg);
    }
    if (argc - optind != 2)
        bench_fail("usage: bench_when [-n RUNS] FILE TIME");
    for (int run = 0; run < runs; run++)
        find(argv[optind], argv[optind + 1], &time, &blocks);
    printf("%.1f ms, blocks median %.0f, most %.0f\n", samples_at(&time, 0.5), samples_at(&blocks, 0.5),
           samples_at(&blocks, 1));
    return 0;
}
