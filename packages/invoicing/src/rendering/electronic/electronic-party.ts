import type { BillingProfile, Seller, TaxId } from '../../model/parties/party.ts'
import type { ElectronicParty } from './electronic-invoice.ts'

/** Kinds of tax ids that are VAT ids, with the prefix that their country has. */
const VAT_KINDS: Readonly<Record<string, string | null>> = { eu_vat: null, gb_vat: 'GB', ch_vat: 'CH', no_vat: 'NO' }

/**
 * Returns the seller. An invoice that is not subject to VAT must not name VAT ids (BR-O-02): the seller's is a tax
 * registration there.
 */
export function electronicSeller({ name, address, taxId, registration, email, phone }: Seller, notSubject: boolean): ElectronicParty {
  const vatId = vatIdOf(taxId)
  const shown = notSubject ? null : vatId
  return {
    name,
    address,
    // Something must identify the seller (BR-CO-26).
    id: shown === null && registration === null && taxId !== null ? compact(taxId) : null,
    registration,
    vatId: shown,
    taxRegistration: shown === null && taxId !== null ? compact(taxId) : null,
    email,
    phone,
  }
}

/** Returns the buyer. A tax id that is not a VAT id is its registration. */
export function electronicBuyer({ name, address, taxId, email }: BillingProfile, notSubject: boolean): ElectronicParty {
  const vatId = vatIdOf(taxId)
  return {
    name,
    address,
    id: null,
    registration: vatId === null && taxId !== null ? compact(taxId) : null,
    vatId: notSubject ? null : vatId,
    taxRegistration: null,
    email,
    phone: null,
  }
}

/** Returns a VAT id with the prefix of its country (BR-CO-09), or null for another tax id. */
function vatIdOf(taxId: TaxId | null): string | null {
  if (taxId === null || !Object.hasOwn(VAT_KINDS, taxId.kind)) return null
  const prefix = VAT_KINDS[taxId.kind] ?? null
  const value = compact(taxId)
  return prefix === null || value.startsWith(prefix) ? value : `${prefix}${value}`
}

function compact({ value }: TaxId): string {
  return value.toUpperCase().replaceAll(/[\s.-]/g, '')
}
