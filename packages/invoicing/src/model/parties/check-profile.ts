import { inputShape, shapeIssues } from '@tollgate/kernel/input'
import { checkText, InvalidInput, type Issue } from '@tollgate/kernel'
import { bankAccountIssues } from './check-bank-account.ts'
import { isCountry } from './country.ts'
import type { Address, BillingProfile, Seller, TaxId } from './party.ts'

/** Maximum days from issue to due date. */
export const MAX_PAYMENT_TERM_DAYS = 365

const TEXT = { max: 200 }
const REGION = /^[A-Z0-9]{1,3}$/
const EMAIL = /^[^\s@,;<>]{1,64}@[^\s@,;<>]{1,190}\.[^\s@,;<>]{2,63}$/

const SELLER = inputShape<Seller>({
  name: 'text',
  address: 'object',
  taxId: 'object|null',
  registration: 'text|null',
  email: 'text|null',
  phone: 'text|null',
  bankAccount: 'object|null',
})
const ADDRESS = inputShape<Address>({ line1: 'text', line2: 'text|null', postalCode: 'text|null', city: 'text', region: 'text|null', country: 'text' })
const TAX_ID = inputShape<TaxId>({ kind: 'text', value: 'text' })

/** Checks the fields of the parts that a profile and a seller have. */
function partIssues(prefix: string, { address, taxId }: Pick<Seller, 'address' | 'taxId'>): readonly Issue[] {
  return [...(shapeIssues(ADDRESS, address, `${prefix}address`) ?? []), ...((taxId && shapeIssues(TAX_ID, taxId, `${prefix}taxId`)) ?? [])]
}

/** Checks a billing profile. Throws `InvalidInput` that names every invalid field. */
export function checkBillingProfile(profile: BillingProfile): BillingProfile {
  const malformed = partIssues('', profile)
  if (malformed.length > 0) throw new InvalidInput(malformed)
  const { name, address, taxId, taxExemption, email, locale, reference, paymentTermDays } = profile
  const issues: Issue[] = [
    ...checkText('name', name, TEXT),
    ...checkAddress('address', address),
    ...checkTaxIdText('taxId', taxId),
    ...optional('taxExemption', taxExemption),
    ...checkEmail('email', email),
    ...optional('reference', reference),
  ]
  if (!isLocale(locale)) issues.push({ path: 'locale', message: 'must be a language tag such as "de-CH"' })
  if (!Number.isInteger(paymentTermDays) || paymentTermDays < 0 || paymentTermDays > MAX_PAYMENT_TERM_DAYS) {
    issues.push({ path: 'paymentTermDays', message: `must be 0 to ${MAX_PAYMENT_TERM_DAYS}` })
  }
  if (issues.length > 0) throw new InvalidInput(issues)
  return profile
}

/** Returns what is wrong with the fields of a seller; empty if nothing is. */
export function sellerIssues(seller: Seller): readonly Issue[] {
  const malformed = shapeIssues(SELLER, seller, 'seller') ?? partIssues('seller.', seller)
  if (malformed.length > 0) return malformed
  const { name, address, taxId, registration, email, phone, bankAccount } = seller
  return [
    ...checkText('seller.name', name, TEXT),
    ...checkAddress('seller.address', address),
    ...checkTaxIdText('seller.taxId', taxId),
    ...optional('seller.registration', registration),
    ...checkEmail('seller.email', email),
    ...optional('seller.phone', phone),
    ...(bankAccount === null ? [] : bankAccountIssues('seller.bankAccount', bankAccount)),
  ]
}

function checkAddress(path: string, { line1, line2, postalCode, city, region, country }: Address): readonly Issue[] {
  const issues: Issue[] = [
    ...checkText(`${path}.line1`, line1, TEXT),
    ...optional(`${path}.line2`, line2),
    ...optional(`${path}.postalCode`, postalCode),
    ...checkText(`${path}.city`, city, TEXT),
  ]
  if (!isCountry(country)) issues.push({ path: `${path}.country`, message: 'must be the code of a country by ISO 3166-1, such as "DE"' })
  if (region !== null && !REGION.test(region))
    issues.push({ path: `${path}.region`, message: 'must be a region code without the country, such as "CA" for California' })
  return issues
}

function checkTaxIdText(path: string, taxId: TaxId | null): readonly Issue[] {
  return taxId === null ? [] : [...checkText(`${path}.kind`, taxId.kind, { max: 20 }), ...checkText(`${path}.value`, taxId.value, { max: 40 })]
}

function checkEmail(path: string, email: string | null): readonly Issue[] {
  return email === null || EMAIL.test(email) ? [] : [{ path, message: 'must be an e-mail address' }]
}

function optional(path: string, text: string | null): readonly Issue[] {
  return text === null ? [] : checkText(path, text, TEXT)
}

function isLocale(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length === 1
  } catch {
    return false
  }
}
