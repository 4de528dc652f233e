import type { Feature } from '../feature.ts'
import { QuotaId, ReservationId } from './ids.ts'

/** Quotas: limits on usage, decisions, reservations and alerts. */
export const quotasFeature = {
  name: 'quotas',
  ids: [ReservationId, QuotaId],
  keyScopes: { tenant: ['quotas:use', 'quotas:read'], operatorOnly: ['quotas:write'] },
  offline: { mutations: ['enforceQuotas', 'reserveQuotas'], keyScopes: ['quotas:use'] },
  tables: async () => ({ migrations: (await import('@tollgate/quotas/postgres')).quotasMigrations }),
  graphql: () => import('./graphql/index.ts'),
  commands: async () => [(await import('./commands/quotas.ts')).quotasCommand()],
  jobs: async ({ tollgate }) => [(await import('./jobs.ts')).quotaSweep(tollgate.quotas)],
  live: async () => [(await import('./live.ts')).liveQuotaAlerts],
} as const satisfies Feature
