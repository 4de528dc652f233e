import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkMetadata } from './check-metadata.ts'
import type { Metadata } from './metadata.ts'
import { metadata, type MetadataBuilder } from './metadata-builder.ts'

it('builds metadata from chained calls', () => {
  expect(metadata().customer('cust_0001').feature('chat').environment('production').build()).toEqual({
    customerId: 'cust_0001',
    featureId: 'chat',
    environment: 'production',
  })
})

it('has a method for every field', () => {
  const built = metadata()
    .customer('cust_0001')
    .organization('org_001')
    .product('product_a')
    .feature('chat')
    .tier('pro')
    .environment('production')
    .taskType('qa')
    .session('sess_12345')
    .trace('trace_67890')
    .request('req_11111')
    .custom('ip_address', '192.0.2.7')
    .custom('retries', 2)
    .build()
  expect(built).toEqual({
    customerId: 'cust_0001',
    organizationId: 'org_001',
    productId: 'product_a',
    featureId: 'chat',
    subscriptionTier: 'pro',
    environment: 'production',
    taskType: 'qa',
    sessionId: 'sess_12345',
    traceId: 'trace_67890',
    requestId: 'req_11111',
    attributes: { ip_address: '192.0.2.7', retries: 2 },
  })
  expect(checkMetadata(built).issues).toEqual([])
})

describe('a later call', () => {
  it('replaces what an earlier one set', () => {
    expect(metadata().tier('free').tier('pro').custom('a', 1).custom('a', 2).build()).toEqual({ subscriptionTier: 'pro', attributes: { a: 2 } })
  })
  it('is ignored if its value is null or undefined', () => {
    const user: { tier?: string } = {}
    expect(metadata().tier('free').tier(user.tier).tier(null).custom('a', 1).custom('a', null).merge(undefined).build()).toEqual({
      subscriptionTier: 'free',
      attributes: { a: 1 },
    })
  })
})

describe('merge', () => {
  const below = metadata().customer('a').feature('chat').custom('x', 1).custom('y', 1)
  const above = metadata().customer('b').tier('pro').custom('y', 2)
  const both = { customerId: 'b', featureId: 'chat', subscriptionTier: 'pro', attributes: { x: 1, y: 2 } }

  it('merges a builder or metadata over existing metadata', () => {
    expect(below.merge(above).build()).toEqual(both)
    expect(below.merge(above.build()).build()).toEqual(both)
    expect(metadata(below).merge(above).build()).toEqual(both)
  })
  it('accepts a builder of another copy of this package', () => {
    expect(below.merge({ build: () => above.build() }).build()).toEqual(both)
  })
  it('copies its source, so later changes of it have no effect', () => {
    const given = { customerId: 'a', attributes: { x: 1 } }
    const builder = metadata(given)
    given.customerId = 'b'
    given.attributes.x = 2
    expect(builder.build()).toEqual({ customerId: 'a', attributes: { x: 1 } })
  })
  it('accepts the names of object properties as attributes', () => {
    const built = metadata().custom('__proto__', 'x').custom('constructor', 'y').build()
    expect(Object.entries(built.attributes ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ])
  })
})

it('built metadata is frozen', () => {
  const built = metadata().customer('a').custom('x', 1).build() as { customerId: string; attributes: Record<string, unknown> }
  expect(() => (built.customerId = 'b')).toThrow(TypeError)
  expect(() => (built.attributes['x'] = 2)).toThrow(TypeError)
})

type Step = (builder: MetadataBuilder) => MetadataBuilder
const id = fc.string({ minLength: 1, maxLength: 5 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.constantFrom('customer', 'organization', 'product', 'feature', 'tier', 'environment', 'taskType', 'session', 'trace', 'request'), id).map(
    ([method, value]): Step =>
      builder =>
        builder[method](value),
  ),
  fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.oneof(id, fc.integer(), fc.boolean())).map(
    ([key, value]): Step =>
      builder =>
        builder.custom(key, value),
  ),
  id.map(
    (customerId): Step =>
      builder =>
        builder.merge({ customerId, attributes: { a: customerId } }),
  ),
)
const apply = (steps: readonly Step[], from: MetadataBuilder) => steps.reduce((builder, take) => take(builder), from)

it('a shared builder never leaks: continuations do not affect each other or the builder', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), fc.array(fc.array(step, { maxLength: 6 }), { minLength: 2, maxLength: 5 }), (shared, continuations) => {
      const builder = apply(shared, metadata())
      const before = structuredClone(builder.build())
      // All continuations take their steps in turn, as concurrent requests do.
      let current = continuations.map(steps => ({ steps, builder }))
      for (let turn = 0; turn < 6; turn++) {
        current = current.map(one => ({ ...one, builder: one.steps[turn]?.(one.builder) ?? one.builder }))
      }
      const built: Metadata[] = current.map(one => one.builder.build())
      expect(built).toEqual(continuations.map(steps => apply([...shared, ...steps], metadata()).build()))
      expect(builder.build()).toEqual(before)
    }),
  )
})
