import { isUtf8 } from 'node:buffer'
import { InvalidInput, isStorableText } from '@tollgate/kernel'

/** Encodes the position after which a page continues. Cursors are opaque to clients, so that the order of a list can change. */
export function encodeCursor(...parts: readonly string[]): string {
  return Buffer.from(parts.join(' ')).toString('base64url')
}

/** Decodes a cursor of one part. Throws `InvalidInput`. */
export function decodeCursor(cursor: string): string {
  return decodeCursorParts(cursor, 1)[0] ?? ''
}

/** Decodes a cursor of this number of parts, none of which contains a space. Throws `InvalidInput`. */
export function decodeCursorParts(cursor: string, parts: number): string[] {
  const decoded = decodeText(cursor)?.split(' ') ?? []
  if (decoded.length !== parts || decoded.includes('')) throw invalidCursor()
  return decoded
}

function decodeText(cursor: string): string | undefined {
  if (!/^[\w-]{1,500}$/.test(cursor)) return undefined
  const bytes = Buffer.from(cursor, 'base64url')
  const text = bytes.toString()
  return isUtf8(bytes) && isStorableText(text) ? text : undefined
}

/** Returns the error for a value of `after` that is not a cursor of this list. */
export function invalidCursor(): InvalidInput {
  return new InvalidInput([{ path: 'after', message: 'is not a cursor of this list; use pageInfo.endCursor of the previous page' }])
}
