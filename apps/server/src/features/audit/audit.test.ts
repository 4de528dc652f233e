import { KEY_SCOPES } from '../accounts/key-scopes.ts'
import { ApiKeyId } from '../accounts/ids.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphQLTestServer, startGraphQLTestServer } from '../../graphql/testing/graphql-test-server.ts'

let server: GraphQLTestServer
let acme: string
let globex: string
let outsider: string

beforeAll(async () => {
  server = await startGraphQLTestServer()
  acme = await server.keyOf('acme')
  globex = await server.keyOf('globex')
  await server.tollgate.accounts.createTenant({ id: 'outsider', name: 'Outsider' })
  outsider = await server.keyOf('outsider')
  // The logs begin with the events of these tests.
  const tables = ['events', 'event_keys', 'personal_data', 'heads'].flatMap(name => [`audit.${name}`, `audit.installation_${name}`])
  await server.test.asOwner(`truncate ${tables.join(', ')}`)
})
afterAll(() => server.stop())

const RESULTS =
  '... on RecordAuditEventsPayload { results { outcome reason event { id sequence eventType actor { kind id } result details ipAddress hash } } } ... on Error { code message }'
const record = async (key: string, events: readonly object[], tenantId?: string) => {
  const { data, errors } = await server.send(key, `mutation ($input: RecordAuditEventsInput!) { recordAuditEvents(input: $input) { ${RESULTS} } }`, {
    input: { tenantId, events },
  })
  return data?.recordAuditEvents ?? errors
}
const query = async (key: string, text: string) => {
  const { data, errors } = await server.send(key, `{ result: ${text} }`)
  return errors === undefined || errors.length === 0 ? data.result : errors.map(({ extensions, message }) => `${extensions.code} ${message}`)
}

