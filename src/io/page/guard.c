/* SPDX-License-Identifier: MIT */
/* io: the SIGBUS handler and the jump buffer of each thread. Any thread.
 *
 * guard_call sets the jump, marks the range, works, unmarks. The handler jumps only for a fault of a marked range;
 * a thread-local chain of the calls under way, one in another, is the only state, so threads do not meet here.
 *
 * The jump restores the signal mask (sigsetjmp with 1), for SIGBUS is blocked while its handler runs. Mapping a page
 * of zeros over the bad one instead was rejected: the scan would go on and count zeros as data. */
#include "folio/io/page/guard.h"

#include <setjmp.h>
#include <signal.h>
#include <stdint.h>

/** What a call is touching. Lives in its frame, and is read by the handler of its own thread only. */
struct guard {
    sigjmp_buf jump;
    uintptr_t begin;
    uintptr_t end;
    struct guard *outer;
};

/** The innermost call under way; volatile and not atomic, for no other thread looks. */
static _Thread_local struct guard *volatile guard;
static _Thread_local bool unblocked;

/** On the faulting thread, between two instructions of `work`. */
static void guard_handle(int number, siginfo_t *info, void *context)
{
    (void)context;
    uintptr_t address = (uintptr_t)info->si_addr;
    bool fault = info->si_code > 0; /* not one that somebody sent with kill() */

    for (struct guard *at = guard; fault && at; at = at->outer)
        if (address >= at->begin && address < at->end)
            siglongjmp(at->jump, 1);
    /* A real bug. A fault comes back by itself as soon as this returns; one that was sent must be sent again. */
    (void)signal(number, SIG_DFL);
    if (!fault)
        (void)raise(number);
}

void guard_install(void)
{
    /* No stack of its own: the code under the guard is shallow, and threads need none then. */
    struct sigaction action = {.sa_sigaction = guard_handle, .sa_flags = SA_SIGINFO};

    sigemptyset(&action.sa_mask);
    (void)sigaction(SIGBUS, &action, NULL);
}

/** A blocked SIGBUS kills at the fault, whatever handler there is; threads that block all signals inherit that. */
static void guard_unblock(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGBUS);
    (void)pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    unblocked = true;
}

bool guard_call(const void *base, size_t length, void (*work)(void *argument), void *argument)
{
    struct guard here = {.begin = (uintptr_t)base, .end = (uintptr_t)base + length, .outer = guard};

    if (!unblocked)
        guard_unblock();
    if (sigsetjmp(here.jump, 1) != 0) {
        guard = here.outer;
        return false;
    }
    guard = &here; /* after the jump is ready */
    work(argument);
    guard = here.outer;
    return true;
}
