import { Decimal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { RaterResult } from '../model/event.ts'
import { checkRatings } from './check-ratings.ts'

const UNPRICED = { state: 'unpriced', cost: null, priceId: null } as const

describe('checkRatings', () => {
  it('keeps reasons, and fills in that there is none', () => {
    const reported: RaterResult = { state: 'reported', cost: new Decimal('0.5'), priceId: null }
    expect(checkRatings([{ ...UNPRICED, unpricedReason: 'no_usage' }, UNPRICED, reported], 3)).toEqual([
      { ...UNPRICED, unpricedReason: 'no_usage' },
      { ...UNPRICED, unpricedReason: null },
      { ...reported, unpricedReason: null },
    ])
  })

  it('rejects ratings that do not match the events one to one', () => {
    expect(() => checkRatings([UNPRICED], 2)).toThrow('The rater returned 1 ratings for 2 events')
  })

  it('rejects a reason of an event that is not unpriced', () => {
    expect(() => checkRatings([{ state: 'not_applicable', cost: null, priceId: null, unpricedReason: 'no_usage' }], 1)).toThrow(
      'the state "not_applicable" with a reason',
    )
  })

  it.each(['', 'No price', 'x'.repeat(65), 'a\n', 'ü'])('rejects %j as a reason', unpricedReason => {
    expect(() => checkRatings([{ ...UNPRICED, unpricedReason }], 1)).toThrow('reason that is not 1 to 64')
  })
})
