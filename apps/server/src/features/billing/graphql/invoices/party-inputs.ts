import type { Address, BankAccount, Seller, TaxId } from '@tollgate/invoicing'
import { builder } from '../../../../graphql/builder.ts'

/** A type whose nullable fields can be omitted. */
type Nullable<Type> = { readonly [Field in keyof Type as null extends Type[Field] ? never : Field]: Type[Field] } & {
  readonly [Field in keyof Type as null extends Type[Field] ? Field : never]?: Type[Field] | undefined
}

/** Returns an object whose omitted fields are null. */
export function completed<Type extends object>(input: Nullable<Type>, ...names: readonly (keyof Type)[]): Type {
  return {
    ...input,
    ...Object.fromEntries(
      names.filter(name => !Object.hasOwn(input, name) || (input as Readonly<Record<PropertyKey, unknown>>)[name] === undefined).map(name => [name, null]),
    ),
  } as Type
}

/** GraphQL input `AddressInput`. */
export const AddressInputRef = builder.inputRef<Nullable<Address>>('AddressInput').implement({
  description: 'A postal address.',
  fields: t => ({
    line1: t.string({ required: true, description: 'Street and number.' }),
    line2: t.string({ description: 'Further line.' }),
    postalCode: t.string({ description: 'Postal code.' }),
    city: t.string({ required: true, description: 'City.' }),
    region: t.string({ description: 'ISO 3166-2 code without the country, such as "CA" for California. Required where taxes depend on it.' }),
    country: t.string({ required: true, description: 'ISO 3166-1 alpha-2 code, such as "DE".' }),
  }),
})

/** GraphQL input `TaxIdInput`. */
export const TaxIdInputRef = builder.inputRef<TaxId>('TaxIdInput').implement({
  description: 'A tax registration, such as a VAT id.',
  fields: t => ({
    kind: t.string({ required: true, description: '`eu_vat`, `gb_vat`, `ch_vat`, `no_vat`, `au_abn`, `in_gst`, `ca_gst`, `nz_gst`, `jp_trn`, or `other`.' }),
    value: t.string({ required: true, description: 'The id, such as "DE136695976".' }),
  }),
})

const BankAccountInputRef = builder.inputRef<Nullable<BankAccount>>('BankAccountInput').implement({
  description: 'An account that bank transfers go to.',
  fields: t => ({
    holder: t.string({ required: true, description: 'Holder of the account.' }),
    iban: t.string({ required: true, description: 'IBAN.' }),
    bic: t.string({ description: 'BIC.' }),
    bank: t.string({ description: 'Name of the bank.' }),
  }),
})

/** What `SellerInput` holds. */
export interface SellerInput extends Omit<Nullable<Seller>, 'address' | 'bankAccount'> {
  readonly address: Nullable<Address>
  readonly bankAccount?: Nullable<BankAccount> | null | undefined
}

/** GraphQL input `SellerInput`. */
export const SellerInputRef = builder.inputRef<SellerInput>('SellerInput').implement({
  description: 'The seller of all invoices.',
  fields: t => ({
    name: t.string({ required: true, description: 'Name of the company.' }),
    address: t.field({ type: AddressInputRef, required: true, description: 'Its address.' }),
    taxId: t.field({ type: TaxIdInputRef, description: 'Its tax registration.' }),
    registration: t.string({ description: 'Number in a public register of companies.' }),
    email: t.string({ description: 'E-mail address.' }),
    phone: t.string({ description: 'Phone number.' }),
    bankAccount: t.field({ type: BankAccountInputRef, description: 'Where bank transfers go.' }),
  }),
})

/** Returns the seller that an input describes. */
export function readSeller({ address, bankAccount, ...seller }: SellerInput): Seller {
  return {
    ...completed<Omit<Seller, 'address' | 'bankAccount'>>(seller, 'taxId', 'registration', 'email', 'phone'),
    address: readAddress(address),
    bankAccount: bankAccount ? completed<BankAccount>(bankAccount, 'bic', 'bank') : null,
  }
}

/** Returns the address that an input describes. */
export function readAddress(address: Nullable<Address>): Address {
  return completed<Address>(address, 'line2', 'postalCode', 'region')
}
