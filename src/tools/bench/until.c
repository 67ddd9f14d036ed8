/* SPDX-License-Identifier: MIT */
/*
 * tools: from keys to a text on the screen, in one program or in two side by side.
 *
 *     bench_until [-n RUNS] [-s ROWSxCOLUMNS] [-c CACHE -f FILE] [-i] [-b KEYS] [-w TEXT] [-g] TEXT KEYS A... [-- B...]
 *
 * KEYS are pressed as soon as the first screen is there (with -i when the index is complete; with -b and -w when the
 * keys of the one have brought the text of the other); the time runs until TEXT stands in a row, and `~TEXT`, an
 * estimate, in none. With -g it runs until TEXT, which -b's KEYS have brought, is in no
 * row any more. Prints the median of A, and of B and A's share of B.
 */
#include "measure.h"
#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { START_QUIET_MS = 3, TIMEOUT_MS = 120000 };

struct options {
    int runs, rows, columns;
    enum cache cache;
    const char *path, *text, *before, *brought, *keys;
    bool indexed, gone;
};

static double until(char **command, const struct options *options)
{
    if (options->path && options->cache == CACHE_COLD)
        cache_set(options->path, options->cache);
    struct screen *screen = screen_open(command, options->rows, options->columns);
    screen_settle(screen, START_QUIET_MS, TIMEOUT_MS);
    if (options->indexed && screen_await(screen, NULL, TIMEOUT_MS) < 0)
        bench_fail("the index does not end");
    if (options->before && !screen_press(screen, options->before))
        bench_fail("%s ended", command[0]);
    if (options->brought && screen_await(screen, options->brought, TIMEOUT_MS) < 0)
        bench_fail("%s does not show %s", command[0], options->brought);
    if (options->gone && screen_await(screen, options->text, TIMEOUT_MS) < 0)
        bench_fail("%s does not show %s", command[0], options->text);
    if (!screen_press(screen, options->keys))
        bench_fail("%s ended", command[0]);
    double time = options->gone ? screen_await_gone(screen, options->text, TIMEOUT_MS)
                                : screen_await(screen, options->text, TIMEOUT_MS);
    if (time < 0) {
        screen_print(screen);
        bench_fail("%s %s %s", command[0], options->gone ? "goes on to show" : "does not show",
                   options->text);
    }
    screen_close(screen);
    return time;
}

static void options_read(struct options *options, int argc, char **argv)
{
    int option;
    while ((option = getopt(argc, argv, "+n:s:c:f:ib:w:g")) != -1)
        if (option == 'n')
            options->runs = atoi(optarg);
        else if (option == 's' && sscanf(optarg, "%dx%d", &options->rows, &options->columns) == 2)
            continue;
        else if (option == 'c')
            options->cache = cache_named(optarg);
        else if (option == 'f')
            options->path = optarg;
        else if (option == 'i')
            options->indexed = true;
        else if (option == 'b')
            options->before = optarg;
        else if (option == 'w')
            options->brought = optarg;
        else if (option == 'g')
            options->gone = true;
        else
            exit(2);
}

int main(int argc, char **argv)
{
    struct options options = {.runs = 5, .rows = 50, .columns = 160};
    struct samples first = {0}, second = {0};
    options_read(&options, argc, argv);
    if (argc - optind < 3)
        bench_fail("usage: bench_until [-n RUNS] [-s RxC] [-c CACHE -f FILE] [-i] [-b KEYS] [-g] TEXT KEYS "
                   "A... [-- B...]");
    options.text = argv[optind];
    options.keys = argv[optind + 1];
    argc -= optind + 2;
    argv += optind + 2;
    char **a = command_take(&argc, &argv), **b = command_take(&argc, &argv);
    if (options.path && options.cache != CACHE_COLD)
        cache_set(options.path, options.cache);
    for (int run = 0; run < options.runs; run++) {
        samples_add(&first, until(a, &options));
        if (b)
            samples_add(&second, until(b, &options));
    }
    if (b)
        printf("%.1f %.1f %.4f\n", samples_at(&first, 0.5), samples_at(&second, 0.5),
               samples_at(&first, 0.5) / samples_at(&second, 0.5));
    else
        printf("%.1f\n", samples_at(&first, 0.5));
    return 0;
}
