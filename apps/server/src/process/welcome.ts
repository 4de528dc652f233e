import type { RunningServer } from '../start-server.ts'

/** Returns what the server prints when it is ready: its address, the key to use, and a first query to paste. */
export function welcome({ url, operatorKey, signInUrl, databaseLocation }: RunningServer, { demo, graphiql }: { demo: boolean; graphiql: boolean }): string {
  const query = demo
    ? `{ usage(period: LAST_30_DAYS) { totals { calls cost } breakdown(by: [PROVIDER, MODEL]) { key { value } measures { calls cost tokens { total } } } } }`
    : `{ usage(period: LAST_30_DAYS) { totals { calls cost unpricedCalls tokens { total } } } }`
  return `
Tollgate is ready.

${signInUrl === undefined ? '' : `  Dashboard     ${describeSignIn(signInUrl, operatorKey)}\n`}  GraphQL       ${url}/graphql${graphiql ? '  (GraphiQL in a browser)' : ''}
  Health        ${url}/healthz  /readyz  /metrics
  Data          ${databaseLocation}
  Operator key  ${describeKey(operatorKey)}

A first query (usage of the last 30 days):

  curl -s ${url}/graphql \\
    -H "Authorization: Bearer ${keyForShell(operatorKey)}" \\
    -H "Content-Type: application/json" \\
    -d '${JSON.stringify({ query })}'
${demo ? '' : '\nTo try it with sample data, run: npm start -- --demo\n'}
Press Ctrl-C to stop.
`
}

function describeSignIn(signInUrl: string, { from }: RunningServer['operatorKey']): string {
  return from === 'environment' ? `${signInUrl}  (with the operator key)` : `${signInUrl}\n                (signs you in, once)`
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
