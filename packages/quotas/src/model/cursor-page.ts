import { InvalidInput, isStorableText, type Page } from '@tollgate/kernel'

/** A page of a list whose items carry cursors: pass one as `after` to continue after that item. */
export interface CursorPage<Item> extends Page<Item & { readonly cursor: string }> {
  /** Cursor of the next page; null on the last page. A page may be shorter than `first` and still have a next page. */
  readonly next: string | null
}

/** Page sizes of all lists. */
export const PAGE_SIZES = { default: 100, max: 1_000 }
const MAX_CURSOR_LENGTH = 8_000

/** Makes a page of `first` items from the `first + 1` that a store read to learn whether there are more. */
export function toCursorPage<Item extends { readonly cursor: string }>(itemsAndOneMore: readonly Item[], first: number): CursorPage<Item> {
  const items = itemsAndOneMore.slice(0, first)
  const hasMore = itemsAndOneMore.length > first
  return { items, hasMore, next: hasMore ? (items.at(-1)?.cursor ?? null) : null }
}

/** Encodes the position of an item as a cursor. Opaque to callers, so that the order of a list can change. */
export function encodeCursor(...parts: readonly string[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(parts))
  return btoa(Array.from(bytes, byte => String.fromCodePoint(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Decodes a cursor that has `parts` parts. Throws `InvalidInput` for any other text: cursors come from clients. */
export function decodeCursor(cursor: string, parts: number): readonly string[] {
  const decoded = cursor.length <= MAX_CURSOR_LENGTH && /^[\w-]+$/.test(cursor) ? readParts(cursor) : undefined
  if (Array.isArray(decoded) && decoded.length === parts && decoded.every(part => typeof part === 'string' && isStorableText(part))) return decoded as string[]
  throw invalidCursor()
}

/** The error for a cursor that no page of this list returned. */
export function invalidCursor(): InvalidInput {
  return new InvalidInput([{ path: 'after', message: 'must be a cursor that a page of this list returned' }])
}

function readParts(cursor: string): unknown {
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, letter => letter.codePointAt(0) ?? 0)))
  } catch {
    return undefined
  }
}
