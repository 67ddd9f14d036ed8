/* SPDX-License-Identifier: MIT */
/**
 * io: the book of pokes: which byte of which file was what before, and how far its change got.
 *
 * One text file for all files, $XDG_STATE_HOME/folio/pokes or ~/.local/state/folio/pokes, readable by its owner only. A
 * line is on the disk before its byte is stored, so that a poke can be undone next week, by another folio, and after a
 * crash. What is finished moves to an archive beside it now and then, which is read where the whole story is asked for.
 * A `struct journal` is the open book, used by one thread, whichever that is; several folios may write to the book at
 * once. Functions wait for the disk, so a thread that answers keys calls none of them. Lists are the caller's.
 */
#ifndef FOLIO_IO_JOURNAL_JOURNAL_H
#define FOLIO_IO_JOURNAL_JOURNAL_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Bytes of context kept on each side. */
#define JOURNAL_CONTEXT 8

enum journal_state {
    JOURNAL_INTENT,  /**< about to be stored; still so after a crash: what the byte is now tells more */
    JOURNAL_DONE,    /**< stored, and msync said so */
    JOURNAL_REFUSED, /**< in the end nothing was stored */
    JOURNAL_FAILED,  /**< stored in the cache, and msync failed: the disk may hold either */
    JOURNAL_LOST,    /**< stored, and then the file turned out to end before it */
    JOURNAL_UNDONE   /**< it was done, and another entry undid it */
};

/** What an entry changes back. */
enum journal_way { JOURNAL_POKE, JOURNAL_UNDO, JOURNAL_REDO };

/** One poke of one byte. */
struct journal_entry {
    enum journal_state state;
    enum journal_way way;
    uint64_t id;      /**< its number in the book, ascending */
    uint64_t group;   /**< the id of the first of those that were made together */
    uint64_t reverts; /**< JOURNAL_UNDO and JOURNAL_REDO: the id of the entry meant */
    int64_t time;     /**< Unix seconds */
    uint64_t offset;
    uint8_t before, after; /**< the byte */
    uint64_t size;         /**< of the file then */
    uint64_t inode;
    int64_t birth_ns; /**< 0: the file system does not know */
    uint64_t
        system; /**< of its file system, where inode and birth are not enough; 0: not known, or not needed */
    uint8_t left[JOURNAL_CONTEXT], right[JOURNAL_CONTEXT];
    uint8_t left_count, right_count; /**< fewer at the ends of the file */
    char *path;                      /**< absolute */

    /* What journal_begin and journal_read find out. */
    uint64_t row; /**< where it stands in the book; 0: in the archive */

    /* What journal_read finds out. */
    int now;         /**< the byte as it is read now; -1: it cannot be read, or the file ends before it */
    bool fits;       /**< the bytes around it are what they were, but for pokes that the book knows */
    bool same_path;  /**< the file stands where it stood */
    bool same_inode; /**< it is the same file by inode and birth */
    bool
        stranger; /**< it is about another file that stood at this path: nothing but its number speaks for it */
    bool alive;   /**< who began it, or is undoing it, is still at work */
    bool stands;  /**< a poke whose byte is in the file: an undo takes it back */
    bool settled; /**< it was stored, and the byte is as it was before, though no undo is known */
    bool open;    /**< JOURNAL_INTENT, nobody is at work, and nothing later is known of the byte */
    enum journal_state
        verdict; /**< of JOURNAL_INTENT where nobody is at work: what it came to; itself: not known */
};

/** Entries of one file, oldest first. */
struct journal_list {
    struct journal_entry *entry;
    size_t count;
    uint64_t next; /**< the number that the next line of the book would have had when it was read */
};

struct journal;

/** How one waits for the book while another program holds it. Members may be NULL. */
struct journal_wait {
    void (*held)(void *context); /**< somebody else holds it: called once for a book, before waiting */
    bool (*ours)(void *context); /**< of journal_begin: the book is ours; false: nobody wants it any more */
    void *context;               /**< must live as long as the book */
};

/**
 * Open the book, made if it is missing (with its folders, durably); `path` NULL: where it belongs. NULL and `error`, also
 * where something else than a file stands there.
 */
struct journal *journal_open(const char *path, struct error *error);

/** Close it; a long book is sorted first: what is finished goes to the archive. NULL is allowed. */
void journal_close(struct journal *journal);

/** From now on journal_begin and journal_settle wait as `wait` says; it is copied. */
void journal_waits(struct journal *journal, const struct journal_wait *wait);

/**
 * Write `count` entries as one group in state JOURNAL_INTENT, and come back when they are on the disk. Fills id, row,
 * group and time. Until journal_end others see that somebody is at work on them. `since`: they are of a plan that was made
 * from a list with this `next`; should the book have news of the file since, nothing is written, and the code of the error
 * is ESTALE. 0: they are of no plan. False: nothing may be stored.
 */
bool journal_begin(struct journal *journal, uint64_t since, struct journal_entry *entry, size_t count,
                   struct error *error);

/**
 * Set the state of an entry of journal_begin, without waiting for the disk: after a crash it may have the old, more careful
 * one.
 */
bool journal_mark(struct journal *journal, const struct journal_entry *entry, enum journal_state state,
                  struct error *error);

/**
 * The same of all entries of one journal_begin, to the states that they have: in one write, however many they are. False:
 * some may have their old state.
 */
bool journal_mark_all(struct journal *journal, const struct journal_entry *entry, size_t count,
                      struct error *error);

/** Nobody is at work any more on the entries that were begun; those that are not marked are told by their bytes. */
void journal_end(struct journal *journal);

/** Is `fd` the book itself, or its archive? */
bool journal_is(const struct journal *journal, int fd);

/**
 * The entries of the file that `fd` stands for, with what is there now: of this very file by inode and birth, and those
 * of another that stood at its path, which are strangers as soon as this one was poked itself. What an entry became is
 * what its byte tells. No book is an empty list. False: the book cannot be read. To be released in either case.
 */
bool journal_read(const char *path, int fd, struct journal_list *list, struct error *error);

/** May there be something unfinished of the file of `fd`? Much cheaper than journal_read. No book: no. */
bool journal_suspects(const char *path, int fd);

/** What became of pokes that were not finished: of the entries that are `open`. */
struct journal_unfinished {
    const struct journal_entry *first; /**< the first of them; NULL: there is none */
    size_t count;
    size_t landed, never; /**< the byte is what it was to be; is what it was */
    size_t foreign;       /**< somebody else has written there */
    size_t unreadable;
};

/** Sum up what is unfinished in a list. */
struct journal_unfinished journal_unfinished(const struct journal_list *list);

/**
 * Settle what nobody is at work on and whose byte tells what became of it: what landed is synced by `fd`, the file, and
 * done, what never landed is refused. `list` is what was read for it, by journal_read, while the book was held: what is
 * `open` in it was not finished. False: nothing is settled. To be released in either case.
 */
bool journal_settle(struct journal *journal, int fd, struct journal_list *list, struct error *error);

/** Free the list. */
void journal_release(struct journal_list *list);

/**
 * Append lines for `xxd -r` that make all that was done again, or (`back`) take it back, in the order in which they
 * must be carried out.
 */
void journal_xxd(const struct journal_list *list, bool back, struct buf *out);

#endif
