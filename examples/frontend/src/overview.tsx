import { useQuery } from 'urql'
import { formatChange, formatMoney, formatNumber } from './format.ts'
import { OverviewDocument } from './gql/graphql.ts'
import { Problem } from './problem.tsx'

/** Totals of the last 30 days, a bar for each day, and the largest models with all others as one. */
export function Overview({ callsToday }: { readonly callsToday: number | undefined }) {
  const [{ data, error }] = useQuery({ query: OverviewDocument })
  if (error) return <Problem error={error} />
  if (!data?.usage) return <p>Loading…</p>
  const { totals, change, series, groups } = data.usage
  const largest = Math.max(1, ...series.map(({ measures }) => measures.calls))
  const rows = [
    ...groups.groups.map(({ key, measures }) => ({ name: key[0]?.value ?? '(no model)', ...measures })),
    ...(groups.other ? [{ name: `Other (${groups.groupCount - groups.groups.length})`, ...groups.other }] : []),
  ]
  return (
    <section aria-label="Overview">
      <dl className="tiles">
        <Tile name="Calls" value={formatNumber(totals.calls)} note={formatChange(change?.calls)} />
        <Tile name="Tokens" value={formatNumber(totals.tokens.total)} />
        <Tile name="Charge" value={formatMoney(totals.charge, totals.currency)} note={formatChange(change?.charge)} />
        <Tile name="Calls today" value={callsToday === undefined ? '…' : formatNumber(callsToday)} note="live" />
      </dl>
      <h2>Calls per day</h2>
      <ol className="chart">
        {series.map(({ start, measures: { calls } }) => (
          <li key={start} title={`${start.slice(0, 10)}: ${calls} calls`} style={{ height: `${(100 * calls) / largest}%` }} />
        ))}
      </ol>
      <h2>Models</h2>
      <table>
        <thead>
          <tr>
            <th>Model</th>
            <th className="number">Calls</th>
            <th className="number">Charge</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, calls, charge }) => (
            <tr key={name}>
              <td>{name}</td>
              <td className="number">{formatNumber(calls)}</td>
              <td className="number">{formatMoney(charge, totals.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Tile({ name, value, note }: { readonly name: string; readonly value: string; readonly note?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value} <small>{note}</small>
      </dd>
    </div>
  )
}
