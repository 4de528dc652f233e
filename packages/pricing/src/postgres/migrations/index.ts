import type { MigrationObject } from '@mikro-orm/core'
import { pricesMigration } from './0001-prices.ts'
import { serviceTiersMigration } from './0002-service-tiers.ts'
import { chargeRulesMigration } from './0003-charge-rules.ts'
import { discountLedgerMigration } from './0004-discount-ledger.ts'

/** The schema `pricing`. Needs the migrations of the kernel. */
export const pricingMigrations: readonly MigrationObject[] = [pricesMigration, serviceTiersMigration, chargeRulesMigration, discountLedgerMigration]
