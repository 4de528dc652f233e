import type { Temporal } from '@tollgate/kernel'
import type { FeedStatus, PriceChange, RateMove } from '@tollgate/pricing'
import { table } from '../../../../cli/table.ts'

/** Describes the feed and the age of the list prices, one sentence a line. */
export function describeFeed({ configured, accepted, lastCheck, pending, listDate, listAgeDays, listIsOld }: FeedStatus): readonly string[] {
  const lines: string[] = []
  if (listDate !== null) {
    const advice = configured ? '' : '; install a newer version of Tollgate, or set TOLLGATE_PRICES_URL'
    lines.push(`List prices were checked on ${day(listDate)}, ${days(listAgeDays ?? 0)} ago${listIsOld ? `. That is more than 14 days${advice}` : ''}.`)
  }
  if (lastCheck) {
    const { url, checkedAt, state, problem } = lastCheck
    lines.push(`Price feed: ${state}, checked ${checkedAt.toString()} at ${url}.${problem === null ? '' : ` ${problem}`}`)
  } else lines.push(configured ? 'Price feed: not checked yet.' : 'Price feed: off (TOLLGATE_PRICES_URL is not set).')
  if (accepted) lines.push(`Fetched list: version ${accepted.version} of ${day(accepted.date)}, accepted ${accepted.acceptedAt.toString()}.`)
  if (pending.length > 0) {
    lines.push(
      `Prices of ${pending.length} ${pending.length === 1 ? 'model' : 'models'} move by more than 30 % and wait for your decision; "prices changes" shows them.`,
    )
  }
  return lines
}

/** Formats changes as a table with a row for each rate. */
export function describeChanges(changes: readonly PriceChange[]): string {
  const columns = [
    ...['change', 'provider', 'model', 'served', 'rate'].map(heading => ({ heading })),
    { heading: 'active', align: 'end' as const },
    { heading: 'new', align: 'end' as const },
    { heading: 'from' },
  ]
  const rows = changes.flatMap(({ id, provider, model, moves }) =>
    (moves.length > 0 ? moves : [undefined]).map(move => [id, provider, model, move?.served ?? '', rateOf(move), ...amountsOf(move)]),
  )
  return table(columns, rows)
}

function rateOf(move: RateMove | undefined): string {
  if (move === undefined) return 'order of the list'
  return move.above === null ? move.rate : `${move.rate} above ${move.above.toLocaleString('en')}`
}

function amountsOf(move: RateMove | undefined): string[] {
  return [move?.before?.toFixed() ?? '-', move?.after?.toFixed() ?? '-', move?.from ? day(move.from) : '-']
}

function days(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'day' : 'days'}`
}

function day(instant: Temporal.Instant): string {
  return instant.toString().slice(0, 10)
}
