import type { Feature } from '../feature.ts'
import { RejectedEventId, UsageEventId } from './ids.ts'

/** Usage events and reports on them. */
export const usageFeature = {
  name: 'usage',
  ids: [UsageEventId, RejectedEventId],
  keyScopes: { tenant: ['usage:write', 'usage:read', 'costs:read'], operatorOnly: [] },
  tables: async () => ({ migrations: (await import('@tollgate/usage/postgres')).usageMigrations }),
  graphql: () => import('./graphql/index.ts'),
  commands: async () => {
    const [{ usageCommand }, { replayCommand }] = await Promise.all([import('./commands/usage.ts'), import('./commands/replay.ts')])
    return [usageCommand(), replayCommand()]
  },
  prepare: async ({ database, clock }) => (await import('@tollgate/usage/postgres')).ensurePartitions(database, clock.now()),
  jobs: async dependencies => [(await import('./jobs.ts')).partitionUpkeep(dependencies)],
  live: async () => [(await import('./live/live-usage.ts')).liveUsage],
} as const satisfies Feature
