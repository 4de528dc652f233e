import type { KeyScopes } from '@tollgate/accounts'
import { jobsFeature } from '../jobs/feature.ts'
import { accountsFeature } from './accounts/feature.ts'
import { alertsFeature } from './alerts/feature.ts'
import { auditFeature } from './audit/feature.ts'
import { billingFeature } from './billing/feature.ts'
import { chargesFeature } from './charges/feature.ts'
import { creditsFeature } from './credits/feature.ts'
import { demoFeature } from './demo/feature.ts'
import type { Feature } from './feature.ts'
import { liveFeature } from './live/feature.ts'
import { pricesFeature } from './prices/feature.ts'
import { quotasFeature } from './quotas/feature.ts'
import { reratingFeature } from './rerating/feature.ts'
import { testClocksFeature } from './test-clocks/feature.ts'
import { usageFeature } from './usage/feature.ts'
import { webhooksFeature } from './webhooks/feature.ts'

const list = [
  accountsFeature,
  pricesFeature,
  chargesFeature,
  usageFeature,
  reratingFeature,
  quotasFeature,
  alertsFeature,
  jobsFeature,
  webhooksFeature,
  auditFeature,
  creditsFeature,
  billingFeature,
  testClocksFeature,
  liveFeature,
  demoFeature,
] as const satisfies readonly Feature[]

/** Every feature of the server. Migrations run in this order, so a new feature is added at the end. */
export const features: readonly Feature[] = list

/** The names of the scopes that API keys can have. */
export type KeyScope = Extract<(typeof list)[number], { keyScopes: KeyScopes }>['keyScopes'][keyof KeyScopes][number]
