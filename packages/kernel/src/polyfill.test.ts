import { expect, it } from 'vitest'

// Node before 26 and some browsers have no Temporal of their own. Taken away before anything of ours is loaded.
const native = Reflect.get(globalThis, 'Temporal') as unknown
Reflect.deleteProperty(globalThis, 'Temporal')
const { parseInstant, periodContaining, Temporal, timeZone } = await import('./index.ts')

it('uses the polyfill if the runtime has no Temporal', () => {
  expect(Temporal).toBeDefined()
  expect(Temporal).not.toBe(native)
})

it.each([
  ['day', 'America/New_York', '2026-11-01T12:00:00Z', '2026-11-01T04:00:00Z 2026-11-02T05:00:00Z'],
  ['day', 'America/St_Johns', '2006-10-29T03:00:00Z', '2006-10-29T02:30:00Z 2006-10-30T03:30:00Z'],
  ['day', 'Pacific/Apia', '2011-12-30T09:00:00Z', '2011-12-29T10:00:00Z 2011-12-30T10:00:00Z'],
  ['hour', 'Australia/Lord_Howe', '2026-04-04T15:10:00Z', '2026-04-04T15:00:00Z 2026-04-04T15:30:00Z'],
  ['month', 'Asia/Kolkata', '2026-01-31T18:30:00Z', '2026-01-31T18:30:00Z 2026-02-28T18:30:00Z'],
] as const)('finds the %s in %s at %s with it', (unit, zone, instant, found) => {
  const { from, to } = periodContaining(Temporal.Instant.from(instant), unit, timeZone(zone.toLowerCase()))
  expect(`${from.toString()} ${to.toString()}`).toBe(found)
})

it('reads times with the polyfill', () => {
  expect(parseInstant('2026-11-20T09:30:00.123456789+05:30')?.toString()).toBe('2026-11-20T04:00:00.123456789Z')
  expect(parseInstant('2026-02-29T00:00:00Z')).toBeUndefined()
})

it('tells a browser without Temporal what to load', async () => {
  await expect(import('./temporal/native-temporal.ts')).rejects.toThrow('Load a polyfill first: import "temporal-polyfill/global"')
})
