import type { Decimal } from '@tollgate/kernel'
import { encode } from 'uqr'
import type { BankAccount } from '../../model/parties/party.ts'

/** Maximum length of the reference of a bank transfer. */
const MAX_REFERENCE = 140

/** Maximum length of the name of an account holder. */
const MAX_HOLDER = 70

/** What a bank transfer says. */
export interface Transfer {
  readonly account: BankAccount
  readonly currency: string
  readonly amount: Decimal
  readonly reference: string
}

/**
 * Returns what the QR code of a SEPA bank transfer says (EPC069-12). Returns null for what it cannot say: other currencies
 * than EUR, and amounts that are not from 0.01 to 999,999,999.99.
 */
export function epcPayload({ account, currency, amount, reference }: Transfer): string | null {
  if (currency !== 'EUR' || amount.lt('0.01') || amount.gt('999999999.99')) return null
  const holder = oneLine(account.holder).slice(0, MAX_HOLDER)
  const text = oneLine(reference).slice(0, MAX_REFERENCE)
  return ['BCD', '002', '1', 'SCT', account.bic ?? '', holder, compactIban(account), `EUR${amount.toFixed(2)}`, '', '', text].join('\n')
}

/** Returns the QR code of a bank transfer, as rows of modules. Null if there is none. */
export function epcCode(transfer: Transfer): readonly (readonly boolean[])[] | null {
  const payload = epcPayload(transfer)
  return payload === null ? null : encode(payload, { ecc: 'M', border: 0, maxVersion: 13 }).data
}

/** Returns an IBAN without spaces. */
export function compactIban({ iban }: BankAccount): string {
  return iban.replaceAll(/\s/g, '').toUpperCase()
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
