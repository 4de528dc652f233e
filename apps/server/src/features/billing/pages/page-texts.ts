/** Texts of the page of an invoice. */
export interface PageTexts {
  readonly invoice: string
  readonly creditNote: string
  readonly total: string
  readonly due: string
  readonly dueOn: string
  readonly paid: string
  readonly void: string
  readonly view: string
  readonly download: string
  readonly payWith: string
  readonly pay: string
  readonly expired: string
  readonly unknown: string
  readonly noProvider: string
  readonly providerFailed: string
}

const ENGLISH: PageTexts = {
  invoice: 'Invoice',
  creditNote: 'Credit note',
  total: 'Total',
  due: 'Amount due',
  dueOn: 'Due on',
  paid: 'This invoice is paid.',
  void: 'This invoice was voided. Do not pay it.',
  view: 'View',
  download: 'Download PDF',
  payWith: 'Pay with',
  pay: 'Pay now',
  expired: 'This link has expired. Ask the seller to send the invoice again.',
  unknown: 'This link is not valid. Use the whole link from the e-mail.',
  noProvider: 'This way to pay is not available. Go back and choose another one.',
  providerFailed: 'The payment could not be started. Try again later, or pay by bank transfer.',
}

const GERMAN: PageTexts = {
  invoice: 'Rechnung',
  creditNote: 'Rechnungskorrektur',
  total: 'Gesamtbetrag',
  due: 'Offener Betrag',
  dueOn: 'Fällig am',
  paid: 'Diese Rechnung ist bezahlt.',
  void: 'Diese Rechnung wurde storniert. Bitte zahlen Sie sie nicht.',
  view: 'Ansehen',
  download: 'PDF herunterladen',
  payWith: 'Bezahlen mit',
  pay: 'Jetzt bezahlen',
  expired: 'Dieser Link ist abgelaufen. Bitten Sie den Verkäufer, die Rechnung erneut zu senden.',
  unknown: 'Dieser Link ist nicht gültig. Verwenden Sie den ganzen Link aus der E-Mail.',
  noProvider: 'Diese Zahlungsart gibt es hier nicht. Gehen Sie zurück und wählen Sie eine andere.',
  providerFailed: 'Die Zahlung konnte nicht begonnen werden. Versuchen Sie es später noch einmal, oder überweisen Sie den Betrag.',
}

/** Returns the texts in the language of a locale, or in English. */
export function pageTexts(locale: string): PageTexts {
  return locale.toLowerCase().split('-')[0] === 'de' ? GERMAN : ENGLISH
}
