import { checkPageSize, Forbidden, InvalidInput } from '@tollgate/kernel'
import { type Price, PriceImportOutdated, UnreadablePriceList } from '@tollgate/pricing'
import { scopeOf } from '@tollgate/accounts'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity } from '../../../graphql/relay/page.ts'
import { PriceRef } from './price.ts'
import { PriceListInputRef, toImportSource } from './price-list-input.ts'

const ApplyPriceImportInputRef = builder.inputType('ApplyPriceImportInput', {
  description: 'A planned import to apply.',
  fields: t => ({
    planDigest: t.string({ required: true, description: 'Digest of the plan, from `planPriceImport`.' }),
    list: t.field({ type: PriceListInputRef, required: true, description: 'The same list, with the same `from`, that was planned.' }),
  }),
})

const ApplyPriceImportPayloadRef = builder.objectRef<{ prices: readonly Price[] }>('ApplyPriceImportPayload').implement({
  description: 'The import was applied.',
  fields: t => ({
    publishedCount: t.int({ description: 'Number of published prices.', resolve: ({ prices }) => prices.length }),
    prices: t.field({
      type: [PriceRef],
      complexity: pageComplexity(PAGES.plannedPrices),
      description: 'The published prices. They apply to events recorded from now on.',
      args: { first: t.arg.int({ defaultValue: PAGES.plannedPrices.default, description: `Maximum number of items, 1 to ${PAGES.plannedPrices.max}.` }) },
      resolve: ({ prices }, { first }) => prices.slice(0, checkPageSize(first, PAGES.plannedPrices)),
    }),
  }),
})

builder.mutationField('applyPriceImport', t =>
  t.field({
    type: ApplyPriceImportPayloadRef,
    audit: 'pricing.pricesImported',
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    errors: { types: [InvalidInput, Forbidden, UnreadablePriceList, PriceImportOutdated] },
    description:
      'Publishes all prices of a plan in one transaction. Fails if the list would now publish something else than planned. Requires an operator key with the scope "prices:write".',
    args: { input: t.arg({ type: ApplyPriceImportInputRef, required: true, description: 'Import to apply.' }) },
    resolve: async (_root, { input }, { viewer, tollgate }) => ({
      prices: await tollgate.pricing.applyPriceImport(scopeOf(viewer), { source: toImportSource(input.list), planDigest: input.planDigest }),
    }),
  }),
)
