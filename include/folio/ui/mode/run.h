/* SPDX-License-Identifier: MIT */
/**
 * ui: typing into a run (model/reader/run.h), as one types into a line of fixed places: what is typed goes over what is
 * there. Pure.
 */
#ifndef FOLIO_UI_MODE_RUN_H
#define FOLIO_UI_MODE_RUN_H

#include "folio/base/bytes/buf.h"
#include "folio/model/reader/run.h"

/** The run that is typed, and what is known of it. All zero: there was none yet. */
struct typing {
    struct run run;
    bool on;         /**< there is one: keys are for it */
    uint64_t told;   /**< number of the request that shows it, and is not replied to; 0: none */
    bool stale;      /**< it changed since: the session is to be told again */
    bool wrong;      /**< a key was no byte: it cannot be stored any more */
    bool asking;     /**< whether a command line may take its place */
    bool quoting;    /**< the next key is a byte, whatever it is */
    uint64_t limit;  /**< where bytes end that were selected, as a paste must; UINT64_MAX: none were */
    char label[256]; /**< what is to be said of the last key, "" for what the session says of the run */
};

/** Begin at `offset`, empty. The edition goes on, so that no two runs have one in common. */
void run_begin(struct run *run, uint64_t offset, bool characters);

/** Type one byte at the cursor. `end` is where the file ends. False: no byte is there to be typed over; nothing changed. */
bool run_type(struct run *run, uint8_t byte, uint64_t end);

/** The same with one digit of a byte. */
bool run_digit(struct run *run, unsigned digit, uint64_t end);

/** Type the bytes of one character: all of them, or none. */
bool run_unit(struct run *run, const char *unit, size_t length, uint64_t end);

/** Take back the last digit, or the last byte; within the run the cursor goes back over it. False: there is nothing. */
bool run_erase(struct run *run);

/** Move the cursor by so many bytes, within the run and to right behind it. False: it cannot, or half a byte is there. */
bool run_move(struct run *run, int64_t bytes);

/** To the other column, between whole bytes. False: half a byte is there. */
bool run_turn(struct run *run);

/** How many bytes text would be that is pasted into the run; 0: none, for it is no row of bytes. */
size_t run_bytes(const struct run *run, const char *text, size_t length);

/** Hexadecimal digits with any blanks between them, or bytes as they are, at the cursor. False, and nothing changed: there
 * is something else in the text, an odd digit, or no room. */
bool run_paste(struct run *run, const char *text, size_t length, uint64_t end);

#endif
