import type { AppliedTax, TaxTotal } from '@tollgate/invoicing/tax'
import { builder } from '../../../../graphql/builder.ts'

/** GraphQL type `AppliedTax`. */
export const AppliedTaxRef = builder.objectRef<AppliedTax>('AppliedTax').implement({
  description: 'A tax that applies, or why none does.',
  fields: t => ({
    name: t.exposeString('name', { description: 'Name, such as "VAT".' }),
    category: t.exposeString('category', {
      description: 'Code of EN 16931: S (taxed), Z (zero rated), E (exempt), AE (reverse charge) or O (not subject to tax).',
    }),
    rate: t.expose('rate', { type: 'Decimal', description: 'In percent: 19 for 19 %.' }),
    jurisdiction: t.exposeString('jurisdiction', { description: 'Country, or country and region, whose tax it is.' }),
    exemptionReason: t.exposeString('exemptionReason', { nullable: true, description: 'Why no tax is due. Null if it is due.' }),
  }),
})

/** GraphQL type `TaxTotal`. */
export const TaxTotalRef = builder.objectRef<TaxTotal>('TaxTotal').implement({
  description: 'The tax of all lines with the same tax.',
  fields: t => ({
    tax: t.expose('tax', { type: AppliedTaxRef, description: 'The tax.' }),
    taxable: t.expose('taxable', { type: 'Decimal', description: 'Amount that is taxed, without tax.' }),
    amount: t.expose('amount', { type: 'Decimal', description: 'Amount of the tax.' }),
  }),
})
