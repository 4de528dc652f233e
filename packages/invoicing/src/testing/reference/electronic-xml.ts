import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Decimal, ZERO } from '@tollgate/kernel'
import { XmlDocument, type XmlNode, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'
import type { En16931Figures } from './en16931-rules.ts'

const SCHEMAS = {
  ublInvoice: 'ubl-2.1/maindoc/UBL-Invoice-2.1.xsd',
  ublCreditNote: 'ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd',
  facturX: 'factur-x/FACTUR-X_EN16931.xsd',
} as const

const validators = new Map<string, XsdValidator>()

/** Throws `XmlValidateError` if XML does not follow its schema. */
export function validateXml(xml: string, schema: keyof typeof SCHEMAS): void {
  using document = XmlDocument.fromString(xml)
  validatorOf(schema).validate(document)
}

function validatorOf(schema: keyof typeof SCHEMAS): XsdValidator {
  const known = validators.get(schema)
  if (known !== undefined) return known
  if (validators.size === 0) xmlRegisterFsInputProviders()
  const path = fileURLToPath(new URL(`../../rendering/electronic/fixtures/${SCHEMAS[schema]}`, import.meta.url))
  const made = XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(path), { url: path }))
  validators.set(schema, made)
  return made
}

/** Reads elements of XML by XPath, without their prefixes. */
export interface XmlReader {
  text(path: string, from?: XmlNode): string | null
  all(path: string, from?: XmlNode): readonly XmlNode[]
}

/** Reads XML. */
export function readXml<T>(xml: string, read: (reader: XmlReader) => T): T {
  using document = XmlDocument.fromString(xml)
  const all = (path: string, from: XmlNode = document.root) => from.find(withoutPrefixes(path))
  return read({ all, text: (path, from) => all(path, from)[0]?.content ?? null })
}

