/* SPDX-License-Identifier: MIT */
/*
 * tests: a fuzz target without a fuzzer.
 *
 * Feeds the target nothing at all and then every file of the named directories, and each file cut short in eight
 * places, so that every compiler and sanitizer sees the corpus. A directory that is not there counts as empty: a
 * target may be older than its first interesting input. One thread; a failure is a crash.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The cuts of one file: a parser that trusts its input stumbles where a piece ends early. */
#define CUTS 8

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Feed `size` bytes in a block of exactly that size, so that a sanitizer sees a read of the byte behind it. */
static void feed(const uint8_t *bytes, size_t size)
{
    uint8_t *exact = calloc(size ? size : 1, 1);
    if (!exact)
        abort();
    memcpy(exact, bytes, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

/** Feed the file at `path` whole and cut. False if it cannot be read. */
static bool feed_file(const char *path)
{
    static uint8_t bytes[1 << 20];
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    size_t size = fread(bytes, 1, sizeof bytes, file);
    bool read = !ferror(file);
    fclose(file);
    for (size_t cut = 0; read && cut <= CUTS; cut++)
        feed(bytes, size * cut / CUTS);
    return read;
}

/** Feed every file of `directory`; how many there were, or -1 after saying which one cannot be read. */
static int feed_directory(const char *directory)
{
    DIR *stream = opendir(directory);
    if (!stream)
        return 0;
    int count = 0;
    for (struct dirent *entry; count >= 0 && (entry = readdir(stream));) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
        count++;
        if (!feed_file(path)) {
            perror(path);
            count = -1;
        }
    }
    closedir(stream);
    return count;
}

int main(int argc, char **argv)
{
    int total = 0;
    feed((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++) {
        int count = feed_directory(argv[i]);
        if (count < 0)
            return 1;
        total += count;
    }
    printf("%d inputs\n", total);
    return 0;
}
