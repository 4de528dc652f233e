import type { BankAccount, BillingProfile, Seller } from '@tollgate/invoicing'
import { type BillingSettings, ExchangeRateConflict, MAX_LOOK_BACK_PERIODS } from '@tollgate/invoicing/billing'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { TaxBehaviorRef } from './invoice-enums.ts'
import { AddressInputRef, readAddress, readSeller, SellerInputRef, TaxIdInputRef } from './party-inputs.ts'

const AddressRef = builder.objectRef<Seller['address']>('Address').implement({
  description: 'A postal address.',
  fields: t => ({
    line1: t.exposeString('line1', { description: 'Street and number.' }),
    line2: t.exposeString('line2', { nullable: true, description: 'Further line.' }),
    postalCode: t.exposeString('postalCode', { nullable: true, description: 'Postal code.' }),
    city: t.exposeString('city', { description: 'City.' }),
    region: t.exposeString('region', { nullable: true, description: 'ISO 3166-2 code without the country.' }),
    country: t.exposeString('country', { description: 'ISO 3166-1 alpha-2 code.' }),
  }),
})

const TaxIdRef = builder.objectRef<NonNullable<Seller['taxId']>>('TaxId').implement({
  description: 'A tax registration.',
  fields: t => ({
    kind: t.exposeString('kind', { description: 'Its kind, such as "eu_vat".' }),
    value: t.exposeString('value', { description: 'The id.' }),
  }),
})

const BillingProfileRef = builder.objectRef<BillingProfile>('BillingProfile').implement({
  description: 'Whom a tenant is invoiced as, and how.',
  fields: t => ({
    tenantId: t.exposeID('tenantId', { description: 'Id of the tenant.' }),
    name: t.exposeString('name', { description: 'Name on invoices.' }),
    address: t.expose('address', { type: AddressRef, description: 'Address on invoices, which decides the tax.' }),
    taxId: t.expose('taxId', { type: TaxIdRef, nullable: true, description: 'Tax registration. Null for none.' }),
    taxExemption: t.exposeString('taxExemption', { nullable: true, description: 'Why it pays no taxes. Null if it does.' }),
    email: t.exposeString('email', { nullable: true, description: 'Where invoices and reminders are sent.' }),
    locale: t.exposeString('locale', { description: 'Language and formats of invoices: "de-CH".' }),
    reference: t.exposeString('reference', { nullable: true, description: 'Its own reference on invoices, such as a purchase order.' }),
    paymentTermDays: t.exposeInt('paymentTermDays', { description: 'Days from issue to due date.' }),
    lineDimensions: t.stringList({
      nullable: true,
      description: 'Dimensions that its usage lines are grouped by. Null for those of the settings.',
      resolve: ({ lineDimensions }) => (lineDimensions ? [...lineDimensions] : null),
    }),
  }),
})

builder.queryField('billingProfile', t =>
  t.field({
    type: BillingProfileRef,
    nullable: true,
    authScopes: { can: 'billing:read' },
    description: 'Whom a tenant is invoiced as. Null until it is set.',
    args: { tenantId: t.arg.id({ description: 'Tenant to read. Required with an operator key; a tenant key reads its own tenant.' }) },
    resolve: async (_root, { tenantId }, context) => (await context.tollgate.billing.profile(await tenantOf(context, tenantId))) ?? null,
  }),
)

const SetBillingProfileInputRef = builder.inputType('SetBillingProfileInput', {
  description: 'Whom to invoice a tenant as. It replaces the profile.',
  fields: t => ({
    tenantId: t.id({ description: 'Tenant. Required with an operator key.' }),
    name: t.string({ required: true, description: 'Name on invoices.' }),
    address: t.field({ type: AddressInputRef, required: true, description: 'Address on invoices, which decides the tax.' }),
    taxId: t.field({ type: TaxIdInputRef, description: 'Tax registration. Defaults to none.' }),
    taxExemption: t.string({ description: 'Why it pays no taxes. Printed on invoices. Defaults to none.' }),
    email: t.string({ description: 'Where invoices and reminders are sent.' }),
    locale: t.string({ defaultValue: 'en', description: 'Language and formats of invoices. Defaults to "en".' }),
    reference: t.string({ description: 'Its own reference on invoices, such as a purchase order.' }),
    paymentTermDays: t.int({ defaultValue: 30, description: 'Days from issue to due date, 0 to 365. Defaults to 30.' }),
    lineDimensions: t.stringList({ description: 'Dimensions that its usage lines are grouped by, such as "organization". Defaults to those of the settings.' }),
  }),
})

