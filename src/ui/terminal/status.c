/* SPDX-License-Identifier: MIT */
/**
 * ui: the status row.
 *
 * The row is a list of pieces in the order of the screen, each with a rank. A long name gives way first, and is cut in
 * front, because its end tells more; then pieces are taken out, the highest rank first, until the rest fits. Where one
 * is, what is counted, which lines are shown at all, what is under way and what happened to the file stay: where there
 * is still no room, they are told in fewer columns (struct status_shape), and at last without the name. A message that is
 * wider than the screen takes more rows, broken at blanks. Pure.
 */
#include "folio/ui/terminal/status.h"

#include "folio/base/words/number.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define STATUS_PIECES 20
#define STATUS_HINT   "q quit  h help"
/** Where h is to the left. */
#define STATUS_HINT_TREE "q quit  F1 help"
/** Where letters are what is typed over the bytes. */
#define STATUS_HINT_LETTERS "Tab digits  :q quit"
/** Columns that the name keeps beside what is wished for, and beside what must be told. */
#define STATUS_NAME_LONG 20
#define STATUS_NAME      12
/** Pieces up to this rank stay. */
#define STATUS_STAYS 4
/** Rows that a message may take. */
#define STATUS_ROWS 4u

struct status_piece {
    char text[1024];
    unsigned rank; /**< up to STATUS_STAYS: it stays */
    bool right;    /**< stands at the right edge */
};

/** In how many columns all is told. */
struct status_shape {
    unsigned name;  /**< that the name is to have at least; 0: there is none */
    unsigned label; /**< that a label may take */
    bool brief;     /**< "17/2,143" for "match 17 of 2,143", and one blank between the pieces */
    bool total;     /**< of how many lines */
};

/** From the widest on. What is only wished for is not told in fewer columns: it is in the first alone. */
static const struct status_shape status_shapes[] = {
    {STATUS_NAME_LONG, 1024, false, true},
    {STATUS_NAME_LONG, 1024, false, true},
    {STATUS_NAME, 1024, false, true},
    {STATUS_NAME, 20, false, true},
    {STATUS_NAME, 20, true, true},
    {STATUS_NAME, 8, true, true},
    {0, 8, true, true},
    {0, 8, true, false},
};

#define STATUS_SHAPES (sizeof status_shapes / sizeof *status_shapes)

struct status_row {
    struct status_piece piece[STATUS_PIECES];
    unsigned count;
    struct status_shape shape;
    bool named; /**< the first piece is the name */
};

/** An estimate as it is shown: "~52,000", "?". */
static const char *status_estimate(struct estimate estimate, bool commas, char out[40])
{
    char number[32];
    if (!estimate.known)
        return "?";
    if (commas)
        number_group(estimate.value, number, sizeof number);
    else
        snprintf(number, sizeof number, "%" PRIu64, estimate.value);
    snprintf(out, 40, "%s%s", estimate.exact ? "" : "~", number);
    return out;
}

/** Is the place that of a cursor on a byte? */
static bool status_cursor(const struct report *report)
{
    return report->cursor != FRAME_NO_OFFSET;
}

/** How much of the file is above `offset`, in percent, to the nearest as in less; 100 is only the end. */
static unsigned status_above(const struct report *report, uint64_t offset)
{
    if (report->size == 0 || offset >= report->size)
        return 100;
    unsigned percent = (unsigned)(((__uint128_t)offset * 100 + report->size / 2) / report->size);
    return percent < 100 ? percent : 99;
}

/** How much of it is above the byte at `offset`, or up to the cursor. */
static unsigned status_percent(const struct report *report, uint64_t offset)
{
    if (!status_cursor(report) || report->size == 0)
        return status_above(report, offset);
    /* What is shown beside the file may go on behind its end. */
    uint64_t end = report->cursor < report->size ? report->cursor + 1 : report->size;
    return (unsigned)((__uint128_t)end * 100 / report->size);
}

static void status_add(struct status_row *row, unsigned rank, const char *text)
{
    if (text[0] != '\0' && row->count < STATUS_PIECES) {
        struct status_piece *piece = &row->piece[row->count++];
        piece->rank = rank;
        piece->right = false;
        snprintf(piece->text, sizeof piece->text, "%s", text);
    }
}

/** The line of the first row, and of how many; more may come. */
static void status_line(struct status_row *row, const struct report *report)
{
    char text[160], line[40], total[40];
    const char *noun = row->shape.brief ? "" : "line ";
    status_estimate(report->top_line, true, line);
    if (row->shape.total)
        snprintf(text, sizeof text, "%s%s/%s%s", noun, line, status_estimate(report->line_count, true, total),
                 report->growing ? "+" : "");
    else
        snprintf(text, sizeof text, "%s%s", noun, line);
    if (report->top_line.known)
        status_add(row, 2, text);
}

