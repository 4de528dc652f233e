/** Tables without rows of tenants, each with the reason. Only operators see them. */
export const INSTALLATION_TABLES: Readonly<Record<string, string>> = {
  'accounts.signing_keys': 'sign the access tokens of all tenants',
  'alerts.event_cursor': 'the order of the alert events of all tenants',
  'alerts.quota_cursor': 'how far the evaluation of alerts has read',
  'alerts.rules': 'apply to all tenants',
  'audit.installation_checkpoints': 'the log of the installation',
  'audit.installation_event_keys': 'the log of the installation',
  'audit.installation_events': 'the log of the installation',
  'audit.installation_heads': 'the log of the installation',
  'audit.installation_kept_checkpoints': 'the log of the installation',
  'audit.installation_personal_data': 'the log of the installation',
  'audit.installation_subject_keys': 'the log of the installation',
  'credits.alert_position': 'the order of the credit alerts of all tenants',
  'invoicing.billing_run_failures': 'what runs over all tenants could not bill; visible with the run only',
  'invoicing.billing_runs': 'billing runs over all tenants',
  'invoicing.invoice_event_position': 'the order of what happens to the invoices of all tenants',
  'invoicing.mail_positions': 'how far alerts of all tenants were sent by e-mail',
  'invoicing.operator_mail_unsubscribes': 'who gets no more alerts of the operator',
  'invoicing.operator_mails': 'e-mails to the operator',
  'pricing.charge_rules_version': 'orders the charge rules, which operators publish',
  'pricing.feed_decisions': 'decisions of operators on list prices',
  'pricing.price_feed': 'the feed of list prices',
  'pricing.promotion_totals': 'sums of a promotion over all tenants',
  'tollgate.encryption_keys': 'ids of the keys that encrypt secrets of all tenants',
  'tollgate.installation': 'the secret of the installation; the role of the server cannot read it',
  'tollgate.migrations': 'the role of the server cannot read it',
  'webhooks.positions': 'how far notices of all tenants have been taken over',
}

/** Tables without tenants that every tenant reads, and only operators write, each with the reason. Customers do not read them. */
export const SHARED_TABLES: Readonly<Record<string, string>> = {
  'credits.costs': 'credit costs of operations, which operators set for all tenants',
  'invoicing.billing_settings': 'the seller and how all tenants are invoiced',
  'invoicing.collection_defaults': 'the policy of tenants without one of their own',
  'invoicing.exchange_rates': 'exchange rates by day',
  'invoicing.plans': 'plans that operators publish for all tenants',
  'pricing.bundled_release_prices': 'list prices',
  'pricing.bundled_releases': 'list prices',
  'pricing.catalog_version': 'counts publications, so that each server knows when to read the prices again',
  'pricing.price_rates': 'rates of prices; visible with their price only',
  'pricing.shared_alias_count': 'counts the aliases for all tenants',
  'pricing.shared_model_aliases': 'aliases for all tenants',
  'quotas.alert_cursor': 'the order of the quota alerts of all tenants; raising one increments it',
  'quotas.plans': 'plans for all tenants',
}

/** Shared tables that every transaction reads, also one without a scope, each with the reason. */
export const UNGUARDED_TABLES: Readonly<Record<string, string>> = {
  'quotas.plan_revision': 'one number, how often plans were published; every decision reads it',
}

/**
 * Tables that are older than the rule that the tenant comes first in every key, each with the keys that break it. No table may
 * be added; one that was changed leaves the list.
 */
export const OLDER_KEYS: Readonly<Record<string, readonly string[]>> = {
  'accounts.api_keys': ['api_keys_pkey', 'api_keys_previous_secret_hash_key', 'api_keys_secret_hash_key'],
  'alerts.alerts': ['alerts.raised_alerts', 'alerts_pkey', 'events_alert_id_fkey'],
  'alerts.events': ['events_alert_id_fkey', 'events_alert_id_type_key', 'events_pkey'],
  'alerts.quota_crossings': ['quota_crossings_pkey'],
  'alerts.streaks': ['streaks_kind_scope_tenant_id_key'],
  'alerts.tenant_thresholds': ['tenant_thresholds_pkey'],
  'pricing.charge_rules': ['charge_rules_kind_name_version_key', 'charge_rules_pkey', 'charge_rules_sequence_key'],
  'pricing.coupon_redemptions': ['coupon_redemptions_pkey', 'coupon_redemptions_promotion_tenant_id_customer_id_key'],
  'pricing.prices': ['bundled_release_prices_price_id_fkey', 'price_rates_price_id_fkey', 'prices_pkey'],
  'quotas.alerts': ['alerts_counter_id_policy_id_quota_limit_threshold_window_fr_key', 'alerts_pkey'],
  'quotas.counters': ['counters_pkey'],
  'quotas.holds': ['holds_pkey'],
  'quotas.overrides': ['overrides_pkey'],
  'quotas.reservations': ['reservations_pkey'],
  'usage.cost_corrections': ['cost_corrections_pkey'],
  'usage.dimension_sets': ['dimension_sets_pkey'],
  'usage.rating_runs': ['rating_runs_pkey'],
  'usage.rejected_events': ['rejected_events_pkey'],
  'webhooks.attempts': ['attempts_delivery_id_fkey', 'attempts_pkey'],
  'webhooks.deliveries': ['attempts_delivery_id_fkey', 'deliveries_endpoint_id_fkey', 'deliveries_endpoint_id_notice_id_key', 'deliveries_pkey'],
  'webhooks.endpoints': ['deliveries_endpoint_id_fkey', 'endpoints_pkey'],
}

