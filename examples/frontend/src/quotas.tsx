import { useQuery } from 'urql'
import { formatNumber, formatTime } from './format.ts'
import { QuotasDocument } from './gql/graphql.ts'
import { LimitForm } from './limit-form.tsx'
import { Problem } from './problem.tsx'

/** Each quota as a bar. A changed limit shows at once, because quotas have an id in the cache. */
export function Quotas() {
  const [{ data, error }] = useQuery({ query: QuotasDocument })
  if (error) return <Problem error={error} />
  return (
    <section aria-label="Quotas">
      <h2>Quotas</h2>
      {data?.quotaStatus?.quotas.map(({ id, metric, window, used, limit, percentage, resetsAt }) => (
        <div key={id} className="quota">
          <span>
            {metric.toLowerCase()} per {window.toLowerCase()}
          </span>
          <meter min={0} max={100} high={80} optimum={0} value={Number(percentage ?? 0)} aria-label={`${metric} per ${window}`} />
          <span>
            {formatNumber(used)} of {limit === null ? 'unlimited' : formatNumber(limit)}
          </span>
          <small>until {formatTime(resetsAt)}</small>
        </div>
      ))}
      <LimitForm />
    </section>
  )
}
