import { describe, expect, it } from 'vitest'
import { isMetadataAddress, isPublicAddress } from './public-address.ts'

describe.each([
  ['93.184.216.34', true],
  ['2606:2800:220:1:248:1893:25c8:1946', true],
  ['127.0.0.1', false],
  ['127.255.255.254', false],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['172.31.255.255', false],
  ['172.32.0.1', true],
  ['192.168.0.1', false],
  ['169.254.169.254', false], // The metadata service of clouds.
  ['100.64.0.1', false], // Carrier-grade NAT.
  ['192.0.2.1', false],
  ['198.18.0.1', false],
  ['224.0.0.1', false],
  ['240.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['fe80::1', false],
  ['fc00::1', false],
  ['fd12:3456::1', false],
  ['ff02::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:93.184.216.34', false],
  ['64:ff9b::7f00:1', false], // NAT64 for 127.0.0.1.
  ['2002:7f00:1::', false], // 6to4 for 127.0.0.1.
  ['2001:0:7f00:1::', false], // Teredo.
  ['::127.0.0.1', false], // IPv4-compatible.
  ['::7f00:1', false],
  ['::a00:1', false],
  ['::5db8:d822', false],
  ['::ffff:0:7f00:1', false], // Translated.
  ['::ffff:7f00:1', false],
  ['64:ff9b:1::a00:1', false],
  ['fd00:ec2::254', false], // The metadata service of AWS.
  ['168.63.129.16', false], // The metadata service of Azure.
  ['100.100.100.200', false], // The metadata service of Alibaba Cloud.
  ['fec0::1', false],
  ['100::1', false],
  ['4000::1', false],
  ['5f00::1', false],
  ['3fff::1', false],
  ['2001:db8::1', false],
  ['fe80::1%eth0', false],
  ['example.com', false],
  ['', false],
])('the address %s', (address, isPublic) => {
  it(`is ${isPublic ? '' : 'not '}public`, () => expect(isPublicAddress(address)).toBe(isPublic))
})

describe.each([
  ['169.254.169.254', true],
  ['169.254.170.2', true],
  ['fd00:ec2::254', true],
  ['fe80::a9fe:a9fe', true],
  ['100.100.100.200', true],
  ['168.63.129.16', true],
  ['192.0.0.192', true],
  ['::169.254.169.254', true],
  ['::ffff:169.254.169.254', true],
  ['::ffff:a9fe:a9fe', true],
  ['64:ff9b::a9fe:a9fe', true],
  ['2002:a9fe:a9fe::1', true],
  ['127.0.0.1', false],
  ['10.0.0.1', false],
  ['93.184.216.34', false],
  ['fd00::1', false],
  ['::1', false],
  ['example.com', false],
])('the address %s', (address, isMetadata) => {
  it(`is ${isMetadata ? '' : 'not '}that of a metadata service`, () => expect(isMetadataAddress(address)).toBe(isMetadata))
})
