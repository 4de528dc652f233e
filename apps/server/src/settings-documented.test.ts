import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { SETTING_NAMES } from './environment-variables.ts'
import { findUnknownVariables } from './environment.ts'
import { settingsHelp, withSettingsTable } from './settings-reference.ts'

const DOCUMENTS = [
  '../../../docs/guides/operating.md',
  '../../../docs/guides/install.md',
  '../../../docs/guides/monitoring.md',
  '../../../docs/guides/scaling-out.md',
]
/** Set by npm, and not by people. */
const INTERNAL = new Set(['INIT_CWD'])
const SETTINGS = SETTING_NAMES.filter(name => !INTERNAL.has(name))

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8')

it('has each setting with its default, its values and its meaning in the table of the operating guide', async () => {
  const guide = await read('../../../docs/guides/operating.md')
  expect(withSettingsTable(guide)).toBe(guide)
  for (const name of SETTINGS) expect(guide).toMatch(new RegExp(`^\\| \`${name}\` \\|(?: [^|]+ \\|){3}$`, 'm'))
  expect(guide).toContain('| `PORT` | 4000 | 0 to 65535 | port to listen on; 0 picks a free one |')
})

it('has each setting in the help, without Markdown', () => {
  const help = settingsHelp()
  for (const name of SETTINGS) expect(help).toMatch(new RegExp(`^  ${name} \\(.+\\)\\n      \\S`, 'm'))
  expect(help).not.toMatch(/[`\]]|\]\(/)
})

it('names no setting in the guides for operators that does not exist', async () => {
  for (const document of DOCUMENTS) {
    const named = [...(await read(document)).matchAll(/`(TOLLGATE_[A-Z_]+)(?:=[^`]*)?`/g)].map(([, name = '']) => name)
    expect(findUnknownVariables(Object.fromEntries(named.map(name => [name, '1']))), document).toEqual([])
  }
})
