import { jobsFeature } from '../jobs/feature.ts'
import { accountsFeature } from './accounts/feature.ts'
import { alertsFeature } from './alerts/feature.ts'
import { chargesFeature } from './charges/feature.ts'
import type { Feature } from './feature.ts'
import { pricesFeature } from './prices/feature.ts'
import { quotasFeature } from './quotas/feature.ts'
import { reratingFeature } from './rerating/feature.ts'
import { usageFeature } from './usage/feature.ts'
import { webhooksFeature } from './webhooks/feature.ts'

/** Every feature of the server. Migrations run in this order: add a new feature at the end. */
export const features: readonly Feature[] = [
  accountsFeature,
  pricesFeature,
  chargesFeature,
  usageFeature,
  reratingFeature,
  quotasFeature,
  alertsFeature,
  jobsFeature,
  webhooksFeature,
]
