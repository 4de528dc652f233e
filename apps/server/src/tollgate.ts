import type { AccessTokens, Accounts, Sessions, TestClocks } from '@tollgate/accounts'
import type { Alerts } from '@tollgate/alerts'
import type { ActivityLog, Audit } from '@tollgate/audit'
import type { Credits } from '@tollgate/credits'
import type { Plans, Subscriptions } from '@tollgate/invoicing'
import type { TenantClock } from '@tollgate/kernel'
import type { ChargeRules, Charges, Promotions } from '@tollgate/charges'
import type { ModelAlias, ModelAliases, PriceFeed, Pricing } from '@tollgate/pricing'
import type { DatabaseEncryption } from '@tollgate/postgres'
import type { Billing, BillingRuns } from '@tollgate/invoicing/billing'
import type { InvoiceEventStore } from '@tollgate/invoicing/events'
import type { Collections } from '@tollgate/invoicing/collections'
import type { Payments } from '@tollgate/invoicing/payments'
import type { Quotas } from '@tollgate/quotas'
import type { Rerating, RollupMaintenance, Usage } from '@tollgate/usage'
import type { InvoiceDocuments } from './features/billing/documents/invoice-documents.ts'
import type { BackgroundAttemptLog } from './features/audit/attempts/attempt-log.ts'
import type { OperatorSignInCodes } from './features/accounts/operator-sign-in-codes.ts'
import type { MetadataPolicies } from './features/accounts/anonymisation/metadata-policies.ts'
import type { AliasRating } from './features/prices/aliases/rate-alias.ts'
import type { PriceReview, PriceReviewRequest } from './features/prices/review-prices.ts'
import type { Webhooks } from '@tollgate/webhooks'
import type { AdvancedClock, AdvanceRequest } from './features/test-clocks/advance-test-clock.ts'
import type { Mail } from './features/billing/mail/compose-mail.ts'

/** The services of the program. The GraphQL server and the command line are two ways to use them. */
export interface Tollgate {
  readonly usage: Usage
  readonly pricing: Pricing
  readonly modelAliases: ModelAliases
  readonly priceFeed: PriceFeed
  readonly accounts: Accounts
  readonly accessTokens: AccessTokens
  readonly sessions: Sessions
  /** Valid in this process only. */
  readonly signInCodes: OperatorSignInCodes
  readonly maintenance: RollupMaintenance
  readonly rerating: Rerating
  /** The same services without a database, to find out what is wrong with an input that cannot be used. */
  checkOnly(): Tollgate
  readonly chargeRules: ChargeRules
  readonly promotions: Promotions
  readonly charges: Charges
  readonly quotas: Quotas
  readonly alerts: Alerts
  readonly webhooks: Webhooks
  readonly credits: Credits
  readonly billing: Billing
  /** Billing runs with their progress. */
  readonly billingRuns: BillingRuns
  readonly payments: Payments
  readonly collections: Collections
  /** What happens to invoices. */
  readonly invoiceEvents: Pick<InvoiceEventStore, 'list' | 'lastCursor'>
  /** Invoices as documents, and links to them. */
  readonly documents: InvoiceDocuments
  /** Undefined if the server sends no e-mails. */
  readonly mail: Mail | undefined
  readonly billingPlans: Plans
  readonly subscriptions: Subscriptions
  readonly audit: Audit
  /** Counts calls that are too frequent for an audit event each. */
  readonly activity: ActivityLog
  /** Records operations that failed or were refused. */
  readonly attempts: BackgroundAttemptLog
  readonly encryption: DatabaseEncryption
  /** Signs the audit logs that have grown, and keeps their checkpoints outside the database. */
  keepAuditCheckpoints(signal: AbortSignal): Promise<void>
  /** What happens to the metadata of each tenant before it is stored. */
  readonly metadataPolicies: MetadataPolicies
  /** The clock that every decision uses. Simulated tenants have their own time. */
  readonly clock: TenantClock
  /** Clocks of simulated tenants. */
  readonly testClocks: TestClocks
  /** Advances the clock of a simulated tenant, and does everything that becomes due until then, in order. */
  advanceTestClock(request: AdvanceRequest): Promise<AdvancedClock>
  /** Counts past calls of an alias without a price and, if `requestedBy` is given, starts a rating run for them. Throws `RatingRunInProgress`. */
  rateAlias(alias: ModelAlias, requestedBy?: string): Promise<AliasRating>
  /** Returns the ages of the prices, and the models in use whose price is missing or old. */
  reviewPrices(request: PriceReviewRequest): Promise<PriceReview>
  /** Rejects new events and interrupts rating runs. Resolves when all accepted events are durable; the caller closes the database then. */
  stop(): Promise<void>
}
