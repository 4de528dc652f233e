import { countingIds, Decimal, InvalidInput, OPERATOR_SCOPE, settableClock, systemClock, Temporal } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createCredits, type CreditsOptions } from './create-credits.ts'
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
  release: [(credits, input) => credits.release(input), { tenantId: 'acme', reservationId: 'job' }],
  wallet: [(credits, input) => credits.wallet(input), OWNER],
  payer: [(credits, input) => credits.payer(input), OWNER],
  wallets: [(credits, input) => credits.wallets(input), OWNER],
  walletStatuses: [(credits, input) => credits.walletStatuses(input), OWNER],
  entries: [(credits, input) => credits.entries(input), OWNER],
  balanceAt: [(credits, { time, ...owner }: { time: never } & typeof OWNER) => credits.balanceAt(owner, time), { ...OWNER, time: FROM }],
  consumedBefore: [(credits, { time, ...owner }: { time: never } & typeof OWNER) => credits.consumedBefore(owner, time), { ...OWNER, time: FROM }],
  burnDown: [(credits, input) => credits.burnDown(OWNER, input), { range: { from: FROM, to: FROM.add({ hours: 48 }) }, timeZone: 'UTC' }],
  debitRule: [(credits, { tenantId }: { tenantId: never }) => credits.debitRule(tenantId), OWNER],
  nextDue: [(credits, { tenantId }: { tenantId: never }) => credits.nextDue(tenantId), OWNER],
  alerts: [(credits, input) => credits.alerts(OPERATOR_SCOPE, input), {}],
  alertHistory: [(credits, input) => credits.alertHistory(OPERATOR_SCOPE, input), {}],
  costOf: [(credits, input) => credits.costOf(input), { operation: 'chat', occurredAt: FROM }],
  costs: [(credits, { at }: { at: never }) => credits.costs(at), { at: FROM }],
  advance: [(credits, input) => credits.advance(input), {}],
  recordAlerts: [(credits, input) => credits.recordAlerts(input), {}],
  runTopUps: [(credits, input) => credits.runTopUps(input), {}],
  verify: [(credits, input) => credits.verify('acme', input), {}],
  verifyDue: [(credits, input) => credits.verifyDue(input), { onDifference: () => {} }],
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
  1.5,
  2 ** 53,
  Number.NaN,
  {},
  [],
  true,
]
const NOT_TEXT: readonly unknown[] = ['', ' ', 'x'.repeat(300), 'a\0b', 5, null, {}]
const NOT_SECONDS: readonly unknown[] = [0, -1, 1.5, Number.NaN, 86_401, '60', {}]
const NOT_TIME: readonly unknown[] = ['2026-03-11', '2026-03-11T00:00:00', 5, {}, new Date(Number.NaN)]

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
  ['setCost', 'perCall', ['-1', 'abc', -5, 0.5, {}, []]],
  ['setCost', 'from', NOT_TIME],
  ['setCost', 'to', [...NOT_TIME, FROM]],
  ['setDebitRule', 'rule', [undefined, null, 'nobody', 5, {}]],
  ...(['setDebitRule', 'release', 'wallet', 'payer', 'wallets', 'walletStatuses', 'entries', 'balanceAt', 'debitRule', 'nextDue'] as const).map(
    operation => [operation, 'tenantId', [undefined, null, 5, {}]] as const,
  ),
  ...(['wallets', 'walletStatuses', 'entries', 'alerts', 'alertHistory'] as const).map(operation => [operation, 'first', [0, 1.5, '10', 10_000]] as const),
  ...(['balanceAt', 'consumedBefore'] as const).map(operation => [operation, 'time', [undefined, null, ...NOT_TIME]] as const),
  ['entries', 'range', [5, 'today']],
  ['burnDown', 'range', [undefined, null, 'today']],
  ['burnDown', 'timeZone', [undefined, 5]],
  ['costOf', 'operation', [undefined, 5]],
  ['costOf', 'occurredAt', [undefined, ...NOT_TIME]],
  ['costOf', 'cost', ['much', -1, 0.5, {}]],
  ['costs', 'at', NOT_TIME],
  ...(['advance', 'recordAlerts', 'runTopUps'] as const).map(operation => [operation, 'tenantIds', ['acme', 5]] as const),
  ['verify', 'onProgress', [5, 'print']],
  ['verifyDue', 'onDifference', [undefined, null, 'print']],
]

/** Functions that take single arguments, so that there are no fields to misspell. */
const TAKE_ARGUMENTS: ReadonlySet<Operation> = new Set(['setDebitRule', 'debitRule', 'nextDue', 'costs'])

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
  ['grant', { rollover: { kind: 'all', maximum: '1' } }, 'rollover.maximum'],
  ['setTerms', { whenEmpty: { kind: 'block', limit: '1' } }, 'whenEmpty.limit'],
  ['setTerms', { topUp: { threshold: '1', amount: '5', maxPerMonth: '10', perMonth: '10' } }, 'topUp.perMonth'],
  ['setTerms', { topUp: 'always' }, 'topUp'],
  ['entries', { after: { walletId: 'w' } }, 'after.sequence'],
  ['entries', { range: { from: FROM, until: FROM } }, 'range.until'],
  ['burnDown', { range: { from: FROM, to: FROM } }, 'range.to'],
  ...(Object.keys(CALLS) as Operation[])
    .filter(operation => !TAKE_ARGUMENTS.has(operation))
    .map((operation): readonly [Operation, object, string] => [operation, { amuont: '1' }, 'amuont']),
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

it('takes amounts as text, decimals and integers, and times as text, dates and instants', async () => {
  const amounts = ['5', new Decimal(5), 5]
  const times = ['2026-03-10T12:00:00Z', new Date('2026-03-10T12:00:00Z'), FROM, FROM.toZonedDateTimeISO('Asia/Tokyo')]
  for (const amount of amounts) {
    for (const time of times) {
      const credits = await makeCredits()
      const { grant } = await credits.grant({ ...OWNER, amount, idempotencyKey: 'k', effectiveAt: time, expiresAt: '2026-04-01T00:00:00Z' })
      expect([grant.amount.toFixed(), grant.effectiveAt.toString()]).toEqual(['5', FROM.toString()])
      expect((await credits.setCost({ operation: 'chat', perCall: amount, from: time })).rates.perCall?.toFixed()).toBe('5')
      expect((await credits.costOf({ operation: 'chat', occurredAt: time }))?.amount.toFixed()).toBe('5')
      expect((await credits.costs(time)).map(({ operation }) => operation)).toContain('chat')
      expect((await credits.balanceAt(OWNER, time))?.toFixed()).toBe('0')
    }
  }
})

it.each<[string, object, string]>([
  ['no store', { clock: systemClock, ids: countingIds() }, 'store'],
  ['an option that it does not have', { store: memoryCreditStore({ ids: countingIds() }), clock: systemClock, ids: countingIds(), topups: {} }, 'topups'],
])('cannot be created with %s', (_, options, path) => {
  expect(() => createCredits(options as CreditsOptions)).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ path })] }))
})
