import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** The header that a request's id comes in, and goes back in. */
export const REQUEST_ID_HEADER = 'x-request-id'

const ACCEPTABLE = /^[\w.:/+=-]{1,128}$/

/** The id that the client or a proxy gave the request; a new one where it is missing or could garble a log. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers[REQUEST_ID_HEADER]
  return typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID()
}
