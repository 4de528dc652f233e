import type { Decimal } from '@tollgate/kernel'
import type { InvoiceDocument } from '../document/invoice-document.ts'
import type {
  ElectronicAllowance,
  ElectronicInvoice,
  ElectronicLine,
  ElectronicParty,
  ElectronicPayment,
  ElectronicPeriod,
  ElectronicTax,
  ElectronicTaxCategory,
} from './electronic-invoice.ts'
import { makeElectronicInvoice } from './make-electronic-invoice.ts'
import { element, parent, type XmlElement } from './xml-element.ts'

/** Renders an invoice or credit note as UBL 2.1, by EN 16931. Throws `ElectronicInvoiceUnavailable`. */
export function renderUbl(document: InvoiceDocument): string {
  const invoice = makeElectronicInvoice(document)
  const root = invoice.kind === 'credit_note' ? 'CreditNote' : 'Invoice'
  const namespaces =
    `xmlns="urn:oasis:names:specification:ubl:schema:xsd:${root}-2" ` +
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" ' +
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"'
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} ${namespaces}>${contents(invoice).join('')}</${root}>\n`
}

function contents(invoice: ElectronicInvoice): readonly XmlElement[] {
  const { kind, currency, preceding } = invoice
  const credited = kind === 'credit_note'
  const amount = (name: string, value: Decimal) => money(name, value, currency)
  return [
    element('cbc:CustomizationID', 'urn:cen.eu:en16931:2017'),
    element('cbc:ID', invoice.number),
    element('cbc:IssueDate', invoice.issueDate),
    credited ? '' : element('cbc:DueDate', invoice.dueDate),
    credited ? element('cbc:CreditNoteTypeCode', '381') : element('cbc:InvoiceTypeCode', '380'),
    element('cbc:Note', invoice.note),
    element('cbc:DocumentCurrencyCode', currency),
    element('cbc:BuyerReference', invoice.buyerReference),
    period(invoice.period),
    preceding === null
      ? ''
      : parent(
          'cac:BillingReference',
          parent('cac:InvoiceDocumentReference', element('cbc:ID', preceding.number), element('cbc:IssueDate', preceding.issueDate)),
        ),
    parent('cac:AccountingSupplierParty', party(invoice.seller)),
    parent('cac:AccountingCustomerParty', party(invoice.buyer)),
    invoice.payment === null ? '' : payment(invoice.payment),
    parent('cac:PaymentTerms', element('cbc:Note', invoice.terms)),
    parent('cac:TaxTotal', amount('cbc:TaxAmount', invoice.taxTotal), ...invoice.taxes.map(tax => taxSubtotal(tax, currency))),
    parent(
      'cac:LegalMonetaryTotal',
      amount('cbc:LineExtensionAmount', invoice.netTotal),
      amount('cbc:TaxExclusiveAmount', invoice.netTotal),
      amount('cbc:TaxInclusiveAmount', invoice.total),
      amount('cbc:PrepaidAmount', invoice.paid),
      amount('cbc:PayableAmount', invoice.due),
    ),
    ...invoice.lines.map(line => lineElement(line, invoice)),
  ]
}

function party({ name, address, id, registration, vatId, taxRegistration, email, phone }: ElectronicParty): XmlElement {
  return parent(
    'cac:Party',
    element('cbc:EndpointID', email, { schemeID: 'EM' }),
    parent('cac:PartyIdentification', element('cbc:ID', id)),
    parent('cac:PartyName', element('cbc:Name', name)),
    parent(
      'cac:PostalAddress',
      element('cbc:StreetName', address.line1),
      element('cbc:AdditionalStreetName', address.line2),
      element('cbc:CityName', address.city),
      element('cbc:PostalZone', address.postalCode),
      element('cbc:CountrySubentity', address.region),
      parent('cac:Country', element('cbc:IdentificationCode', address.country)),
    ),
    vatId === null ? '' : parent('cac:PartyTaxScheme', element('cbc:CompanyID', vatId), taxScheme('VAT')),
    taxRegistration === null ? '' : parent('cac:PartyTaxScheme', element('cbc:CompanyID', taxRegistration), taxScheme('FC')),
    parent('cac:PartyLegalEntity', element('cbc:RegistrationName', name), element('cbc:CompanyID', registration)),
    parent('cac:Contact', element('cbc:Telephone', phone), element('cbc:ElectronicMail', email)),
  )
}

function payment({ code, iban, bic, holder, reference }: ElectronicPayment): XmlElement {
  return parent(
    'cac:PaymentMeans',
    element('cbc:PaymentMeansCode', code),
    element('cbc:PaymentID', reference),
    parent('cac:PayeeFinancialAccount', element('cbc:ID', iban), element('cbc:Name', holder), parent('cac:FinancialInstitutionBranch', element('cbc:ID', bic))),
  )
}

function taxSubtotal(tax: ElectronicTax, currency: string): XmlElement {
  return parent(
    'cac:TaxSubtotal',
    money('cbc:TaxableAmount', tax.taxable, currency),
    money('cbc:TaxAmount', tax.amount, currency),
    parent(
      'cac:TaxCategory',
      ...category(tax),
      element('cbc:TaxExemptionReasonCode', tax.reasonCode),
      element('cbc:TaxExemptionReason', tax.reason),
      taxScheme('VAT'),
    ),
  )
}

function lineElement(line: ElectronicLine, { kind, currency }: ElectronicInvoice): XmlElement {
  const credited = kind === 'credit_note'
  return parent(
    credited ? 'cac:CreditNoteLine' : 'cac:InvoiceLine',
    element('cbc:ID', line.id),
    element(credited ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity', line.quantity.toFixed(), { unitCode: line.unitCode }),
    money('cbc:LineExtensionAmount', line.netAmount, currency),
    period(line.period),
    ...line.allowances.map(allowance => allowanceElement(allowance, currency)),
    parent('cac:Item', element('cbc:Name', line.name), parent('cac:ClassifiedTaxCategory', ...category(line.tax), taxScheme('VAT'))),
    parent('cac:Price', money('cbc:PriceAmount', line.price, currency)),
  )
}

function allowanceElement({ kind, reason, amount }: ElectronicAllowance, currency: string): XmlElement {
  return parent(
    'cac:AllowanceCharge',
    element('cbc:ChargeIndicator', String(kind === 'charge')),
    element('cbc:AllowanceChargeReason', reason),
    money('cbc:Amount', amount, currency),
  )
}

function category({ category: code, rate }: ElectronicTaxCategory): readonly XmlElement[] {
  return [element('cbc:ID', code), element('cbc:Percent', rate?.toFixed() ?? null)]
}

function taxScheme(id: string): XmlElement {
  return parent('cac:TaxScheme', element('cbc:ID', id))
}

function period({ from, to }: ElectronicPeriod): XmlElement {
  return parent('cac:InvoicePeriod', element('cbc:StartDate', from), element('cbc:EndDate', to))
}

function money(name: string, amount: Decimal, currency: string): XmlElement {
  return element(name, amount.toFixed(), { currencyID: currency })
}
