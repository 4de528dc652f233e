import type { PriceToReview } from '@tollgate/pricing'
import type { PriceReview } from '../review-prices.ts'
import { builder } from '../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY } from '../../../graphql/limits/limits.ts'
import { PriceRef } from './price.ts'

const PriceToReviewRef = builder.objectRef<PriceToReview>('PriceToReview').implement({
  description: 'A model in use whose price somebody should look at.',
  fields: t => ({
    provider: t.exposeString('provider', { description: 'Who serves the model.' }),
    model: t.exposeString('model', { description: 'The model, as events name it.' }),
    calls: t.expose('calls', { type: 'SafeInt', description: 'Its calls in the days that were looked at.' }),
    unpricedCalls: t.expose('unpricedCalls', { type: 'SafeInt', description: 'Those without a price.' }),
    price: t.expose('price', { type: PriceRef, nullable: true, description: 'What a call would be rated by now; null where no price is known.' }),
    ageDays: t.expose('ageDays', { type: 'Int', nullable: true, description: 'Days since that price was published, or released where it is bundled.' }),
  }),
})

const PriceCatalogStatusRef = builder.objectRef<PriceReview>('PriceCatalogStatus').implement({
  description: 'How new the prices are that calls are rated by.',
  fields: t => ({
    bundledVersion: t.string({ description: 'The version of the list prices that come with this server.', resolve: ({ status }) => status.bundled.version }),
    bundledActive: t.boolean({
      description: 'Whether these are in force; if not, a server of another version brought a later release.',
      resolve: ({ status }) => status.bundled.active,
    }),
    bundledReleasedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the list prices in force were released.',
      resolve: ({ status }) => status.bundled.releasedAt,
    }),
    bundledImportedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When they were brought in.',
      resolve: ({ status }) => status.bundled.importedAt,
    }),
    bundledPrices: t.int({ description: 'How many they are.', resolve: ({ status }) => status.bundled.prices }),
    publishedPrices: t.int({ description: 'Prices that operators published.', resolve: ({ status }) => status.published.prices }),
    newestPublishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the last of them was.',
      resolve: ({ status }) => status.published.newestAt,
    }),
    pricesToReview: t.field({
      type: [PriceToReviewRef],
      complexity: { field: 1, multiplier: 100 },
      description: 'Models in use that have calls without a price, or an old price; most calls first.',
      resolve: ({ toReview }) => [...toReview],
    }),
  }),
})

builder.queryField('priceCatalogStatus', t =>
  t.field({
    type: PriceCatalogStatusRef,
    authScopes: { $all: { operator: true, can: 'prices:read' } },
    complexity: MEASURE_COMPLEXITY,
    description: 'How new the prices are, and which models in use have none or an old one. For operators with the scope "prices:read".',
    args: {
      olderThanDays: t.arg.int({ required: true, defaultValue: 90, description: 'A price is old when it was published more days ago; from 0 to 3,650.' }),
      usedWithinDays: t.arg.int({ required: true, defaultValue: 30, description: 'A model is in use when it was called in the last days; from 1 to 366.' }),
    },
    resolve: (_root, { olderThanDays, usedWithinDays }, { tollgate }) => tollgate.reviewPrices({ olderThanDays, usedWithinDays }),
  }),
)
