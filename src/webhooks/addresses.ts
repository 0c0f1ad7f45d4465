import { BlockList, isIP } from 'node:net';

type Range = readonly [network: string, prefix: number];

/** Networks that are an operator's own, by what they are called in an explanation. */
const OWN: readonly (readonly [string, readonly Range[]])[] = [
  [
    'this machine itself',
    [
      ['127.0.0.0', 8],
      ['::1', 128],
    ],
  ],
  [
    'a private network',
    [
      ['10.0.0.0', 8],
      ['172.16.0.0', 12],
      ['192.168.0.0', 16],
      ['100.64.0.0', 10],
      ['fc00::', 7],
    ],
  ],
];

/** What answers there gives away the credentials of the machine: never called, whatever is configured. */
const METADATA: readonly Range[] = [
  ['169.254.0.0', 16],
  ['fe80::', 10],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['fd00:ec2::254', 128],
  ['fd20:ce::254', 128],
];

/** IPv4 that is nobody's address: IANA's special purposes, multicast and what is reserved. */
const NOBODYS_V4: readonly Range[] = [
  ['0.0.0.0', 8],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/**
 * Of IPv6 only the global unicast space is anybody's, and of that not what embeds an IPv4 address
 * (6to4, Teredo) or is a protocol's own. Mapped and translated IPv4 (`::ffff:`, `64:ff9b::`) lies
 * outside of it.
 */
const GLOBAL_V6: readonly Range[] = [['2000::', 3]];
const NOBODYS_V6: readonly Range[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

function list(ranges: readonly Range[]): BlockList {
  const blocks = new BlockList();
  for (const [network, prefix] of ranges) {
    blocks.addSubnet(network, prefix, isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  return blocks;
}

const own = OWN.map(([name, ranges]) => ({ name, ranges: list(ranges) }));
const metadata = list(METADATA);
const nobodysV4 = list(NOBODYS_V4);
const globalV6 = list(GLOBAL_V6);
const nobodysV6 = list(NOBODYS_V6);

/**
 * Why Muster does not call an address, in words for an administrator, or null where it may.
 *
 * `internal` allows the operator's own networks and this machine; link-local addresses, where
 * machines hand out their credentials, and embedded ones stay refused.
 */
export function whyForbidden(given: string, internal: boolean): string | null {
  const version = isIP(given);
  if (version === 0 || given.includes('%')) return 'no address that can be called';
  const family = version === 6 ? 'ipv6' : 'ipv4';
  const address = version === 6 ? shortest(given) : given;
  // Before anything else: Node finds a mapped IPv4 address in the ranges of IPv4 as well.
  if (/^::ffff:/i.test(address)) return 'an IPv4 address in the guise of IPv6';
  if (metadata.check(address, family)) return 'where a machine gives away its own credentials';
  const mine = own.find(({ ranges }) => ranges.check(address, family));
  if (mine !== undefined) return internal ? null : mine.name;
  const anybodys =
    version === 6
      ? globalV6.check(address, family) && !nobodysV6.check(address, family)
      : !nobodysV4.check(address, family);
  return anybodys ? null : 'not a public address';
}

/** An IPv6 address as it is written in one way only. */
const shortest = (address: string): string => new URL(`https://[${address}]`).hostname.slice(1, -1);
