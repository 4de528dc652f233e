import { isUnionType, getNamedType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schema } from '../schema.ts'
import { type GraphQLTestServer, startGraphQLTestServer } from '../testing/graphql-test-server.ts'

let server: GraphQLTestServer
beforeAll(async () => {
  server = await startGraphQLTestServer()
})
afterAll(() => server.stop())

const RESULT = '{ __typename ... on Error { code message } ... on InvalidInputError { issues { path code message } } }'
const send = (query: string, variables: Record<string, unknown> = {}) => server.send(server.operatorKey, query, variables)

const WRONG = { tenantId: 'acme', metric: 'TOKENS', window: 'DAY', operation: '', limit: '1,5', alertAt: ['50', '-5'], validFrom: 'tomorrow', colour: 'red' }
const LITERAL = '{ tenantId: "acme", metric: TOKENS, window: DAY, operation: "", limit: "1,5", alertAt: ["50", "-5"], validFrom: "tomorrow", colour: "red" }'
const ISSUES = [
  ['limit', 'WRONG_FORMAT', 'must be a decimal number with a point, such as "0.0135", with at most 20 digits before the point and 24 after it, not "1,5"'],
  ['validFrom', 'WRONG_FORMAT', 'must be a time in RFC 3339 with an offset, such as "2026-11-20T09:30:00Z", not "tomorrow"'],
  ['colour', 'UNKNOWN_FIELD', 'is not a field of SetQuotaInput'],
  ['operation', 'WRONG_LENGTH', 'must be 1 to 256 characters without control characters'],
  ['alertAt[1]', 'OUT_OF_RANGE', 'must be a decimal of 0 or more, such as "10000" or "0.5"'],
  ['alertAt', 'OUT_OF_RANGE', 'must be distinct percentages above 0 and at most 1000'],
].map(([path, code, message]) => ({ path, code, message }))

