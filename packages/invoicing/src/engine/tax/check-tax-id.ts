import { stdnum } from 'stdnum'
import type { TaxId } from '../../model/parties/party.ts'

/** The kinds of tax ids that can be checked. */
export const TAX_ID_KINDS = ['eu_vat', 'gb_vat', 'ch_vat', 'no_vat', 'au_abn', 'nz_gst', 'in_gst', 'ca_gst', 'jp_trn'] as const

/** What a tax id is. A valid one has the format and the check digits of its country; whether it is registered is not known. */
export type CheckedTaxId = { readonly valid: true; readonly country: string; readonly number: string } | { readonly valid: false; readonly reason: string }

/** The name of the validator of each country in `stdnum`. */
const EU_VALIDATORS: Readonly<Record<string, string>> = {
  AT: 'uid',
  BE: 'vat',
  BG: 'vat',
  CY: 'vat',
  CZ: 'dic',
  DE: 'vat',
  DK: 'cvr',
  EE: 'kmkr',
  ES: 'nif',
  FI: 'alv',
  FR: 'tva',
  GR: 'vat',
  HR: 'oib',
  HU: 'anum',
  IE: 'vat',
  IT: 'iva',
  LT: 'pvm',
  LU: 'tva',
  LV: 'pvn',
  MT: 'vat',
  NL: 'btw',
  PL: 'nip',
  PT: 'nif',
  RO: 'cif',
  SE: 'vat',
  SI: 'ddv',
  SK: 'dph',
}

const OTHER_KINDS: Readonly<Record<string, { readonly country: string; readonly name: string; readonly validator: string }>> = {
  gb_vat: { country: 'GB', name: 'VAT number of the United Kingdom', validator: 'vat' },
  ch_vat: { country: 'CH', name: 'Swiss VAT number', validator: 'vat' },
  no_vat: { country: 'NO', name: 'Norwegian VAT number', validator: 'mva' },
  au_abn: { country: 'AU', name: 'Australian Business Number', validator: 'abn' },
  nz_gst: { country: 'NZ', name: 'GST number of New Zealand', validator: 'ird' },
  in_gst: { country: 'IN', name: 'Indian GSTIN', validator: 'gstin' },
  ca_gst: { country: 'CA', name: 'Canadian GST/HST number', validator: 'gst' },
  jp_trn: { country: 'JP', name: 'Japanese registration number', validator: 'cn' },
}

const EU_PREFIXES = Object.keys(EU_VALIDATORS).map(vatPrefix).join(', ')

/** Checks the format and the check digits of a tax id, without a network. A tax id of another kind cannot be checked, and is not valid. */
export function checkTaxId({ kind, value }: TaxId): CheckedTaxId {
  const compact = value.toUpperCase().replaceAll(/[\s.-]/g, '')
  if (kind === 'eu_vat') return checkEuVatId(compact)
  const known = Object.hasOwn(OTHER_KINDS, kind) ? OTHER_KINDS[kind] : undefined
  if (known === undefined) return { valid: false, reason: `Tax ids of the kind "${kind}" cannot be checked. Kinds that can: ${TAX_ID_KINDS.join(', ')}.` }
  const { country, name, validator } = known
  // The registration number is a "T" and the corporate number.
  const number = kind === 'jp_trn' ? compact.replace(/^T/, '') : compact
  const hasForm = kind !== 'jp_trn' || number !== compact
  return hasForm && isValid({ country, validator, number })
    ? { valid: true, country, number: compact }
    : { valid: false, reason: `"${value.slice(0, 40)}" is not a valid ${name}: its format or check digits are wrong.` }
}

function checkEuVatId(compact: string): CheckedTaxId {
  const prefix = compact.slice(0, 2)
  const country = prefix === 'EL' ? 'GR' : prefix
  const validator = prefix !== 'GR' && Object.hasOwn(EU_VALIDATORS, country) ? EU_VALIDATORS[country] : undefined
  if (validator === undefined) return { valid: false, reason: `"${compact.slice(0, 40)}" does not begin with the country of a VAT id: ${EU_PREFIXES}.` }
  if (isValid({ country, validator, number: compact })) return { valid: true, country, number: compact }
  return { valid: false, reason: `"${compact.slice(0, 40)}" is not a valid VAT id of ${prefix}: its format or check digits are wrong.` }
}

function vatPrefix(country: string): string {
  return country === 'GR' ? 'EL' : country
}

function isValid({ country, validator, number }: { readonly country: string; readonly validator: string; readonly number: string }): boolean {
  return stdnum[country]?.[validator]?.validate(number).isValid === true
}
