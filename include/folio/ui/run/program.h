/* SPDX-License-Identifier: MIT */
/**
 * ui: the program, from the command line to the exit status.
 *
 * Runs on the main thread, which is the UI thread from then on: it draws, reads keys, sends requests and
 * takes what comes back. It touches no byte of a file and waits for nothing but poll.
 */
#ifndef FOLIO_UI_RUN_PROGRAM_H
#define FOLIO_UI_RUN_PROGRAM_H

/**
 * Run folio. Returns the exit status where no screen was needed (--help, wrong usage, output to a file);
 * otherwise the process is left from inside, without waiting for any thread.
 */
int app_run(int argc, char **argv);

#endif