/** "a/b[c='x']" becomes "*[local-name()='a']/*[local-name()='b'][*[local-name()='c']='x']". */
function withoutPrefixes(path: string): string {
  return path.replaceAll(/(?<![\w'"@()-])[A-Z]\w*(?!['"\w])/g, name => `*[local-name()='${name}']`)
}

/** Reads the figures of a UBL invoice or credit note. */
export function readUblFigures(xml: string): En16931Figures {
  return readXml(xml, ({ text, all }) => {
    const decimal = (path: string, from?: XmlNode) => decimalOf(text(path, from))
    const sums = (line: XmlNode, indicator: string) =>
      sum(all(`AllowanceCharge[ChargeIndicator='${indicator}']/Amount`, line).map(({ content }) => new Decimal(content)))
    const seller = 'AccountingSupplierParty/Party'
    const buyer = 'AccountingCustomerParty/Party'
    return {
      lines: [...all('InvoiceLine'), ...all('CreditNoteLine')].map(line => ({
        quantity: decimalOf(text('InvoicedQuantity', line) ?? text('CreditedQuantity', line)),
        price: decimal('Price/PriceAmount', line),
        allowances: sums(line, 'false'),
        charges: sums(line, 'true'),
        net: decimal('LineExtensionAmount', line),
        category: text('Item/ClassifiedTaxCategory/ID', line) ?? '',
        rate: optionalDecimal(text('Item/ClassifiedTaxCategory/Percent', line)),
      })),
      taxes: all('TaxTotal/TaxSubtotal').map(tax => ({
        category: text('TaxCategory/ID', tax) ?? '',
        rate: optionalDecimal(text('TaxCategory/Percent', tax)),
        taxable: decimal('TaxableAmount', tax),
        amount: decimal('TaxAmount', tax),
        reason: text('TaxCategory/TaxExemptionReason', tax) ?? text('TaxCategory/TaxExemptionReasonCode', tax),
      })),
      netTotal: decimal('LegalMonetaryTotal/LineExtensionAmount'),
      taxExclusive: decimal('LegalMonetaryTotal/TaxExclusiveAmount'),
      taxTotal: decimal('TaxTotal/TaxAmount'),
      taxInclusive: decimal('LegalMonetaryTotal/TaxInclusiveAmount'),
      paid: decimal('LegalMonetaryTotal/PrepaidAmount'),
      due: decimal('LegalMonetaryTotal/PayableAmount'),
      sellerVatId: text(`${seller}/PartyTaxScheme[TaxScheme/ID='VAT']/CompanyID`),
      sellerTaxRegistration: text(`${seller}/PartyTaxScheme[TaxScheme/ID!='VAT']/CompanyID`),
      sellerIds: [...all(`${seller}/PartyIdentification/ID`), ...all(`${seller}/PartyLegalEntity/CompanyID`)].map(({ content }) => content),
      buyerVatId: text(`${buyer}/PartyTaxScheme[TaxScheme/ID='VAT']/CompanyID`),
      buyerRegistration: text(`${buyer}/PartyLegalEntity/CompanyID`),
    }
  })
}

/** Reads the figures of a CII invoice or credit note. */
export function readCiiFigures(xml: string): En16931Figures {
  return readXml(xml, ({ text, all }) => {
    const decimal = (path: string, from?: XmlNode) => decimalOf(text(path, from))
    const trade = 'SupplyChainTradeTransaction'
    const settlement = `${trade}/ApplicableHeaderTradeSettlement`
    const totals = `${settlement}/SpecifiedTradeSettlementHeaderMonetarySummation`
    const seller = `${trade}/ApplicableHeaderTradeAgreement/SellerTradeParty`
    const buyer = `${trade}/ApplicableHeaderTradeAgreement/BuyerTradeParty`
    const own = 'SpecifiedLineTradeSettlement'
    const sums = (line: XmlNode, indicator: string) =>
      sum(all(`${own}/SpecifiedTradeAllowanceCharge[ChargeIndicator/Indicator='${indicator}']/ActualAmount`, line).map(({ content }) => new Decimal(content)))
    return {
      lines: all(`${trade}/IncludedSupplyChainTradeLineItem`).map(line => ({
        quantity: decimal('SpecifiedLineTradeDelivery/BilledQuantity', line),
        price: decimal('SpecifiedLineTradeAgreement/NetPriceProductTradePrice/ChargeAmount', line),
        allowances: sums(line, 'false'),
        charges: sums(line, 'true'),
        net: decimal(`${own}/SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount`, line),
        category: text(`${own}/ApplicableTradeTax/CategoryCode`, line) ?? '',
        rate: optionalDecimal(text(`${own}/ApplicableTradeTax/RateApplicablePercent`, line)),
      })),
      taxes: all(`${settlement}/ApplicableTradeTax`).map(tax => ({
        category: text('CategoryCode', tax) ?? '',
        rate: optionalDecimal(text('RateApplicablePercent', tax)),
        taxable: decimal('BasisAmount', tax),
        amount: decimal('CalculatedAmount', tax),
        reason: text('ExemptionReason', tax) ?? text('ExemptionReasonCode', tax),
      })),
      netTotal: decimal(`${totals}/LineTotalAmount`),
      taxExclusive: decimal(`${totals}/TaxBasisTotalAmount`),
      taxTotal: decimal(`${totals}/TaxTotalAmount`),
      taxInclusive: decimal(`${totals}/GrandTotalAmount`),
      paid: decimal(`${totals}/TotalPrepaidAmount`),
      due: decimal(`${totals}/DuePayableAmount`),
      sellerVatId: text(`${seller}/SpecifiedTaxRegistration/ID[@schemeID='VA']`),
      sellerTaxRegistration: text(`${seller}/SpecifiedTaxRegistration/ID[@schemeID='FC']`),
      sellerIds: [...all(`${seller}/ID`), ...all(`${seller}/SpecifiedLegalOrganization/ID`)].map(({ content }) => content),
      buyerVatId: text(`${buyer}/SpecifiedTaxRegistration/ID[@schemeID='VA']`),
      buyerRegistration: text(`${buyer}/SpecifiedLegalOrganization/ID`),
    }
  })
}

function decimalOf(text: string | null): Decimal {
  if (text === null) throw new TypeError('An amount is missing in the XML')
  return new Decimal(text)
}

function optionalDecimal(text: string | null): Decimal | null {
  return text === null ? null : new Decimal(text)
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((all, amount) => all.plus(amount), ZERO)
}
