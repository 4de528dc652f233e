import { InvalidInput, OPERATOR_SCOPE, systemClock } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createBilling } from './billing/index.ts'
import { createCollections } from './collections/index.ts'
import { createPlans } from './create-plans.ts'
import { createSubscriptions } from './create-subscriptions.ts'
import { createPayments } from './payments/index.ts'

/** Stands for every store. What reads or writes before the input is checked fails with another error. */
const store = new Proxy({}, { get: () => () => Promise.reject(new Error('The store was asked.')) })
const dependencies = { store, plans: store, tenants: store, settings: store, rates: store, effects: {}, providers: [], clock: systemClock } as never
const plans = createPlans(dependencies)
const subscriptions = createSubscriptions(dependencies)
const billing = createBilling(dependencies)
const payments = createPayments(dependencies)
const collections = createCollections(dependencies)

const TENANT = { tenantId: 'acme' }
const FROM = '2026-11-01T00:00:00Z'
const INVOICE = { ...TENANT, invoiceId: 'in_1' }
const KEY = { idempotencyKey: 'key' }
const LINE = { kind: 'other', description: 'Work', amount: '5' }
const PROFILE = { ...TENANT, name: 'Acme', address: {}, taxId: null, taxExemption: null, email: null, locale: 'en', reference: null, paymentTermDays: 14 }

/** What callers in JavaScript can pass, whatever the types say. */
type Call = (input: never) => Promise<unknown>

const CALLS = {
  publish: [input => plans.publish(input), { name: 'pro', title: 'Pro' }],
  subscribe: [input => subscriptions.subscribe(input), { ...TENANT, plan: 'pro' }],
  startTrial: [input => subscriptions.startTrial(input), { ...TENANT, plan: 'pro' }],
  extendTrial: [input => subscriptions.extendTrial(input), { ...TENANT, until: FROM }],
  convertTrial: [input => subscriptions.convertTrial(input), TENANT],
  expireTrial: [input => subscriptions.expireTrial(input), TENANT],
  changePlan: [input => subscriptions.changePlan(input), { ...TENANT, plan: 'pro' }],
  changeSeats: [input => subscriptions.changeSeats(input), { ...TENANT, seats: 2 }],
  pause: [input => subscriptions.pause(input), TENANT],
  resume: [input => subscriptions.resume(input), TENANT],
  cancel: [input => subscriptions.cancel(input), TENANT],
  recurringRevenue: [input => subscriptions.recurringRevenue(input), {}],
  run: [input => billing.run(input), { through: FROM }],
  summary: [input => billing.summary('acme', input), { from: FROM, to: '2026-12-01T00:00:00Z' }],
  previewChange: [input => billing.previewChange(input), { ...TENANT, plan: 'pro' }],
  invoices: [input => billing.invoices(OPERATOR_SCOPE, input), {}],
  issueCreditNote: [input => billing.issueCreditNote(input), { ...INVOICE, ...KEY, contents: { kind: 'full' }, reason: 'Mistake' }],
  issueInvoice: [
    input => billing.issueInvoice(input),
    { ...TENANT, id: 'in_1', currency: 'USD', period: { from: FROM, to: '2026-12-01T00:00:00Z' }, timeZone: 'UTC', lines: [LINE] },
  ],
  changeSettings: [input => billing.changeSettings(input), {}],
  setProfile: [input => billing.setProfile(input), PROFILE],
  importRates: [input => billing.importRates(input), { text: '', source: 'file' }],
  record: [input => payments.record(input), { ...TENANT, ...KEY, amount: '5', currency: 'USD' }],
  start: [input => payments.start(input), { ...INVOICE, ...KEY, provider: 'stripe', customer: { name: 'Acme', email: null } }],
  refund: [input => payments.refund(input), { ...TENANT, ...KEY, paymentId: 'pay_1' }],
  complete: [input => payments.complete(input), { ...TENANT, paymentId: 'pay_1' }],
  list: [input => payments.list(input), TENANT],
  sendReminder: [input => collections.sendReminder(input), { ...INVOICE, ...KEY }],
  pauseCollection: [input => collections.pause(input), TENANT],
  resumeCollection: [input => collections.resume(input), TENANT],
  openDispute: [input => collections.openDispute(input), { ...INVOICE, reason: 'Wrong' }],
  resolveDispute: [input => collections.resolveDispute(input), { ...TENANT, disputeId: 'd', resolution: 'accepted' }],
  setPolicy: [input => collections.setPolicy('acme', input), { graceDays: 3, reminderDays: [1] }],
} as const satisfies Record<string, readonly [Call, object]>

type Operation = keyof typeof CALLS

const NOT_TEXT: readonly unknown[] = [undefined, null, 5, {}, []]
const NOT_TIME: readonly unknown[] = ['', 'today', '2026-11-01', 5, {}, new Date(Number.NaN)]
const NOT_AMOUNT: readonly unknown[] = [undefined, null, '', 'much', 0.5, 2 ** 53, Number.NaN, {}, true]

