import type { Feature } from '../feature.ts'
import { CreditEntryId, CreditGrantId, WalletId } from './ids.ts'

/** Credits: prepaid value in wallets, which usage debits. */
export const creditsFeature = {
  name: 'credits',
  ids: [WalletId, CreditGrantId, CreditEntryId],
  keyScopes: { tenant: ['credits:read'], operatorOnly: ['credits:write'] },
  tables: async () => ({ migrations: (await import('@tollgate/credits/postgres')).creditsMigrations }),
  graphql: () => import('./graphql/index.ts'),
  jobs: async ({ tollgate: { credits }, log }) => (await import('./jobs.ts')).creditJobs({ credits, log }),
  live: async () => [(await import('./live.ts')).liveCreditAlerts],
  commands: async () => [(await import('./commands/credits.ts')).creditsCommand()],
} as const satisfies Feature
