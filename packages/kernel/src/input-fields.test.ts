import { describe, expect, it } from 'vitest'
import type { InvalidInput, Issue } from './errors.ts'
import { optionalTime, readRange, readTimeAt, requireList, requireText, requireTime } from './input-fields.ts'
import { Temporal } from '#temporal'

const NOON = Temporal.Instant.from('2026-11-20T12:00:00Z')

/** Returns the paths of the issues; none if the call does not throw. */
function pathsOf(call: () => unknown): readonly string[] {
  try {
    call()
    return []
  } catch (error) {
    return (error as InvalidInput).issues.map(({ path }) => path)
  }
}

describe('a time of an input', () => {
  it.each([NOON, '2026-11-20T12:00:00Z', '2026-11-20T13:00:00+01:00', new Date('2026-11-20T12:00:00Z'), NOON.toZonedDateTimeISO('Europe/Berlin')])(
    'can be %s',
    time => {
      const issues: Issue[] = []
      expect(readTimeAt('at', time, issues)?.toString()).toBe(NOON.toString())
      expect(requireTime('at', time).toString()).toBe(NOON.toString())
      expect(issues).toEqual([])
    },
  )

  it.each(['', '2026-11-20', '2026-11-20T12:00:00', 5, true, {}, new Date(Number.NaN)])('cannot be %j', time => {
    const issues: Issue[] = []
    expect(readTimeAt('at', time as never, issues)).toBeNull()
    expect(issues).toMatchObject([{ path: 'at' }])
    expect(pathsOf(() => requireTime('at', time as never))).toEqual(['at'])
  })

  it('that is omitted is null where it may be, and is named where it is required', () => {
    const issues: Issue[] = []
    expect([readTimeAt('at', null, issues), readTimeAt('at', undefined, issues), issues]).toEqual([null, null, []])
    expect([optionalTime('at', null), optionalTime('at', undefined)]).toEqual([null, null])
    expect(pathsOf(() => requireTime('at', undefined as never))).toEqual(['at'])
    expect(pathsOf(() => optionalTime('at', ''))).toEqual(['at'])
  })
})

it('reads a range of two times, and names the part that is wrong', () => {
  const to = '2026-11-21T00:00:00Z'
  expect(readRange('range', { from: NOON, to })).toEqual({ from: NOON, to: Temporal.Instant.from(to) })
  const wrong = [undefined, 'today', {}, { from: NOON }, { from: 'noon', to }, { from: to, to: NOON }, { from: NOON, to, zone: 'UTC' }]
  expect(wrong.map(range => pathsOf(() => readRange('range', range as never)))).toEqual([
    ['range'],
    ['range'],
    ['range.from', 'range.to'],
    ['range.to'],
    ['range.from'],
    ['range.to'],
    ['range.zone'],
  ])
})

it('requires a list', () => {
  expect(pathsOf(() => requireList('links', []))).toEqual([])
  expect([undefined, null, 'one', {}].map(value => pathsOf(() => requireList('links', value as never)))).toEqual(Array.from({ length: 4 }, () => ['links']))
})

it('requires text', () => {
  expect(pathsOf(() => requireText('tenantId', 'acme'))).toEqual([])
  expect([undefined, null, 5, {}].map(value => pathsOf(() => requireText('tenantId', value as never)))).toEqual(Array.from({ length: 4 }, () => ['tenantId']))
})
