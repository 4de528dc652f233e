import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

const ALERT = `id kind scope tenant { id } state raisedAt recoveredAt value threshold message details`
const RULE = `kind scope enabled threshold recoverRatio windowMinutes minimumCalls raiseAfter recoverAfter tenantThresholds { tenant { id } threshold } changedAt evaluatedAt`
const ERRORS = `... on Error { code message } ... on InvalidInputError { issues { path message } }`
const SET_RULE = `mutation ($input: SetAlertRuleInput!) { setAlertRule(input: $input) { __typename ... on SetAlertRulePayload { rule { ${RULE} } } ${ERRORS} } }`
const SET_THRESHOLD = `mutation ($input: SetAlertThresholdInput!) { setAlertThreshold(input: $input) { __typename ... on SetAlertThresholdPayload { rule { ${RULE} } } ${ERRORS} } }`

let server: GraphQLTestServer
let acme: string
let globex: string
beforeAll(async () => {
  server = await startGraphQLTestServer()
  acme = await server.keyOf('acme')
  globex = await server.keyOf('globex')
  await ask(SET_RULE, { input: { kind: 'ERROR_RATE', scope: 'INSTALLATION', enabled: true, recoverAfter: 1 } })
  await fail('acme')
  await fail('globex')
  await server.tollgate.alerts.evaluate()
  server.clock.advance({ minutes: 20 })
  await server.tollgate.alerts.evaluate()
})
afterAll(() => server.stop())

async function fail(tenantId: string): Promise<void> {
  const occurredAt = server.clock.now().subtract({ minutes: 1 })
  const events = Array.from({ length: 30 }, () => ({ operation: 'chat', status: 'failure' as const, occurredAt }))
  const tracked = await server.tollgate.usage.track({ tenantId, events })
  expect(tracked.every(({ outcome }) => outcome === 'accepted')).toBe(true)
}

const ask = async (query: string, variables: Record<string, unknown> = {}, key = server.operatorKey) => {
  const { data, errors } = await server.send(key, query, variables)
  expect(errors).toEqual([])
  return data
}