const BAD_FIELDS: readonly (readonly [Operation, field: string, values: readonly unknown[]])[] = [
  ...(Object.keys(CALLS) as Operation[])
    .filter(operation => 'tenantId' in CALLS[operation][1])
    .map((operation): readonly [Operation, string, readonly unknown[]] => [operation, 'tenantId', NOT_TEXT]),
  ['publish', 'title', NOT_TEXT],
  ['publish', 'recurringFee', ['', 'much', 0.5, -1, {}, true]],
  ['publish', 'seats', ['5', 5, []]],
  ['subscribe', 'plan', NOT_TEXT],
  ['subscribe', 'seats', ['2', {}]],
  ['extendTrial', 'until', [undefined, null, ...NOT_TIME]],
  ['startTrial', 'converts', ['yes', 1]],
  ['convertTrial', 'at', [5, {}, 'period_end']],
  ...(['changePlan', 'changeSeats', 'cancel'] as const).map(operation => [operation, 'at', NOT_TIME] as const),
  ['changeSeats', 'seats', [undefined, null, '2']],
  ['pause', 'resumesAt', NOT_TIME],
  ['recurringRevenue', 'at', NOT_TIME],
  ['recurringRevenue', 'since', NOT_TIME],
  ['run', 'through', [undefined, null, ...NOT_TIME]],
  ['run', 'tenantIds', ['acme', {}]],
  ['invoices', 'first', ['10', 1.5]],
  ['issueInvoice', 'lines', [undefined, null, {}, 'one']],
  ['changeSettings', 'tax', [null, 'none']],
  ['changeSettings', 'lineDimensions', [null, 'model']],
  ['setProfile', 'address', [undefined, null, 'Berlin']],
  ['importRates', 'text', NOT_TEXT],
  ['refund', 'idempotencyKey', NOT_TEXT],
  ['start', 'customer', [undefined, null, 'Acme']],
  ['pauseCollection', 'until', [5, {}]],
  ['resolveDispute', 'resolution', ['won', undefined]],
  ['setPolicy', 'graceDays', [undefined, null, '3']],
]

/** Inputs of which another field than the changed one is named. */
const BAD_PARTS: readonly (readonly [Operation, part: object, path: string])[] = [
  ...(Object.keys(CALLS) as Operation[]).map((operation): readonly [Operation, object, string] => [
    operation,
    { amuont: '1' },
    operation === 'summary' ? 'range.amuont' : 'amuont',
  ]),
  ['publish', { seats: { unitPrice: '1', include: 3 } }, 'seats.include'],
  ['publish', { creditAllowance: { amount: '1', rollover: '5' } }, 'creditAllowance.rollover'],
  ['publish', { usageCharges: [{ name: 'ai' }] }, 'usageCharges.0.terms'],
  ['summary', { to: FROM }, 'range.to'],
  ['issueCreditNote', { contents: { kind: 'half' } }, 'contents.kind'],
  ['issueCreditNote', { contents: { kind: 'full', amount: '5' } }, 'contents.amount'],
  ['issueCreditNote', { contents: { kind: 'amount', amount: 0.5 } }, 'contents.amount'],
  ['issueCreditNote', { contents: { kind: 'lines', lines: [{ lineId: 'l', netAmount: 'much' }] } }, 'contents.lines.0.netAmount'],
  ['issueInvoice', { period: { from: FROM } }, 'period.to'],
  ['issueInvoice', { period: { from: FROM, to: '2026-10-01T00:00:00Z' } }, 'period.to'],
  ...NOT_AMOUNT.map((amount): readonly [Operation, object, string] => ['issueInvoice', { lines: [{ ...LINE, amount }] }, 'lines.0.amount']),
  ['start', { customer: { name: 'Acme', mail: 'a@b.example' } }, 'customer.mail'],
  ['setPolicy', { lateFee: { kind: 'percent', value: 0.5 } }, 'lateFee.value'],
  ['setPolicy', { lateFee: { kind: 'percent', value: '1', every: 30 } }, 'lateFee.every'],
  ['setPolicy', { lateFee: { kind: 'daily', value: '1' } }, 'lateFee.kind'],
]

async function issuesOf(call: () => Promise<unknown>): Promise<readonly string[]> {
  const error = await (async () => call())().then(
    () => 'accepted',
    (reason: unknown) => reason,
  )
  return error instanceof InvalidInput ? error.issues.map(({ path }) => path) : [String(error)]
}

it('rejects bad input with the name of its field, before it asks a store', async () => {
  const wrong: string[] = []
  const reject = async (operation: Operation, part: object, path: string) => {
    const [call, input] = CALLS[operation] as readonly [Call, object]
    const paths = await issuesOf(() => call({ ...input, ...part } as never))
    if (!paths.includes(path)) wrong.push(`${operation} ${JSON.stringify(part)}: ${paths.join()}`)
  }
  for (const [operation, field, values] of BAD_FIELDS) for (const value of values) await reject(operation, { [field]: value }, field)
  for (const [operation, part, path] of BAD_PARTS) await reject(operation, part, path)
  expect(wrong).toEqual([])
})
