/* SPDX-License-Identifier: MIT */
/**
 * io: touching mapped pages that may be gone.
 *
 * A page of a mapping can vanish between asking for it and touching it (the file shrank, the device failed, the
 * server died): the kernel then sends SIGBUS to the thread. guard_call runs a function over such memory and comes
 * back false when that happened. The cause is not known from the signal; ask fstat and pread afterwards.
 * One handler for the process, one jump buffer per thread, no lock. A SIGBUS or SIGSEGV at any other address keeps
 * its default action and dumps core, as a real bug should.
 */
#ifndef FOLIO_IO_PAGE_GUARD_H
#define FOLIO_IO_PAGE_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/** Install the handler; once, before any thread is started. */
void guard_install(void);

/**
 * Call `work(argument)`, which may touch [base, base + length). True when it came to its end; false when a page of
 * that range could not be had and `work` was left in the middle: it must hold no lock and own no memory then.
 * Nests: where `work` calls this itself, a fault ends the innermost call whose range it is in, and all within that.
 */
bool guard_call(const void *base, size_t length, void (*work)(void *argument), void *argument);

#endif
