import { expect, test } from 'vitest';
import { whyForbidden } from '../../src/webhooks/addresses.ts';
import { createSend, Forbidden, NoAnswer } from '../../src/webhooks/send.ts';

const body = { headers: {}, body: '{}' };

/** Hosts as they may be written in a configuration, all of which mean a place that is not to be called. */
const DISGUISES = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '127.0.0.1.',
  '127.255.255.254',
  '0',
  '0.0.0.0',
  '0x0',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::8.8.8.8]',
  '[2002:7f00:1::]',
  '[2002:a9fe:a9fe::]',
  '[2001:0:7f00:1::]',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '0251.0376.0251.0376',
  '169.254.43518',
  '[::ffff:169.254.169.254]',
  '[fe80::1]',
  '[febf::1]',
  '[fd00:ec2::254]',
  '[fd12:3456::1]',
  '10.0.0.1',
  '10.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.257',
  '100.64.0.1',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '[ff02::1]',
  '[2001:db8::1]',
  '１２７.０.０.１',
  '127。0。0。1',
  '%31%32%37.0.0.1',
];

test.each(DISGUISES)('https://%s/ is not called', async (host) => {
  const send = createSend({
    resolve: (name) => Promise.reject(new Error(`${name} was looked up`)),
  });
  await expect(send({ url: `https://${host}/`, ...body }, false)).rejects.toThrow(Forbidden);
});

test('there are at least forty of them', () => {
  expect(new Set(DISGUISES).size).toBeGreaterThanOrEqual(40);
});

test.each(['http://pager.example.com/', 'ftp://pager.example.com/', 'file:///etc/passwd'])(
  '%s is not called: it is not https',
  async (url) => {
    const send = createSend({ resolve: async () => [{ address: '203.0.113.9', family: 4 }] });
    await expect(send({ url, ...body }, true)).rejects.toThrow('it is not https');
  },
);

test.each([
  ['93.184.216.34', null, null],
  ['8.8.8.8', null, null],
  ['172.15.255.255', null, null],
  ['172.32.0.1', null, null],
  ['100.63.255.255', null, null],
  ['100.128.0.1', null, null],
  ['169.253.255.255', null, null],
  ['223.255.255.255', null, null],
  ['2606:4700:4700::1111', null, null],
  ['2a00:1450:4001:830::200e', null, null],
  ['127.0.0.1', 'this machine itself', null],
  ['::1', 'this machine itself', null],
  ['10.1.2.3', 'a private network', null],
  ['192.168.1.1', 'a private network', null],
  ['100.64.0.1', 'a private network', null],
  ['fd12::1', 'a private network', null],
  ['169.254.169.254', /credentials/, /credentials/],
  ['fe80::1', /credentials/, /credentials/],
  ['fd00:ec2::254', /credentials/, /credentials/],
  ['100.100.100.200', /credentials/, /credentials/],
  ['168.63.129.16', /credentials/, /credentials/],
  ['::ffff:10.0.0.1', /guise/, /guise/],
  ['0:0:0:0:0:FFFF:10.0.0.1', /guise/, /guise/],
  ['64:ff9b::a00:1', /not a public/, /not a public/],
  ['2002:a00:1::', /not a public/, /not a public/],
  ['0.0.0.0', /not a public/, /not a public/],
  ['239.1.1.1', /not a public/, /not a public/],
  ['fe80::1%eth0', /no address/, /no address/],
  ['pager.test', /no address/, /no address/],
])('%s outside: %s; for a webhook that may be internal: %s', (address, outside, internal) => {
  for (const [expected, allowed] of [
    [outside, false],
    [internal, true],
  ] as const) {
    const why = whyForbidden(address, allowed);
    if (expected === null) expect(why).toBeNull();
    else expect(why).toMatch(expected);
  }
});

test('one bad address among several forbids the name', async () => {
  const send = createSend({
    resolve: async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ],
  });
  await expect(send({ url: 'https://pager.test/', ...body }, false)).rejects.toThrow(
    'its address 127.0.0.1 is this machine itself',
  );
});

test('a name without an address is one that was not found', async () => {
  const send = createSend({ resolve: async () => [] });
  const why = await send({ url: 'https://pager.test/', ...body }, false).catch((error) => error);
  expect(why).toBeInstanceOf(NoAnswer);
  expect(why).toMatchObject({ code: 'ENOTFOUND', written: false });
});
