/* SPDX-License-Identifier: MIT */
/*
 * tools: the wall time of two commands side by side, A B A B.
 *
 *     bench_time [-n RUNS] [-c CACHE -f FILE] A... -- B...
 *
 * Each run is a new process, from before the fork to its end, output thrown away. The cache is brought to its state
 * once before all runs, but `cold` before each. Prints the medians in milliseconds and A's share of B.
 */
#include "measure.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static double command_time(char **command)
{
    int status;
    double began = bench_now();
    pid_t child = fork();
    if (child == 0) {
        int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
        dup2(nothing, STDIN_FILENO);
        dup2(nothing, STDOUT_FILENO);
        execvp(command[0], command);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        bench_fail("%s failed", command[0]);
    return bench_now() - began;
}

int main(int argc, char **argv)
{
    int runs = 5, option;
    enum cache cache = CACHE_AS_IS;
    const char *path = NULL;
    struct samples first = {0}, second = {0};
    while ((option = getopt(argc, argv, "+n:c:f:")) != -1)
        if (option == 'n')
            runs = atoi(optarg);
        else if (option == 'c')
            cache = cache_named(optarg);
        else if (option == 'f')
            path = optarg;
        else
            return 2;
    argc -= optind;
    argv += optind;
    char **a = command_take(&argc, &argv), **b = command_take(&argc, &argv);
    if (!a || !b)
        bench_fail("usage: bench_time [-n RUNS] [-c CACHE -f FILE] A... -- B...");
    if (path && cache != CACHE_COLD)
        cache_set(path, cache);
    for (int run = 0; run < 2 * runs; run++) {
        if (path && cache == CACHE_COLD)
            cache_set(path, cache);
        samples_add(run % 2 ? &second : &first, command_time(run % 2 ? b : a));
    }
    printf("%.1f %.1f %.3f\n", samples_at(&first, 0.5), samples_at(&second, 0.5),
           samples_at(&first, 0.5) / samples_at(&second, 0.5));
    return 0;
}
