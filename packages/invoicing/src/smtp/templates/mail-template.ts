/** The text of a kind of e-mail in a language, in Liquid. */
export interface MailTemplate {
  readonly subject: string
  readonly text: string
  /** The content of the page; the layout surrounds it. */
  readonly html: string
}
