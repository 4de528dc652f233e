import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { ModelAlias } from '../../model/aliases/model-alias.ts'
import { type AliasFields, makeAlias as makeAnyAlias } from '../../testing/alias.ts'
import { makePrice } from '../../testing/price.ts'
import { rateUsage } from '../rate-usage.ts'
import { bundledCatalog } from './bundled-catalog.ts'
import { catalogWithAliases } from './catalog-with-aliases.ts'
import { createPriceCatalog } from './price-catalog.ts'

const instant = (date: string) => Temporal.Instant.from(`${date}T00:00:00Z`)
const at = instant('2026-11-20')
const PROFILE = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4'

function makeAlias({ from, to, publishedAt, ...fields }: AliasFields = {}): ModelAlias {
  const midnight = (date: string) => `${date}T00:00:00Z`
  return makeAnyAlias({
    ...fields,
    ...(from !== undefined && { from: midnight(from) }),
    ...(to !== undefined && { to: midnight(to) }),
    publishedAt: midnight(publishedAt ?? '2026-01-01'),
  })
}

describe('the price of an alias', () => {
  it.each<[string, Partial<ModelAlias>, { provider: string; model: string }, string]>([
    ['a deployment at Azure', {}, { provider: 'azure', model: 'my-deployment' }, 'gpt-5-mini'],
    ['a deployment, in other case', {}, { provider: 'azure.ai.openai', model: 'My-Deployment' }, 'gpt-5-mini'],
    ['a deployment behind a gateway', {}, { provider: 'litellm', model: 'azure/my-deployment' }, 'gpt-5-mini'],
    ['a deployment whose name is that of another model', { name: 'gpt-4o' }, { provider: 'azure', model: 'gpt-4o' }, 'gpt-5-mini'],
    [
      'an application inference profile, by its ARN',
      { provider: 'aws', name: PROFILE, target: { provider: 'aws', model: 'amazon.nova-lite-v1:0' } },
      { provider: 'bedrock', model: PROFILE },
      'amazon.nova-lite-v1:0',
    ],
    [
      'an application inference profile, by its id',
      { provider: 'aws', name: 'a1b2c3d4', target: { provider: 'aws', model: 'us.amazon.nova-lite-v1:0' } },
      { provider: 'bedrock', model: PROFILE },
      'amazon.nova-lite-v1:0',
    ],
    [
      'a model of a proxy, at its provider',
      { provider: 'litellm_proxy', name: 'house-model', target: { provider: 'anthropic', model: 'claude-opus-4-5' } },
      { provider: 'litellm_proxy', model: 'house-model' },
      'claude-opus-4-5',
    ],
  ])('is that of its target: %s', (_kind, alias, call, model) => {
    expect(catalogWithAliases(bundledCatalog(), [makeAlias(alias as never)]).find({ ...call, at })?.model).toBe(model)
  })

  it('is that of the data zone that the provider names', () => {
    const catalog = catalogWithAliases(bundledCatalog(), [makeAlias()])
    const costs = ['azure', 'azure/us'].map(provider =>
      rateUsage({ catalog, provider, model: 'my-deployment', tokens: { input: 1_000_000 }, at }).cost?.toFixed(),
    )
    expect(costs).toEqual(['0.25', '0.275'])
  })

  it.each([
    ['another provider', { provider: 'openai', model: 'my-deployment' }],
    ['another name', { provider: 'azure', model: 'my-deployment-fast' }],
  ])('is not that of %s', (_other, call) => {
    expect(catalogWithAliases(bundledCatalog(), [makeAlias()]).find({ ...call, at })).toBeUndefined()
  })

  it('applies from the start of the alias until its end', () => {
    const catalog = catalogWithAliases(bundledCatalog(), [makeAlias({ from: '2026-02-01', to: '2026-03-01' })])
    const found = ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'].map(date =>
      catalog.find({ provider: 'azure', model: 'my-deployment', at: instant(date) }),
    )
    expect(found.map(price => price?.model)).toEqual([undefined, 'gpt-5-mini', 'gpt-5-mini', undefined])
  })

  it("takes the tenant's alias before one for all tenants, and the one published last", () => {
    const catalog = catalogWithAliases(bundledCatalog(), [
      makeAlias({ target: { provider: 'azure', model: 'gpt-5' }, publishedAt: '2026-03-01' }),
      makeAlias({ target: { provider: 'azure', model: 'gpt-4.1' }, publishedAt: '2026-02-01' }),
      makeAlias({ tenantId: 'acme', target: { provider: 'azure', model: 'gpt-4o' } }),
      makeAlias({ tenantId: 'acme', target: { provider: 'azure', model: 'gpt-4o-mini' } }),
    ])
    const found = [undefined, 'acme', 'globex'].map(tenantId => catalog.find({ provider: 'azure', model: 'my-deployment', tenantId, at })?.model)
    expect(found).toEqual(['gpt-5', 'gpt-4o-mini', 'gpt-5'])
  })

  it('is not that of an alias of another tenant, even if that names the provider too', () => {
    const catalog = catalogWithAliases(bundledCatalog(), [
      makeAlias({ tenantId: 'globex', name: 'azure/my-deployment', target: { provider: 'azure', model: 'gpt-5' } }),
      makeAlias({ tenantId: 'acme' }),
    ])
    const found = ['acme', 'globex', 'initech'].map(tenantId => catalog.find({ provider: 'azure', model: 'azure/my-deployment', tenantId, at })?.model)
    expect(found).toEqual(['gpt-5-mini', 'gpt-5', undefined])
  })

  it('is that of the profile with the called ARN, of several with the same id', () => {
    const other = PROFILE.replace('123456789012', '210987654321')
    const catalog = catalogWithAliases(bundledCatalog(), [
      makeAlias({ provider: 'aws', name: PROFILE, target: { provider: 'aws', model: 'amazon.nova-lite-v1:0' } }),
      makeAlias({ provider: 'aws', name: other, target: { provider: 'aws', model: 'amazon.nova-pro-v1:0' }, publishedAt: '2026-02-01' }),
    ])
    const found = [PROFILE, other].map(model => catalog.find({ provider: 'bedrock', model, at })?.model)
    expect(found).toEqual(['amazon.nova-lite-v1:0', 'amazon.nova-pro-v1:0'])
  })

  it('is that of the name itself after the alias ended, also for a tenant that opts out of one for all', () => {
    const catalog = catalogWithAliases(bundledCatalog(), [
      makeAlias({ name: 'gpt-4o' }),
      makeAlias({ name: 'gpt-4o', tenantId: 'acme', target: null, from: '2026-03-01', publishedAt: '2026-03-01' }),
    ])
    const found = ['2026-02-01', '2026-03-01'].flatMap(date =>
      ['acme', 'globex'].map(tenantId => catalog.find({ provider: 'azure', model: 'gpt-4o', tenantId, at: instant(date) })?.model),
    )
    expect(found).toEqual(['gpt-5-mini', 'gpt-5-mini', 'gpt-4o', 'gpt-5-mini'])
  })

  it("is the tenant's own price of the target", () => {
    const published = makePrice({ provider: 'azure', model: 'gpt-5-mini', tenantId: 'acme', rates: { input: '0.2', output: '1' } })
    const catalog = catalogWithAliases(createPriceCatalog([published]), [makeAlias()])
    expect(catalog.find({ provider: 'azure', model: 'my-deployment', tenantId: 'acme', at })).toBe(published)
  })

  it("is that of the name's region", () => {
    const prices = [
      makePrice({ provider: 'aws', model: 'large' }),
      makePrice({ provider: 'aws', model: 'large', region: 'us-east-1', from: '2026-01-01T00:00:00Z' }),
    ]
    const alias = makeAlias({ provider: 'aws', name: PROFILE, target: { provider: 'aws', model: 'large' } })
    expect(catalogWithAliases(createPriceCatalog(prices), [alias]).find({ provider: 'aws', model: PROFILE, at })).toBe(prices[1])
  })

  it('rates a call of the alias', () => {
    const catalog = catalogWithAliases(bundledCatalog(), [makeAlias()])
    const rated = rateUsage({ catalog, provider: 'azure', model: 'my-deployment', tokens: { input: 1_000_000 }, at: '2026-11-20T00:00:00Z' })
    expect(rated.cost?.toFixed()).toBe('0.25')
  })

  it('lists the prices of all targets as candidates, then those of the name', () => {
    const prices = ['large', 'small', 'my-deployment'].map(model => makePrice({ provider: 'azure', model }))
    const aliases = [
      makeAlias({ target: { provider: 'azure', model: 'large' }, to: '2026-02-01' }),
      makeAlias({ target: { provider: 'azure', model: 'small' }, from: '2026-02-01' }),
    ]
    const candidates = catalogWithAliases(createPriceCatalog(prices), aliases).candidates({ provider: 'azure', model: 'my-deployment' })
    expect(candidates.map(({ model }) => model)).toEqual(['small', 'large', 'my-deployment'])
  })
})
