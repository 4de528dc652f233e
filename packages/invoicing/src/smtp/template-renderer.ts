import { Temporal } from '@tollgate/kernel'
import { Liquid, type Template } from 'liquidjs'
import type { MailRenderer, RenderedMailInput } from '../mail/mail-renderer.ts'
import type { MailKind } from '../model/mail/mail.ts'
import type { MailTemplates } from './load-templates.ts'

interface ParsedTemplate {
  readonly subject: Template[]
  readonly text: Template[]
  readonly html: Template[]
}

const MAX_SUBJECT_LENGTH = 200

/**
 * Renders e-mails from Liquid templates. Values are escaped in HTML. liquidjs is maintained, and its templates run no code. Throws if a template cannot be
 * parsed, and names it.
 */
export function templateRenderer({ layout, languages }: MailTemplates): MailRenderer {
  const plain = new Liquid({ strictFilters: true, ownPropertyOnly: true })
  const page = new Liquid({ strictFilters: true, ownPropertyOnly: true, outputEscape: 'escape' })
  for (const engine of [plain, page]) addFilters(engine)
  const parse = (engine: Liquid, name: string, template: string) => {
    try {
      return engine.parse(template)
    } catch (error) {
      throw new Error(`The e-mail template ${name} cannot be read: ${(error as Error).message}`, { cause: error })
    }
  }
  const parsedLayout = parse(page, 'layout.html', layout)
  const parsed = new Map<string, ParsedTemplate>()
  for (const [language, templates] of languages) {
    for (const [kind, { subject, text, html }] of Object.entries(templates)) {
      const name = `${kind}.${language}`
      parsed.set(name, { subject: parse(plain, `${name}.txt`, subject), text: parse(plain, `${name}.txt`, text), html: parse(page, `${name}.html`, html) })
    }
  }

  return {
    async render({ kind, locale, data, unsubscribeUrl }: RenderedMailInput) {
      const language = languageOf(locale, languages)
      const template = requireTemplate(parsed, kind, language)
      const scope = { ...data, locale, language, unsubscribeUrl }
      const subject = oneLine(await plain.render(template.subject, scope)).slice(0, MAX_SUBJECT_LENGTH)
      const content: unknown = await page.render(template.html, scope)
      return {
        subject,
        text: String(await plain.render(template.text, scope)),
        html: String(await page.render(parsedLayout, { ...scope, subject, content })),
      }
    },
  }
}

function requireTemplate(parsed: ReadonlyMap<string, ParsedTemplate>, kind: MailKind, language: string): ParsedTemplate {
  const template = parsed.get(`${kind}.${language}`)
  if (template === undefined) throw new Error(`There is no e-mail template for ${kind} in ${language}`)
  return template
}

function languageOf(locale: string, languages: MailTemplates['languages']): string {
  const [language = ''] = locale.toLowerCase().split('-')
  return languages.has(language) ? language : 'en'
}

/** A name with a line break must not add headers. */
function oneLine(text: unknown): string {
  return String(text).replaceAll(/\s+/gu, ' ').trim()
}

/** Times and amounts are shown in the form of the locale. Amounts are exact: they stay text. */
function addFilters(engine: Liquid): void {
  engine.registerFilter('money', function money(amount: string, currency: string) {
    // Intl formats the exact text of a decimal, which its type does not say.
    return new Intl.NumberFormat(localeOf(this.context.getSync(['locale'])), { style: 'currency', currency }).format(amount as never)
  })
  engine.registerFilter('day', function day(time: string, timeZone?: string) {
    return shown(time, { locale: this.context.getSync(['locale']), timeZone, options: { dateStyle: 'long' } })
  })
  engine.registerFilter('time', function timeOfDay(time: string, timeZone?: string) {
    return shown(time, { locale: this.context.getSync(['locale']), timeZone, options: { dateStyle: 'long', timeStyle: 'long' } })
  })
}

function shown(
  time: string,
  { locale, timeZone = 'UTC', options }: { readonly locale: unknown; readonly timeZone?: string | undefined; readonly options: Intl.DateTimeFormatOptions },
): string {
  const { epochMilliseconds } = Temporal.Instant.from(time)
  return new Intl.DateTimeFormat(localeOf(locale), { ...options, timeZone }).format(epochMilliseconds)
}

function localeOf(locale: unknown): string {
  try {
    return Intl.getCanonicalLocales(String(locale))[0] ?? 'en'
  } catch {
    return 'en'
  }
}
