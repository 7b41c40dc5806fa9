// Looks up names from Node in the way of its argument: lookup (getaddrinfo) or resolve (c-ares).
// Reads lines "any NAME", "4 NAME", "6 NAME" or "srv NAME"; writes "ok MILLIS ITEM...", "none MILLIS" or
// "failed MILLIS WHY".
'use strict';
const dns = require('node:dns').promises;
const readline = require('node:readline');

const NOT_FOUND = ['ENOTFOUND', 'ENODATA'];

const ways = {
  lookup: async (kind, name) => {
    const family = kind === 'any' ? 0 : Number(kind);
    return (await dns.lookup(name, { all: true, family })).map((found) => found.address);
  },
  resolve: async (kind, name) => {
    if (kind === 'srv') {
      return (await dns.resolveSrv(name)).map((found) => `${found.name}:${found.port}`);
    }
    const asked = [];
    if (kind !== '6') asked.push(dns.resolve4(name));
    if (kind !== '4') asked.push(dns.resolve6(name));
    const settled = await Promise.allSettled(asked);
    const found = settled.flatMap((each) => each.value ?? []);
    if (found.length === 0) throw settled[0].reason;
    return found;
  },
};

async function main() {
  const lookUp = ways[process.argv[2]];
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [kind, name] = line.split(' ');
    const start = process.hrtime.bigint();
    const millis = () => (process.hrtime.bigint() - start) / 1000000n;
    try {
      const items = await lookUp(kind, name);
      console.log(`ok ${millis()} ${items.join(' ')}`);
    } catch (e) {
      console.log(NOT_FOUND.includes(e.code) ? `none ${millis()}` : `failed ${millis()} ${e}`);
    }
  }
}

main();
