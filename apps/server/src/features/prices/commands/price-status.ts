import type { Temporal } from '@tollgate/kernel'
import { overlayChanges } from '@tollgate/pricing'
import { Command } from 'commander'
import { wholeNumberOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { describeFeed } from './feed/describe-feed.ts'
import type { PriceReview, PriceReviewRequest } from '../review-prices.ts'

/** `tollgate prices status` */
export function priceStatusCommand(): Command {
  return new Command('status')
    .description('Shows how old prices are, and which models in use have no price or an old one.')
    .option('--older-than-days <days>', 'a price is old if it was published more than this many days ago', wholeNumberOption(0, 3_650), 90)
    .option('--used-within-days <days>', 'a model is in use if it was called within this many days', wholeNumberOption(1, 366), 30)
    .option('--overlay', 'instead, list what this version adds to its package of list prices or corrects in it, with the source of each change')
    .action(async ({ overlay, ...request }: PriceReviewRequest & { readonly overlay?: true }) =>
      overlay ? listOverlay() : describe(await withTollgate(({ reviewPrices }) => reviewPrices(request)), request),
    )
}

function describe({ status: { bundled, published }, feed, toReview }: PriceReview, { olderThanDays, usedWithinDays }: PriceReviewRequest): void {
  print(`List prices: ${count(bundled.prices)}, released ${day(bundled.releasedAt)}, imported ${day(bundled.importedAt)}.`)
  print(
    bundled.active
      ? `Bundled version ${bundled.version} is active.`
      : `Bundled version ${bundled.version} is not active. The server imports it at startup, unless a later version or list is active.`,
  )
  for (const line of describeFeed(feed)) print(line)
  const changes = overlayChanges()
  const [missing, wrong] = [changes.filter(({ because }) => because === 'missing'), changes.filter(({ because }) => because === 'wrong')]
  print(`That version adds ${count(missing.length)} prices to its package and corrects ${count(wrong.length)}; --overlay lists them with their sources.`)
  print(`Published prices: ${published.prices === 0 ? 'none' : `${count(published.prices)}, the last one on ${day(published.newestAt)}`}.`)
  if (toReview.length === 0) return note(`Every model used in the last ${usedWithinDays} days has a price, none older than ${olderThanDays} days.`)
  const columns = [
    ...['provider', 'model'].map(heading => ({ heading })),
    ...['calls', 'unpriced calls', 'days since its price'].map(heading => ({ heading, align: 'end' as const })),
  ]
  print()
  print(
    table(
      columns,
      toReview.map(({ provider, model, calls, unpricedCalls, ageDays }) => [provider, model, count(calls), count(unpricedCalls), count(ageDays)]),
    ),
  )
}

function listOverlay(): void {
  const columns = ['provider', 'model', 'in the package', 'change', 'read on', 'source'].map(heading => ({ heading }))
  const rows = overlayChanges().map(({ provider, model, because, change, checkedAt, source }) => [provider, model, because, change, checkedAt, source])
  print(table(columns, rows))
}

function count(number: number | null): string {
  return number?.toLocaleString('en') ?? '-'
}

function day(instant: Temporal.Instant | null): string {
  return instant?.toString().slice(0, 10) ?? '-'
}