/** Where in the file: line, byte, percent, all of the first row, or of the cursor. */
static void status_place(struct status_row *row, const struct report *report)
{
    char text[160];
    if (report->size == 0)
        return;
    status_line(row, report);
    if (status_cursor(report))
        snprintf(text, sizeof text, "0x%" PRIx64 " (%" PRIu64 ")", report->cursor, report->cursor);
    else
        snprintf(text, sizeof text, "%s0x%" PRIx64, report->approximate ? "~" : "", report->top_offset);
    status_add(row, status_cursor(report) ? 2 : 6, text);
    if (report->shift > 0) {
        snprintf(text, sizeof text, "column %" PRIu64, report->shift + 1);
        status_add(row, 5, text);
    }
    if (!report->growing) {
        snprintf(text, sizeof text, "%u%%", status_percent(report, report->top_offset));
        status_add(row, 3, text);
    }
}

/** What is selected: the first and the last byte, and how many they are. */
static void status_selected(struct status_row *row, const struct report *report)
{
    char text[128], count[32];
    uint64_t length = report->selected_end - report->selected;
    if (length == 0)
        return;
    snprintf(text, sizeof text,
             row->shape.brief ? "%s0x%" PRIx64 "-0x%" PRIx64 ", %s%.0s"
                              : "%s 0x%" PRIx64 "-0x%" PRIx64 ", %s %s",
             row->shape.brief ? "" : "selected", report->selected, report->selected_end - 1,
             number_group(length, count, sizeof count), length == 1 ? "byte" : "bytes");
    status_add(row, 4, text);
}

/** A label, cut at a character where it has more columns than it may. */
static void status_label(const struct status_row *row, const char *label, char out[256])
{
    size_t length = strlen(label);
    const bool cut = strip_width(label, length) > row->shape.label;
    while (cut && length > 0 &&
           ((label[length] & 0xc0) == 0x80 || strip_width(label, length) + 2 > row->shape.label))
        length--;
    snprintf(out, 256, "%.*s%s", (int)(length < 250 ? length : 250), label, cut ? ".." : "");
}

/**
 * "match 17 of 2,143", "2,143 matches", "& error  17 lines", with + while they are still counted, or more may come. Where
 * there are none, only what bears a label is told.
 */
static void status_tally(struct status_row *row, const struct tally *tally, bool growing)
{
    char text[400], index[40], count[32], label[256];
    const bool labelled = tally->label[0] != '\0', exact = tally->count.exact && !growing,
               brief = row->shape.brief;
    if (!tally->index.known && tally->count.value == 0 && !labelled)
        return;
    const char *more = exact ? "" : "+", *gap = !labelled ? "" : brief ? " " : "  ";
    const bool one = tally->count.value == 1 && (exact || !labelled);
    number_group(tally->count.value, count, sizeof count);
    status_label(row, tally->label, label);
    if (tally->index.known)
        snprintf(text, sizeof text, brief ? "%s%s%.0s%s/%s%s" : "%s%s%s %s of %s%s", label, gap, tally->noun,
                 status_estimate(tally->index, true, index), count, more);
    else
        snprintf(text, sizeof text, "%s%s%s%s %s", label, gap, count, more, one ? tally->noun : tally->nouns);
    if (brief && labelled && !tally->index.known)
        snprintf(text, sizeof text, "%s%s%s%s", label, gap, count, more);
    status_add(row, 4, text);
}

/** What is counted: first what bears a label, for that says which lines are shown at all. */
static void status_tallies(struct status_row *row, const struct report *report)
{
    for (unsigned i = 0; i < report->tally_count; i++)
        if (report->tally[i].label[0])
            status_tally(row, &report->tally[i], report->growing);
    for (unsigned i = 0; i < report->tally_count; i++)
        if (!report->tally[i].label[0])
            status_tally(row, &report->tally[i], report->growing);
}

/** How far that has come for which a request waits, in thousandths; 1000 where that is not known. */
static unsigned status_done(const struct report *report)
{
    for (unsigned i = 0; i < report->tally_count; i++)
        if (report->tally[i].busy == report->busy)
            return report->tally[i].permille;
    return report->busy == BUSY_WRITING    ? report->written
           : report->busy == BUSY_SEEKING  ? report->indexed
           : report->busy == BUSY_POKING   ? report->poked
           : report->busy == BUSY_CHECKING ? report->checked
                                           : 1000;
}

