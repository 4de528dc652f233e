import { hash } from 'node:crypto'
import { countingIds, Decimal, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { UsageEventDraft } from '../model/event.ts'
import { checkEvent } from './check-event.ts'

const NOW = Temporal.Instant.from('2026-03-10T12:00:00Z')

function hashOf(fields: Partial<UsageEventDraft>): string {
  const { event, issues } = checkEvent({ operation: 'chat', ...fields }, { tenantId: 'acme', ids: countingIds(), now: NOW })
  if (event === undefined) throw new Error(JSON.stringify(issues))
  return event.payloadHash
}

describe('payloadHash', () => {
  it('never changes, because stored hashes are compared with it', () => {
    expect(hashOf({})).toBe(
      hash('sha256', '["chat","success",null,null,null,null,null,null,null,null,[null,null,null,null,null,null,null,null,null,null,[]],null]'),
    )
    const full: Partial<UsageEventDraft> = {
      status: 'failure',
      provider: 'openai',
      model: 'gpt-5-mini',
      tokens: { input: 1, imageOutput: 2 },
      quantity: new Decimal('1.50'),
      reportedCost: new Decimal('0.0000001'),
      latencyMs: 3,
      statusCode: 500,
      errorMessage: 'no',
      metadata: { customerId: 'c', requestId: 'r', attributes: { b: 1, a: true } },
      reservationId: 'res',
    }
    expect(hashOf(full)).toBe(
      hash(
        'sha256',
        '["chat","failure","openai","gpt-5-mini",[1,0,0,0,0,0,0,0,0,2],"1.5","0.0000001",3,500,"no",["c",null,null,null,null,null,null,null,null,"r",[["a",true],["b",1]]],"res"]',
      ),
    )
    expect(hashOf({ serviceTier: 'batch' })).toBe(
      hash('sha256', '["chat","success",null,null,null,null,null,null,null,null,[null,null,null,null,null,null,null,null,null,null,[]],null,"batch"]'),
    )
    const bare = '"chat","success",null,null,[1,0,0,0,0,0,0,0,0,0],null,null,null,null,null,[null,null,null,null,null,null,null,null,null,null,[]],null'
    expect(hashOf({ tokens: { input: 1, videoInput: 5, cacheReadAudio: 4 } })).toBe(hash('sha256', `[${bare},{"tokens":["cacheReadAudio",4,"videoInput",5]}]`))
    expect(
      hashOf({
        tokens: { input: 1 },
        serviceTier: 'batch',
        units: [
          { kind: 'web_search', quantity: '3.0' },
          { kind: 'image', quantity: '1', variant: 'hd' },
        ],
        speed: 'fast',
        region: 'us',
      }),
    ).toBe(hash('sha256', `[${bare},"batch",{"units":[["image","1","hd"],["web_search","3",null]],"speed":"fast","region":"us"}]`))
    expect(hashOf({ tokens: { input: 1 }, credits: new Decimal('0.50'), description: 'd', resourceType: 't', resourceId: 'i' })).toBe(
      hash('sha256', `[${bare},{"credits":"0.5","description":"d","resourceType":"t","resourceId":"i"}]`),
    )
  })

  it.each<{ name: string; one: Partial<UsageEventDraft>; other: Partial<UsageEventDraft> }>([
    { name: 'null and absent', one: { provider: null, tokens: null, metadata: null, serviceTier: null }, other: {} },
    { name: 'the default status and none', one: { status: 'success' }, other: {} },
    { name: 'the standard service tier and none', one: { serviceTier: 'standard' }, other: {} },
    { name: 'keys', one: { idempotencyKey: 'a' }, other: { idempotencyKey: 'b' } },
    { name: 'times', one: { occurredAt: NOW }, other: { occurredAt: NOW.subtract({ hours: 1 }) } },
    { name: 'numerals', one: { quantity: new Decimal('1.50') }, other: { quantity: new Decimal('1.5') } },
    { name: 'exponents', one: { reportedCost: new Decimal('1e-7') }, other: { reportedCost: new Decimal('0.0000001') } },
    { name: 'signs of zero', one: { quantity: new Decimal('-0') }, other: { quantity: new Decimal(0) } },
    { name: 'pools of 0 and omitted pools', one: { tokens: { input: 1, output: 0 } }, other: { tokens: { input: 1 } } },
    { name: 'no units and none', one: { units: [], speed: null, region: null }, other: {} },
    { name: 'rare pools of 0 and omitted ones', one: { tokens: { videoInput: 0 } }, other: { tokens: {} } },
    { name: 'numerals of units', one: { units: [{ kind: 'a', quantity: '1.50' }] }, other: { units: [{ kind: 'a', quantity: new Decimal('1.5') }] } },
    {
      name: 'orders of units',
      one: {
        units: [
          { kind: 'a', quantity: '1' },
          { kind: 'b', quantity: '2' },
        ],
      },
      other: {
        units: [
          { kind: 'b', quantity: '2' },
          { kind: 'a', quantity: '1' },
        ],
      },
    },
    { name: 'empty metadata and none', one: { metadata: {} }, other: {} },
    { name: 'empty attributes and none', one: { metadata: { attributes: {} } }, other: {} },
    { name: 'orders of attributes', one: { metadata: { attributes: { a: 1, b: 2 } } }, other: { metadata: { attributes: { b: 2, a: 1 } } } },
  ])('is the same for $name', ({ one, other }) => {
    expect(hashOf(one)).toBe(hashOf(other))
  })

  it('differs for any other difference', () => {
    const drafts: Partial<UsageEventDraft>[] = [
      {},
      { operation: 'chat ' },
      { status: 'failure' },
      { provider: 'x' },
      { model: 'x' },
      { errorMessage: 'x' },
      { reservationId: 'x' },
      { serviceTier: 'x' },
      { speed: 'x' },
      { region: 'x' },
      { credits: new Decimal(1) },
      { description: 'x' },
      { resourceType: 'x' },
      { resourceId: 'x' },
      { units: [{ kind: 'a', quantity: '1' }] },
      { units: [{ kind: 'a', quantity: '2' }] },
      { units: [{ kind: 'b', quantity: '1' }] },
      { units: [{ kind: 'a', quantity: '1', variant: 'x' }] },
      { tokens: { videoInput: 1 } },
      { tokens: { videoOutput: 1 } },
      { tokens: {} },
      { tokens: { input: 1 } },
      { tokens: { output: 1 } },
      { quantity: new Decimal(0) },
      { quantity: new Decimal(1) },
      { reportedCost: new Decimal(1) },
      { latencyMs: 0 },
      { latencyMs: 200 },
      { statusCode: 200 },
      { metadata: { customerId: 'x' } },
      { metadata: { organizationId: 'x' } },
      { metadata: { requestId: 'x' } },
      { metadata: { attributes: { a: 1 } } },
      { metadata: { attributes: { a: '1' } } },
      { metadata: { attributes: { a: true } } },
      { metadata: { attributes: { b: 1 } } },
      { metadata: { attributes: { 'a,1': '' } } },
    ]
    expect(new Set(drafts.map(hashOf)).size).toBe(drafts.length)
  })
})
