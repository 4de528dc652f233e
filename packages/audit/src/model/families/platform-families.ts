import type { JsonObject } from '../audit-event.ts'
import { type ActionContent, defineAuditFamily } from '../define-audit-family.ts'

/** What an operation did to a resource. */
type Change = Pick<ActionContent, 'before' | 'after' | 'details'>

const made =
  (type: string) =>
  (id: string, after: JsonObject = {}) => ({ resource: { type, id }, after })
const changed =
  (type: string) =>
  (id: string, change: Change = {}) => ({ resource: { type, id }, ...change })
const removed =
  (type: string) =>
  (id: string, before: JsonObject = {}) => ({ resource: { type, id }, before })
const denied = (errorMessage: string, details: JsonObject = {}) => ({ result: 'denied' as const, errorMessage, details })

/** Plans, subscriptions, invoices and payments. Never sampled. */
export const billingAudit = defineAuditFamily('billing', {
  planPublished: made('billing_plan'),
  runStarted: made('billing_run'),
  subscribed: made('subscription'),
  subscriptionChanged: changed('subscription'),
  subscriptionCancelled: changed('subscription'),
  invoiceFinalized: made('invoice'),
  invoiceVoided: changed('invoice'),
  creditNoteIssued: made('credit_note'),
  invoiceSent: changed('invoice'),
  invoiceMarkedUncollectible: changed('invoice'),
  profileSet: changed('billing_profile'),
  settingsChanged: changed('billing_settings'),
  exchangeRatesImported: (details: JsonObject) => ({ details }),
  paymentRecorded: made('payment'),
  paymentStarted: made('payment'),
  paymentUpdated: changed('payment'),
  paymentRefunded: changed('payment'),
  paymentAllocated: changed('payment'),
  collectionPolicySet: changed('collection_policy'),
  collectionPaused: changed('collection_hold'),
  collectionResumed: changed('collection_hold'),
  disputeOpened: changed('collection_hold'),
  disputeResolved: changed('collection_hold'),
  reminderSent: changed('invoice'),
  emailRequested: made('email'),
  emailResent: changed('email'),
})

/** Prices of providers and charge rules. */
export const pricingAudit = defineAuditFamily('pricing', {
  pricePublished: made('price'),
  chargeRuleCreated: made('charge_rule'),
  chargeRuleChanged: changed('charge_rule'),
  chargeRuleEnded: removed('charge_rule'),
  couponRedeemed: made('coupon_redemption'),
  usageRerated: made('rating_run'),
  ratingRunResumed: changed('rating_run'),
  ratingRunCancelled: changed('rating_run'),
  pricesImported: (details: JsonObject) => ({ details }),
  aliasSet: made('model_alias'),
  aliasEnded: made('model_alias'),
  priceListAccepted: made('price_list'),
  listPricesActivated: made('price_release'),
  priceChangesApproved: (details: JsonObject) => ({ details }),
  priceChangesRefused: (details: JsonObject) => ({ details }),
})

/** Quota policies. Decisions are recorded by the quotas themselves. */
export const quotaAudit = defineAuditFamily('quota', {
  planPublished: made('quota_plan'),
  limitSet: changed('quota'),
  limitCleared: removed('quota'),
})

/** Wallets and action costs. */
export const creditAudit = defineAuditFamily('credit', {
  granted: made('credit_grant'),
  grantVoided: changed('credit_grant'),
  costSet: changed('credit_cost'),
  transferred: made('credit_transfer'),
  termsSet: changed('wallet'),
  allowanceSet: changed('wallet'),
  debitRuleSet: changed('debit_rule'),
  alertRaised: (id: string, details: JsonObject) => ({ resource: { type: 'wallet', id }, details }),
})

/** API keys, and the access tokens and sessions that they make. */
export const keyAudit = defineAuditFamily('key', {
  created: made('api_key'),
  rotated: changed('api_key'),
  revoked: removed('api_key'),
  accessTokenCreated: (details: JsonObject) => ({ resource: { type: 'access_token', id: null }, details }),
  sessionCreated: (details: JsonObject) => ({ resource: { type: 'session', id: null }, details }),
  signInCodeCreated: (details: JsonObject) => ({ resource: { type: 'sign_in_code', id: null }, details }),
})

/** Tenants. */
export const tenantAudit = defineAuditFamily('tenant', {
  created: made('tenant'),
  updated: changed('tenant'),
  testClockCreated: made('test_clock'),
  testClockAdvanced: changed('test_clock'),
  testClockRemoved: removed('test_clock'),
})

/** Webhook endpoints. */
export const webhookAudit = defineAuditFamily('webhook', {
  endpointCreated: made('webhook_endpoint'),
  endpointUpdated: changed('webhook_endpoint'),
  endpointDeleted: removed('webhook_endpoint'),
  secretRotated: changed('webhook_endpoint'),
  testSent: made('webhook_delivery'),
  redelivered: changed('webhook_endpoint'),
})

/** Rules of operational alerts. */
export const alertAudit = defineAuditFamily('alert', {
  ruleSet: changed('alert_rule'),
  tenantThresholdSet: changed('alert_rule'),
})

/** Changes of usage by people. Usage events are records of their own. */
export const usageAudit = defineAuditFamily('usage', {
  rejectedEventResent: changed('rejected_event'),
  rollupRebuildStarted: (details: JsonObject) => ({ details }),
})

/** Attempts that were refused, and changes of what protects the installation. Never sampled. */
export const securityAudit = defineAuditFamily('security', {
  authenticationFailed: (errorMessage: string, details?: JsonObject) => denied(errorMessage, details),
  permissionDenied: (errorMessage: string, details?: JsonObject) => denied(errorMessage, details),
  rateLimited: (errorMessage: string, details?: JsonObject) => denied(errorMessage, details),
  signingKeyRotated: changed('signing_key'),
  samplingConfigured: (rules: readonly JsonObject[]) => ({ details: { rules } }),
  accessTokensRevoked: changed('signing_key'),
  personalDataErased: changed('subject'),
})
