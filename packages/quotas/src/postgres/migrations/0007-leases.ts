import { sqlMigration } from '@tollgate/postgres'

/** Leases: headroom that processes hold, and spend without asking. They are holds, of nobody's reservation. */
export const leasesMigration = sqlMigration('quotas/0007-leases', [
  // The sum of the leases of this counter, which `reserved` has too; and whether they were called back near the limit.
  'alter table quotas.counters add column leased numeric not null default 0, add column recalled boolean not null default false',
  // Of a lease: the revision of the policies that it was made by.
  'alter table quotas.holds add column lease_revision text',
  // A tenant's leases, for whoever changes its policies.
  'create index holds_of_leases on quotas.holds (tenant_id, expires_at) where lease_revision is not null',
])