describe('audit events', () => {
  it('are recorded once, and an invalid one does not affect the others', async () => {
    const created = {
      idempotencyKey: 'k1',
      family: 'trial',
      action: 'created',
      actorId: 'ana',
      ipAddress: '203.0.113.7',
      details: { plan: 'trial', password: 'hunter2' },
      personalDetails: { email: 'a@example.com' },
    }
    const { results } = await record(acme, [
      created,
      created,
      { ...created, action: 'expired' },
      { family: 'no family', action: 'x' },
      { family: 'key', action: 'used', result: 'DENIED' },
    ])
    expect(results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['ACCEPTED', 'DUPLICATE', 'CONFLICT', 'REJECTED', 'ACCEPTED'])
    expect(results[0].event).toEqual({
      id: 'aud_acme:1',
      sequence: 1,
      eventType: 'trial.created',
      actor: { kind: 'USER', id: 'ana' },
      result: 'SUCCESS',
      details: { plan: 'trial', password: '[redacted]', email: 'a@example.com' },
      ipAddress: '203.0.113.7',
      hash: expect.stringMatching(/^[\da-f]{64}$/),
    })
    expect(results[3]).toMatchObject({ event: null, reason: 'family: must consist of letters, digits and underscores, and start with a letter' })
    expect(results[4].event).toMatchObject({ id: 'aud_acme:2', actor: { kind: 'KEY', id: expect.stringMatching(/^key_/) } })
  })

  it('name the key that reported them, also if they name another actor', async () => {
    await server.tollgate.accounts.createTenant({ id: 'watched', name: 'Watched' })
    const watched = await server.keyOf('watched')
    const reported = await record(watched, [
      { family: 'key', action: 'revoked', actorId: 'admin', reportedBy: 'server' },
      { family: 'key', action: 'revoked', actorId: 'admin', actor: { kind: 'system', id: null } },
      { family: 'key', action: 'revoked', actorId: 'admin' },
    ])
    expect(reported.results.map(({ reason }: { reason: string }) => reason)).toEqual([
      'reportedBy: is not a field of an audit event',
      'actor: is not a field of an audit event',
      null,
    ])
    expect(await query(watched, 'auditTrail { nodes { eventType reportedBy } }')).toEqual({
      nodes: [
        { eventType: 'key.revoked', reportedBy: expect.stringMatching(/^key_/) },
        { eventType: 'key.created', reportedBy: null },
        { eventType: 'tenant.created', reportedBy: null },
      ],
    })
    expect(await query(watched, 'auditVerification { valid }')).toEqual({ valid: true })
  })

  it('that are invalid are rejected one by one, and their issues name the fields', async () => {
    const event = { family: 'a', action: 'b' }
    const wrong = [
      { family: 7 },
      { details: { text: 'a\u0000b' } },
      { occurredAt: 'soon' },
      { result: 'MAYBE' },
      { resourceId: 'r' },
      { resourceType: '', actorId: '' },
    ]
    const { data } = await server.send(
      server.operatorKey,
      'mutation ($input: RecordAuditEventsInput!) { recordAuditEvents(input: $input) { ... on RecordAuditEventsPayload { results { outcome issues { path } } } } }',
      { input: { tenantId: 'watched', events: [...wrong.map(fields => ({ ...event, ...fields })), null, 'text', event] } },
    )
    const { results } = data.recordAuditEvents as { results: { outcome: string; issues: { path: string }[] }[] }
    expect(results.map(({ outcome }) => outcome)).toEqual([...Array.from({ length: 8 }, () => 'REJECTED'), 'ACCEPTED'])
    expect(results.map(({ issues }) => issues.map(({ path }) => path))).toEqual([
      ['family'],
      ['details.text'],
      ['occurredAt'],
      ['result'],
      ['resourceType'],
      expect.arrayContaining(['resourceType', 'actorId']),
      [''],
      [''],
      [],
    ])
  })

  it('of an operator that names no tenant are in the log of the installation, which tenants cannot read', async () => {
    const { results } = await record(server.operatorKey, [{ family: 'key', action: 'created' }])
    expect(results[0].event).toMatchObject({ id: 'aud_:1', sequence: 1, actor: { kind: 'KEY', id: 'configured operator key' } })
    expect(await query(server.operatorKey, 'auditTrail { nodes { id tenant { id } } }')).toEqual({ nodes: [{ id: 'aud_:1', tenant: null }] })
    expect(await query(acme, 'node(id: "aud_:1") { id }')).toBeNull()
    expect(await query(server.operatorKey, 'node(id: "aud_:1") { id }')).toEqual({ id: 'aud_:1' })
  })

  it('of another tenant can be neither read nor recorded', async () => {
    expect(await record(outsider, [{ family: 'a', action: 'b' }], 'acme')).toMatchObject({ code: 'FORBIDDEN' })
    expect(await query(globex, 'auditTrail { nodes { id } }')).toEqual({ nodes: [] })
    expect(await query(outsider, 'node(id: "aud_acme:1") { id }')).toBeNull()
    expect(await query(outsider, 'auditTrail(tenantId: "acme") { nodes { id } }')).toEqual([expect.stringContaining('FORBIDDEN')])
    expect(await query(server.operatorKey, 'auditTrail(tenantId: "nobody") { nodes { id } }')).toEqual([expect.stringContaining('NOT_FOUND')])
  })

  it('are limited in number and size', async () => {
    expect(await record(acme, [])).toMatchObject({ code: 'INVALID_INPUT' })
    const { results } = await record(acme, [
      { family: 'a', action: 'b', details: { text: 'x'.repeat(20_000) } },
      { family: 'a', action: 'b', details: [1] },
    ])
    expect(results.map(({ reason }: { reason: string }) => reason)).toEqual([
      expect.stringContaining('details: must be at most 16,384 bytes'),
      'details: must be an object',
    ])
  })
})

