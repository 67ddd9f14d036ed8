/* SPDX-License-Identifier: MIT */
/**
 * ui: the program, from the command line to the exit status.
 *
 * The main thread is the UI thread: it draws, reads keys, sends requests to the session and takes what comes back. It
 * touches no byte of a file, and the only thing it ever waits in is poll.
 */
#ifndef FOLIO_UI_RUN_PROGRAM_H
#define FOLIO_UI_RUN_PROGRAM_H

/**
 * Run folio. Returns the exit status where nothing was shown (--help, wrong usage, output to a file). Otherwise the
 * process ends inside this call, without waiting for any thread.
 */
int app_run(int argc, char **argv);

#endif
