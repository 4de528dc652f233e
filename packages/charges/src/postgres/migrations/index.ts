import type { SqlMigration } from '@tollgate/postgres'
import { chargeRulesMigration } from './0003-charge-rules.ts'
import { discountLedgerMigration } from './0004-discount-ledger.ts'
import { releasedChargesMigration } from './0010-released-charges.ts'
import { scopedReadersMigration } from './0009-scoped-readers.ts'

/**
 * The tables of charge rules and discounts. They were first part of `pricing`: their schema and the names of their
 * migrations still say so, because stored data keeps its names. Runs after the migrations of `@tollgate/pricing`.
 */
export const chargesMigrations: readonly SqlMigration[] = [chargeRulesMigration, discountLedgerMigration, scopedReadersMigration, releasedChargesMigration]
