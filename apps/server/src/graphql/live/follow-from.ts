import { InvalidInput, type Scope } from '@tollgate/kernel'
import { BeyondTheEnd, type Tail } from '../../live/tail.ts'
import { encodeCursor } from '../relay/cursor.ts'

/** The start of a subscription as requested by a client. */
export interface FollowRequest {
  readonly scope: Scope
  readonly after: string | null | undefined
}

/** A stream with cursors. The code that executes subscriptions asks it where clients can resume. */
export type ResumableStream<Row> = AsyncGenerator<Row> & { resumeAfter(): string }

/** Follows a table from a client's cursor. Throws `InvalidInput` for a cursor of another list. */
export async function followFrom<Row>(tail: Tail<Row>, { scope, after }: FollowRequest): Promise<ResumableStream<Row>> {
  try {
    const stream = await tail.follow(scope, after === null || after === undefined ? undefined : readPosition(after))
    const position = stream.resumeAfter
    return Object.assign(stream, { resumeAfter: () => encodeCursor(String(position())) })
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
