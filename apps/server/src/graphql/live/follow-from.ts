import { InvalidInput, type Scope } from '@tollgate/kernel'
import { BeyondTheEnd, type Tail, type TailStream } from '../../live/tail.ts'
import { encodeCursor } from '../relay/cursor.ts'

/** The start of a subscription as requested by a client. */
export interface FollowRequest {
  readonly scope: Scope
  readonly after: string | null | undefined
}

/** Follows a table from a client's cursor. Throws `InvalidInput` for a cursor of another list. */
export async function followFrom<Row>(tail: Tail<Row>, { scope, after }: FollowRequest): Promise<TailStream<Row>> {
  return followAfter(tail, scope, after === null || after === undefined ? undefined : readPosition(after))
}

/** Follows a table from a position that a client sent. Throws `InvalidInput` for one that no row has yet. */
export async function followAfter<Row>(tail: Tail<Row>, scope: Scope, position: bigint | undefined): Promise<TailStream<Row>> {
  try {
    return await tail.follow(scope, position)
  } catch (error) {
    throw error instanceof BeyondTheEnd ? notACursor('is after the last item; use the cursor of the last item that you received') : error
  }
}

function readPosition(cursor: string): bigint {
  const text = Buffer.from(cursor.slice(0, 100), 'base64url').toString()
  if (!/^\d{1,18}$/.test(text) || encodeCursor(text) !== cursor)
    throw notACursor('is not a cursor of this subscription; use the cursor of the last item that you received')
  return BigInt(text)
}

function notACursor(message: string): InvalidInput {
  return new InvalidInput([{ path: 'after', message }])
}
