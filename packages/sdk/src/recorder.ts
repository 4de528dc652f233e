import type { CallRecord } from './model/call-record.ts'
import type { TrackReceipt } from './model/track-receipt.ts'
import type { CallClock } from './platform.ts'

/** Records calls. What wrappers need of the client. */
export interface Recorder {
  /** Never rejects and never throws: metering must not break the call that it meters. The receipt says what happened. */
  record(call: CallRecord): Promise<TrackReceipt>
  /** The clock to measure calls with. */
  readonly clock: CallClock
}
