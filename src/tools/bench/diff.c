/* SPDX-License-Identifier: MIT */
/*
 * tools: the comparison of two files alone, as the program runs it, to its end.
 *
 *     bench_diff FILE OTHER    prints the number of differences
 *
 * One process is one measurement: nothing is left over from the run before but the page cache. Leaves as the program
 * does, without freeing anything.
 */
#include "folio/model/byte/diff.h"

#include "measure.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct error error;
    struct wake *wake = wake_open(&error);
    struct document_options options = {.stdin_fd = -1, .wake = wake};
    struct diff_state state;
    if (argc != 3)
        bench_fail("usage: bench_diff FILE OTHER");
    struct document *document = wake ? document_open(argv[1], &options, &error) : NULL;
    struct document *other = document ? document_open(argv[2], &options, &error) : NULL;
    struct diff *diff = other ? diff_open(document, other, &error) : NULL;
    if (!diff)
        bench_fail("%s", error.message);
    for (state = diff_state(diff); !state.summary.complete; state = diff_state(diff)) {
        wake_wait(wake, -1);
        diff_look(diff);
    }
    printf("%" PRIu64 "\n", state.summary.count);
    fflush(stdout);
    _exit(0);
}
