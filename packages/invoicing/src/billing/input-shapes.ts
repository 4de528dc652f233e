import { inputShape, type RangeInput } from '@tollgate/kernel/input'
import type { BillingSettings } from '../model/billing/billing-settings.ts'
import type { BillingProfile } from '../model/parties/party.ts'
import type { PreviewChangeInput } from './preview-change.ts'
import type { BillingRunInput, CreditNoteDraft, ExtraInvoice, ExtraLine, InvoicesRequest, RateFile } from './billing.ts'

/** The fields of each input. What callers pass is checked against them before anything else. */
export const INPUTS = {
  run: inputShape<BillingRunInput>({
    through: 'time',
    tenantIds: 'list?',
    finalize: 'boolean?',
    after: 'text?',
    total: 'integer?',
    onProgress: 'function?',
    onGroup: 'function?',
    signal: 'object?',
  }),
  previewChange: inputShape<PreviewChangeInput>({ tenantId: 'text', plan: 'text?', seats: 'number?', at: 'time?' }),
  invoices: inputShape<InvoicesRequest>({ tenantId: 'text?', kind: 'text?', status: 'text?', first: 'integer?', after: 'text?' }),
  issueCreditNote: inputShape<CreditNoteDraft>({ tenantId: 'text', invoiceId: 'text', contents: 'object', reason: 'text', idempotencyKey: 'text' }),
  wholeInvoice: inputShape<{ readonly kind: string }>({ kind: 'text' }),
  amountOfInvoice: inputShape<{ readonly kind: string; readonly amount: unknown }>({ kind: 'text', amount: 'amount' }),
  linesOfInvoice: inputShape<{ readonly kind: string; readonly lines: unknown }>({ kind: 'text', lines: 'list' }),
  lineOfInvoice: inputShape<{ readonly lineId: string; readonly netAmount: unknown }>({ lineId: 'text', netAmount: 'amount' }),
  issueInvoice: inputShape<ExtraInvoice>({
    id: 'text',
    tenantId: 'text',
    currency: 'text',
    period: 'object',
    timeZone: 'text',
    notes: 'text?',
    lines: 'list',
  }),
  period: inputShape<RangeInput>({ from: 'time', to: 'time' }),
  extraLine: inputShape<ExtraLine>({ kind: 'text', description: 'text', amount: 'amount', details: 'object?' }),
  settings: inputShape<Partial<BillingSettings>>({
    seller: 'object?',
    tax: 'object?',
    invoiceSeries: 'text?',
    creditNoteSeries: 'text?',
    lineDimensions: 'list?',
    lookBackPeriods: 'number?',
    notes: 'text?',
  }),
  profile: inputShape<BillingProfile>({
    tenantId: 'text',
    name: 'text',
    address: 'object',
    taxId: 'object?',
    taxExemption: 'text?',
    email: 'text?',
    locale: 'text',
    reference: 'text?',
    paymentTermDays: 'number',
    lineDimensions: 'list?',
  }),
  rates: inputShape<RateFile>({ text: 'text', source: 'text' }),
} as const
