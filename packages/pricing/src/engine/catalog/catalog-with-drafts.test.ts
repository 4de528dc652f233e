import { Decimal, Temporal } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { catalogWithDrafts } from './catalog-with-drafts.ts'
import { createPriceCatalog } from './price-catalog.ts'
import type { PriceDraft } from '../../model/drafts/price-draft.ts'
import { rateUsage } from '../rate-usage.ts'
import { makePrice } from '../../testing/price.ts'

const base = createPriceCatalog([makePrice({ publishedAt: '2026-11-19T00:00:00.123456Z' }), makePrice({ id: 'own', tenantId: 'acme', rates: { input: '5' } })])
const draft = (input: number, fields: Partial<PriceDraft> = {}): PriceDraft => ({
  provider: 'acme-ai',
  model: 'large',
  from: Temporal.Instant.from('2026-01-01T00:00:00Z'),
  perMillionTokens: { input: new Decimal(input) },
  ...fields,
})
const costOf = (drafts: readonly PriceDraft[], at = '2026-11-20T00:00:00Z', tenantId?: string) =>
  rateUsage({ catalog: catalogWithDrafts(base, drafts), provider: 'acme-ai', model: 'large', tokens: { input: 1_000_000 }, at, tenantId }).cost?.toFixed()

it('treats drafts as published last, in their order, during their interval', () => {
  expect(costOf([])).toBe('1')
  expect(costOf([draft(2)])).toBe('2')
  expect(costOf([draft(2), draft(3)])).toBe('3')
  expect(costOf([draft(2)], '2025-12-31T23:59:59Z')).toBe('1')
})
it("prefers a tenant's price to a draft for all tenants, and a draft for the tenant to both", () => {
  expect(costOf([draft(2)], undefined, 'acme')).toBe('5')
  expect(costOf([draft(2, { tenantId: 'acme' })], undefined, 'acme')).toBe('2')
})
it('leaves the original catalogue unchanged', () => {
  catalogWithDrafts(base, [draft(2)])
  expect(base.prices).toHaveLength(2)
  expect(costOf([])).toBe('1')
})
it('rejects an invalid draft, naming the field', () => {
  expect(() => catalogWithDrafts(base, [draft(1), draft(-1)])).toThrow('prices.1.perMillionTokens.input: must not be negative, but is -1')
})
