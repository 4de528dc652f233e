import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MAIL_KINDS, type MailKind } from '../model/mail/mail.ts'
import { ENGLISH } from './templates/english.ts'
import { GERMAN } from './templates/german.ts'
import { LAYOUT } from './templates/layout.ts'
import type { MailTemplate } from './templates/mail-template.ts'

/** Templates by language and kind, and the layout of HTML. */
export interface MailTemplates {
  readonly layout: string
  readonly languages: ReadonlyMap<string, Readonly<Record<MailKind, MailTemplate>>>
}

const BUILT_IN: ReadonlyMap<string, Readonly<Record<MailKind, MailTemplate>>> = new Map([
  ['en', ENGLISH],
  ['de', GERMAN],
])
const NAME = new RegExp(String.raw`^(${MAIL_KINDS.join('|')})\.([a-z]{2,3})\.(txt|html)$`)
const SUBJECT = /^Subject: (.+)\r?\n\r?\n/

/**
 * Returns the built-in templates, with those of a folder in their place: "reminder.de.txt" and "reminder.de.html", and "layout.html". The first line
 * of a text is "Subject: …", and an empty line follows it. A language that is not built in starts as English. Throws if a file has another name.
 */
export async function loadTemplates(folder?: string): Promise<MailTemplates> {
  const languages = new Map(BUILT_IN)
  let layout = LAYOUT
  for (const file of folder === undefined ? [] : await readdir(folder)) {
    const text = await readFile(join(folder ?? '', file), 'utf8')
    if (file === 'layout.html') layout = text
    else replace(languages, file, text)
  }
  return { layout, languages }
}

function replace(languages: Map<string, Readonly<Record<MailKind, MailTemplate>>>, file: string, text: string): void {
  const [, kind, language = '', form] = NAME.exec(file) ?? []
  if (kind === undefined) {
    throw new Error(
      `"${file}" is not a template of e-mails. Name it like "reminder.de.txt" or "reminder.de.html"; kinds are ${MAIL_KINDS.join(', ')}. The page around them is "layout.html".`,
    )
  }
  const templates = languages.get(language) ?? ENGLISH
  const template = templates[kind as MailKind]
  languages.set(language, { ...templates, [kind]: form === 'html' ? { ...template, html: text } : { ...template, ...withSubject(file, text) } })
}

function withSubject(file: string, text: string): Pick<MailTemplate, 'subject' | 'text'> {
  const [head, subject] = SUBJECT.exec(text) ?? []
  if (head === undefined || subject === undefined) throw new Error(`The template "${file}" must start with "Subject: …" and an empty line.`)
  return { subject, text: text.slice(head.length) }
}
