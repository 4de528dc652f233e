import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

/** Returns the address that a request came from, for limits. IPv6 addresses of one network (/64) count as one, because one host has them all. */
export function senderAddress({ socket: { remoteAddress = '' } }: Pick<IncomingMessage, 'socket'>): string {
  // `isIPv6` takes longer than all the rest.
  if (!remoteAddress.includes(':') || !isIPv6(remoteAddress) || remoteAddress.startsWith('::ffff:')) return remoteAddress
  const [head = '', tail = ''] = remoteAddress.split('::')
  const start = head === '' ? [] : head.split(':')
  const end = tail === '' ? [] : tail.split(':')
  const missing = remoteAddress.includes('::') ? 8 - start.length - end.length : 0
  return [...start, ...Array.from({ length: missing }, () => '0'), ...end].slice(0, 4).join(':')
}
