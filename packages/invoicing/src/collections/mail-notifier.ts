import { checkShape, inputShape } from '@tollgate/kernel/input'
import type { MailData, NewMail } from '../mail/index.ts'
import type { Transaction } from '@tollgate/kernel'
import type { CollectionNotice, CollectionNotifier } from './collection-notifier.ts'
import type { InvoiceRecipients } from './invoice-recipients.ts'

/** What sending notices by e-mail needs. */
export interface MailNotifierDependencies {
  readonly recipients: InvoiceRecipients
  /** Adds e-mails in the transaction. */
  readonly send: (transaction: Transaction, mails: readonly NewMail[]) => Promise<void>
}

const DAY_MS = 86_400_000

const OPTIONS = inputShape<MailNotifierDependencies>({ recipients: 'object', send: 'function' })

/** Sends reminders and late fees by e-mail: one e-mail for the steps of an invoice that are taken together. */
export function mailNotifier(dependencies: MailNotifierDependencies): CollectionNotifier {
  checkShape(OPTIONS, dependencies)
  const { recipients, send } = dependencies
  return {
    async notify(transaction, notices) {
      const mails: NewMail[] = []
      for (const ofInvoice of Map.groupBy(notices.filter(isSent), ({ invoice }) => invoice.id).values()) {
        const [first] = ofInvoice
        if (first === undefined) continue
        const { tenantId, invoiceId } = first.step
        const recipient = await recipients.recipient(transaction, { tenantId, invoiceId })
        if (recipient === undefined) continue
        const { to, locale, name, seller, bankAccount } = recipient
        const data = { invoiceId, recipient: name, seller, bankAccount, ...dataOf(first, ofInvoice) }
        mails.push({ tenantId, key: `${invoiceId} ${ofInvoice.map(({ step }) => step.key).join(' ')}`, kind: 'reminder', to, locale, data })
      }
      if (mails.length > 0) await send(transaction, mails)
    },
  }
}

/** Nobody is reminded of an invoice that nobody expects to be paid. */
function isSent({ step }: CollectionNotice): boolean {
  return step.kind !== 'uncollectible'
}

function dataOf({ invoice, step }: CollectionNotice, notices: readonly CollectionNotice[]): MailData {
  const { number, currency, total, amountPaid, dueAt, timeZone } = invoice
  const fee = notices.map(notice => notice.step.amount).findLast(amount => amount !== null)
  const daysLate = (step.takenAt.epochMilliseconds - dueAt.epochMilliseconds) / DAY_MS
  return {
    number,
    currency,
    timeZone,
    total: total.toFixed(),
    amountDue: total.minus(amountPaid).toFixed(),
    dueAt: dueAt.toString(),
    daysLate: daysLate < 0 ? Math.floor(daysLate) : Math.trunc(daysLate),
    lateFee: fee?.toFixed() ?? null,
  }
}
