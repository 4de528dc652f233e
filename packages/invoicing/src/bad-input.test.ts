import { countingIds, InvalidInput, OPERATOR_SCOPE, systemClock } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createBilling } from './billing/index.ts'
import { coinbaseProvider } from './coinbase/index.ts'
import { createCollections, mailNotifier } from './collections/index.ts'
import { createPlans } from './create-plans.ts'
import { createSubscriptions } from './create-subscriptions.ts'
import { createMailbox } from './mail/index.ts'
import { createPayments } from './payments/index.ts'
import { paypalProvider } from './paypal/index.ts'
import { smtpSender } from './smtp/index.ts'
import { stripeProvider } from './stripe/index.ts'
import { taxTable } from './tax/index.ts'

/** Stands for every store. What reads or writes before the input is checked fails with another error. */
const store = new Proxy({}, { get: () => () => Promise.reject(new Error('The store was asked.')) })
const SHARED = { store, clock: systemClock, ids: countingIds() }
const OPTIONS = {
  plans: { store, effects: {}, clock: systemClock },
  subscriptions: { ...SHARED, plans: store, tenants: store, effects: {} },
  billing: { store, settings: store, rates: store, subscriptions: store, plans: store, usage: {}, credits: {}, taxes: taxTable, clock: systemClock },
  payments: { ...SHARED, invoices: store, providers: [] },
  collections: { ...SHARED, invoices: store, payments: store, notifier: {}, defaultPolicy: {} },
  mailbox: { ...SHARED, sender: {}, renderer: {}, key: new Uint8Array(32), publicUrl: null, domain: 'example.com', random: Math.random },
}
const plans = createPlans(OPTIONS.plans as never)
const subscriptions = createSubscriptions(OPTIONS.subscriptions as never)
const billing = createBilling(OPTIONS.billing as never)
const payments = createPayments(OPTIONS.payments as never)
const collections = createCollections(OPTIONS.collections as never)
const mailbox = createMailbox(OPTIONS.mailbox as never)

const TENANT = { tenantId: 'acme' }
const FROM = '2026-11-01T00:00:00Z'
const INVOICE = { ...TENANT, invoiceId: 'in_1' }
const KEY = { idempotencyKey: 'key' }
const LINE = { kind: 'other', description: 'Work', amount: '5' }
const ADDRESS = { line1: 'Main Street 1', line2: null, postalCode: null, city: 'Berlin', region: null, country: 'DE' }
const SELLER = { name: 'Tollgate', address: ADDRESS, taxId: null, registration: null, email: null, phone: null, bankAccount: null }
const TAX = { registrations: ['DE'], rates: [], behavior: 'exclusive', rounding: 'per_line' }
const RATE = { jurisdiction: 'US-WA', name: 'Sales tax', percent: '10.1', from: null }
const PROFILE = { ...TENANT, name: 'Acme', address: ADDRESS, taxId: null, taxExemption: null, email: null, locale: 'en', reference: null, paymentTermDays: 14 }

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
  requestMail: [input => mailbox.request(input), { ...TENANT, key: 'k', kind: 'invoice', to: 'a@b.example', locale: 'en', data: {} }],
  resendMail: [input => mailbox.resend(input), { ...TENANT, id: 'mail_1' }],
  listMails: [input => mailbox.list(input), TENANT],
  seller: [input => sellerOf(input), SELLER],
  tax: [async input => taxTable(input), TAX],
  createPlans: [async input => createPlans(input), OPTIONS.plans],
  createSubscriptions: [async input => createSubscriptions(input), OPTIONS.subscriptions],
  createBilling: [async input => createBilling(input), OPTIONS.billing],
  createPayments: [async input => createPayments(input), OPTIONS.payments],
  createCollections: [async input => createCollections(input), OPTIONS.collections],
  createMailbox: [async input => createMailbox(input), OPTIONS.mailbox],
  stripeProvider: [async input => stripeProvider(input), { secretKey: 'sk_test', webhookSecret: 'whsec' }],
  paypalProvider: [async input => paypalProvider(input), { clientId: 'id', clientSecret: 'secret', clock: systemClock }],
  coinbaseProvider: [async input => coinbaseProvider(input), { key: { id: 'id', secret: 'secret' }, clock: systemClock }],
  smtpSender: [async input => smtpSender(input), { url: 'smtp://localhost', from: 'a@b.example' }],
  mailNotifier: [async input => mailNotifier(input), { recipients: {}, send: async () => {} }],
} as const satisfies Record<string, readonly [Call, object]>

type Operation = keyof typeof CALLS

const NOT_TEXT: readonly unknown[] = [undefined, null, 5, {}, []]
const NOT_TIME: readonly unknown[] = ['', 'today', '2026-11-01', 5, {}, new Date(Number.NaN)]
const NOT_AMOUNT: readonly unknown[] = [undefined, null, '', 'much', 0.5, 2 ** 53, Number.NaN, {}, true]

/** Their tenant is null for the operator. */
const OF_OPERATOR: ReadonlySet<Operation> = new Set(['requestMail', 'resendMail', 'listMails'])

