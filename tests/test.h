/* SPDX-License-Identifier: MIT */
/**
 * tests: cmocka with what its header wants to see before it. Every unit test includes this and nothing of cmocka else.
 */
#ifndef FOLIO_TEST_H
#define FOLIO_TEST_H

/* The order is cmocka's: its header uses the types of the others and includes none of them. */
/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#endif