/** Tables, older than the rule too, that keep rows of operators, without a tenant, beside those of tenants. No table may be added. */
export const OLDER_NULLABLE: readonly string[] = [
  'accounts.api_keys',
  'alerts.alerts',
  'alerts.events',
  'alerts.streaks',
  'pricing.charge_rules',
  'pricing.prices',
  'usage.rating_runs',
  'webhooks.attempts',
  'webhooks.deliveries',
  'webhooks.endpoints',
]

/** Tables with a tenant whose rows the tenant itself does not read: operators do. */
export const OPERATOR_READ_TABLES: readonly string[] = ['pricing.charge_rules']

const SETS = `(select id from usage.dimension_sets where tenant_id = 'acme' and customer = $1)`
const OF_SETS = `dimension_set_id in ${SETS}`
const COUNTERS = `tenant_id = 'acme' and slot like '%/%/customer/%' and scope_value::jsonb = jsonb_build_array($1::text)`

const OF_WALLETS = `tenant_id = 'acme' and wallet_id in (select id from credits.wallets where tenant_id = 'acme' and customer_id = $1)`

/** Tables that customers read, each with a condition that holds for the rows of the customer `$1` of `acme` only. */
export const CUSTOMER_TABLES: Readonly<Record<string, string>> = {
  'credits.alerts': `tenant_id = 'acme' and customer_id = $1`,
  'credits.allowances': OF_WALLETS,
  'credits.entries': OF_WALLETS,
  'credits.grants': OF_WALLETS,
  'credits.reservations': OF_WALLETS,
  'credits.wallets': `tenant_id = 'acme' and customer_id = $1`,
  'quotas.alerts': `tenant_id = 'acme' and scope = '["customer"]' and scope_value = jsonb_build_array($1::text)`,
  'quotas.counters': COUNTERS,
  'quotas.holds': `counter_id in (select id from quotas.counters where ${COUNTERS})`,
  'quotas.tenant_revisions': `tenant_id = 'acme' and $1 <> ''`,
  'usage.correction_details_daily': OF_SETS,
  'usage.correction_details_hourly': OF_SETS,
  'usage.correction_rollups_daily': OF_SETS,
  'usage.correction_rollups_hourly': OF_SETS,
  'usage.cost_corrections': OF_SETS,
  'usage.dimension_sets': `id in ${SETS}`,
  'usage.events': OF_SETS,
  'usage.latencies_daily': OF_SETS,
  'usage.latencies_hourly': OF_SETS,
  'usage.rollup_details_daily': OF_SETS,
  'usage.rollup_details_hourly': OF_SETS,
  'usage.rollups_daily': OF_SETS,
  'usage.rollups_hourly': OF_SETS,
}

/** Rows of a tenant `$1` for tables that the API does not fill in a test. */
export const ROWS_BY_SQL: Readonly<Record<string, string>> = {
  'alerts.streaks': `insert into alerts.streaks values ('LATENCY_P99', 'TENANT', $1, 1) on conflict do nothing`,
  'audit.archives': `insert into audit.archives values ($1, '2025-11-01', 1, 1, 'a file', '', 'a note', '', '', '2026-11-20')`,
  'audit.checkpoints': `insert into audit.checkpoints values ($1, 1, '2026-11-20', 'a note', '')`,
  'audit.kept_checkpoints': `insert into audit.kept_checkpoints values ($1, 'a file', 1, '2026-11-20')`,
  'pricing.booked_discounts': `insert into pricing.booked_discounts select tenant_id, charge_id, 'p', 'r', 1 from pricing.booked_charges where tenant_id = $1`,
}
