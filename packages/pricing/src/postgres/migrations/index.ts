import type { SqlMigration } from '@tollgate/postgres'
import { pricesMigration } from './0001-prices.ts'
import { serviceTiersMigration } from './0002-service-tiers.ts'
import { unitPricesMigration } from './0005-unit-prices.ts'
import { modelAliasesMigration } from './0006-model-aliases.ts'
import { priceFeedMigration } from './0007-price-feed.ts'
import { scopedReadersMigration } from './0008-scoped-readers.ts'

/** The schema `pricing`. Runs after the migrations of `@tollgate/postgres`. */
export const pricingMigrations: readonly SqlMigration[] = [
  pricesMigration,
  serviceTiersMigration,
  unitPricesMigration,
  modelAliasesMigration,
  priceFeedMigration,
  scopedReadersMigration,
]
