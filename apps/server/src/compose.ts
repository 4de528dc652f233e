import { randomBytes } from 'node:crypto'
import type { WebhookSettings } from '@tollgate/webhooks'
import { readMetadataPolicies, readTenantIds } from '@tollgate/accounts/postgres'
import { createAccounts } from '@tollgate/accounts'
import { postgresAlertStore } from '@tollgate/alerts/postgres'
import { createAlerts } from '@tollgate/alerts'
import { postgresActivityStore, postgresAuditStore } from '@tollgate/audit/postgres'
import { type AuditKeys, createAudit, type SamplingRule } from '@tollgate/audit'
import { postgresCreditStore } from '@tollgate/credits/postgres'
import { createCredits } from '@tollgate/credits'
import { postgresDiscountLedger } from '@tollgate/charges/postgres'
import { couponAttempts, createChargeRules, createCharges, createPromotions } from '@tollgate/charges'
import { type DatabaseEncryption, type NotificationListener, type PostgresDatabase, unencrypted } from '@tollgate/postgres'
import type { Clock, IdSource } from '@tollgate/kernel'
import { checkMetadataRules } from '@tollgate/metadata'
import { createModelAliases, createPricing, rateEvent } from '@tollgate/pricing'
import { createPriceFeed } from '@tollgate/pricing/feed'
import { postgresAliasStore, postgresCatalogVersions, postgresFeedStore, postgresPriceStore } from '@tollgate/pricing/postgres'
import { createQuotas, standardPlans } from '@tollgate/quotas'
import { postgresQuotaStore } from '@tollgate/quotas/postgres'
import { createRerating, createUsage } from '@tollgate/usage'
import { postgresRejectedEventStore, postgresReratingStore, postgresRollupMaintenance, postgresUsageStore } from '@tollgate/usage/postgres'
import type { Logger } from 'pino'
import { SCOPES_OF_KEYS } from './features/accounts/key-scopes.ts'
import { notifyOfRevokedKey } from './features/accounts/revoked-keys.ts'
import { composeTokens } from './features/accounts/compose-tokens.ts'
import { anonymisedCredits } from './features/accounts/anonymisation/anonymised-credits.ts'
import { anonymisedQuotas } from './features/accounts/anonymisation/anonymised-quotas.ts'
import { anonymisedUsage } from './features/accounts/anonymisation/anonymised-usage.ts'
import { metadataPolicies } from './features/accounts/anonymisation/metadata-policies.ts'
import { notifyingAccounts } from './features/accounts/anonymisation/metadata-rules-changed.ts'
import { RESERVED_ID_PREFIXES } from './features/accounts/reserved-id-prefixes.ts'
import { checkpointFile } from './features/audit/keeping/checkpoint-file.ts'
import { checkpointWebhooks } from './features/audit/keeping/checkpoint-webhooks.ts'
import { PAUSED_PLAN } from './features/billing/plan-effects/paused-plan.ts'
import { keepAuditCheckpoints } from './features/audit/keeping/keep-audit-checkpoints.ts'
import { auditedAlerts } from './features/alerts/audited-alert-store.ts'
import { auditedCredits } from './features/credits/audited-credit-store.ts'
import { type DebitsOfCommits, correctDebits, debitCredits } from './features/credits/debit-hook.ts'
import { quotasWithCredits } from './features/credits/enforcement/quotas-with-credits.ts'
import { quotaWatch } from './features/alerts/quota-watch.ts'
import { rollupVerifier } from './features/alerts/rollup-verifier.ts'
import { usageMeter } from './features/alerts/usage-meter.ts'
import { countedActivity } from './features/audit/activity/counted-activity.ts'
import { backgroundAttemptLog } from './features/audit/attempts/background-attempt-log.ts'
import { changeRecorder } from './audited-changes/change-recorder.ts'
import { auditedDiscountLedger } from './features/charges/audited-charge-stores.ts'
import { chargedTenants } from './features/charges/charged-tenants.ts'
import { chargedUsage } from './features/charges/charged-usage.ts'
import type { CollectionSettings } from './features/billing/collections/compose-collections.ts'
import { composeInvoiceEvents } from './features/billing/events/compose-invoice-events.ts'
import { composeInvoicing } from './features/billing/compose-invoicing.ts'
import type { DocumentSettings } from './features/billing/documents/compose-documents.ts'
import { rateAlias } from './features/prices/aliases/rate-alias.ts'
import { auditedAliases, auditedFeed, auditedPrices } from './features/prices/audited-price-stores.ts'
import { catalogRater } from './features/prices/catalog-rater.ts'
import { addRating } from './features/prices/feed/feed-jobs.ts'
import { fetchedFeed } from './features/prices/feed/fetch-feed.ts'
import { type PriceFeedSettings, priceFeedSettings } from './features/prices/feed/price-feed-settings.ts'
import { auditedQuotas } from './features/quotas/audited-quota-store.ts'
import { consumeQuotas } from './features/quotas/counting/consume-quotas.ts'
import { DEFAULT_PLAN } from './features/quotas/default-plan.ts'
import { ReservationId } from './features/quotas/ids.ts'
import { readQuotaTenants } from './features/quotas/read-quota-tenants.ts'
import { tenantProfiles } from './features/quotas/tenant-profiles.ts'
import { recordedUsage } from './features/quotas/counting/recorded-usage.ts'
import { reviewPrices } from './features/prices/review-prices.ts'
import { auditedRerating } from './features/rerating/audited-rerating-store.ts'
import { auditedMaintenance, auditedRejectedEvents } from './features/usage/audited-usage-stores.ts'
import { shareMeasures } from './features/usage/share-measures.ts'
import type { MailSettings } from './features/billing/mail/mail-settings.ts'
import { webhookSettings } from './features/webhooks/webhook-settings.ts'
import { createTurnEnd } from './process/turn-end.ts'
import { checkOnlyServices, withoutDatabase } from './check-only.ts'
import { composeNotifications } from './compose-notifications.ts'
import { composeTestClocks } from './features/test-clocks/compose-test-clocks.ts'
import { composeSubscriptions, tenantUpdated } from './compose-subscriptions.ts'
import { accountStore, chargeRuleStore } from './compose-stores.ts'
import type { TollgateObserver } from './observability/tollgate-observer.ts'
import type { Tollgate } from './tollgate.ts'

