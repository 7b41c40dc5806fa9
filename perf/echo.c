/*
 * The least that any UDP server does: sends each query back as the response to itself, in batches of two system calls.
 * The limit in perf/compare, which compiles and starts it:  cc -O2 -o echo-c echo.c && ./echo-c PORT
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#define BATCH 64
#define MAX_QUERY_OCTETS 2048
#define SOCKET_BUFFER_OCTETS (4 << 20)

static unsigned char octets[BATCH][MAX_QUERY_OCTETS];
static struct sockaddr_in clients[BATCH];
static struct iovec parts[BATCH];
static struct mmsghdr messages[BATCH];

static int open_socket(int port)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	int size = SOCKET_BUFFER_OCTETS;
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) < 0) {
		perror("echo-c");
		exit(1);
	}
	return fd;
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: %s PORT\n", argv[0]);
		return 1;
	}
	int fd = open_socket(atoi(argv[1]));
	for (int i = 0; i < BATCH; i++) {
		parts[i].iov_base = octets[i];
		messages[i].msg_hdr.msg_iov = &parts[i];
		messages[i].msg_hdr.msg_iovlen = 1;
		messages[i].msg_hdr.msg_name = &clients[i];
	}
	for (;;) {
		for (int i = 0; i < BATCH; i++) {
			parts[i].iov_len = MAX_QUERY_OCTETS;
			messages[i].msg_hdr.msg_namelen = sizeof clients[i];
		}
		/* Sleeps until the first datagram, takes all that are there. */
		int received = recvmmsg(fd, messages, BATCH, MSG_WAITFORONE, NULL);
		for (int i = 0; i < received; i++) {
			parts[i].iov_len = messages[i].msg_len;
			octets[i][2] |= 0x80; /* QR */
		}
		for (int sent = 0; sent < received;) {
			int count = sendmmsg(fd, messages + sent, received - sent, 0);
			sent += count > 0 ? count : 1; /* a datagram that cannot be sent is lost */
		}
	}
}
