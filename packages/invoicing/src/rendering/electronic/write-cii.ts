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
} from './electronic-invoice.ts'
import { makeElectronicInvoice } from './make-electronic-invoice.ts'
import { element, parent, type XmlElement } from './xml-element.ts'

const NAMESPACES = [
  ['rsm', 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'],
  ['qdt', 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100'],
  ['ram', 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100'],
  ['udt', 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100'],
]

/** Renders an invoice or credit note as CII (the XML of Factur-X and ZUGFeRD), by EN 16931. Throws `ElectronicInvoiceUnavailable`. */
export function renderCii(document: InvoiceDocument): string {
  const invoice = makeElectronicInvoice(document)
  const namespaces = NAMESPACES.map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`).join('')
  const root = 'rsm:CrossIndustryInvoice'
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${namespaces}>${contents(invoice).join('')}</${root}>\n`
}

function contents(invoice: ElectronicInvoice): readonly XmlElement[] {
  return [
    parent('rsm:ExchangedDocumentContext', parent('ram:GuidelineSpecifiedDocumentContextParameter', element('ram:ID', 'urn:cen.eu:en16931:2017'))),
    parent(
      'rsm:ExchangedDocument',
      element('ram:ID', invoice.number),
      element('ram:TypeCode', invoice.kind === 'credit_note' ? '381' : '380'),
      date('ram:IssueDateTime', invoice.issueDate),
      parent('ram:IncludedNote', element('ram:Content', invoice.note)),
    ),
    parent(
      'rsm:SupplyChainTradeTransaction',
      ...invoice.lines.map(lineElement),
      parent(
        'ram:ApplicableHeaderTradeAgreement',
        element('ram:BuyerReference', invoice.buyerReference),
        party('ram:SellerTradeParty', invoice.seller),
        party('ram:BuyerTradeParty', invoice.buyer),
      ),
      // Required, and empty for services.
      '<ram:ApplicableHeaderTradeDelivery/>',
      settlement(invoice),
    ),
  ]
}

function settlement(invoice: ElectronicInvoice): XmlElement {
  const { currency, preceding } = invoice
  return parent(
    'ram:ApplicableHeaderTradeSettlement',
    element('ram:PaymentReference', invoice.payment?.reference ?? null),
    element('ram:InvoiceCurrencyCode', currency),
    invoice.payment === null ? '' : payment(invoice.payment),
    ...invoice.taxes.map(taxElement),
    period(invoice.period),
    parent('ram:SpecifiedTradePaymentTerms', element('ram:Description', invoice.terms), date('ram:DueDateDateTime', invoice.dueDate)),
    parent(
      'ram:SpecifiedTradeSettlementHeaderMonetarySummation',
      amount('ram:LineTotalAmount', invoice.netTotal),
      amount('ram:TaxBasisTotalAmount', invoice.netTotal),
      element('ram:TaxTotalAmount', invoice.taxTotal.toFixed(), { currencyID: currency }),
      amount('ram:GrandTotalAmount', invoice.total),
      amount('ram:TotalPrepaidAmount', invoice.paid),
      amount('ram:DuePayableAmount', invoice.due),
    ),
    preceding === null
      ? ''
      : parent(
          'ram:InvoiceReferencedDocument',
          element('ram:IssuerAssignedID', preceding.number),
          dateString('ram:FormattedIssueDateTime', 'qdt:DateTimeString', preceding.issueDate),
        ),
  )
}

function party(name: string, { name: partyName, address, id, registration, vatId, taxRegistration, email, phone }: ElectronicParty): XmlElement {
  return parent(
    name,
    element('ram:ID', id),
    element('ram:Name', partyName),
    parent('ram:SpecifiedLegalOrganization', element('ram:ID', registration)),
    parent(
      'ram:DefinedTradeContact',
      parent('ram:TelephoneUniversalCommunication', element('ram:CompleteNumber', phone)),
      parent('ram:EmailURIUniversalCommunication', element('ram:URIID', email)),
    ),
    parent(
      'ram:PostalTradeAddress',
      element('ram:PostcodeCode', address.postalCode),
      element('ram:LineOne', address.line1),
      element('ram:LineTwo', address.line2),
      element('ram:CityName', address.city),
      element('ram:CountryID', address.country),
      element('ram:CountrySubDivisionName', address.region),
    ),
    parent('ram:URIUniversalCommunication', element('ram:URIID', email, { schemeID: 'EM' })),
    parent('ram:SpecifiedTaxRegistration', element('ram:ID', vatId, { schemeID: 'VA' })),
    parent('ram:SpecifiedTaxRegistration', element('ram:ID', taxRegistration, { schemeID: 'FC' })),
  )
}

function payment({ code, iban, bic, holder }: ElectronicPayment): XmlElement {
  return parent(
    'ram:SpecifiedTradeSettlementPaymentMeans',
    element('ram:TypeCode', code),
    parent('ram:PayeePartyCreditorFinancialAccount', element('ram:IBANID', iban), element('ram:AccountName', holder)),
    parent('ram:PayeeSpecifiedCreditorFinancialInstitution', element('ram:BICID', bic)),
  )
}

function taxElement({ category, rate, taxable, amount: taxAmount, reason, reasonCode }: ElectronicTax): XmlElement {
  return parent(
    'ram:ApplicableTradeTax',
    amount('ram:CalculatedAmount', taxAmount),
    element('ram:TypeCode', 'VAT'),
    element('ram:ExemptionReason', reason),
    amount('ram:BasisAmount', taxable),
    element('ram:CategoryCode', category),
    element('ram:ExemptionReasonCode', reasonCode),
    element('ram:RateApplicablePercent', rate?.toFixed() ?? null),
  )
}

function lineElement(line: ElectronicLine): XmlElement {
  return parent(
    'ram:IncludedSupplyChainTradeLineItem',
    parent('ram:AssociatedDocumentLineDocument', element('ram:LineID', line.id)),
    parent('ram:SpecifiedTradeProduct', element('ram:Name', line.name)),
    parent('ram:SpecifiedLineTradeAgreement', parent('ram:NetPriceProductTradePrice', amount('ram:ChargeAmount', line.price))),
    parent('ram:SpecifiedLineTradeDelivery', element('ram:BilledQuantity', line.quantity.toFixed(), { unitCode: line.unitCode })),
    parent(
      'ram:SpecifiedLineTradeSettlement',
      parent(
        'ram:ApplicableTradeTax',
        element('ram:TypeCode', 'VAT'),
        element('ram:CategoryCode', line.tax.category),
        element('ram:RateApplicablePercent', line.tax.rate?.toFixed() ?? null),
      ),
      period(line.period),
      ...line.allowances.map(allowanceElement),
      parent('ram:SpecifiedTradeSettlementLineMonetarySummation', amount('ram:LineTotalAmount', line.netAmount)),
    ),
  )
}

function allowanceElement({ kind, amount: value, reason }: ElectronicAllowance): XmlElement {
  return parent(
    'ram:SpecifiedTradeAllowanceCharge',
    parent('ram:ChargeIndicator', element('udt:Indicator', String(kind === 'charge'))),
    amount('ram:ActualAmount', value),
    element('ram:Reason', reason),
  )
}

function period({ from, to }: ElectronicPeriod): XmlElement {
  return parent('ram:BillingSpecifiedPeriod', date('ram:StartDateTime', from), date('ram:EndDateTime', to))
}

function date(name: string, day: string | null): XmlElement {
  return dateString(name, 'udt:DateTimeString', day)
}

/** A day as "20261130", which is format 102. */
function dateString(name: string, type: string, day: string | null): XmlElement {
  return parent(name, element(type, day?.replaceAll('-', '') ?? null, { format: '102' }))
}

function amount(name: string, value: Decimal): XmlElement {
  return element(name, value.toFixed())
}