/** Beside the progress of what can be stopped. */
#define STATUS_STOPS " (Esc stops)"

/** What goes on while nobody waits: of what is still counted the heaviest, or else the lines. */
static void status_background(struct status_row *row, const struct report *report)
{
    const struct tally *heaviest = NULL;
    char text[64] = "";
    for (unsigned i = 0; i < report->tally_count; i++) {
        const struct tally *tally = &report->tally[i];
        if (tally->permille < 1000 && (!heaviest || tally->weight > heaviest->weight))
            heaviest = tally;
    }
    if (heaviest)
        snprintf(text, sizeof text, "%s %u%%%s", heaviest->doing, heaviest->permille / 10,
                 heaviest->stops ? STATUS_STOPS : "");
    else if (report->indexed < 1000 && report->size > 0)
        snprintf(text, sizeof text, "indexing %u%%", report->indexed / 10);
    status_add(row, 7, text);
}

/** Whether the end of the file is followed. */
static void status_following(struct status_row *row, const struct report *report)
{
    static const char *const following[] = {
        [FOLLOWING_NOT] = "",
        [FOLLOWING_END] = "waiting for data (^C ends it)",
        [FOLLOWING_AWAY] = "following; End goes on at the end",
    };
    /* At the end the word for what is at work is enough. */
    if (report->following == FOLLOWING_AWAY || report->busy == BUSY_NOTHING)
        status_add(row, 1, following[report->following]);
}

/** What runs, and how far it has come. */
static void status_busy(struct status_row *row, const struct report *report, bool waiting)
{
    static const char *const busy[] = {
        [BUSY_NOTHING] = "",
        [BUSY_READING] = "reading...",
        [BUSY_SEARCHING] = "searching",
        [BUSY_SEEKING] = "counting lines",
        [BUSY_WRITING] = "writing",
        [BUSY_FILTERING] = "filtering",
        [BUSY_POKING] = "poking",
        [BUSY_COMPARING] = "comparing",
        [BUSY_CHECKING] = "checking",
        [BUSY_JOURNAL] = "waiting for the journal, which another program holds (Esc gives up)",
    };
    char text[96];
    unsigned done = status_done(report);
    if (report->busy == BUSY_NOTHING && waiting) {
        status_add(row, 1, "reading...");
    } else if (report->busy >= BUSY_SEARCHING && done < 1000) {
        /* What is being stored is stored to its end. */
        snprintf(text, sizeof text, "%s %u%%%s", busy[report->busy], done / 10,
                 report->busy == BUSY_POKING ? "" : STATUS_STOPS);
        status_add(row, 1, text);
    } else {
        status_add(row, 1, busy[report->busy]);
    }
    status_following(row, report);
    if (report->busy == BUSY_NOTHING && report->following != FOLLOWING_END)
        status_background(row, report);
}

/** The columns that a link may take, and how the rest of it is told. */
#define STATUS_LINK 60

/** The target of a link, cut at a character; it is harmless already. */
static void status_link(struct status_row *row, const struct report *report)
{
    char text[sizeof report->link + 16];
    size_t length = strlen(report->link);
    bool cut = length > STATUS_LINK;
    for (length = cut ? STATUS_LINK : length; cut && (report->link[length] & 0xc0) == 0x80; length--) {
    }
    if (length > 0) {
        snprintf(text, sizeof text, "link %.*s%s", (int)length, report->link, cut ? "..." : "");
        status_add(row, 7, text);
    }
}

/** How characters are spelled, where that is no matter of course. */
static void status_encoding(struct status_row *row, const struct report *report)
{
    const char *name = report->encoding + (report->encoding[0] == '~');
    if (strcasecmp(name, "UTF-8") != 0 && strcasecmp(name, "ASCII") != 0 && strcasecmp(name, "US-ASCII") != 0)
        status_add(row, 6, report->encoding);
}

/** Whether keys may change the file, or only what is shown of it. To be seen all the time. */
static void status_writes(struct status_row *row, const struct report *report)
{
    char text[40];
    if (report->armed)
        status_add(row, 1, "ARMED");
    if (report->sandboxed || report->edits > 0) {
        snprintf(text, sizeof text, "SANDBOX %u", report->edits);
        status_add(row, 1, text);
    }
}

