import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { freePort } from '../rolling/free-port.ts'

const KEY = 'key-of-the-metrics'
const MONITORING = fileURLToPath(new URL('../../deploy/monitoring/', import.meta.url))
/** Made by Prometheus itself. */
const OF_PROMETHEUS = new Set(['up'])

let database: TestDatabase
let server: LocalServer
let port: number

beforeAll(async () => {
  database = await createTestDatabase()
  port = await freePort()
  server = await startLocalServer({ DATABASE_URL: database.url, TOLLGATE_METRICS_PORT: String(port), TOLLGATE_METRICS_KEY: KEY })
  await server.api.ask('mutation { createTenant(input: { id: "acme", name: "Acme" }) { __typename } }')
  await server.api.ask('mutation { trackUsage(input: { tenantId: "acme", events: [{ operation: "chat" }] }) { __typename } }')
})
afterAll(async () => {
  await server?.stop()
  await database?.drop()
})

const ask = (path: string, headers: Record<string, string> = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers })
const metrics = async () => (await ask('/metrics', { authorization: `Bearer ${KEY}` })).text()

it('serves health and metrics at a port of their own, metrics with a key, and no metrics at the port of the API', async () => {
  const statuses = await Promise.all(['/healthz', '/readyz', '/metrics', '/graphql'].map(async path => (await ask(path)).status))
  expect(statuses).toEqual([200, 200, 401, 404])
  expect((await fetch(`${server.url}/metrics`)).status).toBe(404)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
})

it('measures the build, readiness, jobs, what is to be sent, and the delay of notifications', async () => {
  await database.asOwner(`select jobs.add_job('work-of-another-version', '{}', 'work', array['group'], 3600000, 1)`)
  const text = await metrics()
  for (const line of [
    /^tollgate_build_info\{version="\d+\.\d+\.\d+",commit="unknown",node="\d+\.\d+\.\d+"\} 1$/m,
    /^tollgate_ready 1$/m,
    /^tollgate_jobs\{job="work-of-another-version",state="waiting"\} 1$/m,
    /^tollgate_jobs\{job="work-of-another-version",state="failed"\} 0$/m,
    /^tollgate_job_oldest_seconds\{job="work-of-another-version"\} 0$/m,
    /^tollgate_webhook_deliveries\{state="pending"\} 0$/m,
    /^tollgate_webhook_deliveries\{state="failed"\} 0$/m,
    /^tollgate_mails\{state="pending"\} 0$/m,
    /^tollgate_notification_delay_seconds 0\.\d+$/m,
    /^tollgate_notification_disconnects_total 0$/m,
  ]) {
    expect(text).toMatch(line)
  }
})

it('has every metric of the alert rules, of the dashboard and of the guide', async () => {
  const text = await metrics()
  const known = new Set(
    [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', type]) => [
      name,
      ...(type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : []),
    ]),
  )
  const guide = await readFile(`${MONITORING}../../docs/guides/monitoring.md`, 'utf8')
  const named = [...guide.matchAll(/`(tollgate_\w+)`/g)].map(([, metric = '']) => metric)
  expect(named.length).toBeGreaterThan(15)
  expect(named.filter(metric => !known.has(metric))).toEqual([])
  const rules = parse(await readFile(`${MONITORING}alerts.yml`, 'utf8')) as { groups: { rules: { alert: string; expr: string }[] }[] }
  const dashboard = JSON.parse(await readFile(`${MONITORING}dashboard.json`, 'utf8')) as { panels: { title: string; targets: { expr: string }[] }[] }
  const queries = [
    ...rules.groups.flatMap(group => group.rules.map(({ alert, expr }) => ({ name: alert, expr }))),
    ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ name: title, expr }))),
  ]
  expect(queries.length).toBeGreaterThan(40)
  for (const { name, expr } of queries) {
    const used = metricsOf(expr)
    expect(used, name).not.toEqual([])
    expect(
      used.filter(metric => !known.has(metric) && !OF_PROMETHEUS.has(metric)),
      name,
    ).toEqual([])
  }
  // Labels of a rule that no series has would make it silent.
  const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, label]) => label))
  for (const { name, expr } of queries)
    for (const [, label = ''] of expr.matchAll(/[{,]\s*(\w+)\s*(?:=~|!~|!=|=)/g)) expect([...labels, 'instance', 'job'], `${name}: ${label}`).toContain(label)
})

it('has alert rules and a configuration that Prometheus accepts', async () => {
  const rules = parse(await readFile(`${MONITORING}alerts.yml`, 'utf8')) as { groups: { rules: Record<string, unknown>[] }[] }
  for (const rule of rules.groups.flatMap(group => group.rules)) {
    expect(rule).toMatchObject({
      alert: expect.stringMatching(/^Tollgate\w+$/),
      expr: expect.any(String),
      labels: { severity: expect.stringMatching(/^(critical|warning)$/) },
    })
    expect(rule['annotations']).toMatchObject({ summary: expect.any(String), action: expect.any(String) })
  }
  // The tool of Prometheus where it is installed (Debian: apt-get install prometheus).
  if (existsSync('/usr/bin/promtool')) await promisify(execFile)('/usr/bin/promtool', ['check', 'config', `${MONITORING}prometheus.yml`])
})

/** Returns the names of metrics in a query: words that are no function, keyword, label or number. */
function metricsOf(expr: string): string[] {
  const plain = expr.replaceAll(/\{[^}]*\}|\[[^\]]*\]|\b(?:by|on|without|ignoring)\s*\([^)]*\)/g, ' ')
  return [...plain.matchAll(/\b(up|[a-z]+_\w*)\b(?!\s*\()/g)].map(([, word = '']) => word)
}
