import { type UIEvent, useEffect, useState } from 'react'
import { useQuery } from 'urql'
import { formatNumber, formatTime } from './format.ts'
import { EventsDocument } from './gql/graphql.ts'

/** The events of the last 30 days, newest first. Scrolling to the end loads the next page. */
export function Events() {
  const [range] = useState(() => ({ from: new Date(Date.now() - 30 * 86_400_000).toISOString(), to: new Date().toISOString() }))
  const [pages, setPages] = useState<readonly (string | undefined)[]>([undefined])
  const [next, setNext] = useState<string>()

  function loadMore({ currentTarget: { scrollTop, clientHeight, scrollHeight } }: UIEvent) {
    if (next !== undefined && !pages.includes(next) && scrollTop + clientHeight > scrollHeight - 50) setPages([...pages, next])
  }

  return (
    <section aria-label="Events">
      <h2>Events</h2>
      <div className="events" onScroll={loadMore}>
        <table>
          <tbody>
            {pages.map((after, i) => (
              <Page key={after ?? ''} range={range} after={after} onNext={i === pages.length - 1 ? setNext : undefined} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

interface PageProps {
  readonly range: { readonly from: string; readonly to: string }
  readonly after: string | undefined
  readonly onNext: ((cursor: string | undefined) => void) | undefined
}

function Page({ range, after, onNext }: PageProps) {
  const [{ data }] = useQuery({ query: EventsDocument, variables: { range, after } })
  const { nodes = [], pageInfo } = data?.usageEvents ?? {}
  const next = pageInfo?.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined
  useEffect(() => onNext?.(next), [next, onNext])
  return nodes.map(({ id, occurredAt, operation, model, status, tokens }) => (
    <tr key={id}>
      <td>{formatTime(occurredAt)}</td>
      <td>{operation}</td>
      <td>{model}</td>
      <td className="number">{tokens ? formatNumber(tokens.total) : ''}</td>
      <td>{status === 'SUCCESS' ? '' : status.toLowerCase()}</td>
    </tr>
  ))
}