static void status_file(struct status_row *row, const struct report *report, bool help)
{
    char text[64];
    status_add(row, 0, report->name);
    status_writes(row, report);
    if (help && report->list)
        status_encoding(row, report);
    if (help)
        return;
    if (report->file_count > 1) {
        snprintf(text, sizeof text, "(file %u of %u)", report->file, report->file_count);
        status_add(row, 5, text);
    }
    status_add(row, 9, report->view);
    status_add(row, 10, report->kind);
    status_encoding(row, report);
    status_link(row, report);
}

/** The columns that a path may take. */
#define STATUS_PATH 40

/** Which value of a tree one is at: the end of its path tells more. It is harmless already. */
static void status_path(struct status_row *row, const struct report *report)
{
    char text[sizeof report->path + 4];
    const char *from = report->path;
    while (strip_width(from, strlen(from)) > STATUS_PATH)
        do
            from++;
        while (((unsigned char)*from & 0xc0) == 0x80);
    snprintf(text, sizeof text, "%s%s", from == report->path ? "" : "...", from);
    status_add(row, 5, text);
}

/** Are letters no commands now, but bytes? */
static bool status_letters(const struct report *report)
{
    return report && report->bytes && report->characters && (report->armed || report->sandboxed);
}

static void status_collect(struct status_row *row, const struct status *status)
{
    const struct report *report = status->report;
    if (status->message[0] != '\0') {
        status_add(row, 0, status->message);
        if (report)
            status_writes(row, report);
    } else if (!report) {
        status_add(row, 0, "reading...");
    } else {
        status_file(row, report, status->help);
        status_path(row, report);
        if (!status->help)
            status_place(row, report);
        status_selected(row, report);
        status_tallies(row, report);
        status_busy(row, report, status->waiting);
        status_add(row, 2, report->end && !report->growing ? "(END)" : "");
        status_add(row, 1, report->notice);
    }
    status_add(row, 1, status->typed);
    const char *aside = report && report->list ? "q leaves the list" : "q leaves the help";
    if (status->asked)
        return;
    const char *hint = status_letters(report)   ? STATUS_HINT_LETTERS
                       : report && report->tree ? STATUS_HINT_TREE
                                                : STATUS_HINT;
    if (report && report->inner && !status_letters(report))
        hint = report->tree ? "q back  F1 help" : "q back  h help";
    status_add(row, 8, status->help ? aside : hint);
    row->piece[row->count - 1].right = true;
}

static unsigned status_width(const struct status_piece *piece)
{
    return strip_width(piece->text, strlen(piece->text));
}

/** Columns between two pieces. */
static unsigned status_gap(const struct status_row *row)
{
    return row->shape.brief ? 1 : 2;
}

/** The columns that all pieces take, of the name what it is to have at least. */
static unsigned status_total(const struct status_row *row)
{
    unsigned width = 0;
    for (unsigned i = 0; i < row->count; i++) {
        unsigned piece = status_width(&row->piece[i]);
        if (i == 0 && row->named && row->shape.name > 0 && piece > row->shape.name)
            piece = row->shape.name;
        width += piece + (i > 0 ? status_gap(row) : 0);
    }
    return width;
}

static void status_remove(struct status_row *row, unsigned piece)
{
    row->count--;
    memmove(&row->piece[piece], &row->piece[piece + 1], (row->count - piece) * sizeof row->piece[0]);
}

/** Take out what ranks highest until all fits. False: it does not with what stays. */
static bool status_fit(struct status_row *row, unsigned columns)
{
    while (status_total(row) > columns) {
        unsigned worst = 0;
        for (unsigned i = 0; i < row->count; i++)
            worst = row->piece[i].rank > row->piece[worst].rank ? i : worst;
        if (row->piece[worst].rank <= STATUS_STAYS)
            return false;
        status_remove(row, worst);
    }
    return true;
}

/** Collect the pieces in the widest shape in which they fit. */
static void status_shape(struct status_row *row, const struct status *status, unsigned columns)
{
    for (size_t i = 0; i < STATUS_SHAPES; i++) {
        *row = (struct status_row){.shape = status_shapes[i],
                                   .named = status->message[0] == '\0' && status->report};
        status_collect(row, status);
        if (row->shape.name == 0 && row->count > 1)
            status_remove(row, 0);
        for (unsigned k = row->count; i > 0 && k-- > 0;)
            if (row->piece[k].rank > STATUS_STAYS)
                status_remove(row, k);
        /* Of a message what does not fit is cut, which begins with what is beside it. */
        if (status_fit(row, columns) || !row->named)
            return;
    }
}

