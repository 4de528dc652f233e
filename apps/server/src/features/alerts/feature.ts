import type { Feature } from '../feature.ts'
import { AlertId } from './ids.ts'

/** Alerts on latency, errors, cost, quotas and rollups. */
export const alertsFeature = {
  name: 'alerts',
  ids: [AlertId],
  keyScopes: { tenant: [], operatorOnly: ['alerts:write'] },
  tables: async () => ({ migrations: (await import('@tollgate/alerts/postgres')).alertsMigrations }),
  graphql: () => import('./graphql/index.ts'),
  commands: async () => [(await import('./commands/alerts.ts')).alertsCommand()],
  jobs: async ({ tollgate }) => (await import('./jobs.ts')).alertJobs(tollgate.alerts),
  live: async () => [(await import('./live.ts')).liveAlerts],
} as const satisfies Feature
