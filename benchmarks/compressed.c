/* The limit of compressed output in C: inflates every BGZF block with libdeflate and checks CRC32, compresses the columns of the
   uncompressed Arrow file by zstd with one set of fast parameters (strategy fast, minMatch 7, hashLog 10), in pieces as large as a
   chunk of the BAM gives, and writes the frames. Nothing is decoded, and integers are compressed as everything else.
   The Arrow file is read through the page cache while the clock runs, which costs about as much as decoding into memory would.
   build: gcc -O2 -o compressed-limit compressed.c -ldeflate -lzstd -lpthread        (Debian: libdeflate-dev libzstd-dev)
   usage: compressed-limit IN.bam PLAIN.arrow OUT THREADS */
#define _GNU_SOURCE
#include <fcntl.h>
#include <libdeflate.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

enum { CHUNK = 512 << 10, MAX_BLOCK = 65536, PIECE = 256 << 10 };

static const uint8_t *bam, *plain;
static int64_t bam_size, plain_size, next_bam, next_plain, written;
static int out;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static void die(const char *what) { fprintf(stderr, "compressed-limit: %s\n", what); exit(1); }

static const uint8_t *map(const char *path, int64_t *size) {
    struct stat st;
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &st)) die(path);
    *size = st.st_size;
    return mmap(0, st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
}

static void *work(void *unused) {
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 1);
    ZSTD_CCtx_setParameter(context, ZSTD_c_strategy, ZSTD_fast);
    ZSTD_CCtx_setParameter(context, ZSTD_c_minMatch, 7);
    ZSTD_CCtx_setParameter(context, ZSTD_c_hashLog, 10);
    size_t bound = ZSTD_compressBound(PIECE);
    uint8_t *flat = malloc(MAX_BLOCK), *body = malloc(64 << 20);
    for (;;) {
        pthread_mutex_lock(&turn);
        int64_t begin = next_bam, end = begin;
        while (end < bam_size && end - begin < CHUNK) end += (bam[end + 16] | bam[end + 17] << 8) + 1;
        int64_t from = next_plain, to = end == bam_size ? plain_size : (int64_t)((double)end / bam_size * plain_size);
        next_bam = end, next_plain = to;
        pthread_mutex_unlock(&turn);
        if (begin == end) break;
        for (int64_t p = begin; p < end;) {
            int64_t size = (bam[p + 16] | bam[p + 17] << 8) + 1;
            uint32_t crc, len;
            size_t made;
            memcpy(&crc, bam + p + size - 8, 4), memcpy(&len, bam + p + size - 4, 4);
            if (libdeflate_deflate_decompress(inflater, bam + p + 18, size - 26, flat, MAX_BLOCK, &made) || made != len) die("bad block");
            if (libdeflate_crc32(0, flat, made) != crc) die("bad CRC");
            p += size;
        }
        size_t fill = 0;
        for (int64_t p = from; p < to; p += PIECE) {
            size_t n = to - p < PIECE ? to - p : PIECE;
            if (fill + bound > 64 << 20) die("chunk too large");
            size_t made = ZSTD_compress2(context, body + fill, bound, plain + p, n);
            if (ZSTD_isError(made)) die(ZSTD_getErrorName(made));
            fill += made;
        }
        pthread_mutex_lock(&turn);
        int64_t at = written;
        written += fill;
        pthread_mutex_unlock(&turn);
        if (pwrite(out, body, fill, at) != (ssize_t)fill) die("write failed");
    }
    free(flat), free(body), ZSTD_freeCCtx(context), libdeflate_free_decompressor(inflater);
    return unused;
}

int main(int argc, char **argv) {
    if (argc != 5) return fprintf(stderr, "usage: compressed-limit IN.bam PLAIN.arrow OUT THREADS\n"), 2;
    bam = map(argv[1], &bam_size), plain = map(argv[2], &plain_size);
    if ((out = open(argv[3], O_WRONLY | O_CREAT | O_TRUNC, 0644)) < 0) die(argv[3]);
    int n = atoi(argv[4]);
    pthread_t threads[256];
    if (n < 1 || n > 256) return 2;
    for (int i = 0; i < n; i++) pthread_create(&threads[i], 0, work, 0);
    for (int i = 0; i < n; i++) pthread_join(threads[i], 0);
    return 0;
}
