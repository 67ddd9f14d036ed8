/* SPDX-License-Identifier: MIT */
/*
 * tools: from the start of a program to its complete first screen, two programs side by side, A B A B.
 *
 *     bench_start [-n RUNS] [-s ROWSxCOLUMNS] [-c CACHE -f FILE] [-r] A... -- B...
 *
 * The time runs from before the fork to the last piece of output that changed the body. Prints the medians in
 * milliseconds and A's share of B. With -r (and -c cold) instead: KiB of FILE in memory when A's first screen was
 * complete: median and most.
 */
#include "measure.h"
#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { QUIET_MS = 60, TIMEOUT_MS = 20000 };

struct options {
    int runs, rows, columns;
    enum cache cache;
    const char *path;
    bool resident;
};

/** Milliseconds to the first screen, or KiB in memory then. */
static double program_start(char **command, const struct options *options)
{
    struct screen *screen = screen_open(command, options->rows, options->columns);
    double value;
    if (options->resident) {
        /* The first byte of output is enough: what is read for the first screen has been read. */
        screen_wait_output(screen, TIMEOUT_MS);
        value = (double)cache_resident(options->path) / 1024;
    } else {
        struct answer answer = screen_settle(screen, QUIET_MS, TIMEOUT_MS);
        if (!answer.any)
            bench_fail("%s shows nothing", command[0]);
        value = answer.data;
    }
    screen_close(screen);
    return value;
}

static void options_read(struct options *options, int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "+n:s:c:f:r")) != -1)
        if (option == 'n')
            options->runs = atoi(optarg);
        else if (option == 's' && sscanf(optarg, "%dx%d", &options->rows, &options->columns) == 2)
            continue;
        else if (option == 'c')
            options->cache = cache_named(optarg);
        else if (option == 'f')
            options->path = optarg;
        else if (option == 'r')
            options->resident = true;
        else
            exit(2);
}

int main(int argc, char **argv)
{
    struct options options = {.runs = 9, .rows = 50, .columns = 160};
    struct samples first = {0}, second = {0};
    options_read(&options, argc, argv);
    argc -= optind;
    argv += optind;
    char **a = command_take(&argc, &argv), **b = command_take(&argc, &argv);
    if (!a || (!b && !options.resident) || (options.resident && !options.path))
        bench_fail("usage: bench_start [-n RUNS] [-s RxC] [-c CACHE -f FILE] [-r] A... -- B...");
    if (options.path && options.cache != CACHE_COLD)
        cache_set(options.path, options.cache);
    for (int run = 0; run < options.runs; run++) {
        if (options.path && options.cache == CACHE_COLD)
            cache_set(options.path, options.cache);
        samples_add(&first, program_start(a, &options));
        if (b) {
            if (options.path && options.cache == CACHE_COLD)
                cache_set(options.path, options.cache);
            samples_add(&second, program_start(b, &options));
        }
    }
    if (options.resident)
        printf("%.0f %.0f\n", samples_at(&first, 0.5), samples_at(&first, 1));
    else
        printf("%.2f %.2f %.3f\n", samples_at(&first, 0.5), samples_at(&second, 0.5),
               samples_at(&first, 0.5) / samples_at(&second, 0.5));
    return 0;
}
