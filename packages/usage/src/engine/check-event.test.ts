import { countingIds, Decimal, Temporal, uuidV7Milliseconds } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { EVENT_LIMITS } from '../model/event-limits.ts'
import type { UsageEventDraft } from '../model/event.ts'
import { checkEvent } from './check-event.ts'

const NOW = Temporal.Instant.from('2026-03-10T12:00:00.123456Z')

/** A draft of any shape, as JavaScript code may pass it. */
function check(fields: Record<string, unknown> = {}, receivedAt?: Temporal.Instant) {
  const receipt = { tenantId: 'acme', ids: countingIds(), now: NOW, ...(receivedAt && { receivedAt }) }
  return checkEvent({ operation: 'chat_message', ...fields }, receipt)
}

const paths = (fields: Record<string, unknown>) => check(fields).issues?.map(issue => issue.path)

describe('checkEvent', () => {
  it('fills in defaults', () => {
    const { event } = check({ idempotencyKey: null, occurredAt: undefined, status: null, tokens: { input: 5, output: null } })
    expect(event).toMatchObject({
      tenantId: 'acme',
      status: 'success',
      occurredAtSent: false,
      provider: null,
      model: null,
      tokens: { input: 5, output: 0, cacheRead: 0, imageOutput: 0 },
      quantity: null,
      metadata: {},
      reservationId: null,
      serviceTier: null,
      units: [],
      speed: null,
      region: null,
      credits: null,
      description: null,
      resourceType: null,
      resourceId: null,
    })
    expect(event?.occurredAt.toString()).toBe('2026-03-10T12:00:00.123456Z')
    expect(event?.recordedAt.toString()).toBe('2026-03-10T12:00:00.123456Z')
    expect(uuidV7Milliseconds(event?.idempotencyKey ?? '')).toBe(NOW.epochMilliseconds)
    expect(event?.idempotencyKey).not.toBe(event?.id)
  })

  it('uses the time of receipt if it differs from now', () => {
    const { event } = check({}, Temporal.Instant.from('2026-03-01T00:00:00Z'))
    expect(event?.occurredAt.toString()).toBe('2026-03-01T00:00:00Z')
    expect(event?.occurredAtSent).toBe(false)
    expect(event?.recordedAt.toString()).toBe('2026-03-10T12:00:00.123456Z')
  })

  it('rounds times down to microseconds, and derives the id from the time', () => {
    const { event } = check({ occurredAt: Temporal.Instant.from('2025-12-31T23:59:59.999999999Z') })
    expect(event?.occurredAt.toString()).toBe('2025-12-31T23:59:59.999999Z')
    expect(event?.occurredAtSent).toBe(true)
    expect(uuidV7Milliseconds(event?.id ?? '')).toBe(Date.parse('2025-12-31T23:59:59.999Z'))
  })

  it('makes amounts exact, whatever Decimal constructor created them', () => {
    const Rounding = Decimal.clone({ precision: 5 })
    const { event } = check({ quantity: new Rounding('12345678901234567890.5'), reportedCost: new Decimal('-0') })
    expect(event?.quantity?.plus('0.25').toFixed()).toBe('12345678901234567890.75')
    expect(event?.reportedCost?.isNegative()).toBe(false)
  })

  it.each([
    [1234.4, 1234],
    [1234.5, 1235],
    [0.2, 0],
    [86_399_999.9, 86_400_000],
  ])('rounds a latency of %d ms to %i ms', (latencyMs, rounded) => {
    expect(check({ latencyMs }).event?.latencyMs).toBe(rounded)
  })

  it('reports all issues at once, each with its field', () => {
    expect(
      paths({
        operation: '',
        idempotencyKey: 'x'.repeat(257),
        occurredAt: Temporal.Instant.from('2027-01-01T00:00:00Z'),
        status: 'ok',
        provider: 7,
        model: 'm'.repeat(257),
        tokens: { input: -1, output: 0.5 },
        quantity: new Decimal(-1),
        reportedCost: new Decimal(Number.NaN),
        latencyMs: -1,
        statusCode: 99,
        errorMessage: 'nul \0',
        reservationId: '',
        serviceTier: 'BATCH',
        units: [{ kind: '', quantity: '-1' }, { quantity: new Decimal('1') }],
        speed: '',
        region: 7,
        metadata: { customerId: '' },
      }),
    ).toEqual([
      'idempotencyKey',
      'occurredAt',
      'operation',
      'status',
      'provider',
      'model',
      'tokens.input',
      'tokens.output',
      'quantity',
      'reportedCost',
      'latencyMs',
      'statusCode',
      'errorMessage',
      'reservationId',
      'serviceTier',
      'units[0].kind',
      'units[0].quantity',
      'units[1].kind',
      'speed',
      'region',
      'metadata.customerId',
    ])
  })

  it.each([null, undefined, 'text', 7])('rejects %s instead of an event', draft => {
    expect(checkEvent(draft as unknown as UsageEventDraft, { tenantId: 'acme', ids: countingIds(), now: NOW }).issues).toEqual([
      { path: '', message: 'the event must be an object' },
    ])
  })

  it('reports a missing operation', () => {
    expect(check({ operation: undefined }).issues).toEqual([{ path: 'operation', message: 'is missing' }])
  })
})