const SetBillingProfilePayloadRef = builder.objectRef<{ readonly profile: BillingProfile }>('SetBillingProfilePayload').implement({
  description: 'The profile was set. Invoices that are finalised keep theirs.',
  fields: t => ({ profile: t.expose('profile', { type: BillingProfileRef, description: 'The profile.' }) }),
})

builder.mutationField('setBillingProfile', t =>
  t.field({
    type: SetBillingProfilePayloadRef,
    authScopes: { $all: { operator: true, can: 'billing:write' } },
    audit: 'billing.profileSet',
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description: 'Sets whom a tenant is invoiced as. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: SetBillingProfileInputRef, required: true, description: 'The profile.' }) },
    resolve: async (_root, { input }, context) => {
      const { address, taxId, taxExemption, email, locale, reference, paymentTermDays, lineDimensions, name } = input
      const profile = await context.tollgate.billing.setProfile({
        tenantId: await tenantOf(context, input.tenantId),
        name,
        address: readAddress(address),
        taxId: taxId ?? null,
        taxExemption: taxExemption ?? null,
        email: email ?? null,
        locale: locale ?? 'en',
        reference: reference ?? null,
        paymentTermDays: paymentTermDays ?? 30,
        lineDimensions: lineDimensions ?? null,
      })
      return { profile }
    },
  }),
)

const BankAccountRef = builder.objectRef<BankAccount>('BankAccount').implement({
  description: 'An account that bank transfers go to.',
  fields: t => ({
    holder: t.exposeString('holder', { description: 'Holder of the account.' }),
    iban: t.exposeString('iban', { description: 'IBAN.' }),
    bic: t.exposeString('bic', { nullable: true, description: 'BIC.' }),
    bank: t.exposeString('bank', { nullable: true, description: 'Name of the bank.' }),
  }),
})

const SellerRef = builder.objectRef<Seller>('Seller').implement({
  description: 'The seller of all invoices.',
  fields: t => ({
    name: t.exposeString('name', { description: 'Name of the company.' }),
    address: t.expose('address', { type: AddressRef, description: 'Its address.' }),
    taxId: t.expose('taxId', { type: TaxIdRef, nullable: true, description: 'Its tax registration. Null for none.' }),
    registration: t.exposeString('registration', { nullable: true, description: 'Number in a public register of companies.' }),
    email: t.exposeString('email', { nullable: true, description: 'E-mail address.' }),
    phone: t.exposeString('phone', { nullable: true, description: 'Phone number.' }),
    bankAccount: t.expose('bankAccount', { type: BankAccountRef, nullable: true, description: 'Where bank transfers go. Null for none.' }),
  }),
})

const BillingSettingsRef = builder.objectRef<BillingSettings>('BillingSettings').implement({
  description: 'How all tenants are invoiced.',
  fields: t => ({
    seller: t.expose('seller', { type: SellerRef, nullable: true, description: 'The seller. Null until it is set: nothing can be invoiced before.' }),
    taxRegistrations: t.stringList({
      description: 'Where the seller is registered for taxes, such as "DE", "US-CA" or "EU".',
      resolve: ({ tax }) => [...tax.registrations],
    }),
    taxBehavior: t.field({ type: TaxBehaviorRef, description: 'Whether amounts include tax.', resolve: ({ tax }) => tax.behavior }),
    invoiceSeries: t.exposeString('invoiceSeries', { description: 'First part of the numbers of invoices.' }),
    creditNoteSeries: t.exposeString('creditNoteSeries', { description: 'First part of the numbers of credit notes.' }),
    lineDimensions: t.stringList({ description: 'Dimensions that usage lines are grouped by.', resolve: ({ lineDimensions }) => [...lineDimensions] }),
    lookBackPeriods: t.exposeInt('lookBackPeriods', {
      description: 'Number of earlier billing periods in which late usage and corrected costs are looked for.',
    }),
    notes: t.exposeString('notes', { nullable: true, description: 'Text that is printed on every invoice.' }),
  }),
})

