import { describe, expect, it } from 'vitest'
import { type ExploreLimits, readExploreView, withDimension } from './explore-view.ts'

const operator: ExploreLimits = { timeZone: 'UTC', showsCosts: true, showsTenants: true }
const tenant: ExploreLimits = { timeZone: 'Europe/Berlin', showsCosts: false, showsTenants: false }

describe('the view of an address', () => {
  it('is the cost of each model by default, and the charge for those who see no costs', () => {
    expect(readExploreView({}, operator)).toMatchObject({ by: ['MODEL'], measure: 'COST', top: 20, granularity: 'DAY', timeZone: 'UTC', isCompared: false })
    expect(readExploreView({}, tenant)).toMatchObject({ measure: 'CHARGE', timeZone: 'Europe/Berlin' })
  })

  it('holds every choice', () => {
    const search = {
      by: ['TENANT', 'PROVIDER'],
      measure: 'TOKENS',
      top: 50,
      compare: true,
      granularity: 'WEEK',
      zone: 'Asia/Tokyo',
      from: '2026-10-01',
      to: '2026-11-01',
      provider: 'openai',
    }
    expect(readExploreView(search, operator)).toEqual({
      by: ['TENANT', 'PROVIDER'],
      measure: 'TOKENS',
      top: 50,
      isCompared: true,
      granularity: 'WEEK',
      chosenGranularity: 'WEEK',
      timeZone: 'Asia/Tokyo',
      range: { from: '2026-10-01', to: '2026-11-01' },
      conditions: [{ dimension: 'PROVIDER', values: ['openai'] }],
    })
  })

  it('groups by model if nothing is left of the grouping, such as after a tenant was chosen', () => {
    expect(readExploreView({ by: 'TENANT' }, tenant).by).toEqual(['MODEL'])
  })

  it('leaves out what the viewer may not see, and what there is not', () => {
    const search = { by: ['TENANT', 'MODEL', 'COLOR', 'FEATURE', 'TIER', 'STATUS'], measure: 'COST', top: 7, zone: 'Mars/Base', granularity: 'YEAR' }
    expect(readExploreView(search, tenant)).toMatchObject({
      by: ['MODEL', 'FEATURE', 'TIER'],
      measure: 'CHARGE',
      top: 20,
      timeZone: 'Europe/Berlin',
      granularity: 'DAY',
    })
  })
})

describe('a change of the grouping', () => {
  it.each([
    { by: ['MODEL'] as const, at: 0, dimension: 'FEATURE' as const, expected: ['FEATURE'] },
    { by: ['MODEL'] as const, at: 1, dimension: 'FEATURE' as const, expected: ['MODEL', 'FEATURE'] },
    { by: ['MODEL', 'FEATURE'] as const, at: 0, dimension: undefined, expected: ['FEATURE'] },
    { by: ['MODEL', 'FEATURE'] as const, at: 0, dimension: 'FEATURE' as const, expected: ['FEATURE'] },
    { by: ['MODEL'] as const, at: 0, dimension: undefined, expected: [] },
  ])('from $by at $at to $dimension groups by $expected', ({ by, at, dimension, expected }) => {
    expect(readExploreView(withDimension(by, at, dimension), operator).by).toEqual(expected)
  })
})