const BAD_FIELDS: readonly (readonly [Operation, field: string, values: readonly unknown[]])[] = [
  ...(Object.keys(CALLS) as Operation[])
    .filter(operation => 'tenantId' in CALLS[operation][1])
    .map((operation): readonly [Operation, string, readonly unknown[]] => [operation, 'tenantId', OF_OPERATOR.has(operation) ? [undefined, 5, {}] : NOT_TEXT]),
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
  ...(['createPlans', 'createSubscriptions', 'createBilling', 'createPayments', 'createCollections', 'createMailbox'] as const).flatMap(operation =>
    (['store', 'clock'] as const).map((option): readonly [Operation, string, readonly unknown[]] => [operation, option, [undefined, null, 'memory']]),
  ),
  ['createBilling', 'taxes', [undefined, {}]],
  ['createPayments', 'providers', [undefined, null, {}]],
  ['createMailbox', 'publicUrl', [undefined, 5]],
  ['stripeProvider', 'secretKey', NOT_TEXT],
  ['stripeProvider', 'webhookSecret', [5, {}]],
  ['paypalProvider', 'clientSecret', NOT_TEXT],
  ['coinbaseProvider', 'key', [undefined, null, 'key']],
  ['smtpSender', 'from', NOT_TEXT],
  ['mailNotifier', 'send', [undefined, null, {}]],
  ['resendMail', 'to', [5, 'nobody']],
  ['listMails', 'first', ['10', 0]],
]

/** Parts whose fields have a prefix. */
const PREFIXES: Readonly<Partial<Record<Operation, string>>> = { summary: 'range.', seller: 'seller.', tax: 'tax.' }

/** Inputs of which another field than the changed one is named. */
const BAD_PARTS: readonly (readonly [Operation, part: object, path: string])[] = [
  ...(Object.keys(CALLS) as Operation[]).map((operation): readonly [Operation, object, string] => [
    operation,
    { amuont: '1' },
    `${PREFIXES[operation] ?? ''}amuont`,
  ]),
  ['coinbaseProvider', { key: { name: 'id', secret: 'secret' } }, 'key.name'],
  ['setProfile', { address: { ...ADDRESS, town: 'Berlin' } }, 'address.town'],
  ['setProfile', { address: { ...ADDRESS, city: 5 } }, 'address.city'],
  ['setProfile', { taxId: { kind: 'eu_vat', number: 'DE1' } }, 'taxId.number'],
  ['seller', { address: {} }, 'seller.address.line1'],
  ['seller', { email: undefined }, 'seller.email'],
  ['seller', { bankAccount: { holder: 'Tollgate', iban: 5, bic: null, bank: null } }, 'seller.bankAccount.iban'],
  ['setProfile', { address: { ...ADDRESS, country: 'QQ' } }, 'address.country'],
  ['seller', { address: { ...ADDRESS, country: 'UK' } }, 'seller.address.country'],
  ['seller', { bankAccount: { holder: 'Tollgate', iban: 'DE00', bic: null, bank: null } }, 'seller.bankAccount.iban'],
  ['changeSettings', { tax: { ...TAX, registrations: ['EU', 'DE', 'QQ'] } }, 'tax.registrations.2'],
  ['changeSettings', { tax: { ...TAX, registrations: ['US-CA-XX'] } }, 'tax.registrations.0'],
  ['changeSettings', { tax: { ...TAX, rates: [{ ...RATE, jurisdiction: 'UK' }] } }, 'tax.rates.0.jurisdiction'],
  ['tax', { registrations: ['DE', 5] }, 'tax.registrations.1'],
  ['tax', { behavior: 'included' }, 'tax.behavior'],
  ['tax', { rounding: 'never' }, 'tax.rounding'],
  ...NOT_AMOUNT.map((percent): readonly [Operation, object, string] => ['tax', { rates: [{ ...RATE, percent }] }, 'tax.rates.0.percent']),
  ['tax', { rates: [{ ...RATE, percent: '101' }] }, 'tax.rates.0.percent'],
  ['tax', { rates: [{ ...RATE, from: '2025' }] }, 'tax.rates.0.from'],
  ['tax', { rates: [{ ...RATE, components: [{ name: 'State', percent: 'much' }] }] }, 'tax.rates.0.components.0.percent'],
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

it('names what is wrong with all parts of billing settings at once', async () => {
  const changes = {
    invoiceSeries: 'inv',
    lookBackPeriods: 99,
    tax: { ...TAX, registrations: ['US-CA-XX'], behavior: 'included' },
    seller: { ...SELLER, email: 'nobody' },
  }
  expect(await issuesOf(() => billing.changeSettings(changes as never))).toEqual([
    'tax.behavior',
    'invoiceSeries',
    'lookBackPeriods',
    'tax.registrations.0',
    'seller.email',
  ])
})

/** Sets a seller. */
async function sellerOf(input: never): Promise<unknown> {
  const reading = new Proxy({}, { get: () => async () => undefined })
  return createBilling({ ...OPTIONS.billing, settings: reading } as never).changeSettings({ seller: input })
}

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
