/* Writes down what a process does to the files of one folder, for the model of a power cut.
 *
 * Preloaded. POWER_DIR is the folder, POWER_LOG the record: for each call its letter, the length
 * of the path, the path, the offset, the length of the data, the data (integers 8 bytes in the
 * machine's order). One call at a time, so that the order in the record is the order on the disk.
 * What the process says on standard output goes into the record too.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define FDS 4096
static char *paths[FDS];
static const char *folder;
static int record_fd = -1;
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name, type) ((type)dlsym(RTLD_NEXT, name))

__attribute__((constructor)) static void start(void) {
    folder = getenv("POWER_DIR");
    const char *path = getenv("POWER_LOG");
    if (folder && path)
        record_fd = syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path) {
    return record_fd >= 0 && path && strncmp(path, folder, strlen(folder)) == 0;
}

static void put(const void *bytes, size_t length) {
    const char *at = bytes;
    while (length > 0) {
        ssize_t wrote = syscall(SYS_write, record_fd, at, length);
        if (wrote <= 0) abort();
        at += wrote;
        length -= wrote;
    }
}

static void record(char call, const char *path, uint64_t offset, const void *data, uint64_t length) {
    uint64_t path_length = strlen(path);
    put(&call, 1);
    put(&path_length, 8);
    put(path, path_length);
    put(&offset, 8);
    put(&length, 8);
    put(data, length);
}

static const char *path_of(int fd) {
    return fd >= 0 && fd < FDS ? paths[fd] : NULL;
}

static int open_any(const char *name, const char *path, int flags, mode_t mode) {
    int mine = ours(path);
    pthread_mutex_lock(&one);
    int there = mine && syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
    int fd = REAL(name, int (*)(const char *, int, ...))(path, flags, mode);
    if (mine && fd >= 0 && fd < FDS) {
        paths[fd] = strdup(path);
        if ((flags & O_CREAT) && !there) record('c', path, 0, "", 0);
        if ((flags & O_TRUNC) && there) record('t', path, 0, "", 0);
    }
    pthread_mutex_unlock(&one);
    return fd;
}

#define OPEN(name)                                   \
    int name(const char *path, int flags, ...) {     \
        va_list rest;                                \
        va_start(rest, flags);                       \
        mode_t mode = va_arg(rest, mode_t);          \
        va_end(rest);                                \
        return open_any(#name, path, flags, mode);   \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    pthread_mutex_lock(&one);
    if (path_of(fd)) {
        free(paths[fd]);
        paths[fd] = NULL;
    }
    int done = REAL("close", int (*)(int))(fd);
    pthread_mutex_unlock(&one);
    return done;
}

#define PWRITE(name)                                                                       \
    ssize_t name(int fd, const void *data, size_t length, off_t offset) {                  \
        pthread_mutex_lock(&one);                                                          \
        ssize_t wrote = REAL(#name, ssize_t(*)(int, const void *, size_t, off_t))(fd, data, length, offset); \
        if (wrote > 0 && path_of(fd)) record('w', path_of(fd), offset, data, wrote);       \
        pthread_mutex_unlock(&one);                                                        \
        return wrote;                                                                      \
    }
PWRITE(pwrite)
PWRITE(pwrite64)

ssize_t write(int fd, const void *data, size_t length) {
    pthread_mutex_lock(&one);
    off_t offset = path_of(fd) ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t wrote = syscall(SYS_write, fd, data, length);
    if (wrote > 0 && path_of(fd)) record('w', path_of(fd), offset, data, wrote);
    if (wrote > 0 && fd == 1 && record_fd >= 0) record('a', "", 0, data, wrote);
    pthread_mutex_unlock(&one);
    return wrote;
}

#define SYNC(name)                                                    \
    int name(int fd) {                                                \
        pthread_mutex_lock(&one);                                     \
        int done = REAL(#name, int (*)(int))(fd);                     \
        if (done == 0 && path_of(fd)) record('s', path_of(fd), 0, "", 0); \
        pthread_mutex_unlock(&one);                                   \
        return done;                                                  \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name)                                                              \
    int name(int fd, off_t length) {                                                \
        pthread_mutex_lock(&one);                                                   \
        int done = REAL(#name, int (*)(int, off_t))(fd, length);                    \
        if (done == 0 && path_of(fd)) record('t', path_of(fd), length, "", 0);      \
        pthread_mutex_unlock(&one);                                                 \
        return done;                                                                \
    }
TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

int rename(const char *from, const char *to) {
    pthread_mutex_lock(&one);
    int done = REAL("rename", int (*)(const char *, const char *))(from, to);
    if (done == 0 && ours(from)) record('r', from, 0, to, strlen(to));
    pthread_mutex_unlock(&one);
    return done;
}

int unlink(const char *path) {
    pthread_mutex_lock(&one);
    int done = REAL("unlink", int (*)(const char *))(path);
    if (done == 0 && ours(path)) record('u', path, 0, "", 0);
    pthread_mutex_unlock(&one);
    return done;
}

int mkdir(const char *path, mode_t mode) {
    pthread_mutex_lock(&one);
    int done = REAL("mkdir", int (*)(const char *, mode_t))(path, mode);
    if (done == 0 && ours(path)) record('m', path, 0, "", 0);
    pthread_mutex_unlock(&one);
    return done;
}
