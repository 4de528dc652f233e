import { kernelMigrations } from '@tollgate/kernel/postgres'
import { quotasMigrations } from '@tollgate/quotas/postgres'
import { usageMigrations } from '@tollgate/usage/postgres'
import { pricingMigrations } from '@tollgate/pricing/postgres'
import { accountsMigrations } from './accounts/postgres/migrations/index.ts'
import { alertsMigrations } from './alerts/postgres/migrations/index.ts'
import { jobsMigrations } from './jobs/postgres/migrations/index.ts'
import { webhooksMigrations } from './webhooks/postgres/migrations/index.ts'

/** Every migration of every package, in the order in which they run. */
export const migrations = [
  ...kernelMigrations,
  ...accountsMigrations,
  ...pricingMigrations,
  ...usageMigrations,
  ...quotasMigrations,
  ...alertsMigrations,
  ...jobsMigrations,
  ...webhooksMigrations,
]
