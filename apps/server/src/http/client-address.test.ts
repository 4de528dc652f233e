import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { clientAddress, requestsBehind } from './client-address.ts'
import { readTrustedProxies } from './trusted-proxies.ts'

const PROXIES = readTrustedProxies('10.0.0.0/8, 2001:db8::/32')

function addressOf({ from, forwardedFor, proxies = PROXIES }: { from: string; forwardedFor?: string; proxies?: typeof PROXIES | null }): string {
  const request = new (requestsBehind(proxies ?? undefined))(Object.defineProperty(new Socket(), 'remoteAddress', { value: from }))
  if (forwardedFor !== undefined) request.headers['x-forwarded-for'] = forwardedFor
  return clientAddress(request)
}

describe('the address of a client', () => {
  it.each([
    { from: '203.0.113.7', is: '203.0.113.7' },
    { from: '::ffff:203.0.113.7', is: '203.0.113.7' },
    { from: '2001:db9::1', is: '2001:db9::1' },
  ])('is that of its connection: $is', ({ from, is }) => {
    expect(addressOf({ from })).toBe(is)
  })

  it.each([
    { what: 'the one that the proxy names', forwardedFor: '203.0.113.7', is: '203.0.113.7' },
    { what: 'what a client invents is ignored', forwardedFor: '198.51.100.1, 203.0.113.7', is: '203.0.113.7' },
    { what: 'proxies before the last one are skipped', forwardedFor: '198.51.100.1, 203.0.113.7, 10.9.9.9', is: '203.0.113.7' },
    { what: 'a client that is a proxy', forwardedFor: '10.1.1.1, 10.2.2.2', is: '10.1.1.1' },
    { what: 'with a port', forwardedFor: '203.0.113.7:4711', is: '203.0.113.7' },
    { what: 'IPv6', forwardedFor: '2001:db9::7', is: '2001:db9::7' },
    { what: 'IPv6 with a port', forwardedFor: '[2001:db9::7]:4711', is: '2001:db9::7' },
    { what: 'IPv4 as IPv6', forwardedFor: '::ffff:203.0.113.7', is: '203.0.113.7' },
    { what: 'unknown', forwardedFor: 'unknown', is: '10.0.0.1' },
    { what: 'unknown to the first proxy', forwardedFor: '203.0.113.7, _hidden, 10.2.2.2', is: '10.2.2.2' },
    { what: 'empty', forwardedFor: '', is: '10.0.0.1' },
  ])('is, behind a trusted proxy, $is ($what)', ({ forwardedFor, is }) => {
    expect(addressOf({ from: '10.0.0.1', forwardedFor })).toBe(is)
    expect(addressOf({ from: '::ffff:10.0.0.1', forwardedFor })).toBe(is)
  })

  it('is that of the connection if the sender is no trusted proxy, or none is trusted', () => {
    expect(addressOf({ from: '203.0.113.7', forwardedFor: '198.51.100.1' })).toBe('203.0.113.7')
    expect(addressOf({ from: '10.0.0.1', forwardedFor: '198.51.100.1', proxies: null })).toBe('10.0.0.1')
  })
})