describe('alerts', () => {
  it('are listed to an operator, and to a tenant its own', async () => {
    const { alerts } = await ask(`query { alerts { nodes { ${ALERT} } } }`)
    expect(alerts.nodes.map(({ scope, tenant, state }: any) => `${scope} ${tenant?.id} ${state}`).toSorted()).toEqual([
      'INSTALLATION undefined RECOVERED',
      'TENANT acme RAISED',
      'TENANT globex RAISED',
    ])
    const own = await ask(`query { alerts { nodes { ${ALERT} } } }`, {}, acme)
    expect(own.alerts.nodes).toEqual([
      {
        id: expect.stringMatching(/^alr_[\da-f-]{36}$/),
        kind: 'ERROR_RATE',
        scope: 'TENANT',
        tenant: { id: 'acme' },
        state: 'RAISED',
        raisedAt: '2026-11-20T12:00:00Z',
        recoveredAt: null,
        value: '1',
        threshold: '0.05',
        message: 'Tenant acme: 100 % of calls failed or were rate-limited in the last 15 minutes, above the threshold of 5 %.',
        details: { calls: 30, failures: 30, rateLimited: 0 },
      },
    ])
  })

  it('are filtered by tenant, state and kind, and listed newest first in pages', async () => {
    const count = async (args: string) => (await ask(`query { alerts(${args}) { nodes { id } } }`)).alerts.nodes.length
    expect([await count('state: RAISED'), await count('state: RECOVERED'), await count('tenantId: "acme"'), await count('kind: LATENCY_P99')]).toEqual([
      2, 1, 1, 0,
    ])
    const seen: string[] = []
    for (let after: string | null = null, more = true; more;) {
      const { alerts }: any = await ask(`query ($after: String) { alerts(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`, {
        after,
      })
      seen.push(...alerts.nodes.map(({ id }: any) => id))
      after = alerts.pageInfo.endCursor
      more = alerts.pageInfo.hasNextPage
    }
    expect(seen).toEqual(seen.toSorted().toReversed())
    expect(new Set(seen).size).toBe(3)
  })

  it('are found by id only by those who can see them', async () => {
    const { alerts } = await ask(`query { alerts(first: 100) { nodes { id tenant { id } } } }`)
    const find = async (key: string) =>
      (await ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Alert { tenant { id } } } }`, { ids: alerts.nodes.map(({ id }: any) => id) }, key)).nodes
    expect((await find(globex)).filter((node: unknown) => node !== null)).toEqual([{ tenant: { id: 'globex' } }])
    expect(await find(server.operatorKey)).toHaveLength(3)
  })
})

describe('alert events', () => {
  const EVENTS = `query ($after: String) { alertEvents(first: 3, after: $after) { nodes { cursor type alert { tenant { id } state } occurredAt value threshold message details } edges { cursor } pageInfo { hasNextPage endCursor } } }`

  it('are listed in the order in which they happened, and continue after a cursor', async () => {
    const { alertEvents: first } = await ask(EVENTS)
    expect(first.nodes.map(({ type }: any) => type)).toEqual(['RAISED', 'RAISED', 'RAISED'])
    expect(first.pageInfo).toEqual({ hasNextPage: true, endCursor: first.nodes[2].cursor })
    expect(first.edges.map(({ cursor }: any) => cursor)).toEqual(first.nodes.map(({ cursor }: any) => cursor))
    const { alertEvents: rest } = await ask(EVENTS, { after: first.nodes[2].cursor })
    expect(rest.nodes).toMatchObject([
      {
        type: 'RECOVERED',
        alert: { tenant: null, state: 'RECOVERED' },
        occurredAt: '2026-11-20T12:20:00Z',
        value: null,
        message: 'The installation: recovered; there were no calls in the last 15 minutes.',
      },
    ])
    expect((await ask(EVENTS, {}, acme)).alertEvents.nodes).toMatchObject([{ type: 'RAISED', alert: { tenant: { id: 'acme' } } }])
  })

  it('load their alerts with one query', async () => {
    server.statements()
    await ask(EVENTS)
    expect(server.statements().filter(text => text.includes('alerts.alerts'))).toHaveLength(1)
  })

  it.each(['x', 'YWNtZQ', Buffer.from('-1').toString('base64url'), Buffer.from('9'.repeat(30)).toString('base64url')])('reject the cursor %j', async after => {
    const { errors } = await server.send(acme, EVENTS, { after })
    expect(errors[0]?.extensions.code).toBe('INVALID_INPUT')
  })
})

describe('alert rules', () => {
  it('are listed and changed by operators', async () => {
    const { alertRules } = await ask(`query { alertRules { ${RULE} } }`)
    expect(alertRules).toHaveLength(8)
    const { setAlertRule } = await ask(SET_RULE, { input: { kind: 'COST_ANOMALY', scope: 'TENANT', threshold: '3.5', minimumCalls: 100 } })
    expect(setAlertRule).toMatchObject({
      __typename: 'SetAlertRulePayload',
      rule: {
        kind: 'COST_ANOMALY',
        enabled: true,
        threshold: '3.5',
        recoverRatio: '0.8',
        windowMinutes: 1440,
        minimumCalls: 100,
        changedAt: '2026-11-20T12:20:00Z',
      },
    })
    const after = (await ask(`query { alertRules { ${RULE} } }`)).alertRules.find(({ kind, scope }: any) => kind === 'COST_ANOMALY' && scope === 'TENANT')
    expect(after).toMatchObject({ threshold: '3.5', changedAt: '2026-11-20T12:20:00Z' })
  })

  it('report every issue of a change', async () => {
    const { setAlertRule } = await ask(SET_RULE, { input: { kind: 'COST_ANOMALY', scope: 'TENANT', threshold: '-1', windowMinutes: 90, raiseAfter: 0 } })
    expect(setAlertRule).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path: 'threshold' }, { path: 'windowMinutes' }, { path: 'raiseAfter' }] })
    expect((await ask(SET_RULE, { input: { kind: 'QUOTA_EXCEEDED', scope: 'INSTALLATION' } })).setAlertRule).toMatchObject({ issues: [{ path: 'scope' }] })
  })

  it('accept thresholds of existing tenants', async () => {
    const set = (tenantId: string, threshold: string | null) =>
      ask(SET_THRESHOLD, { input: { kind: 'LATENCY_P99', tenantId, threshold } }).then(data => data.setAlertThreshold)
    expect((await set('globex', '9000')).rule.tenantThresholds).toEqual([{ tenant: { id: 'globex' }, threshold: '9000' }])
    expect((await set('globex', null)).rule.tenantThresholds).toEqual([])
    expect(await set('nobody', '1')).toMatchObject({ code: 'NOT_FOUND' })
    expect(await ask(SET_THRESHOLD, { input: { kind: 'VERIFICATION_FAILED', tenantId: 'acme', threshold: '1' } })).toMatchObject({
      setAlertThreshold: { code: 'INVALID_INPUT' },
    })
  })
})
