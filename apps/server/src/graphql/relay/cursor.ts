import { InvalidInput } from '@tollgate/kernel'

/** Makes a cursor of what a page continues behind. Opaque to clients, so that the order can change. */
export function encodeCursor(...parts: readonly string[]): string {
  return Buffer.from(parts.join(' ')).toString('base64url')
}

/** Reads a cursor of one part, as `encodeCursor` made it. Throws `InvalidInput`. */
export function decodeCursor(cursor: string): string {
  return decodeCursorParts(cursor, 1)[0] ?? ''
}

/** Reads a cursor of so many parts, none of them with a space. Throws `InvalidInput`: a cursor comes from an earlier page. */
export function decodeCursorParts(cursor: string, parts: number): string[] {
  const decoded = /^[\w-]{1,500}$/.test(cursor) ? Buffer.from(cursor, 'base64url').toString().split(' ') : []
  if (decoded.length !== parts || decoded.includes('')) throw invalidCursor()
  return decoded
}

/** Says that `after` is no cursor of this list. */
export function invalidCursor(): InvalidInput {
  return new InvalidInput([{ path: 'after', message: 'is not a cursor of this list; take pageInfo.endCursor of the page before' }])
}
