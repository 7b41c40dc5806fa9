"""Looks up names from Python in the way of its argument: getaddrinfo, asyncio, aiodns, dnspython or dnspython-tcp.

Reads lines "any NAME", "4 NAME", "6 NAME" or "srv NAME"; writes "ok MILLIS ITEM...", "none MILLIS" or
"failed MILLIS WHY".
"""
import asyncio
import socket
import sys
import time

FAMILIES = {"any": socket.AF_UNSPEC, "4": socket.AF_INET, "6": socket.AF_INET6}


class NoSuchName(Exception):
    pass


def by_getaddrinfo(kind, name):
    try:
        return addresses(socket.getaddrinfo(name, None, FAMILIES[kind], socket.SOCK_STREAM))
    except socket.gaierror as e:
        raise translated(e)


def by_asyncio(kind, name):
    async def look_up():
        loop = asyncio.get_running_loop()
        return await loop.getaddrinfo(name, None, family=FAMILIES[kind], type=socket.SOCK_STREAM)

    try:
        return addresses(asyncio.run(look_up()))
    except socket.gaierror as e:
        raise translated(e)


def addresses(found):
    return [entry[4][0] for entry in found]


def translated(e):
    return NoSuchName() if e.errno in (socket.EAI_NONAME, socket.EAI_NODATA) else e


def by_aiodns():
    """As Home Assistant's aiohttp does: one resolver for all look-ups, each family of its own."""
    import aiodns

    loop = asyncio.new_event_loop()
    resolver = aiodns.DNSResolver(loop=loop)
    not_found = (aiodns.error.ARES_ENOTFOUND, aiodns.error.ARES_ENODATA)

    def look_up(kind, name):
        found = []
        failures = []
        for family in ("4", "6") if kind == "any" else (kind,):
            try:
                if kind == "srv":
                    found += [f"{r.host}:{r.port}" for r in loop.run_until_complete(resolver.query(name, "SRV"))]
                else:
                    answer = loop.run_until_complete(resolver.gethostbyname(name, FAMILIES[family]))
                    found += answer.addresses
            except aiodns.error.DNSError as e:
                failures.append(e)
        if found:
            return found
        raise NoSuchName() if all(e.args[0] in not_found for e in failures) else failures[0]

    return look_up


def by_dnspython(tcp):
    import dns.exception
    import dns.resolver

    resolver = dns.resolver.Resolver()
    types = {"any": ("A", "AAAA"), "4": ("A",), "6": ("AAAA",), "srv": ("SRV",)}

    def look_up(kind, name):
        found = []
        failure = NoSuchName()
        for rdtype in types[kind]:
            try:
                answer = resolver.resolve(name, rdtype, search=True, tcp=tcp)
                found += [f"{r.target}:{r.port}" if rdtype == "SRV" else r.address for r in answer]
            except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
                pass
            except dns.exception.DNSException as e:
                failure = e
        if not found:
            raise failure
        return found

    return look_up


WAYS = {
    "getaddrinfo": lambda: by_getaddrinfo,
    "asyncio": lambda: by_asyncio,
    "aiodns": by_aiodns,
    "dnspython": lambda: by_dnspython(False),
    "dnspython-tcp": lambda: by_dnspython(True),
}


def main():
    look_up = WAYS[sys.argv[1]]()
    for line in sys.stdin:
        kind, name = line.split()
        start = time.monotonic()
        try:
            items = look_up(kind, name)
            verdict, rest = "ok", items
        except NoSuchName:
            verdict, rest = "none", []
        except Exception as e:
            verdict, rest = "failed", [repr(e)]
        print(verdict, int((time.monotonic() - start) * 1000), *rest, flush=True)


main()
