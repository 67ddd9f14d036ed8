/* SPDX-License-Identifier: MIT */
/*
 * folio-generate: writes files of any size and of many kinds, to try a viewer on.
 *
 * The same kind, size and seed give the same bytes on every machine: the random numbers are our own, nothing asks
 * for the time, the locale or the host, and no floating point is used. So a measurement can name its file by the
 * command that made it, and nobody has to keep or send gigabytes.
 *
 * The file ends with the record that reaches the size asked for, so it is whole (valid JSON, full lines) and a
 * little larger. A *needle* is a text that occurs once, in the record at a place of one's choice: the thing to
 * search for.
 *
 * This file: the command line and the writer. generate.h: what a kind is written with. logs.c, json.c,
 * shapes.c, colour.c: the kinds.
 */
#include "generate.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_USAGE = 2 };

/** A kind of file. `smallest` is the least size it can have, in bytes. */
struct kind {
    const char *name;
    void (*write)(struct writer *w);
    const char *help;
    uint64_t smallest;
    bool seeks; /**< makes holes, so it cannot go down a pipe */
};

/* The order is that of --help. A new kind is a line here, its function in logs.c, json.c, shapes.c or colour.c, and its name in
 * generate.h. */
static const struct kind KINDS[] = {
    {"web", write_web, "web server log, Apache's combined format", 0, false},
    {"app", write_app, "application log: levels, stack traces, some lines in colour", 0, false},
    {"json", write_json, "JSON on one line, ASCII only", 0, false},
    {"json-utf8", write_json_utf8, "JSON on one line, with emoji, CJK and escapes", 0, false},
    {"chat", write_chat, "a conversations.json as chat services export it, on one line", 0, false},
    {"jsonl", write_jsonl, "JSON lines: one object a line", 0, false},
    {"deep", write_deep, "JSON on one line, a level every fifty bytes", 0, false},
    {"geo", write_geo, "GeoJSON on one line: coordinates", 0, false},
    {"long-string", write_long_string, "JSON on one line: one string, with escapes", 0, false},
    {"brackets", write_brackets, "JSON on one line: brackets and commas, nothing else", 0, false},
    {"jsonl-broken", write_jsonl_broken, "JSON lines, of which one in nine is broken or blank", 0, false},
    {"records", write_records, "binary: a header and records of 128 bytes", 0, false},
    {"wide", write_wide, "one line of wide characters, emoji and combining marks", 0, false},
    {"colour", write_colour, "log with many colours on every line", 0, false},
    {"colour-line", write_colour_line, "one line with colours, wide characters and emoji", 0, false},
    {"sparse", write_sparse, "a hole with a line at its start, middle and end (needs -o)", 1024, true},
};

/** What the command line asks for. */
struct request {
    const struct kind *kind;
    uint64_t size;
    uint64_t seed;
    const char *path; /**< NULL: standard output */
    const char *needle;
    uint64_t place;
    bool placed; /**< --at was given */
};

