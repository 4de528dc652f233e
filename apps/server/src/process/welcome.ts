import { Temporal } from '@tollgate/kernel'
import type { RunningServer } from '../start-server.ts'
import { DEMO_RANGE } from '../demo/demo-range.ts'

/** Returns what the server prints when it is ready: its address, the key to use, and a first query to paste. */
export function welcome(
  { url, operatorKey, databaseLocation }: RunningServer,
  { demo, graphiql, today }: { demo: boolean; graphiql: boolean; today: string },
): string {
  const query = demo
    ? `{ usage(range: ${range(DEMO_RANGE)}) { totals { calls cost } breakdown(by: [PROVIDER, MODEL]) { key { value } measures { calls cost tokens { total } } } } }`
    : `{ usage(range: ${range(lastThirtyDays(today))}) { totals { calls cost unpricedCalls tokens { total } } } }`
  return `
Tollgate is ready.

  GraphQL       ${url}/graphql${graphiql ? '  (GraphiQL in a browser)' : ''}
  Health        ${url}/healthz  /readyz  /metrics
  Data          ${databaseLocation}
  Operator key  ${describeKey(operatorKey)}

A first query${demo ? '' : ' (usage of the last 30 days)'}:

  curl -s ${url}/graphql \\
    -H "Authorization: Bearer ${keyForShell(operatorKey)}" \\
    -H "Content-Type: application/json" \\
    -d '${JSON.stringify({ query })}'
${demo ? '' : '\nTo try it with sample data, run: npm start -- --demo\n'}
Press Ctrl-C to stop.
`
}

function describeKey(operatorKey: RunningServer['operatorKey']): string {
  switch (operatorKey.from) {
    case 'environment':
      return 'the value of TOLLGATE_OPERATOR_KEY'
    case 'created':
      return `${operatorKey.key}\n                (new, and shown only once; saved in ${operatorKey.file})`
    case 'file':
      return `in ${operatorKey.file}`
  }
}

function keyForShell(operatorKey: RunningServer['operatorKey']): string {
  switch (operatorKey.from) {
    case 'environment':
      return '$TOLLGATE_OPERATOR_KEY'
    case 'created':
      return operatorKey.key
    case 'file':
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
