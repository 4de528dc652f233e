import type { AddressPartsFragment } from './billing.operations.ts'

/** Says an address in one line. */
export function addressText({ line1, line2, postalCode, city, region, country }: AddressPartsFragment): string {
  return [line1, line2, [postalCode, city].filter(part => part !== null).join(' '), region, country].filter(part => part !== null && part !== '').join(', ')
}
