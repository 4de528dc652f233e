import ipaddr from 'ipaddr.js'

/** The part of IPv6 that is used on the internet. Everything else is reserved or local, such as ::/96, which contains IPv4 addresses. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3')

/** Public by its range. */
const AZURE_METADATA = '168.63.129.16'

/** The metadata services of clouds: link-local addresses of all of them, and the others of AWS, Alibaba Cloud, Azure and Oracle. */
const METADATA = ['169.254.0.0/16', 'fe80::/10', 'fd00:ec2::/32', '100.100.100.200/32', '192.0.0.192/32', `${AZURE_METADATA}/32`].map(range =>
  ipaddr.parseCIDR(range),
)

/** Ranges of IPv6 addresses that lead to an IPv4 address, and the byte at which it starts. */
const CONTAINING_IPV4 = [
  ['::/96', 12],
  ['::ffff:0:0/96', 12], // Mapped.
  ['::ffff:0:0:0/96', 12], // Translated.
  ['64:ff9b::/96', 12], // NAT64.
  ['64:ff9b:1::/48', 12], // NAT64 in a private network.
  ['2002::/16', 2], // 6to4.
].map(([range, start]) => ({ range: ipaddr.parseCIDR(String(range)), start: Number(start) }))

/**
 * Returns whether an IP address belongs to the public internet: not to this machine, a private network, a cloud's
 * metadata service or another reserved range. IPv6 addresses that contain an IPv4 address are never public, because they
 * may lead to a private network.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address) || address === AZURE_METADATA) return false
  const parsed = ipaddr.parse(address)
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || isIn(parsed, GLOBAL_UNICAST))
}

/** Returns whether an IP address may be that of a cloud's metadata service, which gives its secrets to any caller. Also as an IPv4 address in an IPv6 one. */
export function isMetadataAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  const contained = parsed.kind() === 'ipv6' ? CONTAINING_IPV4.filter(({ range }) => isIn(parsed, range)) : []
  const bytes = parsed.toByteArray()
  const all = [parsed, ...contained.map(({ start }) => ipaddr.fromByteArray(bytes.slice(start, start + 4)))]
  return all.some(one => METADATA.some(range => isIn(one, range)))
}

function isIn(address: ipaddr.IPv4 | ipaddr.IPv6, range: readonly [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  return address.kind() === range[0].kind() && address.match(range[0], range[1])
}
