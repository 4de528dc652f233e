import { Decimal, OPERATOR_SCOPE, Temporal, tenantScope, toPage } from '@tollgate/kernel'
import { defineColumns, type PostgresDatabase, textArray } from '@tollgate/postgres'
import type { BillingSettingsStore, ExchangeRateStore } from '../billing/billing-settings-store.ts'
import { ExchangeRateConflict } from '../model/billing/billing-errors.ts'
import type { BillingSettings } from '../model/billing/billing-settings.ts'
import type { ExchangeRate } from '../model/billing/exchange-rate.ts'
import type { BillingProfile } from '../model/parties/party.ts'

const SAVE_SETTINGS = `insert into invoicing.billing_settings (id, settings) values ('settings', $1)
  on conflict (id) do update set settings = excluded.settings`

const PROFILES = 'select profile from invoicing.billing_profiles where tenant_id = any ($1::text[])'

const SAVE_PROFILE = `insert into invoicing.billing_profiles (tenant_id, profile) values ($1, $2)
  on conflict (tenant_id) do update set profile = excluded.profile`

/** Keeps settings and billing profiles in PostgreSQL. */
export function postgresBillingSettings(database: PostgresDatabase): BillingSettingsStore {
  return {
    async settings() {
      const [row] = await database.query<{ settings: BillingSettings }>(OPERATOR_SCOPE, 'select settings from invoicing.billing_settings')
      return row?.settings
    },
    async saveSettings(settings) {
      await database.query(OPERATOR_SCOPE, SAVE_SETTINGS, [JSON.stringify(settings)])
    },
    async profiles(tenantIds) {
      if (tenantIds.length === 0) return []
      const rows = await database.query<{ profile: BillingProfile }>(tenantScope(...tenantIds), PROFILES, [textArray(tenantIds)])
      return rows.map(({ profile }) => profile)
    },
    async saveProfile(profile) {
      await database.query(tenantScope(profile.tenantId), SAVE_PROFILE, [profile.tenantId, JSON.stringify(profile)])
    },
  }
}

const RATE_COLUMNS = defineColumns<ExchangeRate>(column => [
  column('rate_date', 'text', ({ date }) => date.toString()),
  column('base', 'text', ({ base }) => base),
  column('quote', 'text', ({ quote }) => quote),
  column('rate', 'numeric', ({ rate }) => rate),
  column('source', 'text', ({ source }) => source),
])

interface RateRow {
  readonly rate_date: string
  readonly base: string
  readonly quote: string
  readonly rate: string
  readonly source: string
}

const SELECT_RATE = "to_char(rate_date, 'YYYY-MM-DD') as rate_date, base, quote, rate, source"

const ADD_RATES = `insert into invoicing.exchange_rates (rate_date, base, quote, rate, source)
  select rate_date::date, base, quote, rate, source from ${RATE_COLUMNS.unnestAs('added', 1)}
  order by rate_date, base, quote on conflict do nothing returning rate`

const OTHER_RATE = `select to_char(stored.rate_date, 'YYYY-MM-DD') as rate_date, stored.base, stored.quote, stored.rate, stored.source
  from ${RATE_COLUMNS.unnestAs('added', 1)}
  join invoicing.exchange_rates as stored on stored.rate_date = added.rate_date::date and stored.base = added.base and stored.quote = added.quote
  where stored.rate <> added.rate order by stored.rate_date, stored.base, stored.quote limit 1`

/** Keeps exchange rates in PostgreSQL. */
export function postgresExchangeRates(database: PostgresDatabase): ExchangeRateStore {
  return {
    add: rates =>
      database.transaction(OPERATOR_SCOPE, async transaction => {
        const values = RATE_COLUMNS.values(rates)
        const added = await transaction.query(ADD_RATES, values)
        const [other] = await transaction.query<RateRow>(OTHER_RATE, values)
        if (other !== undefined) throw new ExchangeRateConflict(other.base, other.quote, Temporal.PlainDate.from(other.rate_date))
        return added.length
      }),
    async between(from, to) {
      const text = `select ${SELECT_RATE} from invoicing.exchange_rates where rate_date between $1::date and $2::date`
      return (await database.query<RateRow>(OPERATOR_SCOPE, text, [from.toString(), to.toString()])).map(rateOf)
    },
    async list({ first, after = 0, currency = null }) {
      const text = `select ${SELECT_RATE} from invoicing.exchange_rates where $1::text is null or base = $1 or quote = $1
        order by exchange_rates.rate_date desc, base, quote offset $2 limit $3`
      return toPage((await database.query<RateRow>(OPERATOR_SCOPE, text, [currency, after, first + 1])).map(rateOf), first)
    },
  }
}

function rateOf({ rate_date: date, base, quote, rate, source }: RateRow): ExchangeRate {
  return { base, quote, date: Temporal.PlainDate.from(date), rate: new Decimal(rate), source }
}
