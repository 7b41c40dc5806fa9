"""Prints what is at a URL, or why there is nothing; names are looked up as Home Assistant does. Argument: the URL."""

import asyncio
import sys

import aiohttp
from aiohttp.resolver import AsyncResolver


async def main():
    connector = aiohttp.TCPConnector(resolver=AsyncResolver())
    async with aiohttp.ClientSession(connector=connector) as session:
        try:
            async with session.get(sys.argv[1], timeout=aiohttp.ClientTimeout(total=10)) as response:
                print(await response.text())
        except (aiohttp.ClientError, asyncio.TimeoutError) as failure:
            print(repr(failure), "from", repr(failure.__cause__))


asyncio.run(main())
