/* SPDX-License-Identifier: MIT */
/*
 * The journal's protocol, for spin: two folios that poke, undo and settle one byte, and die at any step.
 *
 * A step is what the kernel does at once: a lock, an append under the lock of the book, a compare-and-swap, a mark. What
 * lies between two steps may take any time, and the folio may be killed there; the kernel then lets go of its locks. What
 * src/io/journal/judge.c makes of the lines is `judge` here, with the same rules in the same order.
 *
 * Asserted:
 *   - no byte is changed without a way back: when it is stored, its line is in the book, with the byte that was there;
 *   - no entry is settled while its owner lives;
 *   - however it ended, undo until nothing is left makes the byte what it was, and comes to an end.
 *
 * Each of BROKEN_OWNER, BROKEN_ORDER, BROKEN_COMPARE, BROKEN_BYTE and BROKEN_STALE takes a rule away; then an assertion must fail, or
 * this model shows nothing (journal_slow.sh).
 */
#ifndef ENTRIES
#define ENTRIES 3 /* besides those of the last undo */
#endif
#ifndef CRASHES
#define CRASHES 2
#endif
#define TOTAL   (2 * ENTRIES + 1)
#define NONE    255

mtype = { intent, done, refused, undone };
mtype = { poke, undo };

typedef entry {
    mtype state;
    mtype way;
    byte before, after, reverts, owner; /* owner 0: nobody is at work on it */
};

entry book[TOTAL];
byte count = 0;   /* entries */
byte value = 0;   /* the byte; what it was at first is 0 */
byte locked = 0;  /* by whom the byte is locked; 0: nobody */
byte crashes = 0;
byte ended = 0;
bool killed[3];

/* What `judge` finds out; of no meaning between two steps. */
hidden mtype state[TOTAL];
hidden byte stands[TOTAL];
hidden byte found, j, k;

/* What the byte was after entry j: what the next one that was not refused found, or what is there now. */
inline after_of(now, size)
{
    k = j + 1;
    do
    :: k < size && book[k].state == refused -> k++
    :: else -> break
    od;
    if
    :: k < size -> found = book[k].before
    :: else -> found = now
    fi
}

/* Which of the first `size` entries stand, if the byte is `now`, by what whoever asks has `seen`, and who was `working`. */
inline judge(now, size)
{
    j = 0;
    do
    :: j < size ->
        state[j] = seen[j];
        if
#ifndef BROKEN_BYTE
        :: state[j] == intent && !working[j] ->
            after_of(now, size);
            if
            :: found == book[j].after -> state[j] = done
            :: else -> skip
            fi
#endif
        :: else -> skip
        fi;
        if
        :: book[j].way == undo && working[j] -> working[book[j].reverts] = true
        :: book[j].way == undo && !working[j] && state[j] == done ->
            state[book[j].reverts] = undone;
            k = book[j].reverts; /* and what stood on it has no hold any more */
            do
            :: k < j -> state[k] = (book[k].way == poke && state[k] == done -> undone : state[k]); k++
            :: else -> break
            od
        :: else -> skip
        fi;
        j++
    :: else -> break
    od;
    j = 0;
    k = NONE; /* the last that stands */
    do
    :: j < size ->
        stands[j] = (book[j].way == poke && !working[j] && state[j] == done);
        if
        :: stands[j] -> k = j
        :: else -> skip
        fi;
        j++
    :: else -> break
    od;
#ifndef BROKEN_BYTE
    if
    :: k != NONE && book[k].after != now -> judge_byte(now, size)
    :: else -> skip
    fi;
#endif
    /* The last that stands after all. */
    j = 0;
    k = NONE;
    do
    :: j < size ->
        if
        :: stands[j] -> k = j
        :: else -> skip
        fi;
        j++
    :: else -> break
    od
}

/* The byte is not what the last that stands made it. */
inline judge_byte(now, size)
{
    j = size;
    k = NONE; /* the highest one that found the byte as it is */
    do
    :: j > 0 && k == NONE ->
        j--;
        if
        :: stands[j] && book[j].before == now -> k = j
        :: else -> skip
        fi
    :: else -> break
    od;
    if
    :: k != NONE ->
        do
        :: k < size -> stands[k] = false; k++
        :: else -> break
        od
    :: else ->
        /* Down to one that made it what it is: nobody else writes here, so the book tells how it came to be. */
        j = size;
        do
        :: j > 0 && !(stands[j - 1] && book[j - 1].after == now) -> j--; stands[j] = false
        :: else -> break
        od
    fi
}

