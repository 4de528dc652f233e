import { expect, it } from 'vitest'
import { bankAccountIssues } from './check-bank-account.ts'

const ACCOUNT = { holder: 'Tollgate GmbH', iban: 'DE89370400440532013000', bic: null, bank: null }

it.each([
  'DE89370400440532013000',
  'DE89 3704 0044 0532 0130 00',
  'de89370400440532013000',
  'NL91ABNA0417164300',
  'MT84MALT011000012345MTLCAST001S',
  'NO9386011117947',
])('accepts the IBAN %s', iban => {
  expect(bankAccountIssues('account', { ...ACCOUNT, iban })).toEqual([])
})

it.each([
  ['DE00', 'must have 22 characters for the country DE, not 4'],
  ['DE8937040044053201300', 'must have 22 characters for the country DE, not 21'],
  ['DE88370400440532013000', 'has wrong check digits; compare it with a bank statement'],
  ['DE89370400440532031000', 'has wrong check digits; compare it with a bank statement'],
  ['DE8937040044053201300X', 'does not have the format of an IBAN of the country DE; compare it with a bank statement'],
  ['QQ89370400440532013000', 'must be an IBAN, such as "DE89 3704 0044 0532 0130 00"'],
  ['US64SVBKUS6S3300958879', 'must be an IBAN, such as "DE89 3704 0044 0532 0130 00"'],
  ['', 'must be an IBAN, such as "DE89 3704 0044 0532 0130 00"'],
  ['DE89'.padEnd(43, '0'), 'must be at most 42 characters, not 43'],
])('rejects the IBAN %j, and says what is wrong', (iban, message) => {
  expect(bankAccountIssues('account', { ...ACCOUNT, iban })).toEqual([{ path: 'account.iban', message }])
})

it('rejects a malformed BIC and a blank bank name', () => {
  // A line break would add a line to the QR code for transfers.
  const issues = bankAccountIssues('account', { ...ACCOUNT, bic: 'COBADEFF\nXXX', bank: ' ' })
  expect(issues.map(({ path }) => path)).toEqual(['account.bic', 'account.bank'])
  expect(bankAccountIssues('account', { ...ACCOUNT, bic: 'COBADEFFXXX', bank: 'Commerzbank' })).toEqual([])
})
