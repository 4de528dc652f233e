import { countingIds, InvalidInput, settableClock, Temporal } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createCredits } from './create-credits.ts'
import type { Credits } from './credits.ts'
import { memoryCreditStore } from './memory/index.ts'

const OWNER = { tenantId: 'acme' }
const GRANT = { ...OWNER, amount: '1', idempotencyKey: 'key' }
const FROM = Temporal.Instant.from('2026-03-10T12:00:00Z')

/** What callers in JavaScript can pass, whatever the types say. */
type Call = (credits: Credits, input: never) => Promise<unknown>

const CALLS = {
  grant: [(credits, input) => credits.grant(input), GRANT],
  spend: [(credits, input) => credits.spend(input), { ...OWNER, amount: '1' }],
  reserve: [(credits, input) => credits.reserve(input), { ...OWNER, amount: '1' }],
  settle: [(credits, input) => credits.settle(input), { tenantId: 'acme', reservationId: 'job', amount: '1' }],
  extend: [(credits, input) => credits.extend(input), { tenantId: 'acme', reservationId: 'job', ttlSeconds: 5 }],
  transfer: [
    (credits, input) => credits.transfer(input),
    { tenantId: 'acme', fromCustomerId: null, toCustomerId: 'ana', amount: '1', idempotencyKey: 'moved' },
  ],
  voidGrant: [(credits, input) => credits.voidGrant(input), { tenantId: 'acme', grantId: 'grant', reason: 'mistake' }],
  setTerms: [(credits, input) => credits.setTerms(input), OWNER],
  setAllowance: [(credits, input) => credits.setAllowance(input), { ...OWNER, id: 'plan', amount: '1' }],
  setCost: [(credits, input) => credits.setCost(input), { operation: 'chat', perCall: '1' }],
  setDebitRule: [
    (credits, { tenantId, rule }: { tenantId: string; rule: never }) => credits.setDebitRule(tenantId, rule),
    { tenantId: 'acme', rule: 'tenant' },
  ],
} as const satisfies Record<string, readonly [Call, object]>

type Operation = keyof typeof CALLS

const NOT_POSITIVE: readonly unknown[] = [
  undefined,
  null,
  '',
  ' ',
  'abc',
  'NaN',
  '-1',
  '0',
  'Infinity',
  '1e400',
  '1'.repeat(21),
  `0.${'1'.repeat(19)}`,
  1,
  Number.NaN,
  {},
  [],
  true,
]
const NOT_TEXT: readonly unknown[] = ['', ' ', 'x'.repeat(300), 'a\0b', 5, null, {}]
const NOT_SECONDS: readonly unknown[] = [0, -1, 1.5, Number.NaN, 86_401, '60', {}]
const NOT_TIME: readonly unknown[] = ['2026-03-11', '2026-03-11T00:00:00Z', 5, {}, new Date(0)]

const BAD_FIELDS: readonly (readonly [Operation, field: string, values: readonly unknown[]])[] = [
  ...(['grant', 'spend', 'reserve', 'transfer', 'setAllowance'] as const).map(operation => [operation, 'amount', NOT_POSITIVE] as const),
  ['settle', 'amount', NOT_POSITIVE.filter(value => value !== '0')],
  ['voidGrant', 'amount', NOT_POSITIVE.filter(value => value !== undefined && value !== null)],
  ...(['grant', 'spend', 'reserve', 'setTerms', 'setAllowance'] as const).map(operation => [operation, 'tenantId', NOT_TEXT] as const),
  ...(['grant', 'spend', 'setTerms'] as const).map(operation => [operation, 'customerId', ['', 'x'.repeat(300), 'a\0b', 5, {}]] as const),
  ...(['grant', 'transfer'] as const).map(operation => [operation, 'idempotencyKey', [undefined, ...NOT_TEXT]] as const),
  ['reserve', 'ttlSeconds', NOT_SECONDS],
  ['extend', 'ttlSeconds', [undefined, ...NOT_SECONDS]],
  ['reserve', 'reservationId', ['', 'x'.repeat(200), 5, {}]],
  ['grant', 'source', ['transfer', 'PURCHASE', 5, {}]],
  ['grant', 'priority', [-1, 1.5, 1_000_001, Number.NaN, '1', {}]],
  ['grant', 'effectiveAt', NOT_TIME],
  ['grant', 'expiresAt', [...NOT_TIME, FROM, FROM.subtract({ hours: 1 })]],
  ['grant', 'description', ['x'.repeat(1_001), 'a\0b', 5, {}]],
  ['spend', 'operation', ['x'.repeat(1_001), 5]],
  ['voidGrant', 'reason', [undefined, null, '', ' ', 5]],
  ['setTerms', 'alertBelow', [5, 'x', Array.from({ length: 11 }, () => '1')]],
  ['setTerms', 'alertDaysLeft', [0, 1.5, '7', Number.NaN]],
  ['setAllowance', 'anchorDay', [0, 32, 1.5, '1', Number.NaN]],
  ['setAllowance', 'timeZone', ['', 'Mars/Base', 5]],
  ['setAllowance', 'startsAt', [...NOT_TIME, FROM.subtract({ hours: 24 * 400 })]],
  ['setAllowance', 'endsAt', NOT_TIME],
  ['setCost', 'operation', [undefined, ...NOT_TEXT]],
  ['setCost', 'perCall', ['-1', 'abc', 5, {}]],
  ['setCost', 'from', NOT_TIME],
  ['setCost', 'to', [...NOT_TIME, FROM]],
  ['setDebitRule', 'rule', [undefined, null, 'nobody', 5, {}]],
]

