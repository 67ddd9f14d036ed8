/* SPDX-License-Identifier: MIT */
/*
 * folio-generate: the kinds made of many short records: logs, JSON lines, binary records; and the sparse file.
 *
 * Each kind is a vocabulary (tables of pieces) and a function that strings pieces together. A name, a path or an
 * address in them is invented; addresses are from the private and the documentation ranges.
 */
#include "generate.h"

#include <errno.h>
#include <unistd.h>

/** Words around a number: "GET /orders/", 17, " HTTP/1.1". */
struct blank {
    struct piece before;
    struct piece after;
};
#define BLANK(before, after)                                                                                 \
    {                                                                                                        \
        PIECE(before), PIECE(after)                                                                          \
    }

/** Append one of `count` blanks, the first ones more often, filled with a number below `limit`. */
static void put_blank(struct writer *w, const struct blank *blanks, size_t count, uint64_t limit)
{
    const struct blank *blank = &blanks[random_skewed(w, count)];
    put_piece(w, &blank->before);
    put_number(w, random_below(w, limit));
    put_piece(w, &blank->after);
}

#define put_one_blank(w, blanks, limit) put_blank((w), (blanks), COUNT(blanks), (limit))

/* web: one request a line, as Apache's "combined" format has it */

/** What is asked for; the number is an item, a page, a version. */
static const struct blank TARGETS[] = {
    BLANK("GET /catalog/item/", " HTTP/1.1"),
    BLANK("GET /static/app.js?v=", " HTTP/1.1"),
    BLANK("GET /static/photo/", ".jpg HTTP/1.1"),
    BLANK("GET /catalog?page=", "&sort=price HTTP/1.1"),
    BLANK("GET /api/v2/stock/", "/availability?warehouse=north HTTP/2.0"),
    BLANK("POST /api/v2/basket/", "/lines HTTP/2.0"),
    BLANK("GET /search?q=lamp+shade&offset=", " HTTP/1.1"),
    BLANK("HEAD /health?probe=", " HTTP/1.0"),
    BLANK("PUT /api/v2/account/", "/address HTTP/2.0"),
    BLANK("DELETE /api/v2/basket/", "/lines/1 HTTP/2.0"),
    BLANK("GET /blog/2024/03/how-we-moved-", "-boxes-in-one-weekend.html HTTP/1.1"),
    BLANK("OPTIONS /api/v2/session/", " HTTP/2.0"),
};

/* repeated by how often they come: half of all answers are a 200 */
static const struct piece STATUSES[] = {
    PIECE("\" 200 "), PIECE("\" 200 "), PIECE("\" 200 "), PIECE("\" 200 "),
    PIECE("\" 200 "), PIECE("\" 200 "), PIECE("\" 206 "), PIECE("\" 301 "),
    PIECE("\" 304 "), PIECE("\" 304 "), PIECE("\" 404 "), PIECE("\" 503 "),
};

static const struct piece REFERERS[] = {
    PIECE(" \"-\" "),
    PIECE(" \"https://shop.example/\" "),
    PIECE(" \"https://shop.example/catalog?page=2&sort=price\" "),
    PIECE(" \"https://search.example/?q=brass+lamp+shade\" "),
    PIECE(" \"https://news.example/2024/03/lamps-are-back\" "),
};

/* a browser ends the line */
static const struct piece AGENTS[] = {
    PIECE("\"Mozilla/5.0 (X11; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0\"\n"),
    PIECE("\"Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4) AppleWebKit/605.1.15 (KHTML, like Gecko) "
          "Version/17.4 Safari/605.1.15\"\n"),
    PIECE("\"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
          "Chrome/123.0.0.0 Mobile Safari/537.36\"\n"),
    PIECE("\"curl/8.6.0\"\n"),
    PIECE("\"ExampleBot/2.1 (+https://bot.example/about)\"\n"),
    PIECE("\"-\"\n"),
};

/* A visitor is a number; what is known of it (address, name, browser) is a hash of the number. So a visitor looks
 * the same on every line, without a table of visitors. */
static void put_visitor(struct writer *w, uint64_t traits)
{
    if (traits % 16 == 0) {
        char group[4];
        hex_format(group, traits >> 40, sizeof group);
        put_literal(w, "2001:db8::");
        put(w, group, sizeof group);
    } else {
        put_literal(w, "10.");
        put_number(w, (traits >> 40) & 255);
        put_literal(w, ".");
        put_number(w, (traits >> 48) & 255);
        put_literal(w, ".");
        put_number(w, traits >> 56);
    }
    if (traits % 32 == 1)
        put_literal(w, " - mira [");
    else
        put_literal(w, " - - [");
}

