import { parseDecimal, parseInstant } from '@tollgate/kernel'
import { SERVICE_TIERS } from '@tollgate/pricing'
import { TOKEN_POOLS } from '@tollgate/tokens'
import { z } from 'zod'

/** An exact amount, in quotes: a JSON number would be read as a binary fraction, and 0.1 is not one. */
const amount = z.string('must be an amount in quotes, such as "0.0135"').transform((text, context) => {
  const decimal = parseDecimal(text)
  if (decimal !== undefined) return decimal
  context.addIssue(`must be a plain decimal number, such as 0.0135, not "${text}"`)
  return z.NEVER
})

const instant = z.string('must be a time, such as "2026-01-01T00:00:00Z"').transform((text, context) => {
  const time = parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text)
  if (time !== undefined) return time
  context.addIssue(`must be a date, such as 2026-01-01, or a time with an offset, such as 2026-01-01T09:30:00Z, not "${text}"`)
  return z.NEVER
})

const clock = z.string('must be a time in UTC, such as "16:30"')

const rates = z.strictObject(Object.fromEntries(TOKEN_POOLS.map(pool => [pool, amount.nullish()])))

/** One price of a file, in the shape of the input of `publishPrice`. */
export const priceEntry = z.strictObject({
  provider: z.string('must be the name of a provider'),
  model: z.string('must be the name of a model'),
  from: instant,
  to: instant.nullish(),
  tenantId: z.string('must be the id of a tenant').nullish(),
  perRequest: amount.nullish(),
  serviceTier: z
    .string('must be the name of a service tier')
    .toLowerCase()
    .pipe(z.enum(SERVICE_TIERS, `must be one of ${SERVICE_TIERS.join(', ')}`))
    .nullish(),
  speed: z.string('must be the name of a speed').nullish(),
  region: z.string('must be the name of a region').nullish(),
  timeOfDay: z.strictObject({ from: clock, to: clock, weekdays: z.array(z.int('must be a number from 1 (Monday) to 7 (Sunday)')).nullish() }).nullish(),
  perMillionTokens: rates.default({}),
  contextSteps: z.array(z.strictObject({ above: z.int('must be a whole number of tokens'), perMillionTokens: rates })).nullish(),
  marginalSteps: z.boolean('must be true or false').nullish(),
  units: z
    .array(
      z.strictObject({
        kind: z.string('must be the kind of a unit, such as "web_search"'),
        variant: z.string('must be a variant of a unit').nullish(),
        price: amount,
        per: z.int('must be a whole number of units').nullish(),
      }),
    )
    .nullish(),
  cacheMultipliers: z.strictObject({ cacheRead: amount.nullish(), cacheWrite5m: amount.nullish(), cacheWrite1h: amount.nullish() }).nullish(),
})