describe('reports', () => {
  beforeAll(async () => {
    await record(
      server.operatorKey,
      [
        { family: 'trial', action: 'created', occurredAt: '2026-11-19T12:00:00Z' },
        { family: 'error', action: 'apiError', result: 'FAILURE', errorMessage: 'Connection timeout', occurredAt: '2026-11-10T12:00:00Z' },
        { family: 'security', action: 'signingKeyRotated', occurredAt: '2026-10-01T12:00:00Z' },
        { family: 'key', action: 'used', result: 'DENIED', resourceType: 'api_key', resourceId: 'key_1', occurredAt: '2026-11-18T12:00:00Z' },
      ],
      'globex',
    )
  })

  it('list the trail of the last days, filtered and page by page', async () => {
    expect(await query(globex, 'auditTrail { nodes { eventType } }')).toEqual({ nodes: [{ eventType: 'trial.created' }, { eventType: 'key.used' }] })
    expect(await query(globex, 'auditTrail(days: 60, filter: { results: [DENIED, FAILURE], families: null }) { nodes { sequence } }')).toEqual({
      nodes: [{ sequence: 4 }, { sequence: 2 }],
    })
    expect(await query(globex, 'auditTrail(days: 60, filter: { resourceIds: ["key_1"] }) { nodes { resource { type id } } }')).toEqual({
      nodes: [{ resource: { type: 'api_key', id: 'key_1' } }],
    })
    const first = await query(globex, 'auditTrail(days: 60, first: 3) { nodes { sequence } pageInfo { hasNextPage endCursor } }')
    expect(first.nodes.map(({ sequence }: { sequence: number }) => sequence)).toEqual([1, 4, 2])
    expect(await query(globex, `auditTrail(days: 60, first: 3, after: "${first.pageInfo.endCursor}") { nodes { sequence } pageInfo { hasNextPage } }`)).toEqual(
      {
        nodes: [{ sequence: 3 }],
        pageInfo: { hasNextPage: false },
      },
    )
    expect(await query(globex, 'auditTrail(after: "x") { nodes { id } }')).toEqual([expect.stringContaining('is not a cursor of this list')])
    expect(await query(globex, 'auditTrail(days: 0) { nodes { id } }')).toEqual([expect.stringContaining('days: must be from 1 to 3,660')])
  })

  it('list failed operations and security events', async () => {
    expect(await query(globex, 'failedOperations { nodes { eventType errorMessage } }')).toEqual({
      nodes: [{ eventType: 'error.apiError', errorMessage: 'Connection timeout' }],
    })
    expect(await query(globex, 'securityEvents { nodes { eventType result } }')).toEqual({
      nodes: [
        { eventType: 'key.used', result: 'DENIED' },
        { eventType: 'security.signingKeyRotated', result: 'SUCCESS' },
      ],
    })
  })

  it('count events by type and result', async () => {
    const range = '{ from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }'
    expect(
      await query(globex, `auditReport(range: ${range}) { totalEvents successCount failureCount deniedCount successRate eventsByType { eventType count } }`),
    ).toEqual({
      totalEvents: 3,
      successCount: 1,
      failureCount: 1,
      deniedCount: 1,
      successRate: 1 / 3,
      eventsByType: ['error.apiError', 'key.used', 'trial.created'].map(eventType => ({ eventType, count: 1 })),
    })
  })
})

