import { countingIds, Decimal, InvalidInput, OPERATOR_SCOPE, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { expect, it, describe } from 'vitest'
import type { AliasStore } from './alias-store.ts'
import { createModelAliases } from './create-model-aliases.ts'
import { createPricing } from './create-pricing.ts'
import { catalogWithDrafts } from './engine/catalog/catalog-with-drafts.ts'
import { memoryAliasStore, memoryPriceStore } from './memory/index.ts'
import type { ModelAliasDraft } from './model/aliases/model-alias.ts'

const at = (text: string) => Temporal.Instant.from(text)

function setUp(store: AliasStore = memoryAliasStore()) {
  const clock = settableClock('2026-11-20T00:00:00Z')
  const ids = countingIds()
  return {
    clock,
    aliases: createModelAliases({ store, clock, ids }),
    pricing: createPricing({ store: memoryPriceStore(), aliases: store, clock, ids }),
  }
}

const draft = (fields: Partial<ModelAliasDraft> = {}): ModelAliasDraft => ({
  provider: 'azure',
  name: 'prod-chat',
  target: { provider: 'azure', model: 'gpt-5-mini' },
  from: at('2026-06-01T00:00:00Z'),
  ...fields,
})

describe('an alias', () => {
  it('is in the next catalogue, for its tenant alone', async () => {
    const { aliases, pricing } = setUp()
    await pricing.importBundledPrices()
    const modelOf = async (tenantId: string) =>
      (await pricing.catalog()).find({ provider: 'azure', model: 'prod-chat', tenantId, at: at('2026-11-20T00:00:00Z') })?.model
    expect(await modelOf('acme')).toBeUndefined()
    await aliases.set(OPERATOR_SCOPE, draft({ tenantId: 'acme' }))
    expect([await modelOf('acme'), await modelOf('globex')]).toEqual(['gpt-5-mini', undefined])
  })

  it('leaves history as it was when it moves to another model, or ends', async () => {
    const { aliases, pricing, clock } = setUp()
    await pricing.importBundledPrices()
    await aliases.set(OPERATOR_SCOPE, draft())
    clock.advance({ minutes: 1 })
    await aliases.set(OPERATOR_SCOPE, draft({ from: at('2026-08-01T00:00:00Z'), target: { provider: 'azure', model: 'gpt-5' } }))
    clock.advance({ minutes: 1 })
    await aliases.set(OPERATOR_SCOPE, draft({ from: at('2026-10-01T00:00:00Z'), target: null }))
    const catalog = await pricing.catalog()
    const found = ['05', '06', '08', '10'].map(month => catalog.find({ provider: 'azure', model: 'prod-chat', at: at(`2026-${month}-15T00:00:00Z`) })?.model)
    expect(found).toEqual([undefined, 'gpt-5-mini', 'gpt-5', undefined])
  })

  it('is kept by a catalogue with drafts, so that simulations apply it', async () => {
    const { aliases, pricing } = setUp()
    await pricing.importBundledPrices()
    await aliases.set(OPERATOR_SCOPE, draft())
    const simulated = catalogWithDrafts(await pricing.catalog(), [
      { provider: 'azure', model: 'gpt-5-mini', from: at('2026-06-01T00:00:00Z'), perMillionTokens: { input: new Decimal('7') } },
    ])
    expect(simulated.find({ provider: 'azure', model: 'prod-chat', at: at('2026-11-20T00:00:00Z') })?.perMillionTokens.input?.base.toFixed()).toBe('7')
  })

  it('does not hide what an import changes about the price of its name', async () => {
    const { aliases, pricing } = setUp()
    await pricing.importBundledPrices()
    await aliases.set(OPERATOR_SCOPE, draft({ provider: 'openai', name: 'gpt-5', target: { provider: 'openai', model: 'gpt-5-mini' } }))
    const drafts = [
      { provider: 'openai', model: 'gpt-5', from: at('2026-11-20T00:00:00Z'), perMillionTokens: { input: new Decimal('9'), output: new Decimal('10') } },
    ]
    const plan = await pricing.planPriceImport(OPERATOR_SCOPE, { format: 'drafts', drafts })
    expect(plan.changed.map(({ replaces }) => replaces.model)).toEqual(['gpt-5'])
  })

  it('is stored under canonical provider names', async () => {
    const { aliases } = setUp()
    const alias = await aliases.set(
      OPERATOR_SCOPE,
      draft({ provider: ' Azure-OpenAI ', name: ' prod ', target: { provider: 'vertex', model: ' gemini-2.5-pro ' } }),
    )
    expect(alias).toMatchObject({ provider: 'azure', name: 'prod', target: { provider: 'google', model: 'gemini-2.5-pro' }, tenantId: null, to: null })
    expect((await aliases.list(OPERATOR_SCOPE, { first: 10, provider: 'azure_openai' })).items).toEqual([alias])
  })

  it.each<[string, Partial<ModelAliasDraft>]>([
    ['provider', { provider: '' }],
    ['name', { name: 'a'.repeat(513) }],
    ['name', { name: 'zero\u200Bwidth' }],
    ['target.provider', { target: { provider: ' ', model: 'gpt-5' } }],
    ['target.model', { target: { provider: 'azure', model: '' } }],
    ['target', { target: { provider: 'azure-openai', model: 'azure/Prod-Chat' } }],
    ['to', { to: at('2026-06-01T00:00:00Z') }],
  ])('is rejected for its %s: %j', async (path, fields) => {
    const error = await setUp()
      .aliases.set(OPERATOR_SCOPE, draft(fields))
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InvalidInput)
    expect((error as InvalidInput).issues.map(issue => issue.path)).toContain(path)
  })

  it('is rejected beyond the maximum of its owner', async () => {
    const full: AliasStore = { ...memoryAliasStore(), add: async () => false }
    await expect(setUp(full).aliases.set(tenantScope('acme'), draft({ tenantId: 'acme' }))).rejects.toThrow(/already 10,000 aliases of the tenant "acme"/)
  })

  it('of a tenant or of all cannot be set by another tenant', async () => {
    const { aliases } = setUp()
    await expect(aliases.set(tenantScope('acme'), draft({ tenantId: 'globex' }))).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(aliases.set(tenantScope('acme'), draft())).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})