/* The kernel lets go of all that `me` had. */
inline let_go(me)
{
    j = 0;
    do
    :: j < count ->
        if
        :: book[j].owner == me -> book[j].owner = 0
        :: else -> skip
        fi;
        j++
    :: else -> break
    od;
    if
    :: locked == me -> locked = 0
    :: else -> skip
    fi
}

/* Compare, lock, compare, write the line, swap, mark, let go. */
inline store(me, kind, meant)
{
    atomic {
        if
        :: locked == 0 -> locked = me
        :: else -> goto again
        fi
    };
#ifndef BROKEN_COMPARE
    if
    :: value == old -> skip
    :: else -> locked = 0; goto again
    fi;
#endif
#ifdef BROKEN_ORDER
    d_step { swapped = (value == old); value = (swapped -> new : value) };
#endif
    atomic {
        if
#ifdef BROKEN_STALE
        :: count < ENTRIES ->
#else
        :: count < ENTRIES && (kind == poke || count == size) -> /* else the book has news since it was read */
#endif
            mine = count;
            book[mine].state = intent;
            book[mine].way = kind;
            book[mine].before = old;
            book[mine].after = new;
            book[mine].reverts = meant;
            book[mine].owner = me;
            count++
        :: else -> locked = 0; goto again
        fi
    };
#ifndef BROKEN_ORDER
    d_step {
        swapped = (value == old);
        assert(!swapped || (book[mine].before == value && book[mine].after == new && book[mine].owner == me));
        value = (swapped -> new : value)
    };
#endif
    book[mine].state = (swapped -> done : refused);
    d_step { book[mine].owner = 0; locked = 0 }
}

/* What nobody is at work on comes to what the byte tells: seen and marked while the book is held. */
inline settle(me)
{
    d_step {
        mine = 0;
        do
        :: mine < count ->
            if
#ifdef BROKEN_OWNER
            :: book[mine].state == intent ->
                assert(book[mine].owner == 0);
#else
            :: book[mine].state == intent && book[mine].owner == 0 ->
#endif
                j = mine;
                after_of(value, count);
                book[mine].state = (found == book[mine].after -> done : refused)
            :: else -> skip
            fi;
            mine++
        :: else -> break
        od;
        mine = 0
    }
}

proctype folio(byte me)
{
    byte mine = 0, old = 0, new = 0, size = 0, meant = 0;
    bool swapped = false;
    mtype seen[ENTRIES];
    bool working[ENTRIES];

again:
    {
        skip;
        d_step { old = 0; new = 0; size = 0; meant = 0; mine = 0; swapped = false };
        if
        :: count < ENTRIES -> /* a poke: what the person sees, and another value */
            old = value;
            if
            :: new = (old + 1) % 3
            :: new = (old + 2) % 3
            fi;
            store(me, poke, 0);
            goto again
        :: count > 0 && count < ENTRIES -> /* an undo: the book is read, then the byte, and may be old when it is stored */
            d_step {
                do
                :: size < count ->
                    seen[size] = book[size].state;
                    working[size] = book[size].owner != 0 && book[size].state == intent;
                    size++
                :: else -> break
                od
            };
            d_step {
                judge(value, size);
                meant = k;
                j = 0;
                do
                :: j < ENTRIES -> seen[j] = 0; working[j] = false; j++
                :: else -> break
                od
            };
            if
            :: meant != NONE ->
                d_step { old = book[meant].after; new = book[meant].before };
                store(me, undo, meant)
            :: else -> skip
            fi;
            goto again
        :: count > 0 -> settle(me); goto again
        :: goto finished
        fi
    } unless {
        atomic { killed[me] -> killed[me] = false; let_go(me) }
    };
    goto again;
finished:
    ended++
}

/* SIGKILL, at any time. */
proctype killer()
{
    do
    :: crashes < CRASHES -> atomic { crashes++; killed[1] = true }
    :: crashes < CRASHES -> atomic { crashes++; killed[2] = true }
    :: break
    od
}

init {
    mtype seen[TOTAL];
    bool working[TOTAL];
    byte last = 0;

    atomic { run folio(1); run folio(2); run killer() };
    ended == 2;
    /* Undo until nothing is left. */
again:
    skip;
    d_step {
        k = 0;
        do
        :: k < count -> seen[k] = book[k].state; working[k] = false; k++
        :: else -> break
        od;
        judge(value, count);
        last = k;
        if
        :: k == NONE -> assert(value == 0)
        :: else ->
            assert(count < TOTAL && book[k].after == value);
            book[count].state = done;
            book[count].way = undo;
            book[count].before = book[k].after;
            book[count].after = book[k].before;
            book[count].reverts = k;
            value = book[k].before;
            count++
        fi
    };
    if
    :: last != NONE -> goto again
    :: else -> skip
    fi
}
