/* SPDX-License-Identifier: MIT */
/**
 * io: parts of a file written somewhere else, in the background: into another file, or into a pipe. Unchanged, or as a
 * shape makes them.
 *
 * A helper thread does all that may block: it opens the target, reads the source through a descriptor of its own
 * (pread, no mapping, so a dead disk holds up nobody), writes, and has a file put on the disk before it says that it is
 * done. The owner feeds it with stretches of the source, ascending, looks how far it is, and may leave it at any time.
 * Opaque; one owner's thread (the view thread).
 */
#ifndef FOLIO_IO_FILE_SAVE_H
#define FOLIO_IO_FILE_SAVE_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"
#include "folio/io/thread/wake.h"

#include <stdbool.h>
#include <stdint.h>

/** How many stretches can wait; one that begins where the last one ends is joined to that one. */
#define SAVE_QUEUE 4096u

struct save;

/** What to do with a file that is there already. */
enum save_mode {
    SAVE_NEW, /**< leave it, and say so: SAVE_EXISTS */
    SAVE_OVERWRITE,
    SAVE_APPEND,
};

enum save_state {
    SAVE_RUNNING,
    SAVE_DONE,    /**< all of it is written, and a file is on the disk */
    SAVE_EXISTS,  /**< something has that name: nothing was done */
    SAVE_CLOSED,  /**< the reader of the pipe wants no more */
    SAVE_STOPPED, /**< by save_stop */
    SAVE_FAILED,  /**< save_look's error says why */
};

/** How far a save has come. */
struct save_progress {
    enum save_state state;
    bool opened;         /**< the target has been opened: it is what `written` says, no matter how it ended */
    uint64_t written;    /**< bytes that went out, holes among them */
    uint64_t unreadable; /**< bytes left out, in pages that cannot be read */
    uint64_t gone;       /**< bytes left out because the source ends before them now */
    uint64_t edited;     /**< bytes that went out as the overlay has them */
};

/** Bytes that go out in place of those of the source, as a list that the save owns. All zero: none. */
struct save_overlay {
    void *edits;
    /** Put those that lie in the `length` bytes at `offset` into them; how many there are. */
    size_t (*apply)(const void *edits, uint64_t offset, void *bytes, size_t length);
    /** The place of the first one in `range`; its end where there is none. */
    uint64_t (*next)(const void *edits, struct range range);
    void (*release)(void *edits);
};

/** Room that a shape finds at least. */
#define SAVE_ROOM 4096u

/** What makes other bytes of those of the stretches, on the helper's thread. All zero: they go out as they are. */
struct save_shape {
    void *state;
    /**
     * Write what the bytes of `*in` become to `out`, at most `room` bytes, and take off `*in` what is dealt with; `last`:
     * no more comes behind it. Returns how many were written; called again until that is less than `room`, and `*in`
     * is empty.
     */
    size_t (*run)(void *state, struct span *in, bool last, char *out, size_t room);
    void (*release)(void *state);
};

/**
 * Begin to write parts of the open file `source` into a file at `path` (raw bytes, copied). The source itself is never
 * written to, whatever name it has. `wake` (NULL: none) is rung at the end, when there is room again for stretches, and
 * at most every 50 ms while it goes on; not after save_close. NULL and `error` when out of memory or threads.
 */
struct save *save_open(const char *path, enum save_mode mode, int source, struct wake *wake,
                       struct error *error);

/** The same into a new pipe, of which the caller gets the end to read from (close-on-exec) in `*reader`. */
struct save *save_open_pipe(int source, int *reader, struct wake *wake, struct error *error);

/**
 * The same of a text (copied) that has no file yet: all of it is fed. The open file `viewed` is not written to either.
 */
struct save *save_open_text(const char *path, enum save_mode mode, const char *text, size_t length,
                            int viewed, struct wake *wake, struct error *error);

/** Lay these bytes over the source. Once, and before the first stretch is fed. */
void save_lay(struct save *save, struct save_overlay overlay);

/** Have the bytes, with what lies over them, pass through this. Once, and before the first stretch is fed. */
void save_reshape(struct save *save, struct save_shape shape);

/** Read from this descriptor from now on: the content has moved there (see io/file/spool). False: out of descriptors. */
bool save_source(struct save *save, int source);

/** One more stretch, behind those before. False: there is no room now. */
bool save_feed(struct save *save, struct range range);

/** No more stretches will come. */
void save_finish(struct save *save);

/** Stop as soon as possible, within 50 ms where the device answers; what is written stays. */
void save_stop(struct save *save);

/** How far has it come? Where it is FAILED, `error` (NULL allowed) says why. */
struct save_progress save_look(struct save *save, struct error *error);

/**
 * Wait no more for a save that was stopped. Returns what it comes to: a file will hold as many bytes as it says, even if
 * some more are on their way, as soon as the device answers.
 */
struct save_progress save_abandon(struct save *save);

/** Let go of the save; one that still runs is stopped. Never waits. NULL is fine. */
void save_close(struct save *save);

#endif
