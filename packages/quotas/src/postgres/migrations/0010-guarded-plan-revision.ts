import { sqlMigration } from '@tollgate/postgres'

/**
 * Only operators change `plan_revision`. Everyone reads it: it is one number, which every decision reads, and a policy that is
 * always true costs nothing.
 */
export const guardedPlanRevisionMigration = sqlMigration('quotas/0010-guarded-plan-revision', [
  'alter table quotas.plan_revision enable row level security',
  'create policy everyone on quotas.plan_revision for select using (true)',
  'create policy operators_publish on quotas.plan_revision for update using ((select tollgate.sees_every_tenant()))',
])
