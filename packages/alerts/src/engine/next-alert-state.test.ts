import { Decimal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AlertLimits, type AlertReading, INITIAL_STATE, nextAlertState } from './next-alert-state.ts'

/** Raises above 100, recovers at 80 or below. */
const limits = (raiseAfter: number, recoverAfter: number): AlertLimits => ({
  threshold: new Decimal(100),
  recoverRatio: new Decimal('0.8'),
  raiseAfter,
  recoverAfter,
})

/** Reads an evaluation: its value, "few 120" for one with too little data, "-" for one without data. */
const readingOf = (text: string): AlertReading => {
  if (text === '-') return { value: null, hasEnoughData: false }
  return { value: new Decimal(text.replace('few ', '')), hasEnoughData: !text.startsWith('few ') }
}

/** What each evaluation does to the alert: "." nothing, "R" raises it, "r" recovers it. */
function changes(readings: readonly AlertReading[], levels: AlertLimits): string {
  let state = INITIAL_STATE
  return readings
    .map(reading => {
      const before = state
      state = nextAlertState(before, reading, levels)
      if (before.raised === state.raised) return '.'
      return state.raised ? 'R' : 'r'
    })
    .join('')
}

describe.each([
  { what: 'is raised above the threshold, not at it', after: [1, 1], readings: ['100', '100.01'], becomes: '.R' },
  {
    what: 'is raised after enough consecutive values above the threshold',
    after: [3, 1],
    readings: ['101', '101', '90', '101', '101', '101'],
    becomes: '.....R',
  },
  { what: 'recovers at 80 % of the threshold', after: [1, 1], readings: ['101', '80.01', '80'], becomes: 'R.r' },
  {
    what: 'recovers after enough consecutive values at or below 80 %',
    after: [1, 3],
    readings: ['101', '80', '80', '81', '80', '80', '80', '80'],
    becomes: 'R.....r.',
  },
  {
    what: 'does not change while values are between the two levels',
    after: [1, 1],
    readings: ['90', '101', '90', '100', '50', '90'],
    becomes: '.R..r.',
  },
  {
    what: 'is raised once by a value that oscillates around the threshold',
    after: [1, 3],
    readings: ['99', '101', '99', '101', '99', '101', '99', '101'],
    becomes: '.R......',
  },
  {
    what: 'is raised once by a value that drops to 0 and rises again before the alert recovers',
    after: [1, 3],
    readings: ['500', '0', '0', '500', '0', '0', '500'],
    becomes: 'R......',
  },
  { what: 'is not raised by too little data', after: [1, 1], readings: ['few 500', 'few 500'], becomes: '..' },
  { what: 'does not count too little data towards a raise', after: [2, 1], readings: ['500', 'few 500', '500', '500'], becomes: '...R' },
  { what: 'stays raised while too little data still exceeds the threshold', after: [1, 1], readings: ['500', 'few 500', 'few 500', 'few 10'], becomes: 'R..r' },
  { what: 'recovers when there is no more data', after: [1, 3], readings: ['500', '-', '-', '-', '-'], becomes: 'R..r.' },
  { what: 'is not raised without data', after: [1, 1], readings: ['-', '-'], becomes: '..' },
] as const)('an alert', ({ what, after: [raiseAfter, recoverAfter], readings, becomes }) => {
  it(what, () => expect(changes(readings.map(readingOf), limits(raiseAfter, recoverAfter))).toBe(becomes))
})

it('an alert with a threshold of 0 is raised by 1 and recovers at 0', () => {
  const levels = { ...limits(1, 1), threshold: new Decimal(0) }
  expect(changes(['0', '1', '1', '0'].map(readingOf), levels)).toBe('.R.r')
})

const evaluations = fc.array(fc.record({ value: fc.option(fc.integer({ min: 0, max: 200 }).map(value => new Decimal(value))), hasEnoughData: fc.boolean() }), {
  maxLength: 60,
})
const streaks = fc.integer({ min: 1, max: 5 })

describe('any series of values', () => {
  it('alternates between raise and recovery, starting with a raise', () => {
    fc.assert(
      fc.property(evaluations, streaks, streaks, (readings, raiseAfter, recoverAfter) => {
        expect(changes(readings, limits(raiseAfter, recoverAfter)).replaceAll('.', '')).toMatch(/^(?:Rr)*R?$/)
      }),
    )
  })

  it('raises only after enough consecutive values above the threshold, each with enough data', () => {
    fc.assert(
      fc.property(evaluations, streaks, streaks, (readings, raiseAfter, recoverAfter) => {
        const happened = changes(readings, limits(raiseAfter, recoverAfter))
        for (const [at, change] of happened.split('').entries()) {
          if (change !== 'R') continue
          const streak = readings.slice(at - raiseAfter + 1, at + 1)
          expect(streak).toHaveLength(raiseAfter)
          expect(streak.every(({ value, hasEnoughData }) => hasEnoughData && value?.gt(100) === true)).toBe(true)
        }
      }),
    )
  })

  it('recovers only after enough consecutive values at or below 80 % of the threshold', () => {
    fc.assert(
      fc.property(evaluations, streaks, streaks, (readings, raiseAfter, recoverAfter) => {
        const happened = changes(readings, limits(raiseAfter, recoverAfter))
        for (const [at, change] of happened.split('').entries()) {
          if (change !== 'r') continue
          const streak = readings.slice(at - recoverAfter + 1, at + 1)
          expect(streak.every(({ value }) => value === null || value.lte(80))).toBe(true)
          expect(happened.slice(at - recoverAfter + 1, at)).toBe('.'.repeat(recoverAfter - 1))
        }
      }),
    )
  })

  it('raises once if its values never fall to 80 % of the threshold', () => {
    const oscillating = fc.array(fc.record({ value: fc.integer({ min: 81, max: 200 }).map(value => new Decimal(value)), hasEnoughData: fc.boolean() }), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(oscillating, streaks, streaks, (readings, raiseAfter, recoverAfter) => {
        expect(changes(readings, limits(raiseAfter, recoverAfter)).replaceAll('.', '')).toMatch(/^R?$/)
      }),
    )
  })

  it('ends recovered after enough evaluations without data', () => {
    fc.assert(
      fc.property(evaluations, streaks, streaks, (readings, raiseAfter, recoverAfter) => {
        const noData = Array.from({ length: recoverAfter }, () => ({ value: null, hasEnoughData: false }))
        expect(changes([...readings, ...noData], limits(raiseAfter, recoverAfter)).replaceAll('.', '')).toMatch(/^(?:Rr)*$/)
      }),
    )
  })
})
