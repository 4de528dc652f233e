import type { Feature } from '../feature.ts'
import { PriceId } from './ids.ts'

/** Prices: what providers charge. Bundled list prices, and prices that operators publish. */
export const pricesFeature = {
  name: 'prices',
  ids: [PriceId],
  keyScopes: { tenant: ['prices:read', 'aliases:write'], operatorOnly: ['prices:write'] },
  tables: async () => {
    const { pricingEntities, pricingMigrations } = await import('@tollgate/pricing/postgres')
    return { migrations: pricingMigrations, entities: pricingEntities }
  },
  graphql: () => import('./graphql/index.ts'),
  commands: async () => [(await import('./commands/prices.ts')).pricesCommand()],
  prepare: async ({ tollgate, log }) => {
    const prices = await tollgate.pricing.importBundledPrices()
    if (prices > 0) log.info({ prices }, 'Imported bundled prices.')
    await (await import('./feed/feed-jobs.ts')).warnOfOldList(tollgate, log)
  },
  jobs: async dependencies => (await import('./feed/feed-jobs.ts')).feedJobs(dependencies),
  follow: async ({ tollgate, database }) => {
    if (tollgate.priceFeed.configured) await (await import('./feed/feed-jobs.ts')).addRefresh(database)
    return { stop: async () => {} }
  },
} as const satisfies Feature
