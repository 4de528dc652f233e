import { IncomingMessage } from 'node:http'
import { type BlockList, isIP, isIPv6 } from 'node:net'

/** What the address of a client is read from. */
export type AddressedRequest = Pick<IncomingMessage, 'socket'> & { readonly forwardedFor?: string | undefined }

/**
 * Returns the address of the client of a request: the one that a trusted proxy names, or else that of the connection. IPv4
 * addresses are written without the prefix of IPv6.
 */
export function clientAddress({ forwardedFor, socket: { remoteAddress = '' } }: AddressedRequest): string {
  return forwardedFor ?? withoutPrefix(remoteAddress)
}

/** Returns the class of the requests of a server behind proxies. */
export function requestsBehind(proxies: BlockList | undefined): typeof IncomingMessage {
  if (proxies === undefined) return IncomingMessage
  return class extends IncomingMessage {
    /** The address that a trusted proxy names. */
    get forwardedFor(): string | undefined {
      const { 'x-forwarded-for': header } = this.headers
      const sender = withoutPrefix(this.socket.remoteAddress ?? '')
      if (typeof header !== 'string' || !isTrusted(proxies, sender)) return undefined
      return lastUntrusted(header.split(','), proxies) ?? sender
    }
  }
}

/**
 * Returns the last address that is not a trusted proxy's: each proxy appends whom it was called by, so what is before this
 * address was written by the client, who may write anything. Returns the first address if all are proxies.
 */
function lastUntrusted(hops: readonly string[], proxies: BlockList): string | undefined {
  let address: string | undefined
  for (const hop of hops.toReversed()) {
    const named = addressIn(hop.trim())
    if (named === undefined) break
    address = named
    if (!isTrusted(proxies, address)) break
  }
  return address
}

function isTrusted(proxies: BlockList, address: string): boolean {
  return isIP(address) !== 0 && proxies.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** An address, in brackets or not, with a port or not. */
const HOP = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+)(?::\d+)?|(.+))$/

function addressIn(hop: string): string | undefined {
  const [, ...parts] = HOP.exec(hop) ?? []
  const address = withoutPrefix(parts.find(part => part !== undefined) ?? '')
  return isIP(address) === 0 ? undefined : address
}

function withoutPrefix(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address
}
