import type { ChangedPrice, PlannedPrice, PriceImportPlan, RateDifference, SkippedEntry } from '@tollgate/pricing'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { checkPageSize } from '@tollgate/kernel'
import { pageComplexity } from '../../../graphql/relay/page.ts'
import { ContextStepRef } from './context-step.ts'
import { PoolRatesRef } from './pool-rates.ts'
import { PriceRef } from './price.ts'
import { ServiceTierRef } from './service-tier.ts'
import { UnitPriceRef } from './unit-price.ts'

const PlannedPriceRef = builder.objectRef<PlannedPrice>('PlannedPrice').implement({
  description: 'A price that an import would publish.',
  fields: t => ({
    name: t.exposeString('name', { description: 'Name of the entry in the list.' }),
    provider: t.string({ description: 'Provider of the model.', resolve: ({ draft }) => draft.provider }),
    model: t.string({ description: 'Canonical name of the model.', resolve: ({ draft }) => draft.model }),
    serviceTier: t.field({
      type: ServiceTierRef,
      description: 'Service tier that the price is for.',
      resolve: ({ draft }) => draft.serviceTier ?? 'standard',
    }),
    speed: t.string({ nullable: true, description: 'Speed that the price is for. Null for the usual speed.', resolve: ({ draft }) => draft.speed }),
    region: t.string({ nullable: true, description: 'Region that the price is for. Null for all regions.', resolve: ({ draft }) => draft.region }),
    from: t.field({ type: 'DateTime', description: 'When the price would take effect.', resolve: ({ draft }) => draft.from }),
    to: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the price would end: where an already known later price begins. Null if there is none.',
      resolve: ({ draft }) => draft.to,
    }),
    perMillionTokens: t.field({ type: PoolRatesRef, description: 'Rates in USD per million tokens.', resolve: ({ draft }) => draft.perMillionTokens }),
    contextSteps: t.field({
      type: [ContextStepRef],
      complexity: { field: 1, multiplier: 2 },
      description: 'Rates for long contexts, shortest first.',
      resolve: ({ draft }) => [...(draft.contextSteps ?? [])],
    }),
    perRequest: t.field({ type: 'Decimal', nullable: true, description: 'USD per request.', resolve: ({ draft }) => draft.perRequest }),
    units: t.field({
      type: [UnitPriceRef],
      complexity: { field: 1, multiplier: 3 },
      description: 'Prices of what the provider bills besides tokens and requests.',
      resolve: ({ draft }) => [...(draft.units ?? [])],
    }),
    unsupportedCharges: t.stringList({
      description: 'Charges in the list that prices do not support, by their keys in the list. They are not imported.',
      resolve: ({ unsupportedCharges }) => [...unsupportedCharges],
    }),
  }),
})

const RateDifferenceRef = builder.objectRef<RateDifference>('RateDifference').implement({
  description: 'A rate that differs between two prices.',
  fields: t => ({
    rate: t.exposeString('rate', { description: 'Token pool, "request", or kind and variant of units, such as "image high-1024x1024".' }),
    above: t.expose('above', { type: 'SafeInt', nullable: true, description: 'Set for the rate of contexts with more input tokens than this.' }),
    before: t.expose('before', {
      type: 'Decimal',
      nullable: true,
      description: 'Current rate, in USD per million tokens, per request or per unit. Null if there is none.',
    }),
    after: t.expose('after', { type: 'Decimal', nullable: true, description: 'New rate, in the same unit. Null if there is none.' }),
  }),
})

const ChangedPriceRef = builder.objectRef<ChangedPrice>('ChangedPrice').implement({
  description: 'A price that would replace the current one.',
  fields: t => ({
    price: t.field({ type: PlannedPriceRef, description: 'The new price.', resolve: changed => changed }),
    replaces: t.expose('replaces', { type: PriceRef, description: 'The current price, from any source.' }),
    differences: t.field({
      type: [RateDifferenceRef],
      complexity: { field: 1, multiplier: 3 },
      description: 'Rates that differ. Empty if only the interval does.',
      resolve: ({ differences }) => [...differences],
    }),
  }),
})

const SkippedEntryRef = builder.objectRef<SkippedEntry>('SkippedPrice').implement({
  description: 'An entry of the list that is not imported.',
  fields: t => ({
    name: t.exposeString('name', { description: 'Name of the entry in the list.' }),
    reason: t.exposeString('reason', { description: 'Why the entry is not imported.' }),
  }),
})

/** What an import would publish. */
export const PriceImportPlanRef = builder.objectRef<PriceImportPlan>('PriceImportPlan').implement({
  description: 'The prices that an import would publish and replace. Nothing is published yet.',
  fields: t => {
    const first = t.arg.int({ defaultValue: PAGES.plannedPrices.default, description: `Maximum number of items, 1 to ${PAGES.plannedPrices.max}.` })
    const list = { complexity: pageComplexity(PAGES.plannedPrices), args: { first } }
    const some = <Item>(items: readonly Item[], args: { first?: number | null | undefined }) => items.slice(0, checkPageSize(args.first, PAGES.plannedPrices))
    return {
      digest: t.exposeString('digest', { description: 'Identifies the plan; pass it to `applyPriceImport`.' }),
      addedCount: t.int({ description: 'Number of prices for models without one.', resolve: ({ added }) => added.length }),
      changedCount: t.int({ description: 'Number of prices that would replace another.', resolve: ({ changed }) => changed.length }),
      unchangedCount: t.int({ description: 'Number of entries that equal the current price.', resolve: ({ unchanged }) => unchanged.length }),
      skippedCount: t.int({ description: 'Number of entries that are not imported.', resolve: ({ skipped }) => skipped.length }),
      added: t.field({ type: [PlannedPriceRef], ...list, description: 'Prices for models without one.', resolve: ({ added }, args) => some(added, args) }),
      changed: t.field({
        type: [ChangedPriceRef],
        ...list,
        description: 'Prices that would replace another.',
        resolve: ({ changed }, args) => some(changed, args),
      }),
      skipped: t.field({
        type: [SkippedEntryRef],
        ...list,
        description: 'Entries that are not imported, and why.',
        resolve: ({ skipped }, args) => some(skipped, args),
      }),
    }
  },
})
