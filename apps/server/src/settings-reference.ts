import { environmentVariables, type SettingName } from './environment-variables.ts'
import { SETTING_DESCRIPTIONS } from './setting-descriptions.ts'

const TABLE = /(<!-- Generated: [^\n]*-->\n\n)[\s\S]*?(<!-- End of the generated table\. -->)/
const WIDTH = 110
/** Values that some variable rejects, so that it says what it must be. */
const REJECTED = ['\u0000', ',']

const settings = Object.entries(SETTING_DESCRIPTIONS) as [SettingName, (typeof SETTING_DESCRIPTIONS)[SettingName]][]

/** Returns the operating guide with the table of all settings between its two comments. */
export function withSettingsTable(guide: string): string {
  if (!TABLE.test(guide)) throw new Error('The guide has no place for the table of settings.')
  return guide.replace(TABLE, (_, start: string, end: string) => `${start}${settingsTable()}\n${end}`)
}

/** Returns all settings as text for a terminal. */
export function settingsHelp(): string {
  return settings.map(([name, { meaning }]) => `  ${name} (${inPlainText(defaultOf(name))})\n${wrapped(inPlainText(meaning))}\n`).join('')
}

function settingsTable(): string {
  const rows = settings.map(([name, { meaning }]) => `| \`${name}\` | ${defaultOf(name)} | ${valuesOf(name)} | ${meaning} |\n`)
  return `| variable | default | values | meaning |\n| --- | --- | --- | --- |\n${rows.join('')}`
}

function defaultOf(name: SettingName): string {
  const described = SETTING_DESCRIPTIONS[name].default
  if (described !== undefined) return described
  const value: unknown = environmentVariables.shape[name].parse(undefined)
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return 'none'
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'string' ? `\`${value}\`` : JSON.stringify(value)
}

/** Returns what the variable says that it must be, when it rejects a value. */
function valuesOf(name: SettingName): string {
  for (const value of REJECTED) {
    const { error } = environmentVariables.shape[name].safeParse(value)
    if (error !== undefined) return error.issues.map(({ message }) => inMarkdown(message)).join('; ')
  }
  return 'text'
}

function inMarkdown(message: string): string {
  return message.replace(/^must (?:be|have) (?:a whole number from )?/, '').replace(/, such as (.+)$/, ', such as `$1`')
}

/** Removes the links and the quotes of Markdown, and "see …". */
function inPlainText(markdown: string): string {
  return markdown
    .replaceAll(/; see \[[^\]]*\]\([^)]*\)/g, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
}

function wrapped(text: string): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + 1 + word.length > WIDTH) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.map(line => `      ${line}`).join('\n')
}
