import { isIPv6 } from 'node:net'

/** Returns the network of an address, for limits: IPv6 addresses of one network (/64) count as one, because one host has them all. */
export function networkOf<Address extends string | null | undefined>(address: Address): Address | string {
  if (address === null || address === undefined) return address
  // `isIPv6` takes longer than all the rest.
  if (!address.includes(':') || !isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = '', tail = ''] = address.split('::')
  const start = head === '' ? [] : head.split(':')
  const end = tail === '' ? [] : tail.split(':')
  const missing = address.includes('::') ? 8 - start.length - end.length : 0
  return [...start, ...Array.from({ length: missing }, () => '0'), ...end].slice(0, 4).join(':')
}
