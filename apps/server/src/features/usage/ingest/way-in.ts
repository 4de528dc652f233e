import type { TrackedEvent } from '@tollgate/usage'
import type { IncomingHttpHeaders } from 'node:http'
import type { ErrorResponse } from '../../../http/respond.ts'
import type { IncomingEvent } from './incoming-event.ts'

/** A complete response. */
export interface Reply {
  readonly status: number
  readonly type: string
  readonly body: string | Buffer
}

/** A request whose body was read. */
export interface ReceivedBody {
  readonly headers: IncomingHttpHeaders
  /** Decompressed. */
  readonly body: Buffer
  /** Records events; the results are in the same order. */
  readonly track: (events: readonly IncomingEvent[]) => Promise<readonly TrackedEvent[]>
}

/** A protocol by which usage events arrive. */
export interface WayIn {
  /** Returns the error for a request that it cannot read, before its body is read. */
  refusedHeaders(headers: IncomingHttpHeaders): ErrorResponse | undefined
  /** Records the events of a request. Throws domain errors; returns an error for a body that it cannot read. */
  receive(received: ReceivedBody): Promise<Reply | { readonly error: ErrorResponse }>
}
