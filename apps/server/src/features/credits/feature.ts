import type { Feature } from '../feature.ts'

/** Credits: prepaid value in wallets, which usage debits. */
export const creditsFeature = {
  name: 'credits',
  tables: async () => ({ migrations: (await import('@tollgate/credits/postgres')).creditsMigrations }),
} as const satisfies Feature
