import { Decimal, OPERATOR_SCOPE, type Temporal, tenantScope } from '@tollgate/kernel'
import type { Tollgate } from '../tollgate.ts'
import type { DemoTenants } from './load-demo.ts'

/** What the demo is set up with. */
export type DemoDependencies = Pick<Tollgate, 'usage' | 'chargeRules' | 'billingPlans' | 'subscriptions' | 'quotas' | 'credits' | 'billing' | 'clock'>

const PLAN = 'demo-team'

/**
 * Sets up the demo tenants: a plan with a markup, a discount, credits, quotas near and over their limits, which alert, and the
 * invoices that are due. Done once: the quotas come last, and show that everything is done.
 */
export async function furnishDemo(tollgate: DemoDependencies, { tenants, loadedAt }: DemoTenants): Promise<void> {
  const [first, second, third] = tenants
  if (first === undefined || second === undefined || third === undefined) throw new Error('The demo needs three tenants.')
  if ((await tollgate.quotas.overrides({ tenantId: second.id, first: 1 })).items.length > 0) return
  await publishPlan(tollgate)
  for (const { id } of [first, second]) await subscribe(tollgate, id, loadedAt.subtract({ hours: 45 * 24 }))
  await giveDiscount(tollgate, second.id, loadedAt.subtract({ hours: 20 * 24 }))
  await tollgate.credits.grant({ tenantId: first.id, amount: '500', idempotencyKey: 'demo-credits', description: 'Welcome credits' })
  await sendInvoices(tollgate, [first, second])
  await limitTokens(tollgate, { tenantId: first.id, usedPercent: 88, enforcement: 'hard' })
  await limitTokens(tollgate, { tenantId: third.id, usedPercent: 42, enforcement: 'hard' })
  await limitTokens(tollgate, { tenantId: second.id, usedPercent: 109, enforcement: 'soft' })
}

async function publishPlan({ billingPlans }: DemoDependencies): Promise<void> {
  if ((await billingPlans.list()).some(({ name }) => name === PLAN)) return
  await billingPlans.publish({
    name: PLAN,
    title: 'Team (demo)',
    recurringFee: '49',
    usageCharges: [{ name: 'markup', terms: { kind: 'markup', percent: '40' } }],
    quotas: { unlisted: 'allow', policies: [{ metric: 'requests', window: 'minute', limit: '600' }] },
  })
}

async function subscribe({ subscriptions }: DemoDependencies, tenantId: string, from: Temporal.Instant): Promise<void> {
  if ((await subscriptions.find(tenantId)) === undefined) await subscriptions.subscribe({ tenantId, plan: PLAN, from })
}

async function giveDiscount({ chargeRules }: DemoDependencies, tenantId: string, from: Temporal.Instant): Promise<void> {
  const discount = { effect: { kind: 'percentage', percent: '10' } } as const
  await chargeRules.publish(OPERATOR_SCOPE, { name: 'demo-loyalty', tenantId, from, terms: { kind: 'discount', discount } })
}

async function sendInvoices({ billing, clock }: DemoDependencies, tenants: DemoTenants['tenants']): Promise<void> {
  const address = { line2: null, postalCode: null, region: null }
  if ((await billing.settings()).seller === null) {
    const seller = { name: 'Your Company (demo)', address: { ...address, line1: 'Main Street 1', city: 'Berlin', country: 'DE' } }
    await billing.changeSettings({ seller: { ...seller, taxId: null, registration: null, email: null, phone: null, bankAccount: null } })
  }
  for (const { id, name } of tenants) {
    await billing.setProfile({
      tenantId: id,
      name,
      address: { ...address, line1: 'High Street 2', city: 'London', country: 'GB' },
      taxId: null,
      taxExemption: null,
      email: null,
      locale: 'en-GB',
      reference: null,
      paymentTermDays: 14,
    })
  }
  await billing.run({ through: clock.now(null), tenantIds: tenants.map(({ id }) => id) })
}

/** Limits the tokens of the last seven days so that a part of the limit is used. */
async function limitTokens(
  { usage, quotas, clock }: DemoDependencies,
  { tenantId, usedPercent, enforcement }: { readonly tenantId: string; readonly usedPercent: number; readonly enforcement: 'hard' | 'soft' },
): Promise<void> {
  const to = clock.now(null)
  const { tokens } = await usage.report(tenantScope(tenantId), { range: { from: to.subtract({ hours: 7 * 24 }), to } }).totals()
  const limit = new Decimal(String(tokens.total)).times(100).div(usedPercent).toSignificantDigits(3, Decimal.ROUND_UP)
  await quotas.setQuota({ tenantId, metric: 'tokens', window: 'week', sliding: true, limit: Decimal.max(limit, 1), enforcement })
}
