import { Temporal, toPage } from '@tollgate/kernel'
import { ExchangeRateConflict } from '../model/billing/billing-errors.ts'
import type { BillingSettings } from '../model/billing/billing-settings.ts'
import type { ExchangeRate } from '../model/billing/exchange-rate.ts'
import type { BillingProfile } from '../model/parties/party.ts'
import type { BillingSettingsStore, ExchangeRateStore } from '../billing/billing-settings-store.ts'

/** Keeps settings and billing profiles in memory: for tests and examples. */
export function memoryBillingSettings(): BillingSettingsStore {
  let kept: BillingSettings | undefined
  const profiles = new Map<string, BillingProfile>()
  return {
    settings: async () => kept,
    async saveSettings(settings) {
      kept = settings
    },
    profiles: async tenantIds => tenantIds.flatMap(id => profiles.get(id) ?? []),
    async saveProfile(profile) {
      profiles.set(profile.tenantId, profile)
    },
  }
}

/** Keeps exchange rates in memory: for tests and examples. */
export function memoryExchangeRates(): ExchangeRateStore {
  const kept = new Map<string, ExchangeRate>()
  const keyOf = ({ base, quote, date }: ExchangeRate) => `${date.toString()} ${base} ${quote}`
  return {
    async add(rates) {
      const added = new Map<string, ExchangeRate>()
      for (const rate of rates) {
        const known = kept.get(keyOf(rate)) ?? added.get(keyOf(rate))
        if (known === undefined) added.set(keyOf(rate), rate)
        else if (!known.rate.eq(rate.rate)) throw new ExchangeRateConflict(rate.base, rate.quote, rate.date)
      }
      for (const [key, rate] of added) kept.set(key, rate)
      return added.size
    },
    between: async (from, to) =>
      [...kept.values()].filter(({ date }) => Temporal.PlainDate.compare(from, date) <= 0 && Temporal.PlainDate.compare(date, to) <= 0),
    async list({ first, after = 0, currency }) {
      const found = [...kept]
        .filter(([, { base, quote }]) => currency === undefined || base === currency || quote === currency)
        .toSorted(([a, { date: dateA }], [b, { date: dateB }]) => Temporal.PlainDate.compare(dateB, dateA) || (a < b ? -1 : 1))
      return toPage(
        found.slice(after, after + first + 1).map(([, rate]) => rate),
        first,
      )
    },
  }
}
