import { InvalidInput } from '@tollgate/kernel'
import { encodeCursor } from '../../../graphql/relay/cursor.ts'

/** The kinds of updates that have a position. Usage has none: it starts with the current totals. */
export const POSITIONED = ['quotaAlert', 'alert', 'creditAlert', 'invoiceUpdate'] as const

/** A kind of updates that has a position. */
export type PositionedKind = (typeof POSITIONED)[number]

/** The last position of each kind that is followed. A kind without one starts with what is new. */
export type LivePosition = Readonly<Partial<Record<PositionedKind, string>>>

/** Encodes a position as a cursor. */
export function encodeLivePosition(position: LivePosition): string {
  return encodeCursor('live', ...POSITIONED.flatMap(kind => (position[kind] === undefined ? [] : [`${kind}:${position[kind]}`])))
}

const PART = new RegExp(String.raw`^(${POSITIONED.join('|')}):(\d{1,18})$`)

/** Decodes a cursor of `live`. Throws `InvalidInput` for any other text. */
export function decodeLivePosition(cursor: string): LivePosition {
  const [name, ...parts] = Buffer.from(cursor.slice(0, 200), 'base64url').toString().split(' ')
  const entries = parts.map(part => PART.exec(part)?.slice(1))
  const position = Object.fromEntries(entries.filter(entry => entry !== undefined) as [PositionedKind, string][]) as LivePosition
  if (name !== 'live' || encodeLivePosition(position) !== cursor) {
    throw new InvalidInput([{ path: 'after', message: 'is not a cursor of this subscription; use the cursor of the last update that you received' }])
  }
  return position
}
