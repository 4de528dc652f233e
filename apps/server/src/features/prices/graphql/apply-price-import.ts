import { scopeOf } from '@tollgate/accounts'
import { checkPageSize, Forbidden, InvalidInput } from '@tollgate/kernel'
import { type Price, PriceImportOutdated, UnreadablePriceList } from '@tollgate/pricing'
import { builder } from '../../../graphql/builder.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity } from '../../../graphql/relay/page.ts'
import { PriceRef } from './price.ts'
import { PriceListInputRef, toImportSource } from './price-list-input.ts'

const ApplyPriceImportInputRef = builder.inputType('ApplyPriceImportInput', {
  description: 'A plan to be carried out.',
  fields: t => ({
    planDigest: t.string({ required: true, description: 'The digest of the plan that planPriceImport answered with.' }),
    list: t.field({ type: PriceListInputRef, required: true, description: 'The list that was planned, with the same time.' }),
  }),
})

const ApplyPriceImportPayloadRef = builder.objectRef<{ prices: readonly Price[] }>('ApplyPriceImportPayload').implement({
  description: 'A plan was carried out.',
  fields: t => ({
    publishedCount: t.int({ description: 'Prices that were published.', resolve: ({ prices }) => prices.length }),
    prices: t.field({
      type: [PriceRef],
      complexity: pageComplexity(PAGES.plannedPrices),
      description: 'The prices that were published. They count from the next event on.',
      args: { first: t.arg.int({ defaultValue: PAGES.plannedPrices.default, description: `How many, from 1 to ${PAGES.plannedPrices.max}.` }) },
      resolve: ({ prices }, { first }) => prices.slice(0, checkPageSize(first, PAGES.plannedPrices)),
    }),
  }),
})

builder.mutationField('applyPriceImport', t =>
  t.field({
    type: ApplyPriceImportPayloadRef,
    authScopes: { $all: { operator: true, can: 'prices:write' } },
    errors: { types: [InvalidInput, Forbidden, UnreadablePriceList, PriceImportOutdated] },
    description:
      'Publishes what a plan says, all of it or nothing: refused where it would do something else by now. For operators with the scope "prices:write".',
    args: { input: t.arg({ type: ApplyPriceImportInputRef, required: true, description: 'The plan.' }) },
    resolve: async (_root, { input }, { viewer, tollgate }) => ({
      prices: await tollgate.pricing.applyPriceImport(scopeOf(viewer), { source: toImportSource(input.list), planDigest: input.planDigest }),
    }),
  }),
)
