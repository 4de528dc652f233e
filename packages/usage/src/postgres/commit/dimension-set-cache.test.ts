import { describe, expect, it } from 'vitest'
import { dimensionsOf } from '../../model/dimension.ts'
import { usageEvent } from '../../testing/builders/usage-event.ts'
import { dimensionSetId, dimensionSetKey } from '../schema/dimension-set-id.ts'
import { createDimensionSetCache } from './dimension-set-cache.ts'

const eventOf = (customerId: string) => usageEvent({ metadata: { customerId } })

describe('the id of a dimension set', () => {
  it('never changes, because it is stored', () => {
    expect(dimensionSetId(dimensionsOf(usageEvent({ tenantId: 'acme', metadata: { customerId: 'c' } })))).toBe('254d21da-8fdb-8046-9416-241ec62dc3d8')
  })

  it('differs if any value differs, also if values only change places', () => {
    const sets = [
      usageEvent(),
      usageEvent({ metadata: { customerId: 'a' } }),
      usageEvent({ metadata: { organizationId: 'a' } }),
      usageEvent({ metadata: { customerId: 'a', organizationId: 'a' } }),
      usageEvent({ metadata: { customerId: '' } }),
      usageEvent({ metadata: { customerId: '=' } }),
      usageEvent({ provider: null }),
      usageEvent({ tenantId: 'globex' }),
    ].map(dimensionsOf)
    expect(new Set(sets.map(dimensionSetId)).size).toBe(sets.length)
    expect(new Set(sets.map(dimensionSetKey)).size).toBe(sets.length)
  })
})

describe('dimension set cache', () => {
  it('returns sets as unsaved until they are marked', () => {
    const known = createDimensionSetCache(10)
    const set = known.identify(eventOf('a'))
    expect(known.unsaved([set])).toEqual([set])
    known.markSaved([set])
    expect(known.unsaved([known.identify(eventOf('a'))])).toEqual([])
  })

  it('drops sets that were not used for long, and keeps those in use', () => {
    const known = createDimensionSetCache(10)
    const [kept, forgotten] = [known.identify(eventOf('kept')), known.identify(eventOf('forgotten'))]
    for (let i = 0; i < 100; i++) {
      known.identify(eventOf(`other-${i}`))
      known.identify(eventOf('kept'))
    }
    expect(known.identify(eventOf('kept'))).toBe(kept)
    expect(known.identify(eventOf('forgotten'))).not.toBe(forgotten)
  })
})
