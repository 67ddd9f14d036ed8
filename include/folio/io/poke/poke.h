/* SPDX-License-Identifier: MIT */
/**
 * io: changing bytes of a file in place, and knowing what came of it.
 *
 * The caller holds a descriptor that can only read; everything that can write exists for the moment of one poke. A
 * poke is compared before and while it is stored, is in the journal before it is stored, waits for the disk, and reads
 * back from it. Nothing is retried: after a failure the result says what is true now. Any thread but one that must
 * answer a key: it waits for disks. guard_install must have been called. One poke is a value of one thread.
 */
#ifndef FOLIO_IO_POKE_POKE_H
#define FOLIO_IO_POKE_POKE_H

#include "folio/base/bytes/error.h"
#include "folio/io/journal/journal.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** poke_byte.expected: whatever is there. */
#define POKE_ANY (-1)

/** One byte to be changed. */
struct poke_byte {
    uint64_t offset;
    int expected;     /**< what it must be, or POKE_ANY, which poke_run replaces by what it found */
    uint8_t value;    /**< what it becomes; poke_run fills in the bits that `mask` leaves out */
    uint8_t mask;     /**< the bits of `value` that are meant; 0 is all of them, as 0xff */
    uint64_t reverts; /**< id of the journal entry that this undoes or redoes, or 0 */
};

/** What a person must allow besides the poke itself. */
enum poke_consent {
    POKE_MAY_SETUID = 1, /**< a poke leaves the set-user-ID bit where a write would clear it */
    POKE_MAY_DEVICE = 2, /**< a block device */
    POKE_MAY_UNNAMED = 4 /**< a file that was deleted: nobody else will see it */
};

/** A poke that is under way, for who looks on from another thread, and may want it to end. All zeros at the beginning. */
struct poke_progress {
    atomic_size_t count, stored; /**< how many bytes, and how many of them are stored and synced so far */
    atomic_bool stop;    /**< set by who looks on: what is not begun is left out, but never the first page */
    atomic_bool stopped; /**< that has happened */
};

/** What to do. */
struct poke_request {
    int fd;           /**< the descriptor of the view, open for reading; stays the caller's */
    const char *path; /**< the name it was opened by, which must still lead to it; NULL: not looked at */
    struct poke_byte *byte;  /**< compared all before the first is stored; stored in this order */
    size_t count;            /**< 1 or more */
    unsigned consent;        /**< of enum poke_consent */
    struct journal *journal; /**< open */
    enum journal_way way;
    uint64_t since;                 /**< of poke_plan: see journal_begin; 0: no plan */
    struct poke_progress *progress; /**< NULL: nobody looks on */
};

/** Why a poke was not carried out, or not to its end. */
enum poke_reason {
    POKE_FINE,
    POKE_KIND,      /**< a pipe, a directory, folio's own journal: nothing that can be poked */
    POKE_END,       /**< past the end */
    POKE_TWICE,     /**< a group names it twice */
    POKE_CHANGED,   /**< another byte than expected is there */
    POKE_REPLACED,  /**< the name leads to another file, or to none */
    POKE_UNNAMED,   /**< deleted; see POKE_MAY_UNNAMED */
    POKE_READ_ONLY, /**< the file system, or the device */
    POKE_FORBIDDEN, /**< permissions */
    POKE_IMMUTABLE, /**< chattr +i */
    POKE_APPEND,    /**< chattr +a */
    POKE_RUNNING,   /**< a program that runs */
    POKE_SEALED,    /**< a memory file that is sealed against writing */
    POKE_SETUID,    /**< see POKE_MAY_SETUID */
    POKE_DEVICE,    /**< see POKE_MAY_DEVICE */
    POKE_MOUNTED,   /**< a block device that is in use */
    POKE_LOCKED,    /**< another folio is at this byte */
    POKE_SPACE,     /**< no room for the hole, or the copy of a shared block */
    POKE_UNREADABLE,
    POKE_JOURNAL,   /**< no entry, no poke */
    POKE_UNSYNCED,  /**< stored in the cache, and then the disk failed */
    POKE_MISSING,   /**< the disk was asked and holds another byte, though it said that it is written */
    POKE_OVERTAKEN, /**< somebody changed the byte right after it was stored */
    POKE_STOPPED,   /**< a group was ended half way, because somebody wanted to leave */
    POKE_LOST,      /**< the file became shorter meanwhile */
    POKE_SYSTEM     /**< any other call failed */
};

/** What came of a poke. Bytes are done in order, so that each count is of the first ones. */
struct poke_result {
    enum poke_reason reason;
    size_t which;       /**< the byte that the reason is about */
    struct error error; /**< one sentence; empty when all is fine */
    size_t stored;   /**< put into the cache: what became of them there and on the disk is another matter */
    size_t written;  /**< everybody who reads the file sees them */
    size_t synced;   /**< and the kernel says that they are on the disk */
    size_t verified; /**< and they were read back from there, past the cache */
    int unverified_code; /**< errno of reading past the cache, 0: it can be done */
    int cached; /**< what the cache holds at byte `which` now; -1: not known. A view that shows another is stale */
    int disk;            /**< what the disk holds there; -1: not known */
    bool atomic;         /**< by compare-and-swap; false: mapping was refused, so compared and then written */
    bool allocated;      /**< a hole of a sparse file got a block */
    bool memory;         /**< on a file system in memory: nothing outlives the machine */
    uint64_t names;      /**< by how many names the file is known */
    uint64_t size;       /**< of the file afterwards */
    int64_t modified_ns; /**< its time of change afterwards: this one was us */
    uint64_t group;      /**< journal id, 0: none was written */
};

/**
 * Carry out a poke. True when all bytes are written and synced, and reading back does not contradict; `result` tells
 * all.
 */
bool poke_run(struct poke_request *request, struct poke_result *result);

/** The bytes that an undo or redo has to store. */
struct poke_plan {
    struct poke_byte *byte; /**< owned */
    size_t count;
    uint64_t since; /**< for poke_request */
    size_t passed;  /**< pokes that an undo would have come to before: their bytes are as they were already */
};

/** What is to be undone or redone. */
struct poke_wish {
    enum journal_way way; /**< JOURNAL_UNDO, JOURNAL_REDO */
    uint64_t id;          /**< of a group or an entry; 0: the last group of which that is possible */
    bool force;           /**< also where the bytes around are not what they were */
};

/**
 * Find which bytes to store, by poke_run. An entry that is named may be one of another file that stood at this path, or one
 * that the book takes for undone though its byte says otherwise. False and one sentence, with what to do, when there is
 * none, or when the bytes around one of them are not what they were.
 */
bool poke_plan(const struct journal_list *list, const struct poke_wish *wish, struct poke_plan *plan,
               struct error *error);

/** Free the bytes of a plan. */
void poke_plan_release(struct poke_plan *plan);

#endif