describe('all issues of an input come together as a typed result, with a code, a path and a sentence,', () => {
  it.each([
    ['in a variable', `mutation ($input: SetQuotaInput!) { result: setQuota(input: $input) ${RESULT} }`, { input: WRONG }],
    ['in the text of the document', `mutation { result: setQuota(input: ${LITERAL}) ${RESULT} }`, {}],
    [
      'in variables of single fields',
      `mutation ($limit: Decimal, $from: DateTime, $alertAt: [Decimal!], $operation: String) {
        result: setQuota(input: { tenantId: "acme", metric: TOKENS, window: DAY, operation: $operation, limit: $limit, alertAt: $alertAt, validFrom: $from, colour: "red" }) ${RESULT}
      }`,
      { limit: WRONG.limit, from: WRONG.validFrom, alertAt: WRONG.alertAt, operation: '' },
    ],
  ])('%s', async (_, query, variables) => {
    // The second time, the operation is known.
    for (let time = 0; time < 2; time++) {
      const { data, errors } = await send(query, variables)
      expect(errors).toEqual([])
      expect(data.result).toMatchObject({ __typename: 'InvalidInputError', code: 'INVALID_INPUT', issues: ISSUES })
    }
    expect((await send('{ quotaOverrides(tenantId: "acme") { nodes { limitKey } } }')).data.quotaOverrides.nodes).toEqual([])
  })

  it.each<[string, string, object, [path: string, code: string]]>([
    ['an empty decimal', 'grantCredits', { tenantId: 'acme', amount: '', idempotencyKey: 'k' }, ['amount', 'WRONG_FORMAT']],
    ['a number that has lost digits', 'grantCredits', { tenantId: 'acme', amount: 2 ** 60, idempotencyKey: 'k' }, ['amount', 'WRONG_FORMAT']],
    ['a missing field', 'grantCredits', { tenantId: 'acme', amount: '1' }, ['idempotencyKey', 'REQUIRED']],
    ['null where it is not allowed', 'grantCredits', { tenantId: 'acme', amount: null, idempotencyKey: 'k' }, ['amount', 'REQUIRED']],
    ['a list in place of text', 'createTenant', { id: 'new', name: ['New'] }, ['name', 'WRONG_TYPE']],
    ['an object in place of text', 'createTenant', { id: 'new', name: {} }, ['name', 'WRONG_TYPE']],
    ['text that cannot be stored', 'createTenant', { id: 'new', name: 'a\u0000b' }, ['name', 'WRONG_FORMAT']],
    ['an unknown value of an enum', 'setQuota', { tenantId: 'acme', metric: 'COLOURS', window: 'DAY', limit: '1' }, ['metric', 'UNKNOWN_VALUE']],
    ['text in place of an object', 'setQuota', { tenantId: 'acme', metric: 'TOKENS', window: 'DAY', limit: '1', grace: 'much' }, ['grace', 'WRONG_TYPE']],
    [
      'two fields where one is allowed',
      'setQuota',
      { tenantId: 'acme', metric: 'TOKENS', window: 'DAY', limit: '1', grace: { percent: '1', amount: '1' } },
      ['grace', 'CONFLICT'],
    ],
    ['a wrong value in a list', 'createApiKey', { name: 'k', scopes: ['usage:read', 7] }, ['scopes[1]', 'WRONG_TYPE']],
    ['a fraction of a second', 'createAccessToken', { tenantId: 'acme', ttlSeconds: 1.5 }, ['ttlSeconds', 'WRONG_FORMAT']],
    ['an unknown field beside events', 'trackUsage', { tenantId: 'acme', events: [{ operation: 'o' }], colour: 'red' }, ['colour', 'UNKNOWN_FIELD']],
  ])('for %s', async (_, mutation, input, [path, code]) => {
    const field = schema.getMutationType()?.getFields()[mutation]
    const query = `mutation ($input: ${String(field?.args[0]?.type)}) { result: ${mutation}(input: $input) ${RESULT} }`
    const { data, errors } = await send(query, { input })
    expect(errors).toEqual([])
    expect(data.result).toMatchObject({ __typename: 'InvalidInputError', issues: [{ path, code, message: expect.any(String) }] })
    expect(data.result.message).toContain(path)
  })

  it.each<[string, object, paths: string[]]>([
    ['createTenant', { id: 'new', name: ['New'], timeZone: 'Mars/Base' }, ['name', 'timeZone']],
    ['createApiKey', { name: '', tenantId: 'acme', expiresAt: 'tomorrow' }, ['expiresAt', 'name']],
    ['grantCredits', { tenantId: 'acme', amount: '-1', idempotencyKey: 'k', expiresAt: 'tomorrow' }, ['expiresAt', 'amount']],
    ['setWalletTerms', { tenantId: 'acme', alertBelow: '-1', whenEmpty: 'OVERDRAFT', alertDaysLeft: 'few' }, ['alertDaysLeft', 'overdraftLimit']],
    ['setCreditCost', { operation: '', perCall: '1,5', from: '2026-01-01T00:00:00Z', perUsd: '-1' }, ['perCall', 'operation']],
    ['publishPrice', { provider: '', model: 'm', from: 'now', perMillionTokens: { input: '-1' } }, ['from', 'provider']],
    ['publishMarkup', { name: '', percent: '1,5', from: '2026-01-01T00:00:00Z' }, ['percent', 'name']],
    ['publishQuotaPlan', { name: '', policies: [{ metric: 'TOKENS', window: 'DAY', limit: 'many' }], unlisted: 'ALLOW' }, ['policies[0].limit', 'name']],
    ['publishBillingPlan', { name: '', title: 'T', recurringFee: 'much' }, ['recurringFee', 'name']],
    ['createWebhookEndpoint', { url: 'ftp://x', types: ['COLOUR'] }, ['types[0]', 'url']],
    [
      'setBillingProfile',
      { tenantId: 'acme', name: '', address: { line1: 'a', city: 'b', country: 'XX' }, paymentTermDays: 'soon' },
      ['paymentTermDays', 'name'],
    ],
    ['setAlertThreshold', { kind: 'COLOUR', tenantId: 'acme', threshold: '-1' }, ['kind']],
  ])('for a value of a wrong type beside one that %s refuses', async (mutation, input, paths) => {
    const field = schema.getMutationType()?.getFields()[mutation]
    const query = `mutation ($input: ${String(field?.args[0]?.type)}) { result: ${mutation}(input: $input) ${RESULT} }`
    const { data, errors } = await send(query, { input })
    expect(errors).toEqual([])
    expect(data.result.issues.map(({ path }: { path: string }) => path)).toEqual(expect.arrayContaining(paths))
  })

  it('answers other mutations of the same document', async () => {
    const { data, errors } = await send(
      `mutation ($limit: Decimal) {
      wrong: setQuota(input: { tenantId: "acme", metric: TOKENS, window: DAY, limit: $limit }) ${RESULT}
      right: createTenant(input: { id: "other", name: "Other" }) ${RESULT}
    }`,
      { limit: 'much' },
    )
    expect(errors).toEqual([])
    expect(data).toMatchObject({ wrong: { issues: [{ path: 'limit' }] }, right: { __typename: 'CreateTenantPayload' } })
  })

  it('says first that the viewer may not use the mutation', async () => {
    const key = await server.keyOf('acme', ['usage:read'])
    const { data } = await server.send(key, `mutation { result: setQuota(input: ${LITERAL}) ${RESULT} }`)
    expect(data.result).toMatchObject({ __typename: 'ForbiddenError', code: 'FORBIDDEN' })
  })

  it('quotes no secret', async () => {
    const { data } = await send(`mutation ($input: RedeemCouponInput!) { result: redeemCoupon(input: $input) ${RESULT} }`, {
      input: { tenantId: 'acme', code: 4711 },
    })
    expect(data.result.issues).toEqual([{ path: 'code', code: 'WRONG_TYPE', message: 'must be text' }])
  })
})

it('bounds the number of issues', async () => {
  const input = { tenantId: 'acme', metric: 'TOKENS', window: 'DAY', limit: '1', alertAt: Array.from({ length: 1_000 }, () => 'much') }
  const { data } = await send(`mutation ($input: SetQuotaInput!) { result: setQuota(input: $input) ${RESULT} }`, { input })
  expect(data.result.issues).toHaveLength(100)
})

it('every mutation can answer so: its only argument is its input, and InvalidInputError is among its results', () => {
  for (const { name, args, type } of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const result = getNamedType(type)
    const isTyped = isUnionType(result) && result.getTypes().some(member => member.name === 'InvalidInputError')
    expect([name, args.every(arg => arg.name === 'input'), args.length <= 1, isTyped || args.length === 0]).toEqual([name, true, true, true])
  }
})

it('errors of the arguments of a query are top-level, with the same issues', async () => {
  const { errors } = await send('{ usageEvents(range: { from: "2026-11-02T00:00:00Z", to: "2026-11-01T00:00:00Z" }) { nodes { id } } }')
  expect(errors[0]).toMatchObject({
    path: ['usageEvents'],
    extensions: { code: 'INVALID_INPUT', issues: [{ path: 'range.to', code: 'OUT_OF_RANGE', message: expect.any(String) }] },
  })
})
