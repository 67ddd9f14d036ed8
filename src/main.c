/* SPDX-License-Identifier: MIT */
/**
 * folio: a terminal viewer for files of any size.
 *
 * The program from the top down; each layer calls only those below it.
 *
 *   ui      keys in, pictures out; the main thread
 *             app        starting, the loop, leaving            options    $LESS, the command line, + commands
 *             command    the table of all commands              keymap     from keys to commands
 *             prompt     the line one types into                status     the last row
 *             strip      one row of cells made of text          screen     curses, and nothing else knows it
 *             plain      rows without a screen                  tty        the terminal as a device
 *             poke_cli   --poke, --undo, --pokes
 *             signals    signals to poll for                    config     options, looks and keys of a person
 *             look       how our own marks look                 palette    colours of files on this terminal
 *   view    from a place in the file to rows of cells; the view thread
 *             session    requests in, frames and replies out    view       where we are
 *             request    what ui asks, what comes back          settings   what a person can set
 *             frame      the picture, as a value                text       lines, wrapped or chopped
 *   model   what the bytes mean
 *             document   the open file                          reader     its bytes, a stretch at a time
 *             survey     what is known of each block            lines      newlines: line <-> byte
 *             pattern    regular expressions                    matches    where they match
 *             kind       what libmagic says                     marks      places with a letter
 *   io      the kernel: mapping, guard, window, residency, advice, source, spool, watch, pool, mailbox, wake, process
 *             poke       a byte changed in place                journal    what it was before
 *   base    bytes and words: error, span, buf, scan, needle, utf8, glyph
 */
#include "folio/ui/app/app.h"

#include <malloc.h>

int main(int argc, char **argv)
{
    /* What is given back is to leave the process. By default each new worker may get a heap that keeps megabytes. */
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_MMAP_THRESHOLD, 256 << 10);
    return app_run(argc, argv);
}
