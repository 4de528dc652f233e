/** A postal address. */
export interface Address {
  readonly line1: string
  readonly line2: string | null
  readonly postalCode: string | null
  readonly city: string
  /** ISO 3166-2 without the country, such as "CA" for California, if taxes depend on it. */
  readonly region: string | null
  /** ISO 3166-1 alpha-2, such as "DE". */
  readonly country: string
}

/** A tax registration, such as a VAT id. */
export interface TaxId {
  /** `eu_vat`, `gb_vat`, `ch_vat`, `no_vat`, `au_abn`, `in_gst`, `ca_gst`, `nz_gst`, `jp_trn`, or `other`. */
  readonly kind: string
  readonly value: string
}

/** The seller of an invoice: one for the installation. */
export interface Seller {
  readonly name: string
  readonly address: Address
  readonly taxId: TaxId | null
  /** Number in a public register of companies. */
  readonly registration: string | null
  readonly email: string | null
  readonly phone: string | null
  /** Where bank transfers go. Null if there are none. */
  readonly bankAccount: BankAccount | null
}

/** An account that bank transfers go to. */
export interface BankAccount {
  readonly holder: string
  readonly iban: string
  readonly bic: string | null
  readonly bank: string | null
}

/** Who a tenant's invoices are made out to, and how. */
export interface BillingProfile {
  readonly tenantId: string
  readonly name: string
  readonly address: Address
  readonly taxId: TaxId | null
  /** Exempt from all taxes. The reason is printed on invoices. Null if it is not exempt. */
  readonly taxExemption: string | null
  /** Where invoices and reminders are sent. */
  readonly email: string | null
  /** BCP 47, such as "de-CH". Language and formats of its invoices. */
  readonly locale: string
  /** Its own reference on invoices, such as a purchase order or a Leitweg-ID. */
  readonly reference: string | null
  /** Days from issue to due date. */
  readonly paymentTermDays: number
  /** Dimensions that its usage lines are grouped by, such as department. Defaults to those of the settings. */
  readonly lineDimensions?: readonly string[] | null
}
