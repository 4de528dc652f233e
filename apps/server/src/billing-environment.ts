import { InvalidInput, minorUnits } from '@tollgate/kernel'
import { isMailAddress } from '@tollgate/invoicing/mail'
import { z } from 'zod'

/** Settings of billing, payments, collections and e-mails. What is undefined is off. */
export interface BillingEnvironment {
  /** ISO 4217. Currency of new tenants that name none. */
  readonly defaultCurrency: string
  /** Whether tenants are billed when their periods end. */
  readonly autoBilling: boolean
  /** Whether invoices and credit notes are sent by e-mail when they are finalised. */
  readonly sendsInvoices: boolean
  /** Days after the due date before late fees begin, unless a collection policy is set. */
  readonly graceDays: number
  readonly stripe:
    | {
        readonly secretKey: string
        /** For the page where invoices are paid. Undefined if Stripe is not offered there. */
        readonly publishableKey: string | undefined
        readonly webhookSecret: string | undefined
        readonly url: string | undefined
      }
    | undefined
  readonly paypal:
    | { readonly clientId: string; readonly clientSecret: string; readonly webhookId: string | undefined; readonly url: string | undefined }
    | undefined
  readonly coinbase:
    | { readonly keyId: string; readonly keySecret: string; readonly webhookSecret: string | undefined; readonly url: string | undefined }
    | undefined
  readonly smtp: { readonly url: string; readonly from: string } | undefined
  /** Addresses that get the alerts of the operator. */
  readonly operatorMail: readonly string[]
  /** Folder with templates of e-mails; undefined for those that are built in. */
  readonly mailTemplates: string | undefined
  /** JSON file with how invoices look; undefined for the plain design. */
  readonly invoiceDesign: string | undefined
  /** Address of this server in links to documents and for recipients of e-mails. */
  readonly publicUrl: string | undefined
}

/** An address without a path. */
const httpUrl = z
  .string()
  .refine(
    text => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol) && new URL(text).href === `${new URL(text).origin}/`,
    'must be an http or https URL without a path, such as https://tollgate.example',
  )
  .transform(text => new URL(text).origin)
  .optional()
const text = z.string().optional()

/** The environment variables of payments, collections and e-mails. */
export const billingVariables = {
  BILLING_DEFAULT_CURRENCY: z.string().refine(isCurrency, 'must be an ISO 4217 code in capital letters, such as EUR').default('USD'),
  BILLING_AUTO_BILLING: z
    .enum(['0', '1', 'false', 'true'], 'must be 1 or 0')
    .default('1')
    .transform(value => value === '1' || value === 'true'),
  BILLING_SEND_INVOICES: z
    .enum(['0', '1', 'false', 'true'], 'must be 1 or 0')
    .default('1')
    .transform(value => value === '1' || value === 'true'),
  BILLING_GRACE_PERIOD: z
    .string()
    .regex(/^(?:[12]?\d{1,2}|3[0-5]\d|36[0-5])d?$/, 'must be 0 to 365 days, such as 7d')
    .default('7d')
    .transform(days => Number(days.replace('d', ''))),
  TOLLGATE_STRIPE_SECRET_KEY: text,
  TOLLGATE_STRIPE_PUBLISHABLE_KEY: text,
  TOLLGATE_STRIPE_WEBHOOK_SECRET: text,
  TOLLGATE_STRIPE_URL: httpUrl,
  TOLLGATE_PAYPAL_CLIENT_ID: text,
  TOLLGATE_PAYPAL_CLIENT_SECRET: text,
  TOLLGATE_PAYPAL_WEBHOOK_ID: text,
  TOLLGATE_PAYPAL_URL: httpUrl,
  TOLLGATE_COINBASE_KEY_ID: text,
  TOLLGATE_COINBASE_KEY_SECRET: text,
  TOLLGATE_COINBASE_WEBHOOK_SECRET: text,
  TOLLGATE_COINBASE_URL: httpUrl,
  TOLLGATE_SMTP_URL: z
    .string()
    .refine(
      url => URL.canParse(url) && ['smtp:', 'smtps:'].includes(new URL(url).protocol),
      'must be an smtp or smtps URL, such as smtps://user:password@mail.example:465',
    )
    .optional(),
  TOLLGATE_MAIL_FROM: z
    .string()
    .refine(from => isMailAddress(/<([^<>]+)>$/.exec(from)?.[1] ?? from), 'must be an e-mail address, such as Tollgate <billing@example.com>')
    .optional(),
  TOLLGATE_MAIL_OPERATOR: z
    .string()
    .transform(list => list.split(',').map(address => address.trim()))
    .refine(addresses => addresses.every(isMailAddress), 'must be e-mail addresses separated by commas')
    .default([]),
  TOLLGATE_MAIL_TEMPLATES: text,
  TOLLGATE_INVOICE_DESIGN: text,
  TOLLGATE_PUBLIC_URL: httpUrl,
}

