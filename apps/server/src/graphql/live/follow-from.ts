import { InvalidInput, type Scope } from '@tollgate/kernel'
import { BeyondTheEnd, type Tail } from '../../live/tail.ts'
import { encodeCursor } from '../relay/cursor.ts'

/** Where a subscription begins, as a client says it. */
export interface FollowRequest {
  readonly scope: Scope
  readonly after: string | null | undefined
}

/** What executes subscriptions tells clients where to go on, by asking the stream. */
export type ResumableStream<Row> = AsyncGenerator<Row> & { resumeAfter(): string }

/** Follows a table from a client's cursor. Throws `InvalidInput` for one that is none of this table. */
export async function followFrom<Row>(tail: Tail<Row>, { scope, after }: FollowRequest): Promise<ResumableStream<Row>> {
  try {
    const stream = await tail.follow(scope, after === null || after === undefined ? undefined : readPosition(after))
    const position = stream.resumeAfter
    return Object.assign(stream, { resumeAfter: () => encodeCursor(String(position())) })
  } catch (error) {
    throw error instanceof BeyondTheEnd ? notACursor('is behind everything that there is; take the cursor of the last one that you were sent') : error
  }
}

function readPosition(cursor: string): bigint {
  const text = Buffer.from(cursor.slice(0, 100), 'base64url').toString()
  if (!/^\d{1,18}$/.test(text) || encodeCursor(text) !== cursor)
    throw notACursor('is not a cursor of these; take the cursor of the last one that you were sent')
  return BigInt(text)
}

function notACursor(message: string): InvalidInput {
  return new InvalidInput([{ path: 'after', message }])
}
