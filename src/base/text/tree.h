/* SPDX-License-Identifier: MIT */
/*
 * base, private to encoding*.c: the table of a multi-byte encoding, a tree with one node per incomplete sequence.
 *
 *     node[0]: first byte          0x41 -> entry 'A'        0x81 -> entry NODE|1        0xff -> NONE
 *     node[1]: second byte of 81   0x30 -> entry NODE|2     0x40 -> entry U+4E02
 *
 * A node covers the bytes from `first` to `last` only, and its entries stand in a row in one array for all nodes, so
 * that the four-byte characters of GB18030 take ten entries a node and not 256. A character costs one look per byte.
 * Its 900,000 characters beyond the BMP are arithmetic, and no entries.
 */
#ifndef FOLIO_BASE_TEXT_TREE_H
#define FOLIO_BASE_TEXT_TREE_H

#include "folio/base/text/encoding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What an entry is when it is no code point. */
#define MULTI_NONE   UINT32_MAX           /**< no character begins so */
#define MULTI_NODE   UINT32_C(0x80000000) /**< or-ed with the number of the node for the next byte */
#define MULTI_LINEAR UINT32_C(0x7fffffff) /**< GB18030 beyond the BMP: four bytes, counted through */

struct multi_node {
    uint32_t entry; /**< where in `entry` that of byte `first` is */
    uint8_t first, last;
};

struct encoding_multi {
    struct multi_node *node;
    uint32_t *entry;
    size_t node_count, entry_count, node_room, entry_room;
    /** Can this byte be the second or a later one of a character? */
    bool trail[256];
};

#endif
