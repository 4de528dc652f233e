/** Columns of `pricing.prices` that an insert writes, with their types. */
export const PRICE_COLUMNS = {
  id: 'text',
  source: 'text',
  tenant_id: 'text',
  provider: 'text',
  model: 'text',
  match: 'jsonb',
  effective_from: 'timestamptz',
  effective_to: 'timestamptz',
  day_from: 'time',
  day_to: 'time',
  service_tier: 'text',
  usd_per_request: 'numeric',
  unit_prices: 'jsonb',
  conditions: 'jsonb',
  published_at: 'timestamptz',
} as const

/** Columns of `pricing.price_rates` that an insert writes besides the id of the price, with their types. */
export const RATE_COLUMNS = { pool: 'text', step: 'smallint', above: 'bigint', usd_per_million_tokens: 'numeric' } as const

/** Name of a column of a price. */
export type PriceColumn = keyof typeof PRICE_COLUMNS

/** Name of a column of a rate. */
export type RateColumn = keyof typeof RATE_COLUMNS

/** Formats columns as a list of names. */
export function columnNames(columns: Readonly<Record<string, string>>, table?: string): string {
  return Object.keys(columns)
    .map(name => (table === undefined ? name : `${table}.${name}`))
    .join(', ')
}

/** Formats columns as a list of names with types, as `jsonb_to_recordset` needs them. */
export function columnDefinitions(columns: Readonly<Record<string, string>>): string {
  return Object.entries(columns)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')
}
