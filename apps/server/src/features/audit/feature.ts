import type { Feature } from '../feature.ts'
import { AuditEventId } from './ids.ts'

/** Audit logs of tenants and of the installation. */
export const auditFeature = {
  name: 'audit',
  ids: [AuditEventId],
  keyScopes: { tenant: ['audit:read', 'audit:write'], operatorOnly: [] },
  tables: async () => {
    const { auditEncryptedColumns, auditMigrations } = await import('@tollgate/audit/postgres')
    return { migrations: auditMigrations, encrypted: auditEncryptedColumns }
  },
  graphql: () => import('./graphql/index.ts'),
  commands: async () => [(await import('./commands/audit.ts')).auditCommand()],
  prepare: async dependencies => (await import('./prepare-audit.ts')).prepareAudit(dependencies),
  follow: async dependencies => (await import('./write-in-background.ts')).writeInBackground(dependencies),
  jobs: async dependencies => (await import('./jobs.ts')).auditJobs(dependencies),
} as const satisfies Feature
