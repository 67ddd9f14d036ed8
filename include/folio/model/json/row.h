/* SPDX-License-Identifier: MIT */
/**
 * model: the rows of a JSON file as a tree, one a value and one a closing bracket, as a pretty printer has its lines.
 *
 * There is no list of them. A row begins at a byte that follows from the brackets and commas around it: the first one that
 * is no blank behind an opening bracket or a comma, a closing bracket of a container that is not empty, and what stands
 * behind a closing bracket without a comma. It goes on to where the next one begins, so that each byte of the file is in
 * exactly one row, whatever the file holds; blanks belong to the row before them. Where each line is a document a row ends
 * with its line at the latest. A closed container is one row, with its brackets and all between. View thread.
 *
 * As data (`data`) a closing bracket is on the row before it, if nothing is wrong with it and its container is in less than
 * JSON_DATA_DEPTH others; so what is wrong still shows, and no row has more of them than that.
 *
 *     {            "a":  [1,   2]  ,  "b": {}   }
 *     |row         |row   |row |row   |row      |row
 */
#ifndef FOLIO_MODEL_JSON_ROW_H
#define FOLIO_MODEL_JSON_ROW_H

#include "folio/model/json/folds.h"
#include "folio/model/json/nesting.h"
#include "folio/model/json/value.h"

#include <stdbool.h>
#include <stdint.h>

/** As deep as a closing bracket may be that has no row. */
#define JSON_DATA_DEPTH 64

/** What the rows are made of, all borrowed. A value. */
struct json_rows {
    struct nesting *nesting;
    struct reader *reader;
    const struct summary *lines;
    bool by_line;                   /**< each line is a document (model/json/documents) */
    const struct json_folds *folds; /**< NULL: all is open */
    bool data;                      /**< closing brackets have no rows */
};

/** One row, read. */
struct json_row {
    uint64_t begin, next;
    uint64_t depth;  /**< containers of its document around it; a closing bracket is as deep as its value */
    uint64_t opener; /**< the bracket of the innermost one, which is */
    char bracket;    /**< '[' or '{'; '\0': it is in none */
    bool closes;     /**< it is of a closing bracket, and `value` is nothing */
    bool blank;      /**< it holds no byte but blanks */
    bool folded;     /**< it is a container that is closed, and not empty */
    uint64_t close;  /**< the closing bracket, of such rows and of an empty container; otherwise UINT64_MAX */
    struct json_value value; /**< as model/json/value reads it */
    struct range rest;   /**< bytes behind the value that belong to no other row, the comma not among them */
    uint64_t comma;      /**< behind it all; UINT64_MAX: there is none */
    enum json_mark mark; /**< what is wrong */
};

/** Where the row begins that holds the byte at `at`; of a place past the end, the last row. NONE: the file is empty. */
enum nesting_answer json_rows_holding(const struct json_rows *rows, uint64_t at, uint64_t *begin);

/** Where the row ends that begins at `begin`: where the next one begins, or the file ends. */
enum nesting_answer json_rows_next(const struct json_rows *rows, uint64_t begin, uint64_t *next);

/** How many children the row's container has, if it is closed and has a closing bracket. */
enum nesting_answer json_row_children(const struct json_rows *rows, const struct json_row *row,
                                      uint64_t *count);

/** Which of the children of its container the row is, from 0; `row->bracket` must not be '\0'. */
enum nesting_answer json_row_ordinal(const struct json_rows *rows, const struct json_row *row,
                                     uint64_t *ordinal);

/** Read the row that begins at `begin`. */
enum nesting_answer json_row_read(const struct json_rows *rows, uint64_t begin, struct json_row *row);

#endif
