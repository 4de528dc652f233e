import type { IncomingMessage } from 'node:http'
import type { ErrorResponse } from './respond.ts'

/** The response to a request whose URL is not text. */
export const URL_NOT_TEXT: ErrorResponse = {
  status: 400,
  code: 'BAD_REQUEST',
  message: 'The URL is not valid UTF-8. Encode its parameters as UTF-8, and escape them with "%".',
}

/** Returns whether a URL is UTF-8. Other bytes would be read as U+FFFD, so that different texts would become the same one. */
export function hasTextInUrl({ url = '' }: IncomingMessage): boolean {
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}
