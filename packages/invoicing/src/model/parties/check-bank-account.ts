import { checkText, type Issue } from '@tollgate/kernel'
import { inputShape, shapeIssues } from '@tollgate/kernel/input'
import { electronicFormatIBAN, getCountrySpecifications, isValidBIC, validateIBAN, ValidationErrorsIBAN } from 'ibantools'
import type { BankAccount } from './party.ts'

const BANK_ACCOUNT = inputShape<BankAccount>({ holder: 'text', iban: 'text', bic: 'text|null', bank: 'text|null' })
const TEXT = { max: 200 }
/** An IBAN in groups of four, as it is printed. */
const MAX_IBAN_LENGTH = 42

/** Returns what is wrong with a bank account; empty if nothing is. `path` names it. */
export function bankAccountIssues(path: string, account: BankAccount): readonly Issue[] {
  const malformed = shapeIssues(BANK_ACCOUNT, account, path)
  if (malformed !== undefined) return malformed
  const { holder, iban, bic, bank } = account
  const wrongIban = ibanProblem(iban)
  return [
    ...checkText(`${path}.holder`, holder, TEXT),
    ...(wrongIban === undefined ? [] : [{ path: `${path}.iban`, message: wrongIban }]),
    ...(bic === null || isValidBIC(bic) ? [] : [{ path: `${path}.bic`, message: 'must be a BIC of 8 or 11 characters, such as "COBADEFFXXX"' }]),
    ...(bank === null ? [] : checkText(`${path}.bank`, bank, TEXT)),
  ]
}

/** Spaces between the groups and small letters are fine. */
function ibanProblem(iban: string): string | undefined {
  if (iban.length > MAX_IBAN_LENGTH) return `must be at most ${MAX_IBAN_LENGTH} characters, not ${iban.length}`
  const compact = electronicFormatIBAN(iban) ?? ''
  const { errorCodes } = validateIBAN(compact)
  const is = (code: ValidationErrorsIBAN) => errorCodes.includes(code)
  if (is(ValidationErrorsIBAN.NoIBANProvided) || is(ValidationErrorsIBAN.NoIBANCountry)) return 'must be an IBAN, such as "DE89 3704 0044 0532 0130 00"'
  const country = compact.slice(0, 2)
  if (is(ValidationErrorsIBAN.WrongBBANLength)) {
    const length = getCountrySpecifications()[country]?.chars
    return `must have ${length} characters for the country ${country}, not ${compact.length}`
  }
  if (is(ValidationErrorsIBAN.WrongBBANFormat)) return `does not have the format of an IBAN of the country ${country}; compare it with a bank statement`
  return errorCodes.length > 0 ? 'has wrong check digits; compare it with a bank statement' : undefined
}
