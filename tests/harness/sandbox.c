/* SPDX-License-Identifier: MIT */
/* tests: a folder to work in; being the subreaper of all commands is what makes the clean end possible. */
#include "harness/sandbox.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <mntent.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int entry_remove(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status;
    (void)kind;
    (void)where;
    remove(path);
    return 0;
}

void tree_remove(const char *path)
{
    nftw(path, entry_remove, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

bool sandbox_open(struct sandbox *sandbox, const char *data, struct error *error)
{
    char link[96], real[PATH_MAX];
    snprintf(sandbox->root, sizeof sandbox->root, "/tmp/folio-test-XXXXXX");
    if (!realpath(data, real))
        return error_system(error, errno, "%s", data);
    if (!mkdtemp(sandbox->root))
        return error_system(error, errno, "no temporary folder");
    snprintf(sandbox->work, sizeof sandbox->work, "%s/work", sandbox->root);
    snprintf(link, sizeof link, "%s/data", sandbox->work);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (mkdir(sandbox->work, 0700) < 0 || symlink(real, link) < 0)
        return error_system(error, errno, "%s", sandbox->work);
    return true;
}

pid_t sandbox_start(const struct sandbox *sandbox, const char *command, int output)
{
    pid_t child;
    fflush(NULL);
    child = fork();
    if (child != 0)
        return child;
    if (output >= 0)
        dup2(output, STDOUT_FILENO);
    setenv("TMP", sandbox->work, 1);
    setenv("DATA", "data", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    if (chdir(sandbox->work) == 0)
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

int sandbox_run(const struct sandbox *sandbox, const char *command)
{
    int status = 0;
    pid_t child = sandbox_start(sandbox, command, -1);
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return 127;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool sandbox_own_mounts(struct error *error)
{
    if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
        return error_system(error, errno, "no mount namespace of our own");
    return true;
}

/** Kill our children; theirs become ours, so the caller repeats until there are none. */
static void children_kill(void)
{
    char path[64];
    int child;
    FILE *file;
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    file = fopen(path, "re");
    if (!file)
        return;
    while (fscanf(file, "%d", &child) == 1)
        kill(child, SIGKILL);
    fclose(file);
}

/** The deepest mounts are the latest: each round takes the last one away. */
static bool mount_remove_last(const char *root)
{
    char last[PATH_MAX] = "";
    struct mntent *entry;
    FILE *mounts = setmntent("/proc/self/mounts", "re");
    if (!mounts)
        return false;
    while ((entry = getmntent(mounts)))
        if (strncmp(entry->mnt_dir, root, strlen(root)) == 0)
            snprintf(last, sizeof last, "%s", entry->mnt_dir);
    endmntent(mounts);
    return last[0] && umount2(last, MNT_DETACH) == 0;
}

void sandbox_close(struct sandbox *sandbox)
{
    if (!sandbox->root[0])
        return;
    do
        children_kill();
    while (waitpid(-1, NULL, 0) > 0);
    while (mount_remove_last(sandbox->root))
        ;
    tree_remove(sandbox->root);
    sandbox->root[0] = '\0';
}
