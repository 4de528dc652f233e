import { SelectField, TextField } from '../../ui/field.tsx'
import type { FieldText } from '../../ui/use-form.ts'
import type { PartyForm } from './party-form.ts'

const TAX_IDS = [
  { value: '', label: 'None' },
  { value: 'eu_vat', label: 'VAT id (EU)' },
  { value: 'gb_vat', label: 'VAT number (UK)' },
  { value: 'ch_vat', label: 'VAT number (Switzerland)' },
  { value: 'no_vat', label: 'VAT number (Norway)' },
  { value: 'au_abn', label: 'ABN (Australia)' },
  { value: 'in_gst', label: 'GSTIN (India)' },
  { value: 'ca_gst', label: 'GST number (Canada)' },
  { value: 'nz_gst', label: 'GST number (New Zealand)' },
  { value: 'jp_trn', label: 'Registration number (Japan)' },
  { value: 'other', label: 'Another one' },
]

/** The paths of a party's fields in its input. */
export const PARTY_PATHS = [
  'name',
  ...['line1', 'line2', 'postalCode', 'city', 'region', 'country'].map(part => `address.${part}`),
  ...['taxId', 'taxId.kind', 'taxId.value', 'email'],
]

export interface PartyFieldsProps {
  readonly form: PartyForm
  readonly field: (name: keyof PartyForm) => FieldText
  readonly errorOf: (path: string) => string | undefined
}

/** Who somebody is on invoices. */
export function PartyFields({ form, field, errorOf }: PartyFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField label="Name" required error={errorOf('name')} {...field('name')} />
      <TextField label="E-mail address" type="email" error={errorOf('email')} {...field('email')} />
      <TextField label="Street and number" required error={errorOf('address.line1')} {...field('line1')} />
      <TextField label="Further line" error={errorOf('address.line2')} {...field('line2')} />
      <TextField label="Postal code" error={errorOf('address.postalCode')} {...field('postalCode')} />
      <TextField label="City" required error={errorOf('address.city')} {...field('city')} />
      <TextField label="Country" hint="Two letters, such as DE." required maxLength={2} error={errorOf('address.country')} {...field('country')} />
      <TextField label="Region" hint="Where taxes depend on it, such as CA." error={errorOf('address.region')} {...field('region')} />
      <SelectField label="Tax registration" error={errorOf('taxId.kind')} choices={TAX_IDS} {...field('taxIdKind')} />
      {form.taxIdKind !== '' && <TextField label="Its id" required error={errorOf('taxId.value') ?? errorOf('taxId')} {...field('taxId')} />}
    </div>
  )
}
