/* SPDX-License-Identifier: MIT */
/*
 * model: what characters are called (see the header). The owner's thread, and one helper.
 *
 * libunistring is not linked: its two megabytes of names would be mapped, and its symbols bound, at each start of the
 * program, for something that few ask for. dlopen may read from a disk, so a helper does it. Two hold on to a struct
 * rune_names, the owner and the helper, and the last one frees it; the library stays, for there is no use in unloading it.
 */
#include "folio/model/kind/rune_name.h"

#include "folio/io/thread/pool.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <uniname.h>

_Static_assert(RUNE_NAME_TEXT >= UNINAME_MAX, "a name may be longer");

/** The function that is looked for. */
typedef char *rune_namer(ucs4_t rune, char *out);

struct rune_names {
    _Atomic(rune_namer *) namer; /**< NULL: not there, or not yet */
    atomic_bool loaded;
    struct wake *wake;
    atomic_uint holders;
};

static const char *const rune_control[33] = {
    "null",
    "start of heading",
    "start of text",
    "end of text",
    "end of transmission",
    "enquiry",
    "acknowledge",
    "bell",
    "backspace",
    "tab",
    "newline",
    "vertical tab",
    "form feed",
    "return",
    "shift out",
    "shift in",
    "data link escape",
    "XON",
    "device control 2",
    "XOFF",
    "device control 4",
    "negative acknowledge",
    "synchronous idle",
    "end of block",
    "cancel",
    "end of medium",
    "substitute",
    "escape",
    "file separator",
    "group separator",
    "record separator",
    "unit separator",
    "delete",
};

void rune_names_close(struct rune_names *names)
{
    if (names && atomic_fetch_sub(&names->holders, 1) == 1)
        free(names);
}

/** The helper. */
static void rune_names_load(void *context)
{
    struct rune_names *names = context;
    void *library = dlopen(FOLIO_UNISTRING, RTLD_LAZY | RTLD_LOCAL);
    rune_namer *namer = NULL;
    if (library)
        *(void **)&namer = dlsym(library, "unicode_character_name");
    atomic_store(&names->namer, namer);
    atomic_store(&names->loaded, true);
    wake_ring(names->wake);
    rune_names_close(names);
}

struct rune_names *rune_names_open(struct wake *wake)
{
    struct rune_names *names = calloc(1, sizeof *names);
    if (!names)
        return NULL;
    names->wake = wake;
    atomic_store(&names->holders, 2);
    if (!pool_help(rune_names_load, names)) {
        atomic_store(&names->loaded, true); /* no thread, no names */
        rune_names_close(names);
    }
    return names;
}

bool rune_names_loaded(const struct rune_names *names)
{
    return atomic_load(&names->loaded);
}

const char *rune_name(const struct rune_names *names, uint32_t rune, char out[RUNE_NAME_TEXT])
{
    rune_namer *namer = names ? atomic_load(&names->namer) : NULL;
    out[0] = '\0';
    if (rune < 32 || rune == 0x7f)
        snprintf(out, RUNE_NAME_TEXT, "%s", rune_control[rune < 32 ? rune : 32]);
    else if (!namer || !namer(rune, out))
        out[0] = '\0';
    return out;
}