describe('units', () => {
  const search = { kind: 'web_search', quantity: '1' }

  it('are exact, and keep their order', () => {
    const { event } = check({
      units: [
        { kind: 'web_search', quantity: '3.0' },
        { kind: 'image', quantity: new Decimal('12345678901234567890.000000000000000001'), variant: 'hd-1024x1024' },
        { kind: 'audio_second', quantity: '0.000000000000000001', variant: null },
      ],
    })
    expect(event?.units).toEqual([
      { kind: 'web_search', quantity: '3' },
      { kind: 'image', quantity: '12345678901234567890.000000000000000001', variant: 'hd-1024x1024' },
      { kind: 'audio_second', quantity: '0.000000000000000001' },
    ])
  })

  it('of the same kind and variant are added up', () => {
    const units = [search, { ...search, variant: 'preview' }, { ...search, quantity: '0.5' }, { ...search, variant: 'preview' }]
    expect(check({ units }).event?.units).toEqual([
      { kind: 'web_search', quantity: '1.5' },
      { kind: 'web_search', quantity: '2', variant: 'preview' },
    ])
  })

  it.each(['0', '0.00', '-0', new Decimal(0)])('of quantity %s are left out', quantity => {
    const units = [{ kind: 'image', quantity }, search, { ...search, quantity }]
    expect(check({ units })).toMatchObject({ event: { units: [search] } })
  })

  it.each<{ name: string; units: unknown; issues?: string[] }>([
    { name: 'no units', units: [] },
    { name: 'as many units as allowed', units: Array.from({ length: EVENT_LIMITS.units }, (_, i) => ({ kind: `unit_${i}`, quantity: '1' })) },
    { name: 'one unit too many', units: Array.from({ length: EVENT_LIMITS.units + 1 }, () => search), issues: ['units'] },
    { name: 'something else than a list', units: search, issues: ['units'] },
    { name: 'a null among the units', units: [search, null], issues: ['units[1]'] },
    { name: 'a text among the units', units: ['web_search'], issues: ['units[0]'] },
    { name: 'no kind', units: [{ quantity: '1' }], issues: ['units[0].kind'] },
    { name: 'a kind that is too long', units: [{ ...search, kind: 'x'.repeat(EVENT_LIMITS.unitKindLength + 1) }], issues: ['units[0].kind'] },
    { name: 'a kind that cannot be stored', units: [{ ...search, kind: 'nul \0' }], issues: ['units[0].kind'] },
    { name: 'a variant that is too long', units: [{ ...search, variant: 'x'.repeat(EVENT_LIMITS.unitVariantLength + 1) }], issues: ['units[0].variant'] },
    { name: 'a variant that is no text', units: [{ ...search, variant: 1024 }], issues: ['units[0].variant'] },
    { name: 'an empty variant', units: [{ ...search, variant: '' }], issues: ['units[0].variant'] },
    { name: 'no quantity', units: [{ kind: 'web_search' }], issues: ['units[0].quantity'] },
    ...['-1', '', 'many', '1e3', 'NaN', `1${'0'.repeat(20)}`, `0.${'0'.repeat(18)}1`, 0.3, 2 ** 53, Infinity, new Decimal(-1)].map(quantity => ({
      name: `a quantity of ${JSON.stringify(quantity)}`,
      units: [{ ...search, quantity }],
      issues: ['units[0].quantity'],
    })),
  ])('are accepted or rejected by their field: $name', ({ units, issues }) => {
    expect(paths({ units })).toEqual(issues)
  })
})