/* ADDRESS - USER [TIME] "REQUEST" STATUS BYTES "REFERER" "AGENT" */
void write_web(struct writer *w)
{
    struct clock clock;
    clock_start(&clock, "%d/%b/%Y:%H:%M:%S +0000] \"");
    while (writer_next(w)) {
        uint64_t traits = random_mix(random_skewed(w, 50000) + 1);
        clock.now += random_below(w, 250);
        put_visitor(w, traits);
        put_clock(w, &clock);
        if (w->note) {
            put_literal(w, "GET /search?q=");
            put_note(w);
            put_literal(w, " HTTP/1.1");
        } else {
            put_one_blank(w, TARGETS, 100000);
        }
        put_one_of(w, STATUSES);
        put_number(w, random_skewed(w, 200000));
        put_one_of(w, REFERERS);
        put_piece(w, &AGENTS[(traits >> 8) % COUNT(AGENTS)]);
    }
}

/* app: what a service prints while it works */

static const struct piece THREADS[] = {
    PIECE("http-1] "), PIECE("http-2] "),   PIECE("http-3] "), PIECE("http-4] "),
    PIECE("timer] "),  PIECE("stock-in] "), PIECE("mailer] "),
};

/* what is said at each level: INFO, DEBUG, WARN, ERROR */

static const struct blank EVENTS[] = {
    BLANK("depot.http.Router - answered /orders/", " with 200 in 14 ms"),
    BLANK("depot.orders.Intake - order ", " accepted, three lines, waiting for stock"),
    BLANK("depot.stock.Ledger - reserved 2 of item ", " in shelf B-17"),
    BLANK("depot.mail.Outbox - queued receipt ", " for delivery"),
    BLANK("depot.billing.Charge - charge ", " settled by the bank"),
    BLANK("depot.http.Session - session ", " expired, the visitor will have to sign in again"),
    BLANK("depot.stock.Import - read ", " rows of supplier list, skipped none"),
};

static const struct blank DETAILS[] = {
    BLANK("depot.cache.Shelf - miss for key item:", ", loading it"),
    BLANK("depot.db.Pool - borrowed connection ", " after 0 ms, 11 idle"),
    BLANK("depot.http.Router - ", " bytes of headers"),
};

static const struct blank WORRIES[] = {
    BLANK("depot.jobs.Nightly - slept too long by ", " ms; is the host short of time?"),
    BLANK("depot.db.Migration - step ", " took longer than its budget and will be tried again"),
    BLANK("depot.stock.Ledger - shelf C-02 is nearly empty: ", " left"),
};

static const struct blank FAULTS[] = {
    BLANK("depot.billing.Charge - charge ", " failed: the bank hung up"),
    BLANK("depot.db.Pool - no connection for request ", " within 5000 ms"),
    BLANK("depot.stock.Ledger - item ", " has less than nothing in stock"),
};

/** A level, plain and in colour, what is said at it, and its share in percent of all lines. Together the
 *  shares are 100. */
struct level {
    struct piece plain;
    struct piece colour;
    const struct blank *events;
    size_t event_count;
    unsigned share;
};
#define EVENTS_OF(table) table, COUNT(table)

enum { LEVEL_ERROR = 0 };

static const struct level LEVELS[] = {
    [LEVEL_ERROR] = {PIECE("Z ERROR ["), PIECE("Z \033[1;31mERROR\033[0m ["), EVENTS_OF(FAULTS), 2},
    {PIECE("Z WARN  ["), PIECE("Z \033[38;5;208mWARN \033[0m ["), EVENTS_OF(WORRIES), 7},
    {PIECE("Z DEBUG ["), PIECE("Z \033[2mDEBUG\033[22m ["), EVENTS_OF(DETAILS), 25},
    {PIECE("Z INFO  ["), PIECE("Z \033[38;2;90;160;240mINFO \033[39m ["), EVENTS_OF(EVENTS), 66},
};

/* A trace is made at random, so it calls in circles; what counts is how it looks and how long it is. */

static const struct blank FRAMES[] = {
    BLANK("\tat depot.billing.Charge.submit(Charge.java:", ")\n"),
    BLANK("\tat depot.billing.Bank.call(Bank.java:", ")\n"),
    BLANK("\tat depot.net.Channel.read(Channel.java:", ")\n"),
    BLANK("\tat depot.orders.Intake.lambda$accept$0(Intake.java:", ")\n"),
    BLANK("\tat depot.db.Pool.borrow(Pool.java:", ")\n"),
    BLANK("\tat depot.http.Router.dispatch(Router.java:", ")\n"),
    BLANK("\tat depot.jobs.Worker.run(Worker.java:", ")\n"),
};

