/* SPDX-License-Identifier: MIT */
/*
 * tools: what the overview costs: how the lines lie over a file, asked once for each row of a screen.
 *
 *     bench_spread [-n RUNS] FILE
 *
 * The lines are counted first. Prints the median time in ms of one question of 50 shares, and what it would be for a file
 * of 100 GB: it grows with the chunks alone.
 */
#include "folio/model/survey/spread.h"

#include "measure.h"

#include "folio/model/document/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SHARES = 50, QUESTIONS = 100 };

/** A document with all lines counted; never freed. */
static struct document *counted(const char *path)
{
    struct error error;
    struct wake *wake = wake_open(&error);
    struct document_options options = {.stdin_fd = -1, .wake = wake};
    struct document *document = wake ? document_open(path, &options, &error) : NULL;
    if (!document)
        bench_fail("%s", error.message);
    survey_start(document->survey);
    while (!summary_state(document->lines).complete)
        wake_wait(wake, -1);
    return document;
}

int main(int argc, char **argv)
{
    static struct share share[SHARES];
    struct samples samples = {0};
    int runs = 9, option;
    while ((option = getopt(argc, argv, "n:")) != -1)
        runs = option == 'n' ? atoi(optarg) : 0;
    if (optind + 1 != argc || runs < 1)
        bench_fail("usage: bench_spread [-n RUNS] FILE");
    struct document *document = counted(argv[optind]);
    uint64_t size = reader_size(document->reader);
    while (runs-- > 0) {
        double begin = bench_now();
        for (int i = 0; i < QUESTIONS; i++)
            summary_spread(document->lines, size, share, SHARES);
        samples_add(&samples, (bench_now() - begin) / QUESTIONS);
    }
    double median = samples_at(&samples, 0.5);
    printf("%.4f ms, %.3f ms for 100 GB\n", median, size ? median * 1e11 / (double)size : 0);
    fflush(stdout);
    _exit(0);
}
