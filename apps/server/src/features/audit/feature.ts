import type { Feature } from '../feature.ts'

/** Audit logs of tenants and of the installation. */
export const auditFeature = {
  name: 'audit',
  tables: async () => ({ migrations: (await import('@tollgate/audit/postgres')).auditMigrations }),
} as const satisfies Feature