static const struct blank CAUSES[] = {
    BLANK("Caused by: depot.net.HungUp: peer closed the connection after ", " bytes\n"),
    BLANK("Caused by: depot.db.Busy: all ", " connections are in use\n"),
};

/** A level at random, by the shares. */
static const struct level *level_draw(struct writer *w)
{
    uint64_t ticket = random_below(w, 100);
    const struct level *level = LEVELS;
    while (ticket >= level->share)
        ticket -= level++->share;
    return level;
}

/** Append 3 to 12 frames, a line each. */
static void put_frames(struct writer *w)
{
    for (uint64_t left = 3 + random_below(w, 10); left > 0; left--)
        put_one_blank(w, FRAMES, 400);
}

/** Append a stack trace, half of the time with what caused it. */
static void put_trace(struct writer *w)
{
    put_frames(w);
    if (random_once_in(w, 2))
        return;
    put_one_blank(w, CAUSES, 4096);
    put_frames(w);
}

/* TIME LEVEL [THREAD] CLASS - MESSAGE, and a trace after an error: one record, several lines */
void write_app(struct writer *w)
{
    struct clock clock;
    clock_start(&clock, "%Y-%m-%dT%H:%M:%S.");
    while (writer_next(w)) {
        const struct level *level = level_draw(w);
        clock.now += random_skewed(w, 200);
        put_clock(w, &clock);
        put_digits(w, clock.now, 3);
        put_piece(w, random_once_in(w, 6) ? &level->colour : &level->plain);
        put_one_of(w, THREADS);
        if (w->note)
            put_note(w);
        else
            put_blank(w, level->events, level->event_count, 1000000);
        put_literal(w, "\n");
        if (level == &LEVELS[LEVEL_ERROR])
            put_trace(w);
    }
}

/* jsonl: the same service, logging for machines */

/* A piece may well cover several members: the fewer pieces, the faster. */

static const struct piece SERVICES[] = {
    PIECE("Z\",\"level\":\"info\",\"service\":\"orders\""),
    PIECE("Z\",\"level\":\"info\",\"service\":\"stock\""),
    PIECE("Z\",\"level\":\"debug\",\"service\":\"stock\""),
    PIECE("Z\",\"level\":\"info\",\"service\":\"mail\""),
    PIECE("Z\",\"level\":\"warn\",\"service\":\"billing\""),
    PIECE("Z\",\"level\":\"info\",\"service\":\"http\""),
    PIECE("Z\",\"level\":\"error\",\"service\":\"billing\""),
    PIECE("Z\",\"level\":\"debug\",\"service\":\"http\""),
};

static const struct blank REQUESTS[] = {
    BLANK(",\"request\":{\"method\":\"GET\",\"path\":\"/orders/", "\",\"status\":200,\"ms\":"),
    BLANK(",\"request\":{\"method\":\"GET\",\"path\":\"/stock/", "\",\"status\":304,\"ms\":"),
    BLANK(",\"request\":{\"method\":\"POST\",\"path\":\"/basket/", "\",\"status\":201,\"ms\":"),
    BLANK(",\"request\":{\"method\":\"GET\",\"path\":\"/gone/", "\",\"status\":404,\"ms\":"),
};

static const struct blank MESSAGES[] = {
    BLANK("order ", " accepted"),
    BLANK("item ", " reserved in shelf \\\"B-17\\\""),
    BLANK("receipt ", " queued\\nfor delivery in the morning"),
    BLANK("charge ", " settled after one retry"),
};

void write_jsonl(struct writer *w)
{
    struct clock clock;
    clock_start(&clock, "{\"time\":\"%Y-%m-%dT%H:%M:%S.");
    while (writer_next(w)) {
        char trace[16];
        hex_format(trace, random_next(w), sizeof trace);
        clock.now += random_skewed(w, 200);
        put_clock(w, &clock);
        put_digits(w, clock.now, 3);
        put_one_of(w, SERVICES);
        put_literal(w, ",\"trace\":\"");
        put(w, trace, sizeof trace);
        put_literal(w, "\"");
        put_one_blank(w, REQUESTS, 100000);
        put_number(w, random_skewed(w, 900));
        put_literal(w, ".5},\"message\":\"");
        if (w->note)
            put_note_json(w);
        else
            put_one_blank(w, MESSAGES, 1000000);
        put_literal(w, "\"}\n");
    }
}