describe('erasure', () => {
  it('removes the personal data of a person, and the log stays valid', async () => {
    const event = {
      family: 'trial',
      action: 'created',
      details: { plan: 'trial', email: 'ben@example.com' },
      after: { firstName: 'Ben' },
      ipAddress: '203.0.113.9',
    }
    await record(acme, [{ ...event, subjectId: 'ben' }])
    const latest = async () => (await query(acme, 'auditTrail(first: 2) { nodes { eventType details after ipAddress actor { id } resource { id } } }')).nodes
    expect((await latest())[0]).toMatchObject({ details: event.details, after: event.after, ipAddress: event.ipAddress })
    const erase = async (key: string, input: object) => {
      const { data, errors } = await server.send(
        key,
        'mutation ($input: EraseAuditSubjectInput!) { eraseAuditSubject(input: $input) { ... on EraseAuditSubjectPayload { erased event { eventType } } ... on Error { code } } }',
        { input },
      )
      return data?.eraseAuditSubject ?? errors[0]?.extensions.code
    }
    expect(await erase(outsider, { tenantId: 'acme', subjectId: 'ben' })).toEqual({ code: 'FORBIDDEN' })
    expect(await erase(await server.keyOf('acme', ['audit:read']), { subjectId: 'ben' })).toEqual({ code: 'FORBIDDEN' })
    expect(await erase(acme, { subjectId: 'ben' })).toEqual({ erased: true, event: { eventType: 'security.personalDataErased' } })
    expect(await erase(acme, { subjectId: 'ben' })).toMatchObject({ erased: false })
    const trail = (await query(acme, 'auditTrail(filter: { families: ["trial"] }, first: 50) { nodes { details after ipAddress } }')).nodes
    expect(JSON.stringify(trail)).not.toMatch(/ben@example|Ben|203\.0\.113\.9/)
    expect(trail).toContainEqual({ details: { plan: 'trial' }, after: null, ipAddress: null })
    expect(await query(acme, 'auditVerification { valid }')).toEqual({ valid: true })
  })
})

describe('verification', () => {
  const VERIFICATION = 'auditVerification { valid events firstInvalid { sequence lastSequence reason message } }'

  it('says that a log is intact, and names the first broken place of one that a superuser changed', async () => {
    expect(await query(globex, VERIFICATION)).toEqual({ valid: true, events: 4, firstInvalid: null })
    await server.test.asOwner(`update audit.events set result = 'success' where tenant_id = 'globex' and sequence = 2`)
    expect(await query(globex, VERIFICATION)).toEqual({
      valid: false,
      events: 1,
      firstInvalid: { sequence: 2, lastSequence: 2, reason: 'CHANGED', message: 'The content of entry 2 does not match its hash.' },
    })
    expect(await query(acme, VERIFICATION)).toMatchObject({ valid: true })
    expect(await query(server.operatorKey, VERIFICATION)).toMatchObject({ valid: true, events: 1 })
  })
})

describe('calls of trackUsage and quota decisions', () => {
  it('are one event per key and minute, with their counts', async () => {
    await server.tollgate.accounts.createTenant({ id: 'initech', name: 'Initech' })
    const key = await server.keyOf('initech')
    const track = (events: readonly object[]) =>
      server.send(key, 'mutation ($events: [UsageEventInput!]!) { trackUsage(input: { events: $events }) { __typename } }', { events })
    await Promise.all(
      [1, 2, 3].map(i =>
        track([
          { operation: 'chat', idempotencyKey: 'same' },
          { operation: 'chat', idempotencyKey: `k${i}` },
        ]),
      ),
    )
    await track([{ operation: 'chat', latencyMs: -1 }])
    const requests = 'requests: [{ metric: REQUESTS, amount: "1" }]'
    const reserved = await server.send(key, `mutation { reserveQuotas(input: { ${requests} }) { ... on ReserveQuotasPayload { reservation { id } } } }`)
    await server.send(key, `mutation { settleReservation(input: { id: "${reserved.data?.reserveQuotas.reservation.id}" }) { __typename } }`)
    await server.send(key, `mutation { enforceQuotas(input: { ${requests} }) { __typename } }`)
    server.clock.advance({ minutes: 3 })
    await server.tollgate.activity.flush()
    expect(await server.tollgate.activity.recordMinutes()).toBe(2)
    const { nodes } = await query(
      key,
      'auditTrail(filter: { families: ["usage", "quota"] }) { nodes { eventType occurredAt actor { kind id } result count details } }',
    )
    const common = { occurredAt: '2026-11-20T12:00:00Z', actor: { kind: 'KEY', id: expect.stringMatching(/^key_/) }, result: 'SUCCESS' }
    expect(nodes.toSorted((a: { count: number }, b: { count: number }) => a.count - b.count)).toEqual([
      { ...common, eventType: 'quota.decided', count: 3, details: { reserved: 1, settled: 1, checked: 1 } },
      { ...common, eventType: 'usage.tracked', count: 4, details: { events: 7, accepted: 4, duplicate: 2, conflict: 0, rejected: 1 } },
    ])
  })
})

