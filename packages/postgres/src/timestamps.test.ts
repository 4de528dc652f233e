import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { timestampText, toEpochMicroseconds } from './timestamps.ts'

describe('toEpochMicroseconds', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2026-03-10T12:00:00.123456Z', 1_773_144_000_123_456],
    ['2026-03-10T12:00:00.123456789Z', 1_773_144_000_123_456],
    ['1969-12-31T23:59:59.999999Z', -1],
  ])('converts %s to %d', (text, microseconds) => {
    expect(toEpochMicroseconds(Temporal.Instant.from(text))).toBe(microseconds)
  })
})

describe('timestampText', () => {
  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    [1_773_144_000_123, '2026-03-10T12:00:00.123Z'],
  ])('writes %d as %s', (milliseconds, text) => {
    expect(timestampText(milliseconds)).toBe(text)
  })
})
