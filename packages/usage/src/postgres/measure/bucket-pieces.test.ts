import { Temporal } from '@tollgate/kernel'
import { array, assert, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketPieces, type Piece } from './bucket-pieces.ts'

const at = (text: string) => Temporal.Instant.from(`2026-03-${text}Z`)
const shown = (pieces: readonly Piece[]) =>
  pieces.map(({ from, to }) => [from, to].map(time => new Date(time / 1000).toISOString().slice(8, 19).replace(/:00$/, '')).join(' '))

describe('splits a bucket into UTC days, hours and edges', () => {
  it.each<{ from: string; to: string; days?: string[]; hours?: string[]; edges?: string[] }>([
    { from: '01T00:00', to: '03T00:00', days: ['01T00:00 03T00:00'] },
    { from: '01T05:00', to: '01T07:00', hours: ['01T05:00 01T07:00'] },
    { from: '01T05:10', to: '01T05:20', edges: ['01T05:10 01T05:20'] },
    { from: '01T05:10', to: '01T06:00', edges: ['01T05:10 01T06:00'] },
    { from: '01T05:50', to: '01T06:10', edges: ['01T05:50 01T06:10'] },
    { from: '01T18:30', to: '02T18:30', hours: ['01T19:00 02T18:00'], edges: ['01T18:30 01T19:00', '02T18:00 02T18:30'] },
    { from: '01T23:00', to: '03T23:00', days: ['02T00:00 03T00:00'], hours: ['01T23:00 02T00:00', '03T00:00 03T23:00'] },
    {
      from: '01T22:59:59',
      to: '04T01:00:01',
      days: ['02T00:00 04T00:00'],
      hours: ['01T23:00 02T00:00', '04T00:00 04T01:00'],
      edges: ['01T22:59:59 01T23:00', '04T01:00 04T01:00:01'],
    },
  ])('$from to $to', ({ from, to, days = [], hours = [], edges = [] }) => {
    const pieces = bucketPieces([{ from: at(from), to: at(to) }])
    expect({ days: shown(pieces.days), hours: shown(pieces.hours), edges: shown(pieces.edges) }).toEqual({ days, hours, edges })
  })

  it('covers each bucket once, with the coarsest pieces', () => {
    const HOUR = 3_600_000_000
    assert(
      property(array(integer({ min: 1, max: 300 * HOUR }), { minLength: 1, maxLength: 5 }), integer({ min: -50 * HOUR, max: 50 * HOUR }), (lengths, start) => {
        let from = start
        const buckets = lengths.map(length => ({ from, to: (from += length) }))
        const instant = (microseconds: number) => Temporal.Instant.fromEpochNanoseconds(BigInt(microseconds) * 1000n)
        const { days, hours, edges } = bucketPieces(buckets.map(bucket => ({ from: instant(bucket.from), to: instant(bucket.to) })))
        for (const [index, bucket] of buckets.entries()) {
          const pieces = [...days, ...hours, ...edges].filter(piece => piece.bucket === index).sort((a, b) => a.from - b.from)
          expect(pieces.map(piece => piece.from)).toEqual([bucket.from, ...pieces.slice(0, -1).map(piece => piece.to)])
          expect(pieces.at(-1)?.to).toBe(bucket.to)
        }
        for (const { from: begin, to } of days) expect([begin % (24 * HOUR), to % (24 * HOUR)].map(Math.abs)).toEqual([0, 0])
        for (const { from: begin, to } of hours) expect([begin % HOUR, to % HOUR].map(Math.abs)).toEqual([0, 0])
      }),
    )
  })
})
