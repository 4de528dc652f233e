import type { SqlMigration } from '@tollgate/postgres'
import { subscriptionsMigration } from './0001-subscriptions.ts'

/** Creates the schema `invoicing`. In order; a migration that has landed is never edited. */
export const invoicingMigrations: readonly SqlMigration[] = [subscriptionsMigration]
