import { Decimal, isStorableText, parseDecimal, Temporal } from '@tollgate/kernel'
import { TOKEN_POOLS } from '@tollgate/tokens'
import { checkAmount } from '../../model/drafts/check-amount.ts'
import { contentId } from '../../model/content-id.ts'
import { compileModelMatch } from '../../model/names/match-model-name.ts'
import type { ModelMatch } from '../../model/names/model-match.ts'
import type { Price } from '../../model/price.ts'
import { SERVICE_TIERS } from '../../model/service-tier.ts'

/** Reads a value of a list. Throws a `TypeError` that says what it must be. */
type Reader = (value: unknown) => unknown

const MAX_TEXT = 512
const MAX_ITEMS = 1_000

/**
 * Reads a price of a list. Fields keep their order, because the id of a price is a hash of its fields in order. Throws a
 * `TypeError` for fields that are missing, invalid or unknown, and if the id is not that of the contents.
 */
export function readFeedPrice(value: unknown): Price {
  const price = PRICE(value) as Price
  if (price.from && price.to && Temporal.Instant.compare(price.from, price.to) >= 0) throw new TypeError('its interval is empty')
  const { id, publishedAt: _publishedAt, ...contents } = price
  const prefix = id.slice(0, Math.max(0, id.indexOf(':')))
  if (!ID_PREFIXES.has(prefix) || contentId(prefix, contents) !== id) throw new TypeError('its id is not that of its contents')
  return price
}

const ID_PREFIXES: ReadonlySet<string> = new Set(['bundled', 'overlay'])

const text: Reader = value => {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= MAX_TEXT && isStorableText(value)) return value
  throw new TypeError(`must be a text of 1 to ${MAX_TEXT} characters`)
}
const exactly =
  (...allowed: readonly unknown[]): Reader =>
  value => {
    if (allowed.includes(value)) return value
    throw new TypeError(`must be ${allowed.map(one => JSON.stringify(one)).join(' or ')}`)
  }
const wholeNumber =
  (min: number, max = Number.MAX_SAFE_INTEGER): Reader =>
  value => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value
    throw new TypeError(`must be a whole number from ${min}`)
  }
const amount: Reader = value => {
  const decimal = typeof value === 'string' ? (parseDecimal(value) ?? exponent(value)) : undefined
  if (decimal !== undefined && checkAmount('', decimal).length === 0) return decimal
  throw new TypeError('must be a decimal in quotes, 0 or more')
}
const instant: Reader = value => {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return Temporal.Instant.from(value)
  throw new TypeError('must be a time in UTC')
}
const time: Reader = value => {
  if (typeof value === 'string' && /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$|^24:00:00$/.test(value)) return value
  throw new TypeError('must be a time of day, such as 16:30:00')
}
const orNull =
  (read: Reader): Reader =>
  value =>
    value === null ? null : read(value)
const list =
  (read: Reader): Reader =>
  value => {
    if (!Array.isArray(value) || value.length > MAX_ITEMS) throw new TypeError(`must be a list of at most ${MAX_ITEMS}`)
    return value.map((item, at) => within(String(at), () => read(item)))
  }
const object =
  (required: Readonly<Record<string, Reader>>, optional: Readonly<Record<string, Reader>> = {}): Reader =>
  value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('must be an object')
    const missing = Object.keys(required).find(field => !Object.hasOwn(value, field))
    if (missing !== undefined) throw new TypeError(`must have "${missing}"`)
    return Object.fromEntries(
      Object.entries(value).map(([field, item]) => {
        const read = Object.hasOwn(required, field) ? required[field] : Object.hasOwn(optional, field) ? optional[field] : undefined
        if (read === undefined) throw new TypeError(`has the unknown field "${field.slice(0, 40)}"`)
        return [field, within(field, () => read(item))]
      }),
    )
  }
const match: Reader = value => {
  try {
    compileModelMatch(rule(value, 0))
    return value
  } catch {
    throw new TypeError('is not a rule for names')
  }
}

/** Checks the form of a rule, which is compiled afterwards. */
function rule(value: unknown, depth: number): ModelMatch {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : []
  const [kind, operand] = entries[0] ?? []
  const isText = typeof operand === 'string' && operand.length <= MAX_TEXT && isStorableText(operand)
  if (entries.length === 1 && isText && ['equals', 'starts_with', 'ends_with', 'contains', 'regex'].includes(kind ?? '')) return value as ModelMatch
  if (entries.length !== 1 || depth > 4 || !(kind === 'or' || kind === 'and') || !Array.isArray(operand) || operand.length > MAX_ITEMS)
    throw new TypeError('rule')
  for (const one of operand) rule(one, depth + 1)
  return value as ModelMatch
}

function exponent(value: string): Decimal | undefined {
  return /^\d(?:\.\d+)?e-\d{1,2}$/.test(value) ? new Decimal(value) : undefined
}

function within<Result>(field: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new TypeError(/^(?:must|has|is) /.test(error.message) ? `${field} ${error.message}` : `${field}.${error.message}`, { cause: error })
  }
}

const RATE = object({ base: amount, steps: list(object({ above: wholeNumber(0), rate: amount })) })

const PRICE = object(
  {
    id: text,
    source: exactly('bundled'),
    tenantId: exactly(null),
    provider: text,
    model: text,
    match,
    from: orNull(instant),
    to: orNull(instant),
    timeOfDay: orNull(object({ from: time, to: time }, { weekdays: list(wholeNumber(1, 7)) })),
    perMillionTokens: object({}, Object.fromEntries(TOKEN_POOLS.map(pool => [pool, RATE]))),
    perRequest: orNull(amount),
    publishedAt: instant,
  },
  {
    serviceTier: exactly(...SERVICE_TIERS),
    speed: text,
    region: text,
    marginalSteps: exactly(true),
    units: list(object({ kind: text, price: amount }, { variant: text, per: wholeNumber(1) })),
  },
)
