import { hash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Returns whether a request has the header `Authorization: Bearer <key>`. The time that it takes reveals nothing about the key. */
export function holdsKey({ headers: { authorization = '' } }: IncomingMessage, key: string): boolean {
  const [, given = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? []
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', key, 'buffer'))
}
