import { describe, expect, it } from 'vitest'
import { instantOf, isTimeZone, localOf } from './local-time.ts'

describe.each([
  { local: '2026-11-01', zone: 'UTC', instant: '2026-11-01T00:00:00.000Z' },
  { local: '2026-11-01', zone: 'Europe/Berlin', instant: '2026-10-31T23:00:00.000Z' },
  { local: '2026-07-01T12:30', zone: 'Europe/Berlin', instant: '2026-07-01T10:30:00.000Z' },
  { local: '2026-03-29T03:30', zone: 'Europe/Berlin', instant: '2026-03-29T01:30:00.000Z' }, // half an hour after clocks went forward
  { local: '2026-10-25T00:00', zone: 'Europe/Berlin', instant: '2026-10-24T22:00:00.000Z' }, // three hours before they go back
  { local: '2026-10-25T04:00', zone: 'Europe/Berlin', instant: '2026-10-25T03:00:00.000Z' },
  { local: '2026-11-01T23:45', zone: 'Asia/Kathmandu', instant: '2026-11-01T18:00:00.000Z' },
])('local time $local in $zone', ({ local, zone, instant }) => {
  it(`is ${instant}, and back`, () => {
    expect(instantOf(local, zone)).toBe(instant)
    expect(localOf(instant, zone)).toBe(local.length === 10 ? `${local}T00:00` : local)
  })
})

describe('local times', () => {
  it.each(['', 'yesterday', '2026-13-01', '2026-11-01T25:00', '2026-11-01T00:00Z'])('does not take %j for one', text => {
    expect(instantOf(text, 'UTC')).toBeUndefined()
  })

  it('knows which zones exist', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true)
    expect(isTimeZone('Europe/Nowhere')).toBe(false)
  })
})
