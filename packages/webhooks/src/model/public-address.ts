import ipaddr from 'ipaddr.js'

/**
 * Returns whether an IP address belongs to the public internet: not to this machine, a private network, a cloud's
 * metadata service (link-local) or another reserved range. IPv6 addresses that contain an IPv4 address are never
 * public, because they may lead to a private network.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  return ipaddr.parse(address).range() === 'unicast'
}
