const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Returns whether a price feed may be read from a URL: https, a file, or http on the loopback address. */
export function isAllowedFeedUrl({ protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>): boolean {
  return protocol === 'https:' || protocol === 'file:' || (protocol === 'http:' && LOOPBACK.test(hostname))
}

/** Returns whether a redirect may be followed: to https, or on the loopback address. Never from one scheme to a weaker one, or to a file. */
export function isAllowedRedirect(from: URL, to: URL): boolean {
  return to.protocol === 'https:' || (from.protocol === 'http:' && to.protocol === 'http:' && isAllowedFeedUrl(to))
}
