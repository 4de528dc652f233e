import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TRACE_FILE, TRACE_TOTALS } from '../kit/acknowledged-sender.ts'
import { runCommand } from '../kit/command.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { OPERATOR_KEY } from '../kit/server-process.ts'
import { traceDayTotals } from '../kit/usage-totals.ts'

let database: TestDatabase
let server: LocalServer

beforeAll(async () => {
  database = await createTestDatabase()
  server = await startLocalServer({ DATABASE_URL: database.url })
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
})

const replay = (...args: string[]) => runCommand(['replay', TRACE_FILE, '--url', `${server.url}/graphql`, ...args], { TOLLGATE_OPERATOR_KEY: OPERATOR_KEY })

let report: string

it('records the whole trace, with exact totals', async () => {
  const { exitCode, stdout, stderr } = await replay()
  expect(stderr).toContain('8,819 ACCEPTED, 0 DUPLICATE, 0 CONFLICT, 0 REJECTED')
  expect(stdout).toContain('The totals match the file exactly: 8,819 requests, 18,059,974 input tokens, 245,896 output tokens.')
  expect(exitCode).toBe(0)
  expect(await traceDayTotals(server.api)).toEqual(TRACE_TOTALS)
  report = stdout
})

it('breaks the cost down into parts that add up to the total', () => {
  const total = Number(/([\d.]+) USD/.exec(report)?.[1])
  for (const title of ['Cost by provider', 'Cost by organization and product', 'Daily trend']) {
    const rows = tableBelow(title)
    expect(rows.reduce((sum, row) => sum + number(row.at(-3)), 0)).toBe(8_819)
    expect(rows.reduce((sum, row) => sum + number(row.at(-1)), 0)).toBeCloseTo(total, 4)
  }
  expect(tableBelow('Cost by customer')).toHaveLength(10)
  expect(tableBelow('Features').reduce((sum, row) => sum + number(row[2]), 0)).toBe(8_819)
})

it('records nothing when it runs again with other batch sizes', async () => {
  const { exitCode, stdout, stderr } = await replay('--batch', '250', '--concurrency', '4')
  expect(stderr).toContain('0 ACCEPTED, 8,819 DUPLICATE, 0 CONFLICT, 0 REJECTED')
  expect(exitCode).toBe(0)
  expect(stdout).toBe(report)
})

it('reports totals that do not match the file', async () => {
  await server.api.ask(
    `mutation { trackUsage(input: { tenantId: "demo-1", events: [{ operation: "stray", occurredAt: "2023-11-16T12:00:00Z", tokens: { input: 1 }, metadata: { organizationId: "demo-1-org-1" } }] }) { __typename } }`,
  )
  const { exitCode, stdout } = await replay('--batch', '1000')
  expect(stdout).toContain(
    'The totals do not match the file: 8,819 requests in the file, 8,820 in the server; 18,059,974 input tokens in the file, 18,059,975 in the server.',
  )
  expect(exitCode).toBe(1)
})

it('uses different tenants for another seed, and shifts the trace to the last day', async () => {
  const { exitCode, stdout } = await replay('--seed', '7', '--tenants', '2', '--batch', '1000', '--shift-to-now')
  expect(stdout).toContain('The totals match the file exactly')
  expect(exitCode).toBe(0)
})

it.each([
  { args: [], environment: { TOLLGATE_OPERATOR_KEY: 'a-key-that-nobody-has-made' }, says: /The API key is unknown/ },
  { args: ['--batch', '1001'], environment: {}, says: /sizes from 1 to 1,000/ },
  { args: ['--concurrency', '0'], environment: {}, says: /whole number from 1 to 256/ },
])('reports an error in one sentence: $args', async ({ args, environment, says }) => {
  const { exitCode, stderr } = await runCommand(['replay', TRACE_FILE, '--url', `${server.url}/graphql`, ...args], {
    TOLLGATE_OPERATOR_KEY: OPERATOR_KEY,
    ...environment,
  })
  expect(stderr).toMatch(says)
  expect(stderr).not.toMatch(/^ +at /m)
  expect(exitCode).toBe(1)
})

/** Returns the cells of the table below a title. */
function tableBelow(title: string): string[][] {
  const lines = report.slice(report.indexOf(`\n${title}`) + 1).split('\n')
  const [, , , ...rows] = lines.slice(0, lines.indexOf(''))
  return rows.map(row => row.split(/ {2,}/))
}

function number(cell: string | undefined): number {
  return Number(cell?.replaceAll(',', ''))
}