_Noreturn static void fail(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Say one sentence on standard error and leave. */
_Noreturn static void fail(int status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("folio-generate: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(status);
}

/* The writer */

/** The record that carries the needle, when none came late enough, is one more after the size is reached. */
bool writer_next(struct writer *w)
{
    uint64_t offset = writer_offset(w);
    bool full = offset >= w->size;
    w->note = NULL;
    if (w->error != 0 || (full && !w->needle && w->record > 0))
        return false;
    if (w->needle && (full || offset >= w->place)) {
        w->note = w->needle;
        w->needle = NULL;
    }
    w->record++;
    return true;
}

/* What cannot be written is dropped: put() relies on room in the buffer, whatever the disk does. */
void writer_flush(struct writer *w)
{
    size_t done = 0;
    while (done < w->used && w->error == 0) {
        ssize_t count = write(w->descriptor, w->buffer + done, w->used - done);
        if (count >= 0)
            done += (size_t)count;
        else if (errno != EINTR)
            w->error = errno;
    }
    w->flushed += w->used;
    w->used = 0;
}

void put_note(struct writer *w)
{
    put(w, w->note, strlen(w->note));
    w->note = NULL;
}

/* the command line lets no control character through, so two characters are all there is to escape */
void put_note_json(struct writer *w)
{
    for (const char *at = w->note; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\')
            put_literal(w, "\\");
        put(w, at, 1);
    }
    w->note = NULL;
}

void clock_start(struct clock *clock, const char *format)
{
    *clock = (struct clock){.now = 1709280000000, .format = format};
}

/* Formatting a time stamp costs more than a whole line does, so it is done once a second of the file's time. */
void put_clock(struct writer *w, struct clock *clock)
{
    time_t second = (time_t)(clock->now / 1000);
    if (clock->shown != (uint64_t)second) {
        struct tm utc;
        gmtime_r(&second, &utc);
        clock->length = strftime(clock->text, sizeof clock->text, clock->format, &utc);
        clock->shown = (uint64_t)second;
    }
    put(w, clock->text, clock->length);
}

/* The command line */

/** Print the help, which lists the kinds from their table. */
static void help_print(void)
{
    puts("Usage: folio-generate KIND SIZE [OPTION]...\n"
         "Write a file of at least SIZE bytes, the same bytes each time.\n\n"
         "  folio-generate web 1G -o web.log\n"
         "  folio-generate json 300M --needle zebra --at end -o big.json\n\n"
         "SIZE is a number of bytes, or of K, M, G, T, P, E (powers of 1024).\n\n"
         "KIND is one of:");
    for (size_t i = 0; i < COUNT(KINDS); i++)
        printf("  %-10s %s\n", KINDS[i].name, KINDS[i].help);
    puts("\nOptions:\n"
         "  -o, --output FILE  write to FILE, not to standard output\n"
         "      --seed N       another file of the same kind (default 1)\n"
         "      --needle TEXT  put TEXT, at most 64 bytes, into one record\n"
         "      --at OFFSET    the first record at or after OFFSET (as SIZE), or `end` (the default)\n"
         "  -h, --help         this text\n\n"
         "Exit status: 0 written, 1 failed, 2 wrong usage.");
}

/** Read "300M": digits and at most one unit. False if it is anything else, or more than a file can have. */
static bool size_parse(const char *text, uint64_t *size)
{
    static const char UNITS[] = "KMGTPE";
    char *end;
    if (!isdigit((unsigned char)text[0]))
        return false;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    unsigned shift = 0;
    if (*end != '\0') {
        const char *unit = strchr(UNITS, toupper((unsigned char)*end));
        if (!unit || end[1] != '\0')
            return false;
        shift = 10 * (unsigned)(unit - UNITS + 1);
    }
    *size = (uint64_t)number << shift;
    return errno == 0 && number <= (uint64_t)INT64_MAX >> shift;
}

/** A needle is part of one line: it must be short and without control characters. */
static bool needle_usable(const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++)
        if (iscntrl((unsigned char)text[i]))
            return false;
    return length > 0 && length <= NEEDLE_MAX;
}

/** The kind of that name; leaves with EXIT_USAGE when there is none. */
static const struct kind *kind_find(const char *name)
{
    for (size_t i = 0; i < COUNT(KINDS); i++)
        if (strcmp(KINDS[i].name, name) == 0)
            return &KINDS[i];
    fail(EXIT_USAGE, "there is no kind '%s'; --help lists them", name);
}

/** Take one option, its argument in optarg. Leaves with EXIT_USAGE if it makes no sense, after --help with 0. */
static void option_take(struct request *request, int option)
{
    switch (option) {
    case 'o':
        request->path = optarg;
        break;
    case 's':
        if (!size_parse(optarg, &request->seed))
            fail(EXIT_USAGE, "'%s' is not a seed: a whole number is needed", optarg);
        break;
    case 'n':
        if (!needle_usable(optarg))
            fail(EXIT_USAGE, "a needle has 1 to %d bytes and no control characters", NEEDLE_MAX);
        request->needle = optarg;
        break;
    case 'a':
        request->placed = true;
        if (strcmp(optarg, "end") == 0)
            request->place = PLACE_END;
        else if (!size_parse(optarg, &request->place))
            fail(EXIT_USAGE, "'%s' is not a place: an offset or `end` is needed", optarg);
        break;
    case 'h':
        help_print();
        exit(EXIT_SUCCESS);
    default: /* getopt has said what is wrong */
        exit(EXIT_USAGE);
    }
}

/** Fill the request from the command line, or leave with EXIT_USAGE. */
static void request_read(struct request *request, int argc, char **argv)
{
    static const struct option OPTIONS[] = {
        {"output", required_argument, NULL, 'o'}, {"seed", required_argument, NULL, 's'},
        {"needle", required_argument, NULL, 'n'}, {"at", required_argument, NULL, 'a'},
        {"help", no_argument, NULL, 'h'},         {NULL, 0, NULL, 0},
    };
    int option;
    while ((option = getopt_long(argc, argv, "ho:", OPTIONS, NULL)) != -1)
        option_take(request, option);
    if (argc - optind != 2)
        fail(EXIT_USAGE, "a kind and a size are needed, as in: folio-generate web 1G -o web.log");
    request->kind = kind_find(argv[optind]);
    if (!size_parse(argv[optind + 1], &request->size))
        fail(EXIT_USAGE, "'%s' is not a size: write it as 4096, 10K, 300M or 1G", argv[optind + 1]);
    if (request->size < request->kind->smallest)
        fail(EXIT_USAGE, "%s needs a size of %ju bytes or more", request->kind->name,
             (uintmax_t)request->kind->smallest);
    if (request->kind->seeks && !request->path)
        fail(EXIT_USAGE, "%s has holes, so it needs a file: -o FILE", request->kind->name);
    if (request->placed && !request->needle)
        fail(EXIT_USAGE, "--at says where the needle goes: --needle TEXT is needed");
}

int main(int argc, char **argv)
{
    static struct writer writer; /* too large for a stack */
    struct request request = {.seed = 1, .place = PLACE_END};
    request_read(&request, argc, argv);

    const char *path = request.path ? request.path : "standard output";
    writer.descriptor = STDOUT_FILENO;
    if (request.path)
        writer.descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (writer.descriptor < 0)
        fail(EXIT_FAILURE, "%s: %s", path, strerror(errno));

    writer.size = request.size;
    writer.random = random_mix(request.seed);
    writer.needle = request.needle;
    writer.place = request.place;
    request.kind->write(&writer);
    writer_flush(&writer);
    /* some file systems tell of a full disk only now */
    if (close(writer.descriptor) < 0 && writer.error == 0)
        writer.error = errno;
    if (writer.error != 0)
        fail(EXIT_FAILURE, "%s: %s", path, strerror(writer.error));
    return EXIT_SUCCESS;
}
