import { Decimal, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { memoryBillingSettings, memoryExchangeRates, memoryInvoiceStore } from '../memory/index.ts'
import { changePlan } from '../engine/subscriptions/change-plan.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import { billingPlanOf } from '../testing/builders/billing-plan.ts'
import { type BillingSetup, billingSetup } from '../testing/builders/billing-setup.ts'
import { subscriptionOf } from '../testing/builders/subscription.ts'
import type { FeePreview, PreviewChangeInput } from './preview-change.ts'

const pro = billingPlanOf({ recurringFee: new Decimal(31) })
const business = billingPlanOf({ name: 'business', title: 'Business', recurringFee: new Decimal(310), seats: { included: 1, unitPrice: new Decimal(31) } })
const arrears = billingPlanOf({ name: 'late', title: 'Late', recurringFee: new Decimal(62), feeTiming: 'in_arrears' })
const plans = [pro, business, arrears]

/** A tenant on the plan "pro" since January, billed until the first of March: its fee of March is paid. */
async function onPro(now: string): Promise<BillingSetup> {
  const stores = { store: memoryInvoiceStore(), settings: memoryBillingSettings(), rates: memoryExchangeRates() }
  const setup = await billingSetup(stores, [{ subscription: subscriptionOf([{ from: '2026-01-01T00:00:00Z', plan: pro }]), plans }], now)
  await setup.billing.run({ through: '2026-03-01T00:00:00Z' })
  return setup
}

const linesOf = ({ lines }: Pick<StoredInvoice, 'lines'> | FeePreview) =>
  lines.map(line => {
    const { description, period } = line
    const amount = 'netAmount' in line ? line.netAmount : line.amount
    return `${period.from.toString().slice(0, 10)} to ${period.to.toString().slice(0, 10)} ${description}: ${amount.toFixed()}`
  })

describe('the preview of a change', () => {
  it('prorates a change of plan in mid-period, and charges the next period by the new plan', async () => {
    const { billing } = await onPro('2026-03-11T00:00:00Z')
    const preview = await billing.previewChange({ tenantId: 'acme', plan: 'business', seats: 3 })
    expect(linesOf(preview.unchanged)).toEqual(['2026-04-01 to 2026-05-01 Pro: 31'])
    expect(linesOf(preview.changed)).toEqual([
      '2026-04-01 to 2026-05-01 Business: 310',
      '2026-04-01 to 2026-05-01 Business, seats: 62',
      '2026-03-11 to 2026-04-01 Business: 210',
      '2026-03-11 to 2026-04-01 Pro, unused time: -21',
      '2026-03-11 to 2026-04-01 Business, seats: 42',
    ])
    expect([preview.unchanged.total, preview.changed.total, preview.difference].map(String)).toEqual(['31', '603', '572'])
    expect([preview.takesEffectAt, preview.invoicedAt].map(String)).toEqual(['2026-03-11T00:00:00Z', '2026-04-01T00:00:00Z'])
  })

  it.each<PreviewChangeInput & { name: string }>([
    { name: 'a larger plan now', tenantId: 'acme', plan: 'business' },
    { name: 'a larger plan with seats, later', tenantId: 'acme', plan: 'business', seats: 4, at: '2026-03-20T12:00:00Z' },
    { name: 'a larger plan at the end of the period', tenantId: 'acme', plan: 'business', at: 'period_end' },
    { name: 'a plan whose fee is billed in arrears', tenantId: 'acme', plan: 'late' },
  ])('has the lines of the invoice that settles $name', async ({ name: _, ...input }) => {
    const setup = await onPro('2026-03-11T09:30:00Z')
    const preview = await setup.billing.previewChange(input)
    const [known] = setup.subscriptions
    if (known === undefined) throw new TypeError('The subscription is missing')
    const plan = plans.find(({ name }) => name === input.plan) ?? pro
    const at = typeof input.at === 'string' && input.at.startsWith('2026') ? Temporal.Instant.from(input.at) : input.at === 'period_end' ? 'period_end' : 'now'
    const change = { plan, at, ...(typeof input.seats === 'number' && { seats: input.seats }) } as const
    setup.subscriptions[0] = { plans, subscription: changePlan(known.subscription, change, { now: setup.clock.now(), plans }) }
    setup.clock.set('2026-06-01T00:00:00Z')
    const [invoice] = (await setup.billing.run({ through: preview.invoicedAt })).firstInvoices
    expect(linesOf(preview.changed)).toEqual(invoice === undefined ? undefined : linesOf(invoice))
  })

  it('prorates seats without a plan', async () => {
    const setup = await onPro('2026-03-11T00:00:00Z')
    const subscription = subscriptionOf([
      { from: '2026-01-01T00:00:00Z', plan: pro },
      { from: '2026-03-01T00:00:00Z', plan: business, seats: 2 },
    ])
    setup.subscriptions[0] = { plans, subscription }
    const { difference } = await setup.billing.previewChange({ tenantId: 'acme', seats: 5 })
    expect(difference.toFixed()).toBe('156') // Three seats: 63 for the rest of March, and 93 for April.
  })

  it.each([
    { input: { tenantId: 'acme' }, issue: 'plan' },
    { input: { tenantId: 'acme', plan: 'business', seats: 0 }, issue: 'seats' },
    { input: { tenantId: 'acme', plan: 'business', at: 'tomorrow' }, issue: 'at' },
  ])('refuses $input as the change does', async ({ input, issue }) => {
    const { billing } = await onPro('2026-03-11T00:00:00Z')
    await expect(billing.previewChange(input)).rejects.toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: issue }] })
  })

  it('refuses a plan that does not exist, and a tenant without a subscription', async () => {
    const { billing } = await onPro('2026-03-11T00:00:00Z')
    await expect(billing.previewChange({ tenantId: 'acme', plan: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(billing.previewChange({ tenantId: 'globex', plan: 'pro' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