describe('refused attempts', () => {
  const refusals = async (key: string, tenantId?: string) => {
    await server.tollgate.attempts.write()
    const { nodes } = await query(
      key ?? '',
      `securityEvents(${tenantId === undefined ? 'first: 50' : `tenantId: "${tenantId}"`}) { nodes { eventType result errorMessage count actor { id } details } }`,
    )
    return nodes as { eventType: string; count: number; errorMessage: string; actor: { id: string | null } }[]
  }
  const me = '{ viewer { __typename } }'

  it('with unknown keys are in the log of the installation, those with a revoked key in the log of its tenant', async () => {
    await server.tollgate.accounts.createTenant({ id: 'umbrella', name: 'Umbrella' })
    const { apiKey, secret: revoked } = await server.tollgate.accounts.createApiKey({ tenantId: 'umbrella', name: 'old' }, new Set(KEY_SCOPES))
    await server.tollgate.accounts.revokeApiKey(apiKey.id)
    await server.send(revoked, me)
    await server.send('tg_AAAAAAAA_not-a-key', me)
    await server.send('a-password', me)
    await server.send(null, me)
    expect((await refusals(server.operatorKey)).filter(({ eventType }) => eventType === 'security.authenticationFailed').map(({ actor }) => actor.id)).toEqual([
      null,
      'tg_AAAAAAAA',
    ])
    expect(await refusals(server.operatorKey, 'umbrella')).toMatchObject([
      { eventType: 'security.authenticationFailed', actor: { id: ApiKeyId.encode(apiKey.id) }, errorMessage: expect.stringContaining('revoked') },
    ])
  })

  it('without a scope, for another tenant and over a quota are in the log of the tenant of the key, once and then counted', async () => {
    await server.tollgate.accounts.createTenant({ id: 'hooli', name: 'Hooli' })
    await server.tollgate.quotas.setQuota({ tenantId: 'hooli', metric: 'requests', window: 'day', limit: '1' })
    const [reader, user] = [await server.keyOf('hooli', ['usage:read', 'audit:read']), await server.keyOf('hooli', ['quotas:use'])]
    const range = 'range: { from: "2026-11-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }'
    for (let i = 0; i < 3; i++) await server.send(reader, 'mutation { trackUsage(input: { events: [{ operation: "chat" }] }) { __typename } }')
    await server.send(reader, `{ usage(tenantId: "globex", ${range}) { totals { calls } } }`)
    const requests = 'requests: [{ metric: REQUESTS, amount: "2" }]'
    await server.send(user, `mutation { enforceQuotas(input: { ${requests} }) { __typename } }`)
    await server.send(user, `mutation { reserveQuotas(input: { ${requests} }) { __typename } }`)
    server.clock.advance({ minutes: 1 })
    const events = await refusals(reader)
    expect(events.map(({ eventType, count }) => `${eventType} ${count}`).sort()).toEqual([
      'error.quotaExceeded 1',
      'error.quotaExceeded 1',
      'security.permissionDenied 1',
      'security.permissionDenied 3',
    ])
    expect(events.find(({ eventType }) => eventType === 'error.quotaExceeded')?.errorMessage).toBe('The requests quota of 1 is used up.')
    // The first with its details, and the two others of the same minute as one count.
    const ofOutsider = await refusals(server.operatorKey, 'outsider')
    expect(ofOutsider.filter(({ eventType }) => eventType === 'security.permissionDenied').map(({ count }) => count)).toEqual([2, 1])
  })
})
