import { Decimal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AlertLimits, type AlertReading, CALM, nextAlertState } from './next-alert-state.ts'

/** Raised above 100, calm at 80 or below. */
const limits = (raiseAfter: number, recoverAfter: number): AlertLimits => ({
  threshold: new Decimal(100),
  recoverRatio: new Decimal('0.8'),
  raiseAfter,
  recoverAfter,
})

/** What is written of an evaluation: its value, "few 120" for one that stands on little, "-" for nothing to look at. */
const readingOf = (text: string): AlertReading => {
  if (text === '-') return { value: null, enough: false }
  return { value: new Decimal(text.replace('few ', '')), enough: !text.startsWith('few ') }
}

/** What became of the alert at each evaluation: "." it stays, "R" it is raised, "r" it recovers. */
function changes(readings: readonly AlertReading[], held: AlertLimits): string {
  let standing = CALM
  return readings
    .map(reading => {
      const before = standing
      standing = nextAlertState(before, reading, held)
      if (before.raised === standing.raised) return '.'
      return standing.raised ? 'R' : 'r'
    })
    .join('')
}

describe.each([
  { what: 'is raised above the threshold, not at it', after: [1, 1], readings: ['100', '100.01'], becomes: '.R' },
  { what: 'is raised after so many in a row', after: [3, 1], readings: ['101', '101', '90', '101', '101', '101'], becomes: '.....R' },
  { what: 'recovers at four fifths of the threshold', after: [1, 1], readings: ['101', '80.01', '80'], becomes: 'R.r' },
  { what: 'recovers after so many calm ones in a row', after: [1, 3], readings: ['101', '80', '80', '81', '80', '80', '80', '80'], becomes: 'R.....r.' },
  {
    what: 'stays while values are between the bounds, whichever way it came',
    after: [1, 1],
    readings: ['90', '101', '90', '100', '50', '90'],
    becomes: '.R..r.',
  },
  {
    what: 'is raised once by what swings around the threshold',
    after: [1, 3],
    readings: ['99', '101', '99', '101', '99', '101', '99', '101'],
    becomes: '.R......',
  },
  {
    what: 'is raised once by what swings as far as nothing, and back in time',
    after: [1, 3],
    readings: ['500', '0', '0', '500', '0', '0', '500'],
    becomes: 'R......',
  },
  { what: 'is not raised by few calls', after: [1, 1], readings: ['few 500', 'few 500'], becomes: '..' },
  { what: 'does not count few calls towards a raise', after: [2, 1], readings: ['500', 'few 500', '500', '500'], becomes: '...R' },
  { what: 'stays raised while few calls are still too bad', after: [1, 1], readings: ['500', 'few 500', 'few 500', 'few 10'], becomes: 'R..r' },
  { what: 'recovers when there is nothing to look at any more', after: [1, 3], readings: ['500', '-', '-', '-', '-'], becomes: 'R..r.' },
  { what: 'is not raised by nothing', after: [1, 1], readings: ['-', '-'], becomes: '..' },
] as const)('an alert', ({ what, after: [raiseAfter, recoverAfter], readings, becomes }) => {
  it(what, () => expect(changes(readings.map(readingOf), limits(raiseAfter, recoverAfter))).toBe(becomes))
})

it('with a threshold of 0 is raised by one, and recovers at none', () => {
  const held = { ...limits(1, 1), threshold: new Decimal(0) }
  expect(changes(['0', '1', '1', '0'].map(readingOf), held)).toBe('.R.r')
})

const evaluations = fc.array(fc.record({ value: fc.option(fc.integer({ min: 0, max: 200 }).map(value => new Decimal(value))), enough: fc.boolean() }), {
  maxLength: 60,
})
const rows = fc.integer({ min: 1, max: 5 })

describe('any series', () => {
  it('raises and recovers by turns, beginning with a raise', () => {
    fc.assert(
      fc.property(evaluations, rows, rows, (readings, raiseAfter, recoverAfter) => {
        expect(changes(readings, limits(raiseAfter, recoverAfter)).replaceAll('.', '')).toMatch(/^(?:Rr)*R?$/)
      }),
    )
  })

  it('raises at a value above the threshold, after no fewer evaluations than it must', () => {
    fc.assert(
      fc.property(evaluations, rows, rows, (readings, raiseAfter, recoverAfter) => {
        const became = changes(readings, limits(raiseAfter, recoverAfter))
        for (const [at, change] of became.split('').entries()) {
          if (change !== 'R') continue
          const row = readings.slice(at - raiseAfter + 1, at + 1)
          expect(row).toHaveLength(raiseAfter)
          expect(row.every(({ value, enough }) => enough && value?.gt(100) === true)).toBe(true)
        }
      }),
    )
  })

  it('recovers after so many calm evaluations in a row, and no others', () => {
    fc.assert(
      fc.property(evaluations, rows, rows, (readings, raiseAfter, recoverAfter) => {
        const became = changes(readings, limits(raiseAfter, recoverAfter))
        for (const [at, change] of became.split('').entries()) {
          if (change !== 'r') continue
          const row = readings.slice(at - recoverAfter + 1, at + 1)
          expect(row.every(({ value }) => value === null || value.lte(80))).toBe(true)
          expect(became.slice(at - recoverAfter + 1, at)).toBe('.'.repeat(recoverAfter - 1))
        }
      }),
    )
  })

  it('that never comes down far enough raises once', () => {
    const swinging = fc.array(fc.record({ value: fc.integer({ min: 81, max: 200 }).map(value => new Decimal(value)), enough: fc.boolean() }), { maxLength: 60 })
    fc.assert(
      fc.property(swinging, rows, rows, (readings, raiseAfter, recoverAfter) => {
        expect(changes(readings, limits(raiseAfter, recoverAfter)).replaceAll('.', '')).toMatch(/^R?$/)
      }),
    )
  })

  it('ends recovered where nothing is seen for long enough: nothing stays raised for ever', () => {
    fc.assert(
      fc.property(evaluations, rows, rows, (readings, raiseAfter, recoverAfter) => {
        const silence = Array.from({ length: recoverAfter }, () => ({ value: null, enough: false }))
        expect(changes([...readings, ...silence], limits(raiseAfter, recoverAfter)).replaceAll('.', '')).toMatch(/^(?:Rr)*$/)
      }),
    )
  })
})
