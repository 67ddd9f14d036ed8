/* SPDX-License-Identifier: MIT */
/*
 * tools: the survey alone, as the program runs it, to its end.
 *
 *     bench_survey FILE                   the complete line index; prints the number of newlines
 *     bench_survey [-i] FILE PATTERN      the complete count of a pattern in the text as it is shown with colours
 *                                         carried out, -i in either letter case; prints the number of matching lines
 *     bench_survey [-i] FILE PATTERN raw  the same in the bytes
 *     bench_survey FILE PATTERN bytes     the same of a pattern of bytes, match by match
 *
 * One process is one measurement: nothing is left over from the run before but the page cache. Leaves as the program
 * does, without freeing anything.
 */
#include "measure.h"

#include "folio/model/document/document.h"
#include "folio/model/pattern/bytes.h"
#include "folio/model/search/matches.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct error error;
    bool folded = argc > 1 && strcmp(argv[1], "-i") == 0;
    if (folded) {
        argv++;
        argc--;
    }
    struct wake *wake = wake_open(&error);
    struct document_options options = {.stdin_fd = -1, .wake = wake};
    struct matches *matches = NULL;
    bool bytes = argc == 4 && strcmp(argv[3], "bytes") == 0;
    struct matches_text text = {.rules = glyph_plain, .raw = argc == 4, .bytes = bytes};
    struct summary_state state;
    if (argc < 2 || argc > 4 || (argc == 4 && !bytes && strcmp(argv[3], "raw") != 0))
        bench_fail("usage: bench_survey [-i] FILE [PATTERN [raw|bytes]]");
    struct document *document = wake ? document_open(argv[1], &options, &error) : NULL;
    if (!document)
        bench_fail("%s", error.message);
    if (argc >= 3) {
        size_t length = strlen(argv[2]);
        text.rules.sgr = !bytes;
        struct pattern *pattern =
            bytes ? pattern_compile_bytes(argv[2], length, &error)
                  : pattern_compile(argv[2], length, folded ? PATTERN_FOLDED : PATTERN_EXACT, false, &error);
        matches = pattern ? matches_open(document->survey, pattern, &text, &error) : NULL;
        if (!matches)
            bench_fail("%s", error.message);
    }
    survey_start(document->survey);
    for (;;) {
        state = matches ? matches_state(matches) : summary_state(document->lines);
        if (state.complete)
            break;
        wake_wait(wake, -1);
    }
    printf("%" PRIu64 "\n", state.count);
    fflush(stdout);
    _exit(0);
}
