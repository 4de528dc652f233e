import type { PriceToReview } from '@tollgate/pricing'
import type { PriceReview } from '../review-prices.ts'
import { builder } from '../../../graphql/builder.ts'
import { MEASURE_COMPLEXITY } from '../../../graphql/limits/limits.ts'
import { PriceFeedRef } from './feed/price-feed.ts'
import { PriceRef } from './price.ts'

const PriceToReviewRef = builder.objectRef<PriceToReview>('PriceToReview').implement({
  description: 'A model in use whose price is missing or old.',
  fields: t => ({
    provider: t.exposeString('provider', { description: 'Provider, as events name it.' }),
    model: t.exposeString('model', { description: 'Model, as events name it.' }),
    calls: t.expose('calls', { type: 'SafeInt', description: 'Number of calls in the last `usedWithinDays` days.' }),
    unpricedCalls: t.expose('unpricedCalls', { type: 'SafeInt', description: 'Number of those calls that are unpriced.' }),
    price: t.expose('price', { type: PriceRef, nullable: true, description: 'Price that a call would be rated with now. Null if there is none.' }),
    ageDays: t.expose('ageDays', { type: 'Int', nullable: true, description: 'Days since that price was published or, if it is bundled, released.' }),
  }),
})

const PriceCatalogStatusRef = builder.objectRef<PriceReview>('PriceCatalogStatus').implement({
  description: 'Versions and ages of the prices in use.',
  fields: t => ({
    bundledVersion: t.string({ description: 'Version of the list prices bundled with this server.', resolve: ({ status }) => status.bundled.version }),
    bundledActive: t.boolean({
      description: 'Whether that version is active. If not, a server with a later one was started on this database, or a list was fetched from the feed.',
      resolve: ({ status }) => status.bundled.active,
    }),
    bundledReleasedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the active list prices were released.',
      resolve: ({ status }) => status.bundled.releasedAt,
    }),
    bundledImportedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the active list prices were imported.',
      resolve: ({ status }) => status.bundled.importedAt,
    }),
    bundledPrices: t.int({ description: 'Number of active list prices.', resolve: ({ status }) => status.bundled.prices }),
    publishedPrices: t.int({ description: 'Number of prices that operators published.', resolve: ({ status }) => status.published.prices }),
    newestPublishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When an operator last published a price.',
      resolve: ({ status }) => status.published.newestAt,
    }),
    listDate: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the list prices were checked: the date of the fetched list, or of the bundled prices if they are newer.',
      resolve: ({ feed }) => feed.listDate,
    }),
    listAgeDays: t.int({ nullable: true, description: 'Whole days since the list prices were checked.', resolve: ({ feed }) => feed.listAgeDays }),
    listIsOld: t.boolean({ description: 'Whether that is more than 14 days ago.', resolve: ({ feed }) => feed.listIsOld }),
    feed: t.expose('feed', { type: PriceFeedRef, description: 'The feed from which list prices are fetched.' }),
    pricesToReview: t.field({
      type: [PriceToReviewRef],
      complexity: { field: 1, multiplier: 100 },
      description: 'Models in use with unpriced calls or an old price, most calls first.',
      resolve: ({ toReview }) => [...toReview],
    }),
  }),
})

builder.queryField('priceCatalogStatus', t =>
  t.field({
    type: PriceCatalogStatusRef,
    authScopes: { $all: { operator: true, can: 'prices:read' } },
    complexity: MEASURE_COMPLEXITY,
    description: 'Shows how old prices are, and which models in use have no price or an old one. Requires an operator key with the scope "prices:read".',
    args: {
      olderThanDays: t.arg.int({
        required: true,
        defaultValue: 90,
        description: 'A price is old if it was published more than this many days ago. 0 to 3,650.',
      }),
      usedWithinDays: t.arg.int({ required: true, defaultValue: 30, description: 'A model is in use if it was called within this many days. 1 to 366.' }),
    },
    resolve: (_root, { olderThanDays, usedWithinDays }, { tollgate }) => tollgate.reviewPrices({ olderThanDays, usedWithinDays }),
  }),
)
