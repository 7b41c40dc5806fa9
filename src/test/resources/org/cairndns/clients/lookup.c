/*
 * Looks up names by getaddrinfo, as most programs in C do.
 * Reads lines "any NAME", "4 NAME" or "6 NAME"; writes "ok MILLIS ADDRESS...", "none MILLIS" or "failed MILLIS WHY".
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

static long now_millis(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int main(void) {
    char kind[8], name[256], text[INET6_ADDRSTRLEN];
    setvbuf(stdout, NULL, _IOLBF, 0);
    while (scanf("%7s %255s", kind, name) == 2) {
        struct addrinfo hints = {0}, *found = NULL;
        hints.ai_family = *kind == '4' ? AF_INET : *kind == '6' ? AF_INET6 : AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        long start = now_millis();
        int result = getaddrinfo(name, NULL, &hints, &found);
        long took = now_millis() - start;
        int none = result == EAI_NONAME;
#ifdef EAI_NODATA
        none = none || result == EAI_NODATA;
#endif
        if (none) {
            printf("none %ld\n", took);
        } else if (result != 0) {
            printf("failed %ld %s\n", took, gai_strerror(result));
        } else {
            printf("ok %ld", took);
            for (struct addrinfo *at = found; at; at = at->ai_next) {
                void *address = at->ai_family == AF_INET
                    ? (void *) &((struct sockaddr_in *) at->ai_addr)->sin_addr
                    : (void *) &((struct sockaddr_in6 *) at->ai_addr)->sin6_addr;
                printf(" %s", inet_ntop(at->ai_family, address, text, sizeof text));
            }
            printf("\n");
            freeaddrinfo(found);
        }
    }
    return 0;
}
