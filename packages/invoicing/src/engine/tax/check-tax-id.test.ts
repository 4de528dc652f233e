import { describe, expect, it } from 'vitest'
import { checkTaxId } from './check-tax-id.ts'

const VALID = {
  eu_vat: [
    'ATU13585627',
    'BE0428759497',
    'BG175074752',
    'CY10259033P',
    'CZ25123891',
    'DE136695976',
    'DK13585628',
    'EE100931558',
    'EL094259216',
    'ESB58378431',
    'FI20774740',
    'FR40303265045',
    'HR33392005961',
    'HU12892312',
    'IE6433435F',
    'IT00743110157',
    'LT119511515',
    'LU15027442',
    'LV40003521600',
    'MT11679112',
    'NL004495445B01',
    'PL8567346215',
    'PT501964843',
    'RO18547290',
    'SE556188840401',
    'SI50223054',
    'SK2022749619',
  ],
  gb_vat: ['GB980780684', '980 7806 84'],
  ch_vat: ['CHE-107.787.577 MWST', 'CHE107787577IVA'],
  no_vat: ['NO 995 525 828 MVA', '995525828MVA'],
  au_abn: ['83 914 571 673'],
  nz_gst: ['49-091-850'],
  in_gst: ['27AAPFU0939F1ZV'],
  ca_gst: ['123026635RT0001'],
  jp_trn: ['T8700110005901'],
}

describe.each(Object.entries(VALID))('%s', (kind, values) => {
  it.each(values)('accepts %s', value => expect(checkTaxId({ kind, value })).toMatchObject({ valid: true }))
  it.each(values)('rejects %s with another digit', value => {
    // One that every country checks: neither the first nor one of a branch.
    const position = [...value.matchAll(/\d/g)].at(4)?.index ?? 0
    const changed = value.slice(0, position) + String((Number(value[position]) + 1) % 10) + value.slice(position + 1)
    expect(checkTaxId({ kind, value: changed })).toMatchObject({ valid: false })
  })
})

it.each([
  { kind: 'eu_vat', value: '', reason: /begin with the country/ },
  { kind: 'eu_vat', value: 'GR094259216', reason: /begin with the country/ }, // Greek VAT ids begin with EL
  { kind: 'eu_vat', value: 'XX123', reason: /begin with the country/ },
  { kind: 'jp_trn', value: '8700110005901', reason: /registration number/ }, // without its T
  { kind: 'other', value: '123', reason: /cannot be checked/ },
  { kind: 'toString', value: '123', reason: /cannot be checked/ },
])('rejects $kind "$value"', ({ kind, value, reason }) => {
  expect(checkTaxId({ kind, value })).toEqual({ valid: false, reason: expect.stringMatching(reason) })
})
