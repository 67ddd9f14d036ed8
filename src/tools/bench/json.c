/* SPDX-License-Identifier: MIT */
/*
 * tools: the brackets of a JSON file that is an array: how fast they are found, and what questions cost then.
 *
 *     bench_json index FILE           lines and brackets, as the program has them, to their end
 *     bench_json scan FILE            the scan alone, of the first 64 MiB in memory, in GB/s of a processor
 *     bench_json ask FILE             questions of random bytes and of the root: median, p99 and worst, in ms
 *
 * Leaves as the program does, without freeing anything.
 */
#include "measure.h"

#include "folio/model/document/document.h"
#include "folio/model/json/path.h"
#include "folio/model/json/place.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { QUESTIONS = 2000, SCANS = 9 };

/** A file, its brackets, and a random number. */
struct asked {
    struct document *document;
    struct nesting *nesting;
    uint64_t size, random;
};

static void asked_open(struct asked *asked, const char *path)
{
    struct error error;
    struct wake *wake = wake_open(&error);
    struct document_options options = {.stdin_fd = -1, .wake = wake};
    asked->document = wake ? document_open(path, &options, &error) : NULL;
    asked->nesting = asked->document ? nesting_open(asked->document->survey, true, &error) : NULL;
    if (!asked->nesting)
        bench_fail("%s", error.message);
    asked->size = reader_size(asked->document->reader);
    asked->random = 1;
    survey_start(asked->document->survey);
    while (!nesting_progress(asked->nesting).complete || !summary_state(asked->document->lines).complete)
        wake_wait(wake, -1);
}

static uint64_t asked_below(struct asked *asked, uint64_t limit)
{
    asked->random = asked->random * 6364136223846793005U + 1442695040888963407U;
    return limit ? (asked->random >> 20) % limit : 0;
}

static void must(enum nesting_answer answer)
{
    if (answer != NESTING_FOUND)
        bench_fail("a question has no answer: is the file one array, and all of it in memory?");
}

static void ask_state(struct asked *asked)
{
    struct brackets_state state;
    must(nesting_state(asked->nesting, asked->document->reader, asked_below(asked, asked->size), &state));
}

static void ask_path(struct asked *asked)
{
    struct buf path = {0};
    must(json_path(asked->nesting, asked->document->reader, 0, asked_below(asked, asked->size), &path));
    buf_release(&path);
}

static void ask_close(struct asked *asked)
{
    uint64_t end;
    must(nesting_down(asked->nesting, asked->document->reader, 1, 0, &end));
}

/** Of the root, and one of its children, which is found by its number. */
static void ask_child(struct asked *asked)
{
    struct reader *reader = asked->document->reader;
    uint64_t commas, comma;
    must(nesting_commas(asked->nesting, reader, (struct range){1, asked->size - 2}, 1, &commas));
    must(nesting_comma(asked->nesting, reader, 1, 1, asked_below(asked, commas), &comma));
}

static void asked_time(struct asked *asked, const char *name, void (*ask)(struct asked *asked))
{
    struct samples samples = {0};
    for (int i = 0; i < QUESTIONS; i++) {
        double begin = bench_now();
        ask(asked);
        samples_add(&samples, bench_now() - begin);
    }
    printf("%s median %.3f p99 %.3f worst %.3f ms\n", name, samples_at(&samples, 0.5),
           samples_at(&samples, 0.99), samples_at(&samples, 1));
}

/** Time that this thread had a processor, in ms: others may want it too. */
static double busy_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void scan(const char *path)
{
    const size_t room = (size_t)64 << 20, block = 65536;
    struct samples samples = {0};
    char *data = malloc(room);
    FILE *file = fopen(path, "rb");
    if (!data || !file)
        bench_fail("%s cannot be read", path);
    size_t size = fread(data, 1, room, file);
    for (int run = 0; run < SCANS; run++) {
        double begin = busy_ms();
        struct brackets sum = brackets_nothing;
        for (size_t at = 0; at < size; at += block) {
            struct brackets does = brackets_scan(data + at, size - at < block ? size - at : block, true);
            sum = brackets_join(&sum, &does);
        }
        samples_add(&samples, busy_ms() - begin);
    }
    printf("%.2f GB/s\n", (double)size / samples_at(&samples, 0.5) / 1e6);
}

int main(int argc, char **argv)
{
    struct asked asked;
    if (argc != 3)
        bench_fail("usage: bench_json index|scan|ask FILE");
    if (strcmp(argv[1], "scan") == 0) {
        scan(argv[2]);
        return 0;
    }
    asked_open(&asked, argv[2]);
    if (strcmp(argv[1], "ask") == 0) {
        asked_time(&asked, "state", ask_state);
        asked_time(&asked, "path", ask_path);
        asked_time(&asked, "close", ask_close);
        asked_time(&asked, "child", ask_child);
    }
    fflush(stdout);
    _exit(0);
}
