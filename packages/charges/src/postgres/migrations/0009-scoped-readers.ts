import { sqlMigration } from '@tollgate/postgres'

/** Row-level security for the table that had none. Only operators read and publish charge rules. */
export const scopedReadersMigration = sqlMigration('pricing/0009-scoped-readers-of-charge-rules', [
  `alter table pricing.charge_rules_version enable row level security`,
  `create policy operators_only on pricing.charge_rules_version using ((select tollgate.sees_every_tenant()))`,
])
