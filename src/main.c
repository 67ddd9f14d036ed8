/* SPDX-License-Identifier: MIT */
/**
 * folio: a terminal viewer for files of any size.
 *
 * The program from the top down. A layer calls only what is below it; rooms, its folders, never call each other
 * in a circle. A line is a room, src/LAYER/ROOM: the headers in include/folio/LAYER/ROOM, and what the room is for
 * (docs/ARCHITECTURE.md tells more). tests/meta/documents.py checks that every room and every header is named.
 *
 *   ui       keys in, pictures out; the main thread
 *     run       feed, launch, loop, program, receive - the program from its start to its end: the loop
 *     mode      actions, ahead, armed, byte, complete, file, highlight, keys, option, overwrite, prompt, question, run,
 *               search, shell, spell, typing, write - what a key means just now
 *     app       app, leave, mode, say, send - what all of ui shares: the stack of modes, messages, requests
 *     option    config, options.def, options, switch - $LESS, the command line, the configuration
 *     command   command, commands.def, keymap, lookup, manual, modifier, unknown - the table of
 *               commands, its keys and help
 *     prompt    history, menu, prompt - the line one types into, and what was typed before
 *     terminal  clipboard, decoder, look, look_less, palette, pen, plain, relative, screen, signals, status, strip, stroke, tty -
 *               all that knows curses, and what a terminal sends
 *   session  what was opened, where one is in it, what is searched for: requests in, frames and replies out; a thread
 *     top       link - the thread, the tables of parts and verbs, the frame that is sent
 *     part      check, copy, diff, editor, follow, inner, inspect, json, json_copy, json_subject, kind, overview, strings,
 *               strip, tree, views, write - what else there is to see of a file and to do with it
 *     poke      commit, confirm, edits, fill, pokes - bytes that are changed: the question, the answer, undo, the sandbox
 *     search    filter, found, go, highlight, text - patterns: searching, filtering, highlighting
 *     move      cursor, expression, goto, jump, level, lines, list, marks, scroll, selection, shift, time - movements,
 *               marks, places
 *     files     aside, inner, list, named - the list of files, and what becomes of them while they are open
 *     core      motion, options, part, parts.def, place, reply, request, session, stage, states, verb, verbs.def -
 *               what all of the session stands on
 *   cli      complain, copy, poke - what folio does without a screen
 *   view     from a place in the file to rows of cells
 *     text      layout, pen, walks - lines, wrapped or chopped, filtered, coloured
 *     diff      layout - bytes of two files beside each other
 *     strings   layout - runs of text among bytes, a list
 *     hex       grid, hex, layout - bytes: offset, digits, characters
 *     json      layout - a JSON file as a tree of rows
 *     layout    fill, layout, overview, view - a way to draw a file as a struct of functions; where the screen stands
 *     frame     frame - a picture as a value
 *     settings  settings - what a person can set
 *   model    what the bytes mean
 *     document  beside, check, document, encoding, poke, sandbox, save, shape - the open file, put together of all below
 *     byte      align, classes, diff, runs, shifts - kinds of bytes, two files and how they stand, runs of text
 *     json      along, check, documents, folds, format, label, nesting, offers, path, place, row, step, string, value, way -
 *               how deep each byte of JSON is, which value it is, where a path leads, its text, other blanks, what is wrong
 *     search    bytes, filter, matches, replay, select - which lines match, which are shown; one match of many
 *     known     attributes, columns, lines, when - lines, colours, the rows of long lines, the line of a time
 *     pattern   bytes, matcher, number, pattern, shape, shown - what is searched for, and finding it in bytes
 *     survey    chain, forget, spread, summary, summary_kind, survey - what is known of each block of the file
 *     reader    edits, hole, overlay, poked, reader, run - bytes of the file, a little at a time, and what lies over them
 *     kind      charset, kind, rune_name - what kind of file, how it spells its characters, what they are called
 *     poke      list, load, words - bytes that change, in words
 *   io       the kernel: descriptors, memory, threads
 *     poke      poke - a byte of a file changed in place, and what came of it
 *     journal   journal, place - what poked bytes were before
 *     file      copy, names, save, source, spool, watch - opening, copying, streams, being told of changes
 *     page      advice, fetch, guard, mapping, patience, residency, sandbox, window - bytes of a file as memory that is
 *               there when it is touched
 *     thread    clock, mailbox, pool, process, wake - workers, bells, what passes between threads, other programs
 *   base     bytes and words; no system call
 *     words     date, inspect, level, nearest, number, reckon, stamp, type - numbers, their types, levels
 *               of a log, places as expressions, times
 *     glyph     fit, glyph, ink - what is shown for bytes, in which ink, and how much of it goes on a row
 *     text      encode, encoding, utf8 - how bytes spell characters
 *     scan      brackets, needle, scan - counting and finding bytes, and the brackets of JSON, at the speed of memory
 *     bytes     base64, buf, error, ladder, sorted, span - what everything is made of
 *   tools    programs of their own, for those who work on folio
 *     bench     measure, screen - the meters of script/bench
 */
#include "folio/ui/run/program.h"

#include <malloc.h>

int main(int argc, char **argv)
{
    /* What is given back is to leave the process. By default each new worker may get a heap that keeps megabytes. */
    mallopt(M_ARENA_MAX, 2);
    /* And what is large and zero is to be touched no sooner than it is used: only a mapping of its own is so. */
    mallopt(M_MMAP_THRESHOLD, 128 << 10);
    return app_run(argc, argv);
}
