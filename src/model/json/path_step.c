/* SPDX-License-Identifier: MIT */
/* model: the steps of a path as they are typed (see path_step.h). Pure. */
#include "path_step.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static bool step_wrong(const char *path, size_t at, const char *wanted, struct error *error)
{
    if (path[at] == '\0')
        return error_set(error, 0, "The path %s ends where %s is expected", path, wanted);
    return error_set(error, 0, "In the path %s %s is expected where %s begins", path, wanted, path + at);
}

/** What stands between quotes, the first of which is at `at`; `*end` is behind the last. */
static bool step_quoted(const char *path, size_t at, struct json_step *step, struct error *error)
{
    size_t end = at + 1;
    while (path[end] != '\0' && path[end] != '"')
        end += path[end] == '\\' && path[end + 1] != '\0' ? 2 : 1;
    step->key = (struct span){path + at + 1, end - at - 1};
    step->quoted = true;
    step->end = end + 1;
    return path[end] == '"' || step_wrong(path, end, "\"", error);
}

static bool step_number(const char *path, size_t at, struct json_step *step, struct error *error)
{
    char *end;
    bool sign = path[at] == '-';
    if (!isdigit((unsigned char)path[at + sign]))
        return step_wrong(path, at, "a number or a key in quotes", error);
    errno = 0;
    step->index = true;
    step->number =
        strtoll(path + at, &end, 10); /* too large a number is the largest, which no array reaches */
    step->end = (size_t)(end - path);
    return true;
}

/** What stands in brackets, the first of which is at `at`. */
static bool step_bracketed(const char *path, size_t at, struct json_step *step, struct error *error)
{
    bool quoted = path[at + 1] == '"';
    if (!(quoted ? step_quoted : step_number)(path, at + 1, step, error))
        return false;
    return path[step->end++] == ']' || step_wrong(path, step->end - 1, "]", error);
}

static bool step_named(const char *path, size_t at, struct json_step *step, struct error *error)
{
    step->key = (struct span){path + at, strcspn(path + at, ".[")};
    step->end = at + step->key.length;
    return step->key.length > 0 || step_wrong(path, at, "a key", error);
}

bool json_step_read(const char *path, size_t at, struct json_step *step, struct error *error)
{
    *step = (struct json_step){0};
    if (path[at] == '[')
        return step_bracketed(path, at, step, error);
    if (path[at] != '.')
        return step_wrong(path, at, ". or [", error);
    at++;
    if (path[at] == '[')
        return step_bracketed(path, at, step, error);
    return (path[at] == '"' ? step_quoted : step_named)(path, at, step, error);
}

size_t json_step_first(const char *path)
{
    return path[0] == '.' && (path[1] == '\0' || path[1] == '[') ? 1 : 0;
}
