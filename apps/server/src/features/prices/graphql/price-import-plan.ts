import type { ChangedPrice, PlannedPrice, PriceImportPlan, RateDifference, SkippedEntry } from '@tollgate/pricing'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { checkPageSize } from '@tollgate/kernel'
import { pageComplexity } from '../../../graphql/relay/page.ts'
import { ContextStepRef } from './context-step.ts'
import { PoolRatesRef } from './pool-rates.ts'
import { PriceRef } from './price.ts'
import { ServiceTierRef } from './service-tier.ts'

const PlannedPriceRef = builder.objectRef<PlannedPrice>('PlannedPrice').implement({
  description: 'A price that an import would publish.',
  fields: t => ({
    name: t.exposeString('name', { description: 'As the list names it.' }),
    provider: t.string({ description: 'Who serves the model.', resolve: ({ draft }) => draft.provider }),
    model: t.string({ description: 'The model.', resolve: ({ draft }) => draft.model }),
    serviceTier: t.field({
      type: ServiceTierRef,
      description: 'The way of being served that it is for.',
      resolve: ({ draft }) => draft.serviceTier ?? 'standard',
    }),
    from: t.field({ type: 'DateTime', description: 'When it would begin.', resolve: ({ draft }) => draft.from }),
    to: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it would end: where a change begins that is published, or bundled, for later. Null where there is none.',
      resolve: ({ draft }) => draft.to,
    }),
    perMillionTokens: t.field({ type: PoolRatesRef, description: 'USD for a million tokens, by pool.', resolve: ({ draft }) => draft.perMillionTokens }),
    contextSteps: t.field({
      type: [ContextStepRef],
      complexity: { field: 1, multiplier: 2 },
      description: 'Other rates for long contexts, the shortest first.',
      resolve: ({ draft }) => [...(draft.contextSteps ?? [])],
    }),
    perRequest: t.field({ type: 'Decimal', nullable: true, description: 'USD for each call.', resolve: ({ draft }) => draft.perRequest }),
    unsupportedCharges: t.stringList({
      description: "What the list charges beside and a price cannot have, by the list's keys.",
      resolve: ({ unsupportedCharges }) => [...unsupportedCharges],
    }),
  }),
})

const RateDifferenceRef = builder.objectRef<RateDifference>('RateDifference').implement({
  description: 'A rate that two prices have differently.',
  fields: t => ({
    rate: t.exposeString('rate', { description: 'The pool, or "request".' }),
    above: t.expose('above', { type: 'SafeInt', nullable: true, description: 'Set where it is the rate of contexts with more input tokens than this.' }),
    before: t.expose('before', { type: 'Decimal', nullable: true, description: 'USD for a million tokens, or for a request; null where there was none.' }),
    after: t.expose('after', { type: 'Decimal', nullable: true, description: 'The same, as it would be.' }),
  }),
})

const ChangedPriceRef = builder.objectRef<ChangedPrice>('ChangedPrice').implement({
  description: 'A price that would take the place of one that counts now.',
  fields: t => ({
    price: t.field({ type: PlannedPriceRef, description: 'The price.', resolve: changed => changed }),
    replaces: t.expose('replaces', { type: PriceRef, description: 'The one that counts now, wherever it comes from.' }),
    differences: t.field({
      type: [RateDifferenceRef],
      complexity: { field: 1, multiplier: 3 },
      description: 'Where they charge differently; empty where only the time differs.',
      resolve: ({ differences }) => [...differences],
    }),
  }),
})

const SkippedEntryRef = builder.objectRef<SkippedEntry>('SkippedPrice').implement({
  description: 'An entry of a list that is not taken.',
  fields: t => ({
    name: t.exposeString('name', { description: 'As the list names it.' }),
    reason: t.exposeString('reason', { description: 'Why.' }),
  }),
})

/** What an import would do. */
export const PriceImportPlanRef = builder.objectRef<PriceImportPlan>('PriceImportPlan').implement({
  description: 'What an import would publish, and what it would replace. Nothing was published.',
  fields: t => {
    const first = t.arg.int({ defaultValue: PAGES.plannedPrices.default, description: `How many, from 1 to ${PAGES.plannedPrices.max}.` })
    const list = { complexity: pageComplexity(PAGES.plannedPrices), args: { first } }
    const some = <Item>(items: readonly Item[], args: { first?: number | null | undefined }) => items.slice(0, checkPageSize(args.first, PAGES.plannedPrices))
    return {
      digest: t.exposeString('digest', { description: 'What applyPriceImport applies it by.' }),
      addedCount: t.int({ description: 'Prices for models that have none.', resolve: ({ added }) => added.length }),
      changedCount: t.int({ description: 'Prices that would take the place of another.', resolve: ({ changed }) => changed.length }),
      unchangedCount: t.int({ description: 'Entries that charge what is charged now.', resolve: ({ unchanged }) => unchanged.length }),
      skippedCount: t.int({ description: 'Entries that are not taken.', resolve: ({ skipped }) => skipped.length }),
      added: t.field({ type: [PlannedPriceRef], ...list, description: 'Prices for models that have none.', resolve: ({ added }, args) => some(added, args) }),
      changed: t.field({
        type: [ChangedPriceRef],
        ...list,
        description: 'Prices that would take the place of another.',
        resolve: ({ changed }, args) => some(changed, args),
      }),
      skipped: t.field({ type: [SkippedEntryRef], ...list, description: 'Entries that are not taken.', resolve: ({ skipped }, args) => some(skipped, args) }),
    }
  },
})