/** What the program is composed of. The database is migrated and was opened with `entities`. */
export interface ComposeOptions {
  readonly database: PostgresDatabase
  /**
   * Connections for what many requests share, so that none of them waits for another: commits of events, quota decisions,
   * keys, prices, charge rules and attempts. Defaults to `database`.
   */
  readonly reserved?: PostgresDatabase
  readonly clock: Clock
  readonly ids: IdSource
  /** Encrypts secrets in the database. Defaults to none. */
  readonly encryption?: DatabaseEncryption
  readonly logger?: Logger
  /** The operator key of the configuration, which can make access tokens too. Commands need none. */
  readonly operatorKey?: string
  /** Receives notifications of other processes. Commands end soon and need none. */
  readonly listener?: NotificationListener
  readonly limits?: {
    /** Maximum number of events that wait for a commit; calls beyond it are rejected as overloaded. At least 1,000. */
    readonly queuedEvents?: number
  }
  /** Defaults to https, public addresses, and the retries of Standard Webhooks. */
  readonly webhooks?: WebhookSettings
  /** Plans that tenants may simulate besides their own. Defaults to none. */
  readonly publicPlans?: readonly string[]
  /** ISO 4217. Currency of new tenants that name none. Defaults to USD. */
  readonly defaultCurrency?: string
  /** Name of the installation in audit logs, and the keys that sign them. Defaults to no keys. */
  readonly auditKeys?: AuditKeys
  /** Families of audit events that are sampled. Defaults to none. */
  readonly auditSampling?: readonly SamplingRule[]
  /** File that checkpoints of audit logs are appended to. Defaults to none. */
  readonly auditCheckpointFile?: string | undefined
  /** How documents look, and the address in links to them. Defaults to the plain design, and the address of each request. */
  readonly documents?: DocumentSettings
  /** Defaults to no feed. */
  readonly priceFeed?: PriceFeedSettings
  /** How e-mails are sent. Defaults to none. */
  readonly mail?: MailSettings | undefined
  /** Payment providers and the grace period. Defaults to no providers, and 7 days. */
  readonly collection?: CollectionSettings
  /** Receives what metering and quotas do. */
  readonly observer?: Partial<TollgateObserver>
}

/** Composes the packages over PostgreSQL. Packages meet here and nowhere else. */
export function composeTollgate(options: ComposeOptions): Tollgate {
  return { ...composeServices(options), checkOnly: checkOnlyServices(() => composeServices(withoutDatabase(options))) }
}

