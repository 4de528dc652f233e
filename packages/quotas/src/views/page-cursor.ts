import { InvalidInput } from '@tollgate/kernel'

const MAX_CURSOR = 8_000

/** Makes a cursor of what a page continues behind. Opaque to callers, so that the order can change. */
export function encodeCursor(...parts: readonly string[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(parts))
  return btoa(Array.from(bytes, byte => String.fromCodePoint(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Reads a cursor of so many parts. Throws `InvalidInput`: cursors come from clients. */
export function decodeCursor(cursor: string, parts: number): readonly string[] {
  const decoded = cursor.length <= MAX_CURSOR && /^[\w-]+$/.test(cursor) ? readParts(cursor) : undefined
  if (Array.isArray(decoded) && decoded.length === parts && decoded.every(part => typeof part === 'string' && !part.includes('\0'))) return decoded as string[]
  throw new InvalidInput([{ path: 'after', message: 'must be a cursor of this list, as a page before gave it' }])
}

function readParts(cursor: string): unknown {
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, letter => letter.codePointAt(0) ?? 0)))
  } catch {
    return undefined
  }
}

const DEFAULT_FIRST = 100
const MAX_FIRST = 1_000

/** How many a page may have: 100 where nothing is said, 1,000 at the most. Throws `InvalidInput`. */
export function checkFirst(first: number = DEFAULT_FIRST): number {
  if (Number.isInteger(first) && first >= 1 && first <= MAX_FIRST) return first
  throw new InvalidInput([{ path: 'first', message: `must be a whole number from 1 to ${MAX_FIRST}, not ${first}` }])
}