/** The columns that the other pieces leave to the first one. */
static unsigned status_room(const struct status_row *row, unsigned columns)
{
    unsigned rest = 0;
    for (unsigned i = 1; i < row->count; i++)
        rest += status_width(&row->piece[i]) + status_gap(row);
    return rest < columns ? columns - rest : 0;
}

/** Put the name, with its head cut off where it is wider than `room`. */
static void status_name(struct strip *strip, const char *text, unsigned room)
{
    size_t length = strlen(text);
    size_t begin = 0;
    if (strip_width(text, length) > room && room > 8) {
        strip_put(strip, "...", 3);
        while (begin < length && strip_width(text + begin, length - begin) > room - 3) {
            /* The name is harmless UTF-8 already: go on to the next start of a character. */
            do {
                begin++;
            } while ((text[begin] & 0xc0) == 0x80);
        }
    }
    strip_put(strip, text + begin, length - begin);
}

/** How much of a message stands on a row: up to the last blank that fits, or as much as fits. */
static size_t status_break(const char *text, unsigned columns)
{
    size_t length = 0, blank = 0;
    while (text[length] != '\0') {
        size_t next = length + 1;
        while ((text[next] & 0xc0) == 0x80)
            next++;
        if (strip_width(text, next) > columns)
            break;
        blank = text[length] == ' ' ? length : blank;
        length = next;
    }
    return text[length] == '\0' || text[length] == ' ' || blank == 0 ? length : blank;
}

/** Fill rows with a message that does not fit on one; returns what is left for the last row. */
static const char *status_message(const char *message, struct strip *strip, unsigned rows)
{
    const unsigned most = rows > STATUS_ROWS ? STATUS_ROWS : rows > 1 ? rows - 1 : 1;
    while (strip->rows < most && strip->columns > 0 &&
           strip_width(message, strlen(message)) > strip->columns) {
        size_t length = status_break(message, strip->columns);
        if (length == 0)
            break;
        strip_put(strip, message, length);
        if (!strip_break(strip))
            break;
        message += length + strspn(message + length, " ");
    }
    return message;
}

void status_draw(const struct status *whole, struct strip *strip, unsigned columns)
{
    struct status status = *whole;
    struct status_row row;
    strip_init(strip, columns, true);
    status.message = status_message(whole->message, strip, whole->rows);
    status_shape(&row, &status, strip->columns);
    for (unsigned i = 0; i < row.count; i++) {
        const struct status_piece *piece = &row.piece[i];
        if (i == 0 && row.named && row.shape.name > 0) {
            status_name(strip, piece->text, status_room(&row, strip->columns));
            continue;
        }
        strip_put(strip, "  ", i > 0 ? status_gap(&row) : 0);
        if (piece->right && strip->used + status_width(piece) < strip->columns)
            strip->used = strip->columns - status_width(piece);
        strip_put(strip, piece->text, strlen(piece->text));
    }
}

/** The same of a cursor: which byte it is on. */
static void status_info_byte(const struct report *report, const char *file, const char *percent, char *out,
                             size_t capacity)
{
    char byte[16] = "";
    if (report->byte >= 0)
        snprintf(byte, sizeof byte, " = %02x", (unsigned)report->byte);
    snprintf(out, capacity, "%s%s byte 0x%" PRIx64 " (%" PRIu64 ")%s of %" PRIu64 "%s%s", report->name, file,
             report->cursor, report->cursor, byte, report->size, report->growing ? "+" : "", percent);
}

void status_info(const struct report *report, char *out, size_t capacity)
{
    char top[40];
    char bottom[40];
    char total[40];
    char file[64] = "";
    char percent[16] = "";
    /* An empty file has no line, which is known. */
    bool none = report->size == 0 && !report->growing;
    const char *more = report->growing ? "+" : "";
    struct estimate first = none ? (struct estimate){0, true, true} : report->top_line;
    struct estimate last = none ? (struct estimate){0, true, true} : report->bottom_line;
    if (report->file_count > 1)
        snprintf(file, sizeof file, " (file %u of %u)", report->file, report->file_count);
    if (!report->growing)
        snprintf(percent, sizeof percent, " %u%%", status_percent(report, report->bottom_offset));
    if (status_cursor(report)) {
        status_info_byte(report, file, percent, out, capacity);
        return;
    }
    snprintf(out, capacity, "%s%s lines %s-%s/%s%s byte %" PRIu64 "/%" PRIu64 "%s%s%s", report->name, file,
             status_estimate(first, false, top), status_estimate(last, false, bottom),
             status_estimate(report->line_count, false, total), more, report->bottom_offset, report->size,
             more, percent, report->end && !report->growing ? " (END)" : "");
}