/** Inputs of which another field than the changed one is named. */
const BAD_PARTS: readonly (readonly [Operation, part: object, path: string])[] = [
  ['grant', { rollover: { kind: 'up_to_percentage', max: '101' } }, 'rollover.max'],
  ['grant', { rollover: { kind: 'some' } }, 'rollover'],
  ['grant', { rollover: 'all' }, 'rollover'],
  ['setTerms', { whenEmpty: { kind: 'overdraft', limit: '-1' } }, 'whenEmpty.limit'],
  ['setTerms', { whenEmpty: { kind: 'explode' } }, 'whenEmpty'],
  ['setTerms', { whenEmpty: 'block' }, 'whenEmpty'],
  ['setTerms', { alertBelow: ['1', 'x'] }, 'alertBelow[1]'],
  ['setCost', { perCall: null }, 'perCall'],
  ['setCost', { model: 'gpt-5' }, 'provider'],
  ['setCost', { perCall: null, perThousandTokens: { input: 'x' } }, 'perThousandTokens.input'],
  ['transfer', { toCustomerId: null }, 'toCustomerId'],
  ...(['grant', 'spend', 'reserve', 'settle', 'extend', 'transfer', 'voidGrant', 'setTerms', 'setAllowance', 'setCost'] as const).map(
    operation => [operation, { amuont: '1' }, 'amuont'] as const,
  ),
]

async function makeCredits() {
  const ids = countingIds()
  const store = memoryCreditStore({ ids })
  const credits = createCredits({ store, clock: settableClock(FROM.toString()), ids })
  await credits.grant({ ...OWNER, amount: '100', idempotencyKey: 'first' })
  await credits.reserve({ ...OWNER, amount: '10', reservationId: 'job' })
  return credits
}

/** All that is stored. */
async function stored(credits: Credits): Promise<string> {
  const all = [await credits.walletStatuses({ tenantId: 'acme' }), await credits.entries(OWNER), await credits.costs(), await credits.debitRule('acme')]
  return JSON.stringify(all)
}

async function issuesOf(call: Promise<unknown>): Promise<readonly string[]> {
  const error = await call.then(
    () => 'accepted',
    (reason: unknown) => reason,
  )
  return error instanceof InvalidInput ? error.issues.map(({ path }) => path) : [String(error)]
}

it('rejects bad input with the name of its field, and stores nothing', async () => {
  const credits = await makeCredits()
  const before = await stored(credits)
  const wrong: string[] = []
  const reject = async (operation: Operation, part: object, path: string) => {
    const [call, input] = CALLS[operation] as readonly [Call, object]
    const paths = await issuesOf((async () => call(credits, { ...input, ...part } as never))())
    if (!paths.includes(path)) wrong.push(`${operation} ${JSON.stringify(part)?.slice(0, 80)}: ${paths.join()}`)
  }
  for (const [operation, field, values] of BAD_FIELDS) for (const value of values) await reject(operation, { [field]: value }, field)
  for (const [operation, part, path] of BAD_PARTS) await reject(operation, part, path)
  expect(wrong).toEqual([])
  expect(await stored(credits)).toBe(before)
})
