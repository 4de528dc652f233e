import type { SqlMigration } from '@tollgate/postgres'
import { ledgerMigration } from './0001-ledger.ts'
import { costsMigration } from './0002-costs.ts'
import { consumedAfterMigration } from './0003-consumed-after.ts'
import { customersMigration } from './0004-customers.ts'
import { alertsMigration } from './0005-alerts.ts'
import { verificationsMigration } from './0007-verifications.ts'
import { topUpsMigration } from './0008-top-ups.ts'
import { recordedAlertsMigration } from './0009-recorded-alerts.ts'
import { roomForSpendingMigration } from './0010-room-for-spending.ts'
import { debitRunsMigration } from './0011-debit-runs.ts'

/** Creates the schema `credits`. In order; a migration that has landed is never edited. */
export const creditsMigrations: readonly SqlMigration[] = [
  ledgerMigration,
  costsMigration,
  consumedAfterMigration,
  customersMigration,
  alertsMigration,
  verificationsMigration,
  topUpsMigration,
  recordedAlertsMigration,
  roomForSpendingMigration,
  debitRunsMigration,
]
