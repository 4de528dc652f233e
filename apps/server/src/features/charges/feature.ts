import type { Feature } from '../feature.ts'
import { ChargeRuleId } from './ids.ts'

/** What tenants are charged: markups, discounts, price models and coupons. */
export const chargesFeature = {
  name: 'charges',
  ids: [ChargeRuleId],
  tables: async () => ({ migrations: (await import('@tollgate/charges/postgres')).chargesMigrations }),
  graphql: () => import('./graphql/index.ts'),
  commands: async () => [(await import('./commands/charges.ts')).chargesCommand()],
} as const satisfies Feature
