import type { Temporal } from '@tollgate/kernel'
import { Command } from 'commander'
import type { PriceReview, PriceReviewRequest } from '../review-prices.ts'
import { wholeNumberOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

/** `tollgate prices status` */
export function priceStatusCommand(): Command {
  return new Command('status')
    .description('Shows how new the prices are, and which models in use have none or an old one.')
    .option('--older-than-days <days>', 'a price is old when it was published more days ago', wholeNumberOption(0, 3_650), 90)
    .option('--used-within-days <days>', 'a model is in use when it was called in the last days', wholeNumberOption(1, 366), 30)
    .action(async (request: PriceReviewRequest) => describe(await withTollgate(({ reviewPrices }) => reviewPrices(request)), request))
}

function describe({ status: { bundled, published }, toReview }: PriceReview, { olderThanDays, usedWithinDays }: PriceReviewRequest): void {
  print(`List prices: ${bundled.prices}, released ${day(bundled.releasedAt)}, imported ${day(bundled.importedAt)}.`)
  const comes = `Version ${bundled.version} comes with this program`
  print(bundled.active ? `${comes} and is in force.` : `${comes} and is not in force; the server brings it in when it starts, unless it had a later one.`)
  print(`Published prices: ${published.prices}, the newest of ${day(published.newestAt)}.`)
  if (toReview.length === 0) return note(`Every model used in the last ${usedWithinDays} days has a price that is no older than ${olderThanDays} days.`)
  const columns = [
    ...['provider', 'model'].map(heading => ({ heading })),
    ...['calls', 'without a price', 'days since its price'].map(heading => ({ heading, align: 'end' as const })),
  ]
  const count = (number: number | null) => number?.toLocaleString('en') ?? '-'
  print()
  print(
    table(
      columns,
      toReview.map(({ provider, model, calls, unpricedCalls, ageDays }) => [provider, model, count(calls), count(unpricedCalls), count(ageDays)]),
    ),
  )
}

function day(instant: Temporal.Instant | null): string {
  return instant?.toString().slice(0, 10) ?? '-'
}
