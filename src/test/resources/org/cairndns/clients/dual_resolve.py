"""Prints the addresses of each name and how many milliseconds it took, by the resolver of Home Assistant."""

import asyncio
import sys
import time

from aiohttp_asyncmdnsresolver.api import AsyncDualMDNSResolver
from zeroconf.asyncio import AsyncZeroconf


async def main():
    zeroconf = AsyncZeroconf()
    resolver = AsyncDualMDNSResolver(async_zeroconf=zeroconf)
    for name in sys.argv[1:]:
        start = time.monotonic()
        try:
            answer = ",".join(found["host"] for found in await resolver.resolve(name, 80))
        except OSError as failure:
            answer = repr(failure)
        print(answer, int((time.monotonic() - start) * 1000))
    await resolver.close()
    await zeroconf.async_close()


asyncio.run(main())
