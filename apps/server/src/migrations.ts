import { postgresMigrations } from '@tollgate/postgres'
import { quotasMigrations } from '@tollgate/quotas/postgres'
import { usageMigrations } from '@tollgate/usage/postgres'
import { pricingMigrations } from '@tollgate/pricing/postgres'
import { chargesMigrations } from '@tollgate/charges/postgres'
import { accountsMigrations } from './accounts/postgres/migrations/index.ts'
import { alertsMigrations } from './alerts/postgres/migrations/index.ts'
import { jobsMigrations } from './jobs/postgres/migrations/index.ts'
import { webhooksMigrations } from './webhooks/postgres/migrations/index.ts'

/** Every migration of every package, in the order in which they run. */
export const migrations = [
  ...postgresMigrations,
  ...accountsMigrations,
  ...pricingMigrations,
  ...chargesMigrations,
  ...usageMigrations,
  ...quotasMigrations,
  ...alertsMigrations,
  ...jobsMigrations,
  ...webhooksMigrations,
]