const values = z.object(billingVariables)
type Values = z.infer<typeof values>

/** Puts the variables together. Throws `InvalidInput` that names a variable that another one needs. */
export function billingEnvironment(variables: Values, resolvePath: (path: string | undefined) => string | undefined): BillingEnvironment {
  const { TOLLGATE_STRIPE_SECRET_KEY: secretKey } = variables
  const [clientId, clientSecret] = both(variables, 'TOLLGATE_PAYPAL_CLIENT_ID', 'TOLLGATE_PAYPAL_CLIENT_SECRET')
  const [keyId, keySecret] = both(variables, 'TOLLGATE_COINBASE_KEY_ID', 'TOLLGATE_COINBASE_KEY_SECRET')
  const [url, from] = both(variables, 'TOLLGATE_SMTP_URL', 'TOLLGATE_MAIL_FROM')
  return {
    defaultCurrency: variables.BILLING_DEFAULT_CURRENCY,
    autoBilling: variables.BILLING_AUTO_BILLING,
    sendsInvoices: variables.BILLING_SEND_INVOICES,
    graceDays: variables.BILLING_GRACE_PERIOD,
    stripe:
      secretKey === undefined
        ? undefined
        : {
            secretKey,
            publishableKey: variables.TOLLGATE_STRIPE_PUBLISHABLE_KEY,
            webhookSecret: variables.TOLLGATE_STRIPE_WEBHOOK_SECRET,
            url: variables.TOLLGATE_STRIPE_URL,
          },
    paypal:
      clientId === undefined || clientSecret === undefined
        ? undefined
        : { clientId, clientSecret, webhookId: variables.TOLLGATE_PAYPAL_WEBHOOK_ID, url: variables.TOLLGATE_PAYPAL_URL },
    coinbase:
      keyId === undefined || keySecret === undefined
        ? undefined
        : { keyId, keySecret, webhookSecret: variables.TOLLGATE_COINBASE_WEBHOOK_SECRET, url: variables.TOLLGATE_COINBASE_URL },
    smtp: url === undefined || from === undefined ? undefined : { url, from },
    operatorMail: variables.TOLLGATE_MAIL_OPERATOR,
    mailTemplates: resolvePath(variables.TOLLGATE_MAIL_TEMPLATES),
    invoiceDesign: resolvePath(variables.TOLLGATE_INVOICE_DESIGN),
    publicUrl: variables.TOLLGATE_PUBLIC_URL,
  }
}

type TextVariable = Extract<keyof Values, `TOLLGATE_PAYPAL_CLIENT_${string}` | `TOLLGATE_COINBASE_KEY_${string}` | 'TOLLGATE_SMTP_URL' | 'TOLLGATE_MAIL_FROM'>

/** Returns two variables that need each other: both, or none. */
function both(variables: Values, one: TextVariable, other: TextVariable): readonly [string, string] | readonly [] {
  const [first, second] = [variables[one], variables[other]]
  if (first !== undefined && second !== undefined) return [first, second]
  if (first === undefined && second === undefined) return []
  const [missing, given] = first === undefined ? [one, other] : [other, one]
  throw new InvalidInput([{ path: missing, message: `is required with ${given}` }])
}

function isCurrency(code: string): boolean {
  try {
    minorUnits(code)
    return true
  } catch {
    return false
  }
}
