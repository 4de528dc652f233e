import type { SqlMigration } from '@tollgate/postgres'
import { policiesMigration } from './0001-policies.ts'
import { countersMigration } from './0002-counters.ts'
import { alertsMigration } from './0003-alerts.ts'
import { slidingWindowsMigration } from './0004-sliding-windows.ts'
import { viewsMigration } from './0005-views.ts'
import { scopeKeysMigration } from './0006-scope-keys.ts'
import { leasesMigration } from './0007-leases.ts'
import { keyedUsesMigration } from './0008-keyed-uses.ts'
import { customersMigration } from './0009-customers.ts'
import { guardedPlanRevisionMigration } from './0010-guarded-plan-revision.ts'
import { alertsOfCustomersMigration } from './0011-alerts-of-customers.ts'

/** The schema `quotas`. Needs the migrations of the kernel. */
export const quotasMigrations: readonly SqlMigration[] = [
  policiesMigration,
  countersMigration,
  alertsMigration,
  slidingWindowsMigration,
  viewsMigration,
  scopeKeysMigration,
  leasesMigration,
  keyedUsesMigration,
  customersMigration,
  guardedPlanRevisionMigration,
  alertsOfCustomersMigration,
]
