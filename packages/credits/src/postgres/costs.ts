import { Decimal, InvalidInput, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { instantOrNull, type PostgresDatabase } from '@tollgate/postgres'
import { overlappingCost } from '../model/check-credit-cost.ts'
import type { CreditCost, CreditRates, TokenRates } from '../model/credit-cost.ts'
import { querySource, type Source } from './query-source.ts'

interface CostRow {
  readonly id: string
  readonly operation: string
  readonly provider: string | null
  readonly model: string | null
  readonly rates: RatesJson
  readonly effective_from: string
  readonly effective_to: string | null
}

interface RatesJson {
  readonly perCall: string | null
  readonly perThousandTokens: string | Readonly<Record<string, string>> | null
  readonly perUsdOfCost: string | null
  readonly perUnit: string | null
}

const COSTS = 'select id, operation, provider, model, rates, effective_from, effective_to from credits.costs order by effective_from, id'

/** Reads all credit costs. */
export async function readCosts(source: Source): Promise<readonly CreditCost[]> {
  const rows = await querySource<CostRow>(source, OPERATOR_SCOPE, { statement: COSTS })
  return rows.map(costOf)
}

// Writers of costs take turns, so that no two versions overlap.
const LOCK = "select pg_advisory_xact_lock(hashtext('credits.costs'))"
const END = 'update credits.costs set effective_to = $2::timestamptz where id = $1::uuid'
const INSERT = `insert into credits.costs (id, operation, provider, model, rates, effective_from, effective_to)
  values ($1::uuid, $2, $3, $4, $5::jsonb, $6::timestamptz, $7::timestamptz)`

/** Adds a version of a credit cost and ends the one before it. */
export async function addCost(database: PostgresDatabase, cost: CreditCost): Promise<void> {
  await database.transaction(OPERATOR_SCOPE, async transaction => {
    await transaction.query(LOCK)
    const { conflict, ended } = overlappingCost((await transaction.query<CostRow>(COSTS)).map(costOf), cost)
    if (conflict !== undefined) throw new InvalidInput([{ path: 'from', message: `overlaps the cost that applies from ${conflict.from.toString()}` }])
    if (ended !== undefined) await transaction.query(END, [ended.id, cost.from.toString()])
    const { id, operation, provider, model, rates, from, to } = cost
    await transaction.query(INSERT, [id, operation, provider, model, JSON.stringify(ratesJson(rates)), from.toString(), to?.toString() ?? null])
  })
}

function ratesJson({ perCall, perThousandTokens, perUsdOfCost, perUnit }: CreditRates): RatesJson {
  return {
    perCall: perCall?.toFixed() ?? null,
    perThousandTokens: perThousandTokens === null ? null : tokenRatesJson(perThousandTokens),
    perUsdOfCost: perUsdOfCost?.toFixed() ?? null,
    perUnit: perUnit?.toFixed() ?? null,
  }
}

function tokenRatesJson(rates: TokenRates): string | Readonly<Record<string, string>> {
  return Decimal.isDecimal(rates) ? rates.toFixed() : Object.fromEntries(Object.entries(rates).map(([pool, rate]) => [pool, rate.toFixed()]))
}

function costOf(row: CostRow): CreditCost {
  const { perCall, perThousandTokens: tokens, perUsdOfCost, perUnit } = row.rates
  const decimal = (text: string | null) => (text === null ? null : new Decimal(text))
  return {
    id: row.id,
    operation: row.operation,
    provider: row.provider,
    model: row.model,
    rates: {
      perCall: decimal(perCall),
      perThousandTokens:
        tokens === null
          ? null
          : typeof tokens === 'string'
            ? new Decimal(tokens)
            : Object.fromEntries(Object.entries(tokens).map(([pool, rate]) => [pool, new Decimal(rate)])),
      perUsdOfCost: decimal(perUsdOfCost),
      perUnit: decimal(perUnit),
    },
    from: Temporal.Instant.from(row.effective_from),
    to: instantOrNull(row.effective_to),
  }
}
