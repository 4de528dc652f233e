import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** The header that carries the id of a request, in the request and in the response. */
export const REQUEST_ID_HEADER = 'x-request-id'

const ACCEPTABLE = /^[\w.:/+=-]{1,128}$/

/** Returns the id that the client or a proxy sent; a new one if there is none or it could garble a log. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers[REQUEST_ID_HEADER]
  return typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID()
}
