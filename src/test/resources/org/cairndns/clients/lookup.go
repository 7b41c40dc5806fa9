// Lookup looks up names by Go's own resolver, as cloudflared, Traefik, Prometheus and Flux do.
//
// It reads lines "any NAME", "4 NAME", "6 NAME" or "srv NAME" and writes "ok MILLIS ITEM...", "none MILLIS" or
// "failed MILLIS WHY".
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

func lookUp(kind, name string) ([]string, error) {
	var items []string
	if kind == "srv" {
		_, found, err := net.LookupSRV("", "", name)
		for _, each := range found {
			items = append(items, fmt.Sprintf("%s:%d", each.Target, each.Port))
		}
		return items, err
	}
	network := map[string]string{"any": "ip", "4": "ip4", "6": "ip6"}[kind]
	found, err := net.DefaultResolver.LookupIP(context.Background(), network, name)
	for _, each := range found {
		items = append(items, each.String())
	}
	return items, err
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		start := time.Now()
		items, err := lookUp(words[0], words[1])
		took := time.Since(start).Milliseconds()
		var failure *net.DNSError
		if err == nil {
			fmt.Println("ok", took, strings.Join(items, " "))
		} else if errors.As(err, &failure) && failure.IsNotFound {
			fmt.Println("none", took)
		} else {
			fmt.Println("failed", took, err)
		}
	}
}
