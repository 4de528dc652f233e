import { BlockList, isIP } from 'node:net'

/** Reads addresses and networks like "10.0.0.7, 10.1.0.0/16". Returns undefined for any other text. */
export function readTrustedProxies(text: string): BlockList | undefined {
  const proxies = new BlockList()
  return text.split(',').every(part => addTo(proxies, part.trim())) ? proxies : undefined
}

function addTo(proxies: BlockList, text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/')
  const version = isIP(address)
  const [family, bits] = version === 4 ? (['ipv4', 32] as const) : (['ipv6', 128] as const)
  if (version === 0 || rest.length > 0) return false
  if (prefix === undefined) proxies.addAddress(address, family)
  else if (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits) proxies.addSubnet(address, Number(prefix), family)
  else return false
  return true
}