describe('limits', () => {
  const text = (field: string, longest: number) => [
    { field, value: 'x'.repeat(longest), ok: true },
    { field, value: 'x'.repeat(longest + 1), ok: false },
    { field, value: '', ok: false },
    { field, value: 'é🦊', ok: true },
    { field, value: 'nul \0 character', ok: false },
    { field, value: 'half \ud83e pair', ok: false },
    { field, value: 12, ok: false },
    { field, value: ['x'], ok: false },
  ]
  const amount = (field: string) => [
    { field, value: new Decimal(0), ok: true },
    { field, value: new Decimal('9'.repeat(EVENT_LIMITS.integerDigits)), ok: true },
    { field, value: new Decimal(`1${'0'.repeat(EVENT_LIMITS.integerDigits)}`), ok: false },
    { field, value: new Decimal(`0.${'0'.repeat(EVENT_LIMITS.fractionDigits - 1)}1`), ok: true },
    { field, value: new Decimal(`0.${'0'.repeat(EVENT_LIMITS.fractionDigits)}1`), ok: false },
    { field, value: new Decimal('-0.1'), ok: false },
    { field, value: new Decimal(Number.POSITIVE_INFINITY), ok: false },
    { field, value: 15, ok: true },
    { field, value: '1.5', ok: true },
    { field, value: 1.5, ok: false },
    { field, value: '1.5e3', ok: false },
  ]
  it.each([
    ...text('idempotencyKey', EVENT_LIMITS.idempotencyKeyLength),
    ...text('operation', EVENT_LIMITS.operationLength),
    ...text('provider', EVENT_LIMITS.providerLength),
    ...text('model', EVENT_LIMITS.modelLength),
    ...text('errorMessage', EVENT_LIMITS.errorMessageLength),
    ...text('reservationId', EVENT_LIMITS.reservationIdLength),
    ...['batch', 'on_demand', 'tier-2', 'x'.repeat(EVENT_LIMITS.serviceTierLength), null].map(value => ({ field: 'serviceTier', value, ok: true })),
    ...['', 'Batch', 'ba tch', 'batch\n', 'é', 'x'.repeat(EVENT_LIMITS.serviceTierLength + 1), 1].map(value => ({ field: 'serviceTier', value, ok: false })),
    ...text('speed', EVENT_LIMITS.speedLength),
    ...text('region', EVENT_LIMITS.regionLength),
    ...text('description', EVENT_LIMITS.descriptionLength),
    ...text('resourceType', EVENT_LIMITS.resourceTypeLength),
    ...text('resourceId', EVENT_LIMITS.resourceIdLength),
    ...amount('credits'),
    ...amount('quantity'),
    ...amount('reportedCost'),
    ...['success', 'failure', 'rate_limited', null].map(value => ({ field: 'status', value, ok: true })),
    ...['SUCCESS', '', 0].map(value => ({ field: 'status', value, ok: false })),
    ...[0, 1, 86_400_000].map(value => ({ field: 'latencyMs', value, ok: true })),
    ...[-1, -0.4, 86_400_000.4, 86_400_001, Number.NaN, '12', 1n].map(value => ({ field: 'latencyMs', value, ok: false })),
    ...[100, 599].map(value => ({ field: 'statusCode', value, ok: true })),
    ...[99, 600, 200.5].map(value => ({ field: 'statusCode', value, ok: false })),
    ...[{}, { input: 0 }, { input: 999_999_999_999, output: 1 }, null].map(value => ({ field: 'tokens', value, ok: true })),
    ...[5, 'many', [1], { input: 999_999_999_999, output: 2 }].map(value => ({ field: 'tokens', value, ok: false })),
    ...['2026-03-10T12:10:00.123Z', '2000-01-01T00:00:00Z'].map(value => ({ field: 'occurredAt', value: Temporal.Instant.from(value), ok: true })),
    ...['2026-03-10T12:10:00.124Z', '1999-12-31T23:59:59.999999999Z', '+200000-01-01T00:00:00Z'].map(value => ({
      field: 'occurredAt',
      value: Temporal.Instant.from(value),
      ok: false,
    })),
    ...['2026-03-10T12:00:00Z', new Date('2026-03-10T12:00:00Z')].map(value => ({ field: 'occurredAt', value, ok: true })),
    ...['2026-03-10T12:00:00', 1_773_144_000_000, new Date(0), new Date(Number.NaN)].map(value => ({ field: 'occurredAt', value, ok: false })),
  ])('$field = $value: $ok', ({ field, value, ok }) => {
    expect(paths({ [field]: value })).toEqual(ok ? undefined : [field])
  })

  it('never quotes a long value in an issue', () => {
    const long = 'x'.repeat(100_000)
    const issues = check({ operation: long, status: long, tokens: long, latencyMs: long, quantity: long, occurredAt: long, model: { long } }).issues ?? []
    expect(issues).toHaveLength(7)
    expect(Math.max(...issues.map(issue => issue.message.length))).toBeLessThan(200)
  })
})
