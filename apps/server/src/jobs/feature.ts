import type { Feature } from '../features/feature.ts'

/** The tables through which features add background jobs. The jobs themselves belong to the features. */
export const jobsFeature = {
  name: 'jobs',
  tables: async () => ({ migrations: (await import('./postgres/migrations/index.ts')).jobsMigrations }),
} as const satisfies Feature