builder.queryField('billingSettings', t =>
  t.field({
    type: BillingSettingsRef,
    authScopes: { $all: { operator: true, can: 'billing:read' } },
    description: 'How all tenants are invoiced. Requires an operator key with the scope "billing:read".',
    resolve: (_root, _args, { tollgate }) => tollgate.billing.settings(),
  }),
)

const SetBillingSettingsInputRef = builder.inputType('SetBillingSettingsInput', {
  description: 'Settings to change. Those that are omitted stay as they are.',
  fields: t => ({
    seller: t.field({ type: SellerInputRef, description: 'The seller.' }),
    taxRegistrations: t.stringList({
      description: 'Where the seller is registered for taxes: countries such as "DE", regions such as "US-CA", and "EU" for the One Stop Shop.',
    }),
    taxBehavior: t.field({ type: TaxBehaviorRef, description: 'Whether amounts include tax.' }),
    invoiceSeries: t.string({ description: 'First part of the numbers of invoices.' }),
    creditNoteSeries: t.string({ description: 'First part of the numbers of credit notes.' }),
    lineDimensions: t.stringList({ description: 'Dimensions that usage lines are grouped by, at most 4.' }),
    lookBackPeriods: t.int({ description: `Number of earlier billing periods in which late usage is looked for, 0 to ${MAX_LOOK_BACK_PERIODS}.` }),
    notes: t.string({ description: 'Text that is printed on every invoice. Null for none.' }),
  }),
})

const SetBillingSettingsPayloadRef = builder.objectRef<{ readonly settings: BillingSettings }>('SetBillingSettingsPayload').implement({
  description: 'The settings were changed. Invoices that are finalised stay as they are.',
  fields: t => ({ settings: t.expose('settings', { type: BillingSettingsRef, description: 'The settings.' }) }),
})

builder.mutationField('setBillingSettings', t =>
  t.field({
    type: SetBillingSettingsPayloadRef,
    authScopes: { $all: { operator: true, can: 'billing:write' } },
    audit: 'billing.settingsChanged',
    errors: { types: [InvalidInput, Forbidden] },
    description: 'Changes how all tenants are invoiced. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: SetBillingSettingsInputRef, required: true, description: 'The settings.' }) },
    resolve: async (_root, { input: { seller, taxRegistrations, taxBehavior, notes, ...rest } }, { tollgate: { billing } }) => {
      const changesTax = (taxRegistrations ?? taxBehavior ?? null) !== null
      const tax = changesTax ? (await billing.settings()).tax : undefined
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== undefined)) as Partial<BillingSettings>
      const settings = await billing.changeSettings({
        ...given,
        ...(tax && { tax: { ...tax, registrations: taxRegistrations ?? tax.registrations, behavior: taxBehavior ?? tax.behavior } }),
        ...(seller && { seller: readSeller(seller) }),
        ...(notes !== undefined && { notes }),
      })
      return { settings }
    },
  }),
)

const ImportExchangeRatesInputRef = builder.inputType('ImportExchangeRatesInput', {
  description: 'A file of exchange rates.',
  fields: t => ({
    csv: t.string({
      required: true,
      description:
        'Lines with the columns "date,base,quote,rate"; or the reference rates of the European Central Bank, with a day in each line and a currency in each column.',
    }),
    source: t.string({ required: true, description: 'Who published the rates, such as "ECB". Shown where a rate was applied.' }),
  }),
})

const ImportExchangeRatesPayloadRef = builder.objectRef<{ readonly added: number }>('ImportExchangeRatesPayload').implement({
  description: 'The rates are stored.',
  fields: t => ({ added: t.exposeInt('added', { description: 'Number of rates that were not stored before.' }) }),
})

builder.mutationField('importExchangeRates', t =>
  t.field({
    type: ImportExchangeRatesPayloadRef,
    authScopes: { $all: { operator: true, can: 'billing:write' } },
    audit: 'billing.exchangeRatesImported',
    errors: { types: [InvalidInput, Forbidden, ExchangeRateConflict] },
    description: 'Imports exchange rates by day. Rates are never changed, because invoices use them. Requires an operator key with the scope "billing:write".',
    args: { input: t.arg({ type: ImportExchangeRatesInputRef, required: true, description: 'The file.' }) },
    resolve: async (_root, { input: { csv, source } }, { tollgate }) => ({ added: await tollgate.billing.importRates({ text: csv, source }) }),
  }),
)
