/* SPDX-License-Identifier: MIT */
/**
 * io: the patience of those who only want what is in memory.
 */
#include "folio/io/page/patience.h"

#include <stddef.h>

static bool give_up(void *context, unsigned waited_ms)
{
    (void)context;
    (void)waited_ms;
    return false;
}

const struct patience patience_none = {give_up, NULL};
