import type { ListedInvoice } from '@tollgate/invoicing/billing'
import type { Decimal, Temporal } from '@tollgate/kernel'
import { type PageTexts, pageTexts } from './page-texts.ts'

/** What the page of an invoice links to. */
export interface PageLinks {
  readonly html: string
  readonly pdf: string
  readonly forms: readonly { readonly provider: string; readonly action: string }[]
}

/** A payment with the fields of Stripe. */
export interface CardPayment {
  readonly clientSecret: string
  readonly stripeKey: string
  readonly nonce: string
  readonly returnUrl: string
}

const PROVIDER_NAMES: Readonly<Record<string, string>> = { stripe: 'Stripe', paypal: 'PayPal', coinbase: 'Coinbase' }

const STYLE = `body{margin:0;padding:24px;background:#f4f4f5;font:16px/1.5 system-ui,sans-serif;color:#18181b}
main{max-width:460px;margin:0 auto;padding:32px;background:#fff;border-radius:8px}
h1{font-size:20px;margin:0 0 16px}dl{display:grid;grid-template-columns:auto auto;gap:4px 16px}dd{margin:0;text-align:right}
button{display:block;width:100%;margin-top:12px;padding:12px;border:0;border-radius:6px;background:#1f3a5f;color:#fff;font:inherit;cursor:pointer}
a{color:#1f3a5f;margin-right:16px}`

/** Returns a page around its content. */
export function page(invoice: Pick<ListedInvoice, 'buyer' | 'number'> | undefined, content: string): string {
  const locale = invoice?.buyer.locale ?? 'en'
  const title = escaped(`${pageTexts(locale).invoice} ${invoice?.number ?? ''}`.trim())
  const viewport = '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
  return `<!doctype html><html lang="${escaped(locale.split('-')[0] ?? 'en')}"><head><meta charset="utf-8">${viewport}<title>${title}</title><style>${STYLE}</style></head><body><main>${content}</main></body></html>`
}

/** Returns a paragraph with one of the texts, in the language of the buyer. */
export function message(invoice: Pick<ListedInvoice, 'buyer'> | undefined, key: keyof PageTexts): string {
  return `<p>${escaped(pageTexts(invoice?.buyer.locale ?? 'en')[key])}</p>`
}

/** Returns what is due of an invoice, links to its documents, and a button for each payment provider. */
export function invoiceSummary(invoice: ListedInvoice, { html, pdf, forms }: PageLinks): string {
  const { kind, number, seller, status, total, amountDue, dueAt, currency, timeZone, buyer } = invoice
  const texts = pageTexts(buyer.locale)
  const money = (amount: Decimal) => moneyText(amount, { currency, locale: buyer.locale })
  const rows = [
    [texts.total, money(total)],
    ...(kind === 'invoice' && status !== 'void' ? [[texts.due, money(amountDue)]] : []),
    ...(kind === 'invoice' && dueAt !== null ? [[texts.dueOn, dayText(dueAt, { timeZone, locale: buyer.locale })]] : []),
  ]
  const state = status === 'void' ? texts.void : kind === 'invoice' && status === 'paid' ? texts.paid : ''
  const buttons = forms.map(
    ({ provider, action }) =>
      `<form method="post" action="${escaped(action)}"><button>${escaped(`${texts.payWith} ${PROVIDER_NAMES[provider] ?? provider}`)}</button></form>`,
  )
  return [
    `<h1>${escaped(`${kind === 'invoice' ? texts.invoice : texts.creditNote} ${number ?? ''}`)}</h1><p>${escaped(seller.name)}</p>`,
    `<dl>${rows.map(([name = '', value = '']) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`,
    state === '' ? '' : `<p><b>${escaped(state)}</b></p>`,
    `<p><a href="${escaped(html)}">${escaped(texts.view)}</a><a href="${escaped(pdf)}">${escaped(texts.download)}</a></p>`,
    buttons.length === 0 ? '' : `<section id="pay">${buttons.join('')}</section>`,
  ].join('')
}

/** Returns the fields of Stripe. What is typed into them goes to Stripe only. */
export function cardForm(invoice: ListedInvoice, { clientSecret, stripeKey, nonce, returnUrl }: CardPayment): string {
  const { number, amountDue, currency, buyer } = invoice
  const texts = pageTexts(buyer.locale)
  const settings = JSON.stringify({ clientSecret, stripeKey, returnUrl, locale: buyer.locale.split('-')[0] }).replaceAll('<', String.raw`\u003c`)
  const script = `const { clientSecret, stripeKey, returnUrl, locale } = ${settings}
const stripe = Stripe(stripeKey, { locale })
const elements = stripe.elements({ clientSecret })
elements.create('payment').mount('#fields')
document.querySelector('form').addEventListener('submit', async event => {
  event.preventDefault()
  const { error } = await stripe.confirmPayment({ elements, confirmParams: { return_url: returnUrl } })
  document.querySelector('#problem').textContent = error.message
})`
  const button = `${texts.pay}: ${moneyText(amountDue, { currency, locale: buyer.locale })}`
  return `<h1>${escaped(`${texts.invoice} ${number ?? ''}`)}</h1><form><div id="fields"></div><p id="problem" role="alert"></p><button>${escaped(button)}</button></form>
<script nonce="${nonce}" src="https://js.stripe.com/v3/"></script><script nonce="${nonce}">${script}</script>`
}

function moneyText(amount: Decimal, { currency, locale }: { readonly currency: string; readonly locale: string }): string {
  // Intl formats the exact text of a decimal, which its type does not say.
  return new Intl.NumberFormat(knownLocale(locale), { style: 'currency', currency }).format(amount.toFixed() as never)
}

function dayText(at: Temporal.Instant, { timeZone, locale }: { readonly timeZone: string; readonly locale: string }): string {
  return new Intl.DateTimeFormat(knownLocale(locale), { dateStyle: 'long', timeZone }).format(at.epochMilliseconds)
}

function knownLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en'
  } catch {
    return 'en'
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
