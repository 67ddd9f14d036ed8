/* SPDX-License-Identifier: MIT */
/*
 * tools: from a key to the finished picture.
 *
 *     bench_keys [-n RUNS] [-t TIMES] [-s ROWSxCOLUMNS] [-c CACHE -f FILE] [-i] [-b KEYS [-a]] [-w MS] "KEYS..." A...
 *
 * KEYS are words with blanks between them; each is pressed at once (`50p`, `:0x1000\r`) and waited for. Each of RUNS
 * processes presses the list TIMES times. -i waits until the index is complete before the first key, -b presses KEYS
 * first without waiting for an answer (a search, say; with -a until all of it is counted), -w stops a run MS
 * milliseconds after its start, which keeps the keys within the time of an index of a cold file.
 *
 * Prints the time to the first picture (rows whose data is missing may say so, and the last row says "reading"), the
 * time to the picture with its data, how many keys changed nothing (at the end, say), RssAnon at the end, and the
 * slowest key of each.
 */
#include "measure.h"
#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { QUIET_MS = 25, TIMEOUT_MS = 8000, UNCHANGED_MS = 250, INDEX_MS = 120000, MOST_KEYS = 200 };

struct meter {
    int runs, times, rows, columns;
    enum cache cache;
    const char *path, *before;
    bool indexed, counted;
    double within;
    char *key[MOST_KEYS];
    size_t keys;
    struct samples frame, data, memory;
    unsigned unchanged, waited;
    double worst_frame, worst_data;
    const char *slow_frame, *slow_data;
};

static void answer_note(struct meter *meter, const char *key, const struct answer *answer)
{
    if (!answer->any && !answer->waited) {
        meter->unchanged++;
        return;
    }
    meter->waited += answer->waited;
    samples_add(&meter->frame, answer->frame);
    samples_add(&meter->data, answer->data);
    if (answer->frame > meter->worst_frame) {
        meter->worst_frame = answer->frame;
        meter->slow_frame = key;
    }
    if (answer->data > meter->worst_data) {
        meter->worst_data = answer->data;
        meter->slow_data = key;
    }
}

/** RssAnon of the process, in MiB. */
static double memory_private(pid_t process)
{
    char path[64], line[256];
    double kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)process);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "RssAnon: %lf", &kib) == 1)
            break;
    if (file)
        fclose(file);
    return kib / 1024;
}

static void run(struct meter *meter, char **command)
{
    if (meter->path && meter->cache == CACHE_COLD)
        cache_set(meter->path, meter->cache);
    struct screen *screen = screen_open(command, meter->rows, meter->columns);
    double began = bench_now();
    screen_settle(screen, QUIET_MS, TIMEOUT_MS);
    if (meter->indexed && screen_await(screen, NULL, INDEX_MS) < 0)
        bench_fail("the index does not end");
    if (meter->before && !screen_press(screen, meter->before))
        bench_fail("%s ended", command[0]);
    if (meter->before)
        screen_wait_output(screen, TIMEOUT_MS);
    if (meter->counted) {
        screen_settle(screen, QUIET_MS, TIMEOUT_MS);
        if (screen_await(screen, NULL, INDEX_MS) < 0)
            bench_fail("the count does not end");
    }
    for (int time = 0; time < meter->times; time++)
        for (size_t i = 0; i < meter->keys && (meter->within == 0 || bench_now() - began < meter->within);
             i++) {
            if (!screen_press(screen, meter->key[i]))
                bench_fail("%s ended at key %s", command[0], meter->key[i]);
            struct answer answer = screen_settle_key(screen, QUIET_MS, UNCHANGED_MS, TIMEOUT_MS);
            answer_note(meter, meter->key[i], &answer);
            if (getenv("BENCH_KEYS"))
                fprintf(stderr, "%-12s %8.2f %8.2f%s\n", meter->key[i], answer.frame, answer.data,
                        answer.waited ? " reading" : "");
        }
    samples_add(&meter->memory, memory_private(screen_process(screen)));
    screen_close(screen);
}

static void options_read(struct meter *meter, int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "+n:t:s:c:f:iab:w:")) != -1)
        if (option == 'n')
            meter->runs = atoi(optarg);
        else if (option == 't')
            meter->times = atoi(optarg);
        else if (option == 's' && sscanf(optarg, "%dx%d", &meter->rows, &meter->columns) == 2)
            continue;
        else if (option == 'c')
            meter->cache = cache_named(optarg);
        else if (option == 'f')
            meter->path = optarg;
        else if (option == 'i')
            meter->indexed = true;
        else if (option == 'a')
            meter->counted = true;
        else if (option == 'b')
            meter->before = optarg;
        else if (option == 'w')
            meter->within = atof(optarg);
        else
            exit(2);
}

int main(int argc, char **argv)
{
    struct meter meter = {.runs = 1, .times = 5, .rows = 50, .columns = 160};
    options_read(&meter, argc, argv);
    if (argc - optind < 2)
        bench_fail("usage: bench_keys [-n RUNS] [-t TIMES] [-s RxC] [-c CACHE -f FILE] [-i] [-b KEYS [-a]] "
                   "[-w MS] KEYS A...");
    for (char *key = strtok(argv[optind], " "); key && meter.keys < MOST_KEYS; key = strtok(NULL, " "))
        meter.key[meter.keys++] = key;
    if (meter.path && meter.cache != CACHE_COLD)
        cache_set(meter.path, meter.cache);
    for (int number = 0; number < meter.runs; number++)
        run(&meter, argv + optind + 1);
    samples_print(&meter.frame, "frame", "ms");
    samples_print(&meter.data, "data", "ms");
    printf("reading %u unchanged %u RssAnon %.1f MiB slowest %s %s\n", meter.waited, meter.unchanged,
           samples_at(&meter.memory, 1), meter.slow_frame ? meter.slow_frame : "-",
           meter.slow_data ? meter.slow_data : "-");
    return 0;
}
