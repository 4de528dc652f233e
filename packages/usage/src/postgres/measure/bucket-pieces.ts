import { toEpochMicroseconds } from '@tollgate/postgres'
import type { Period } from '@tollgate/kernel'

/** A part of a bucket, in microseconds since 1970; half-open. */
export interface Piece {
  readonly bucket: number
  readonly from: number
  readonly to: number
}

/** The parts of buckets, by the table that has their sums. */
export interface BucketPieces {
  /** Full UTC days, read from the daily rollup. */
  readonly days: Piece[]
  /** Full UTC hours outside of full days, read from the hourly rollup. */
  readonly hours: Piece[]
  /** The rest, read from events: less than an hour at either end, or a bucket without a full hour. */
  readonly edges: Piece[]
}

/** Microseconds of a bucket of the hourly rollup. */
export const HOUR = 3_600_000_000
/** Microseconds of a bucket of the daily rollup. */
export const DAY = 86_400_000_000

/** Splits buckets so that most of each is read from the coarsest rollup. The pieces of a bucket adjoin and cover it. */
export function bucketPieces(buckets: readonly Period[]): BucketPieces {
  const pieces: BucketPieces = { days: [], hours: [], edges: [] }
  buckets.forEach((period, bucket) => {
    const whole = { bucket, from: toEpochMicroseconds(period.from), to: toEpochMicroseconds(period.to) }
    const hours = cutAt(whole, HOUR, pieces.edges)
    if (hours === undefined) return
    const days = cutAt(hours, DAY, pieces.hours)
    if (days !== undefined) pieces.days.push(days)
  })
  return pieces
}

/** Returns buckets as they are, to be read from events. */
export function wholeBuckets(buckets: readonly Period[]): BucketPieces {
  return {
    days: [],
    hours: [],
    edges: buckets.map((period, bucket) => ({ bucket, from: toEpochMicroseconds(period.from), to: toEpochMicroseconds(period.to) })),
  }
}

/** Returns the part of a piece that consists of full units. Adds what is before and after it to `rest`. */
function cutAt({ bucket, from, to }: Piece, unit: number, rest: Piece[]): Piece | undefined {
  const first = Math.ceil(from / unit) * unit
  const last = Math.floor(to / unit) * unit
  if (first >= last) {
    rest.push({ bucket, from, to })
    return undefined
  }
  if (from < first) rest.push({ bucket, from, to: first })
  if (last < to) rest.push({ bucket, from: last, to })
  return { bucket, from: first, to: last }
}