/* records: fixed size, little-endian on every machine.
 *
 *   header, 64 bytes     "FOLIOREC", u32 version, u32 record size, u64 unused, 40 bytes of text
 *   record, 128 bytes    u64 number, u64 time (ns since 1970), u32 sensor, u32 flags, 6 x i32 reading,
 *                        name[16], note[64]      texts are padded with NUL
 */

enum { HEADER_SIZE = 64, RECORD_SIZE = 128, NAME_OFFSET = 48, NOTE_OFFSET = 64 };
_Static_assert(RECORD_SIZE - NOTE_OFFSET == NEEDLE_MAX, "a needle fills the note of a record");

static const char SENSOR[][16] = {"boiler", "chimney", "greenhouse", "cellar", "roof", "river gauge"};

/** Store the low `width` bytes of a number, the lowest first. A negative one comes as its two's complement. */
static void little_store(unsigned char *at, uint64_t number, size_t width)
{
    for (size_t i = 0; i < width; i++)
        at[i] = (unsigned char)(number >> (8 * i));
}

static void put_header(struct writer *w)
{
    unsigned char header[HEADER_SIZE] = "FOLIOREC";
    little_store(header + 8, 1, 4);
    little_store(header + 12, RECORD_SIZE, 4);
    memcpy(header + 24, "readings of a house by a river", 30);
    put(w, header, sizeof header);
}

void write_records(struct writer *w)
{
    uint64_t time = 1709280000000000000;
    put_header(w);
    while (writer_next(w)) {
        unsigned char record[RECORD_SIZE] = {0};
        uint64_t sensor = random_below(w, COUNT(SENSOR));
        time += random_below(w, 1000000000);
        little_store(record, w->record, 8);
        little_store(record + 8, time, 8);
        little_store(record + 16, sensor, 4);
        little_store(record + 20, random_once_in(w, 50) ? 0x80000001 : 0, 4);
        for (size_t i = 0; i < 6; i++)
            little_store(record + 24 + 4 * i, random_skewed(w, 100000) - 20000, 4);
        memcpy(record + NAME_OFFSET, SENSOR[sensor], sizeof SENSOR[sensor]);
        if (w->note)
            memcpy(record + NOTE_OFFSET, w->note, strlen(w->note));
        put(w, record, sizeof record);
    }
}

/* sparse: exactly as long as asked for, and nearly all of it a hole. The only kind that does not go from the
 * beginning to the end, so it writes past the buffer. */

static const char SPARSE_START[] = "The start of a sparse file; what follows is a hole.\n";
static const char SPARSE_MIDDLE[] = "\nThe middle of a sparse file; there are holes on both sides.\n";
static const char SPARSE_END[] = "\nThe end of a sparse file.\n";

/** Write `length` bytes at an offset of the file; a failure is remembered. */
static void write_at(struct writer *w, const char *text, size_t length, uint64_t offset)
{
    ssize_t count = w->error == 0 ? pwrite(w->descriptor, text, length, (off_t)offset) : 0;
    if (count < 0)
        w->error = errno;
    else if (w->error == 0 && (size_t)count < length)
        w->error = ENOSPC;
}

/* The needle is written last and as a line of its own. It stays clear of the first and the last line. */
static void write_needle_at(struct writer *w, uint64_t end)
{
    char line[NEEDLE_MAX + 2] = "\n";
    size_t length = strlen(w->needle) + 2;
    uint64_t last = end - length;
    uint64_t place = w->place < sizeof SPARSE_START ? sizeof SPARSE_START : w->place;
    memcpy(line + 1, w->needle, length - 2);
    line[length - 1] = '\n';
    write_at(w, line, length, place < last ? place : last);
}

/* ftruncate makes the hole: no block is there but the three or four that are written */
void write_sparse(struct writer *w)
{
    uint64_t end = w->size - (sizeof SPARSE_END - 1);
    if (ftruncate(w->descriptor, (off_t)w->size) < 0) {
        w->error = errno;
        return;
    }
    write_at(w, SPARSE_START, sizeof SPARSE_START - 1, 0);
    write_at(w, SPARSE_MIDDLE, sizeof SPARSE_MIDDLE - 1, w->size / 2);
    write_at(w, SPARSE_END, sizeof SPARSE_END - 1, end);
    if (w->needle)
        write_needle_at(w, end);
}
