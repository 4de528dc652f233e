import { Temporal } from '@tollgate/kernel'
import type { RunningServer } from '../start-server.ts'
import { DEMO_RANGE } from '../demo/demo-range.ts'

/** What a person sees when the server is ready: where it is, the key to use, and a first query to paste. */
export function welcome({ url, operatorKey, databaseLocation }: RunningServer, { demo, today }: { demo: boolean; today: string }): string {
  const query = demo
    ? `{ usage(range: ${range(DEMO_RANGE)}) { totals { calls cost } breakdown(by: [PROVIDER, MODEL]) { key { value } measures { calls cost tokens { total } } } } }`
    : `{ usage(range: ${range(lastThirtyDays(today))}) { totals { calls cost unpricedCalls tokens { total } } } }`
  return `
Tollgate is ready.

  GraphQL       ${url}/graphql  (GraphiQL in a browser)
  Operations    ${url}/healthz  /readyz  /metrics
  Data          ${databaseLocation}
  Operator key  ${describeKey(operatorKey)}

A first query${demo ? '' : ', the usage of the last 30 days'}:

  curl -s ${url}/graphql \\
    -H "Authorization: Bearer ${keyForShell(operatorKey)}" \\
    -H "Content-Type: application/json" \\
    -d '${JSON.stringify({ query })}'
${demo ? '' : '\nThere is a sample to look at: npm start -- --demo\n'}
Ctrl-C stops the server.
`
}

function describeKey(operatorKey: RunningServer['operatorKey']): string {
  switch (operatorKey.from) {
    case 'environment':
      return 'the one in TOLLGATE_OPERATOR_KEY'
    case 'made':
      return `${operatorKey.key}\n                (made just now and shown this once; kept in ${operatorKey.file})`
    case 'kept':
      return `in ${operatorKey.file}`
  }
}

function keyForShell(operatorKey: RunningServer['operatorKey']): string {
  switch (operatorKey.from) {
    case 'environment':
      return '$TOLLGATE_OPERATOR_KEY'
    case 'made':
      return operatorKey.key
    case 'kept':
      return `$(cat '${operatorKey.file}')`
  }
}

function range({ from, to }: { from: string; to: string }): string {
  return `{ from: "${from}", to: "${to}" }`
}

function lastThirtyDays(today: string): { from: string; to: string } {
  const day = Temporal.PlainDate.from(today)
  return { from: `${day.subtract({ days: 29 }).toString()}T00:00:00Z`, to: `${day.add({ days: 1 }).toString()}T00:00:00Z` }
}
