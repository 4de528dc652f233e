import { textOrNull } from '../../ui/typed-text.ts'
import type { BillingProfileQuery } from './billing.operations.ts'

type Profile = NonNullable<BillingProfileQuery['billingProfile']>

/** What profiles and the seller have in common. */
export type Party = Pick<Profile, 'name' | 'address' | 'taxId' | 'email'>

/** A party, as it is typed. */
export type PartyForm = ReturnType<typeof partyFormOf>

/** Returns the form of a party that exists, or of a new one. */
export function partyFormOf(party: Party | null) {
  const { line1 = '', line2, postalCode, city = '', region, country = '' } = party?.address ?? {}
  return {
    name: party?.name ?? '',
    line1,
    line2: line2 ?? '',
    postalCode: postalCode ?? '',
    city,
    region: region ?? '',
    country,
    taxIdKind: party?.taxId?.kind ?? '',
    taxId: party?.taxId?.value ?? '',
    email: party?.email ?? '',
  }
}

/** Returns the input that a form stands for. */
export function partyOf({ name, line1, line2, postalCode, city, region, country, taxIdKind, taxId, email }: PartyForm) {
  return {
    name: name.trim(),
    address: {
      line1: line1.trim(),
      line2: textOrNull(line2),
      postalCode: textOrNull(postalCode),
      city: city.trim(),
      region: textOrNull(region),
      country: country.trim().toUpperCase(),
    },
    taxId: taxIdKind === '' ? null : { kind: taxIdKind, value: taxId.trim() },
    email: textOrNull(email),
  }
}
