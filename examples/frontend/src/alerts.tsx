import { useQuery } from 'urql'
import { formatNumber, formatTime } from './format.ts'
import { type AlertFragment, AlertsDocument } from './gql/graphql.ts'

/** Quota alerts, latest first: those of before, and those that arrived since. */
export function Alerts({ live }: { readonly live: readonly AlertFragment[] }) {
  const [{ data }] = useQuery({ query: AlertsDocument })
  const alerts = new Map([...live, ...(data?.quotaAlerts?.nodes ?? [])].map(alert => [alert.id, alert]))
  return (
    <section aria-label="Alerts">
      <h2>Alerts</h2>
      <ul>
        {[...alerts.values()].map(({ id, metric, window, threshold, used, limit, occurredAt }) => (
          <li key={id}>
            {metric.toLowerCase()} per {window.toLowerCase()}: {threshold} % reached, {formatNumber(used)} of {formatNumber(limit)}{' '}
            <small>{formatTime(occurredAt)}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}
