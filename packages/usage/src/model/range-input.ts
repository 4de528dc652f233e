import type { TimeInput } from '@tollgate/kernel/input'

/** A half-open range of time, as a caller gives it. */
export interface RangeInput {
  readonly from: TimeInput
  readonly to: TimeInput
}