function composeServices({
  database,
  reserved = database,
  clock,
  ids,
  encryption = unencrypted,
  logger,
  operatorKey,
  listener,
  limits = {},
  webhooks: settings = webhookSettings(),
  publicPlans = [],
  defaultCurrency,
  auditKeys = { installation: 'tollgate', signingKeys: [] },
  auditSampling = [],
  auditCheckpointFile,
  documents,
  priceFeed: feedSettings = priceFeedSettings(),
  mail,
  collection = { providers: [], graceDays: 7 },
  observer = {},
}: ComposeOptions): Omit<Tollgate, 'checkOnly'> {
  const activityStore = postgresActivityStore({ database: reserved, background: database, ids })
  const audit = createAudit({
    store: postgresAuditStore({ database: reserved, reads: database, encryption }),
    keys: auditKeys,
    sampling: { rules: auditSampling, store: activityStore },
    clock,
    ids,
    randomBytes,
  })
  const changes = changeRecorder({ database, audit })
  const simulation = composeTestClocks({ database, changes, clock, services: () => simulated })
  const tenantClock = simulation.testClocks.clock
  const { activity, callCounter, decisionCounter, stopCounting } = countedActivity({ store: activityStore, audit, clock, logger })
  const openAliases = (on: PostgresDatabase) => postgresAliasStore({ database: on })
  const openPrices = (on: PostgresDatabase) => postgresPriceStore({ database: on })
  const openFeed = (on: PostgresDatabase) => postgresFeedStore({ database: on })
  const aliasStore = auditedAliases({ store: openAliases(database), open: openAliases, changes })
  const priceStore = auditedPrices({ store: openPrices(database), open: openPrices, changes })
  const feedStore = auditedFeed({ store: openFeed(database), open: openFeed, changes })
  const pricing = createPricing({
    store: { ...priceStore, all: openPrices(reserved).all },
    aliases: { ...aliasStore, all: openAliases(reserved).all },
    versions: postgresCatalogVersions(reserved),
    feed: feedStore,
    clock,
    ids,
  })
  const priceFeed = createPriceFeed({
    store: priceStore,
    feedStore,
    source: feedSettings.url === undefined ? undefined : fetchedFeed({ url: feedSettings.url }),
    publicKeys: feedSettings.publicKeys,
    clock,
    onApplied: () => addRating(database),
  })
  const rater = catalogRater(pricing)
  const usageStore = shareMeasures(postgresUsageStore({ database: reserved, reads: database }))
  const quotaStore = auditedQuotas({
    store: postgresQuotaStore({ database: reserved, requests: database, listener, counter: decisionCounter }),
    open: on => postgresQuotaStore({ database: on }),
    changes,
  })
  const quotas = createQuotas({
    store: quotaStore,
    plans: [...standardPlans(), DEFAULT_PLAN, PAUSED_PLAN],
    tenants: tenantProfiles(readQuotaTenants(reserved)),
    fallbackPlan: DEFAULT_PLAN.name,
    recordedUsage: recordedUsage({ measure: usageStore.measure, tenantIds: readTenantIds }),
    observer,
    counter: decisionCounter,
    clock: tenantClock,
    ids,
  })
  const creditStore = auditedCredits({
    store: postgresCreditStore({ database: reserved, requests: database, ids }),
    open: on => postgresCreditStore({ database: on, ids }),
    changes,
  })
  const credits = createCredits({ store: creditStore, clock: tenantClock, ids })
  const charged: DebitsOfCommits = new WeakMap()
  const policies = metadataPolicies(() => readMetadataPolicies(reserved, encryption))
  const metering = createUsage({
    store: usageStore,
    rejected: auditedRejectedEvents({ store: postgresRejectedEventStore(database), open: postgresRejectedEventStore, changes }),
    rater,
    commitHooks: [debitCredits({ credits, charged, readReservationId: ReservationId.tryDecode }), consumeQuotas(quotas, charged)],
    callCounter,
    clock: tenantClock,
    ids,
    limits,
    rewriteMetadata: tenantId => policies.of(tenantId)?.rewrite,
    observer,
    onRejectedEventsLost: (error, lost) => logger?.error({ err: error, events: lost.length }, 'Rejected events could not be stored.'),
  })
  const usage = anonymisedUsage(metering, policies)
  const rerating = createRerating({
    store: auditedRerating({ store: postgresReratingStore(database), open: postgresReratingStore, changes }),
    rater,
    correctionHooks: [correctDebits(credits)],
    clock,
    ids,
    onFailure: (error, runId) => logger?.error({ err: error, runId }, 'A rating run failed; it can be resumed.'),
  })
  const beforeKeyLookup = createTurnEnd()
  const stored = accountStore({ database, reserved, changes, encryption })
  const tenancy = createAccounts({
    store: stored,
    clock,
    ids,
    keyScopes: SCOPES_OF_KEYS,
    reservedIdPrefixes: RESERVED_ID_PREFIXES,
    checkMetadataRules,
    defaultCurrency,
    onTenantUpdate: tenantUpdated({ quotas, read: readQuotaTenants(reserved), clock: tenantClock }),
    onKeyRevoked: () => notifyOfRevokedKey(database, logger),
    beforeKeyLookup,
    onKeyUsesLost: error => logger?.warn({ err: error }, 'Times of last use of API keys could not be written.'),
  })
  const accounts = notifyingAccounts(tenancy, { policies, database })
  const chargeRules = createChargeRules({ store: chargeRuleStore({ database, reserved, changes }), clock, ids })
  const plansAndSubscriptions = composeSubscriptions({ database, changes, audit, quotas, accounts, encryption, clock: tenantClock, ids })
  const tenants = chargedTenants(accounts, plansAndSubscriptions.subscriptions)
  const attempts = couponAttempts({ clock })
  const openLedger = (on: PostgresDatabase) => postgresDiscountLedger({ database: on })
  const ledger = auditedDiscountLedger({ store: openLedger(database), open: openLedger, changes })
  const promotions = createPromotions({ ledger, rules: chargeRules, tenants, clock: tenantClock, ids, attempts })
  const maintenance = auditedMaintenance(postgresRollupMaintenance(database), changes)
  const alerts = createAlerts({
    store: auditedAlerts({ store: postgresAlertStore(database), open: postgresAlertStore, changes }),
    usage: usageMeter(usageStore),
    quotas: quotaWatch(quotas),
    rollups: rollupVerifier(maintenance),
    clock,
    ids,
  })
  const invoiceEvents = composeInvoiceEvents(database)
  const notified = { quotas, alerts, credits, invoiceEvents, mailing: () => mailing }
  const notifications = composeNotifications({ database, changes, encryption, settings, mail, ...notified, clock, ids })
  const rated = { rules: chargeRules, publicPlans: new Set(publicPlans), rateEvent }
  const chargedParts = { usage: chargedUsage({ usage, rerating }), tenants, pricing, promotions, attempts, ...rated }
  const invoiced = { audit, events: invoiceEvents, charges: chargedParts, sums: chargedParts.usage, openLedger, credits, documents }
  const signed = { signingKeys: stored.signingKeys, mail: notifications.mail, settings: collection }
  const { services, mailing } = composeInvoicing({ ...invoiced, ...signed, clock: tenantClock, ids })
  const simulated = { accounts, usage, quotas, credits, ...services, ...plansAndSubscriptions }
  const attemptLog = backgroundAttemptLog({ audit, clock, ids, logger })
  return {
    usage,
    pricing,
    priceFeed,
    modelAliases: createModelAliases({ store: aliasStore, clock, ids }),
    accounts,
    ...composeTokens({ store: stored, clock, operatorKey, beforeKeyLookup, changes, policies }),
    ...plansAndSubscriptions,
    chargeRules,
    promotions,
    charges: createCharges(chargedParts),
    ...services,
    quotas: anonymisedQuotas(quotasWithCredits({ quotas, credits, clock: tenantClock, ids }), policies),
    alerts,
    ...notifications,
    credits: anonymisedCredits(credits, policies),
    activity,
    metadataPolicies: policies,
    attempts: attemptLog,
    encryption,
    audit,
    keepAuditCheckpoints: keepAuditCheckpoints({
      audit,
      canSign: auditKeys.signingKeys.length > 0,
      places: [checkpointWebhooks(notifications.webhooks), ...(auditCheckpointFile === undefined ? [] : [checkpointFile(auditCheckpointFile)])],
      logger,
    }),
    clock: tenantClock,
    ...simulation,
    maintenance,
    rerating,
    rateAlias: rateAlias({ usage, rerating, clock }),
    reviewPrices: reviewPrices({ pricing, priceFeed, usage, clock }),
    async stop() {
      await rerating.stop()
      await usage.stop()
      await quotas.stop()
      await accounts.stop()
      await Promise.all([stopCounting(), attemptLog.stop(), invoiceEvents.stop()])
    },
  }
}
