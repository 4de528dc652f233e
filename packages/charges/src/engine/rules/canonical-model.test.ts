import { makePrice } from '@tollgate/pricing/testing'
import { createPriceCatalog } from '@tollgate/pricing'
import { Temporal } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { canonicalModel } from './canonical-model.ts'

const at = Temporal.Instant.from('2026-11-20T00:00:00Z')
const catalog = createPriceCatalog([
  makePrice({ model: 'nightly', serviceTier: 'batch' }),
  makePrice({ model: 'european', region: 'eu', speed: 'fast' }),
  makePrice({ model: 'large' }),
])
const named = (model: string, serviceTier?: string) => canonicalModel(catalog, { provider: 'acme-ai', model, at, serviceTier }).model

it.each([
  { model: 'large-2026-05-05', tier: undefined, name: 'large' },
  { model: 'large-2026-05-05', tier: 'batch', name: 'large' },
  { model: 'nightly-2026-05-05', tier: 'batch', name: 'nightly' },
  { model: 'nightly-2026-05-05', tier: undefined, name: 'nightly' },
  { model: 'nightly-2026-05-05', tier: 'an unknown tier', name: 'nightly' },
  { model: 'european-2026-05-05', tier: undefined, name: 'european' },
  { model: 'Un-Known', tier: 'batch', name: 'un-known' },
])('$model of the tier $tier has the canonical name $name', ({ model, tier, name }) => {
  expect(named(model, tier)).toBe(name)
})
