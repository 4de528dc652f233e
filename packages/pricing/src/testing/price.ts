import { Decimal, Temporal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import type { PoolRates, Price } from '../model/price.ts'

/** Fields of a price that matter to a test. Rates are in USD per million tokens, as text. */
export type PriceFields = Partial<Omit<Price, 'from' | 'to' | 'publishedAt' | 'perMillionTokens' | 'perRequest'>> & {
  readonly from?: string
  readonly to?: string
  readonly publishedAt?: string
  readonly rates?: { readonly [Pool in TokenPool]?: string }
  readonly perRequest?: string
}

/** Makes a price. Defaults to a custom price of "acme-ai" for the model "large", at 1 USD for input and 2 USD for output. */
export function makePrice({ from, to, publishedAt, rates = { input: '1', output: '2' }, perRequest, ...fields }: PriceFields = {}): Price {
  const model = fields.model ?? 'large'
  const tenantId = fields.tenantId ?? null
  return {
    id: `${fields.provider ?? 'acme-ai'}/${model}/${tenantId ?? 'all'}/${from ?? ''}`,
    source: tenantId === null ? 'custom' : 'tenant',
    provider: 'acme-ai',
    match: { equals: model },
    timeOfDay: null,
    ...fields,
    tenantId,
    model,
    from: from === undefined ? null : Temporal.Instant.from(from),
    to: to === undefined ? null : Temporal.Instant.from(to),
    perMillionTokens: Object.fromEntries(Object.entries(rates).map(([pool, rate]) => [pool, { base: new Decimal(rate), steps: [] }])) as PoolRates,
    perRequest: perRequest === undefined ? null : new Decimal(perRequest),
    publishedAt: Temporal.Instant.from(publishedAt ?? '2026-01-01T00:00:00Z'),
  }
}
