/* SPDX-License-Identifier: MIT */
/**
 * tests: wait until all other threads of this process have nothing to do, instead of waiting for a while.
 *
 * Used by the tests of io and model; any thread.
 */
#ifndef FOLIO_TESTS_IO_ASLEEP_H
#define FOLIO_TESTS_IO_ASLEEP_H

#include <dirent.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** How often the thread `task` has left its processor, added to `*switches`; false unless it sleeps or has ended. */
static inline bool asleep_task(const char *task, unsigned long *switches)
{
    char path[288];
    char line[128];
    char state = 'Z';
    unsigned long count;
    snprintf(path, sizeof path, "/proc/self/task/%s/status", task);
    FILE *status = fopen(path, "re");
    while (status && fgets(line, sizeof line, status)) {
        (void)sscanf(line, "State: %c", &state);
        if (sscanf(line, "voluntary_ctxt_switches: %lu", &count) == 1 ||
            sscanf(line, "nonvoluntary_ctxt_switches: %lu", &count) == 1)
            *switches += count;
    }
    if (status)
        fclose(status);
    return state == 'S' || state == 'Z';
}

/** Do all threads but the calling one sleep? */
static inline bool asleep_all(unsigned long *switches)
{
    bool all = true;
    DIR *tasks = opendir("/proc/self/task");
    *switches = 0;
    for (const struct dirent *entry; tasks && (entry = readdir(tasks));)
        if (entry->d_name[0] != '.' && atoi(entry->d_name) != gettid())
            all = asleep_task(entry->d_name, switches) && all;
    if (tasks)
        closedir(tasks);
    return all;
}

/** Wait until they do, and none has run between two looks. */
static inline void asleep_wait(void)
{
    unsigned long before = 0;
    unsigned long now = 0;
    for (bool slept = false;; before = now) {
        bool sleeps = asleep_all(&now);
        if (sleeps && slept && now == before)
            return;
        slept = sleeps;
        poll(NULL, 0, 1);
    }
}

#endif
