import { toEpochMicroseconds } from '@tollgate/postgres'
import type { Period } from '@tollgate/kernel'

/** A stretch of a bucket, in microseconds since 1970; half-open. */
export interface Piece {
  readonly bucket: number
  readonly from: number
  readonly to: number
}

/** Buckets, cut by where their sums are found. */
export interface BucketPieces {
  /** Whole days of UTC. */
  readonly days: Piece[]
  /** Whole hours of UTC that are in no whole day. */
  readonly hours: Piece[]
  /** What is left: less than an hour at either end, or a bucket that has no whole hour. */
  readonly edges: Piece[]
}

const HOUR = 3_600_000_000
const DAY = 86_400_000_000

/** Cuts buckets so that most of each is read from the coarsest rollup. The pieces of a bucket adjoin and cover it. */
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

/** The part of a piece that is whole units; what is before and after goes to `rest`. */
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
