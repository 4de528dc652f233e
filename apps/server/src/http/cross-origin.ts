import type { IncomingHttpHeaders } from 'node:http'

/** Origins whose pages may use the API. Undefined for all. */
export type AllowedOrigins = readonly string[] | undefined

/** Headers of responses that pages of other origins may read, besides those that they may always read. */
const EXPOSED = 'X-Request-Id, Retry-After, Content-Disposition'

/** How long a browser may keep the answer to a preflight. Chromium keeps it for two hours at most, Firefox for a day. */
const PREFLIGHT_SECONDS = 86_400

/** Paths that are not for pages of other origins: monitoring reads the metrics, and the rest is for other servers or is a page itself. */
const NOT_FOR_PAGES = ['/metrics', '/v1/payments/', '/v1/mail/']

/** Returns the header lines that let a page of an allowed origin read a response, whatever its status is. */
export function crossOriginLines({ origin }: Pick<IncomingHttpHeaders, 'origin'>, path: string, allowed: AllowedOrigins): string {
  if (origin === undefined) return allowed === undefined ? '' : 'vary: Origin\r\n'
  if (NOT_FOR_PAGES.some(start => path.startsWith(start))) return ''
  let lines = ''
  const headers = crossOriginHeaders(origin, allowed)
  for (const name in headers) lines += `${name}: ${headers[name]}\r\n`
  return lines
}

/** Returns the same headers by name. Keys are sent in a header and never in a cookie, so a page can only use keys that it has. */
export function crossOriginHeaders(origin: string | undefined, allowed: AllowedOrigins): Record<string, string> {
  return {
    ...(allowed !== undefined && { vary: 'Origin' }),
    ...(allowsOrigin(origin, allowed) && {
      'access-control-allow-origin': allowed === undefined ? '*' : (origin ?? ''),
      'access-control-expose-headers': EXPOSED,
    }),
  }
}

/** Returns the headers of the answer to a browser that asks whether a page may send a request. There are none for an origin that is not allowed. */
export function preflightHeaders(headers: IncomingHttpHeaders, methods: string, allowed: AllowedOrigins): Record<string, string> {
  const { origin, 'access-control-request-headers': requested } = headers
  if (!allowsOrigin(origin, allowed)) return {}
  return {
    'access-control-allow-methods': methods,
    ...(requested !== undefined && { 'access-control-allow-headers': requested }),
    'access-control-max-age': String(PREFLIGHT_SECONDS),
  }
}

function allowsOrigin(origin: string | undefined, allowed: AllowedOrigins): boolean {
  return origin !== undefined && (allowed === undefined || allowed.includes(origin))
}
