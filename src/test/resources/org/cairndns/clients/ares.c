/*
 * Looks up names by c-ares, as Home Assistant's aiohttp, gRPC's core and some builds of curl do.
 * Reads lines "any NAME", "4 NAME", "6 NAME" or "srv NAME"; writes "ok MILLIS ITEM...", "none MILLIS" or
 * "failed MILLIS WHY". With the argument "version" it says which c-ares it is.
 */
#include <ares.h>
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>

static char items[65536];
static int verdict;

static long now_millis(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void addresses(void *unused, int status, int timeouts, struct ares_addrinfo *found) {
    char text[INET6_ADDRSTRLEN];
    verdict = status;
    for (struct ares_addrinfo_node *at = found ? found->nodes : NULL; at; at = at->ai_next) {
        void *address = at->ai_family == AF_INET
            ? (void *) &((struct sockaddr_in *) at->ai_addr)->sin_addr
            : (void *) &((struct sockaddr_in6 *) at->ai_addr)->sin6_addr;
        strcat(strcat(items, " "), inet_ntop(at->ai_family, address, text, sizeof text));
    }
    if (found) {
        ares_freeaddrinfo(found);
    }
}

static void targets(void *unused, int status, int timeouts, unsigned char *answer, int length) {
    struct ares_srv_reply *found = NULL;
    char text[300];
    verdict = status == ARES_SUCCESS ? ares_parse_srv_reply(answer, length, &found) : status;
    for (struct ares_srv_reply *at = found; at; at = at->next) {
        snprintf(text, sizeof text, " %s:%d", at->host, at->port);
        strcat(items, text);
    }
    if (found) {
        ares_free_data(found);
    }
}

static void run(ares_channel channel) {
    fd_set in, out;
    struct timeval wait;
    int count;
    FD_ZERO(&in);
    FD_ZERO(&out);
    while ((count = ares_fds(channel, &in, &out)) > 0) {
        select(count, &in, &out, NULL, ares_timeout(channel, NULL, &wait));
        ares_process(channel, &in, &out);
        FD_ZERO(&in);
        FD_ZERO(&out);
    }
}

int main(int count, char **arguments) {
    char kind[8], name[256];
    ares_channel channel;
    if (count > 1) {
        puts(ares_version(NULL));
        return 0;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    ares_library_init(ARES_LIB_INIT_ALL);
    if (ares_init(&channel) != ARES_SUCCESS) {
        return 1;
    }
    while (scanf("%7s %255s", kind, name) == 2) {
        struct ares_addrinfo_hints hints = {0};
        hints.ai_family = *kind == '4' ? AF_INET : *kind == '6' ? AF_INET6 : AF_UNSPEC;
        items[0] = 0;
        long start = now_millis();
        if (*kind == 's') {
            ares_search(channel, name, 1, 33, targets, NULL);
        } else {
            ares_getaddrinfo(channel, name, NULL, &hints, addresses, NULL);
        }
        run(channel);
        long took = now_millis() - start;
        if (verdict == ARES_ENOTFOUND || verdict == ARES_ENODATA) {
            printf("none %ld\n", took);
        } else if (verdict != ARES_SUCCESS) {
            printf("failed %ld %s\n", took, ares_strerror(verdict));
        } else {
            printf("ok %ld%s\n", took, items);
        }
    }
    return 0;
}
