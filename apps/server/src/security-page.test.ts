import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const PAGE = join(import.meta.dirname, '../../../docs/security.md')
const page = await readFile(PAGE, 'utf8')
const [, map = '', threats = ''] = page.split(/^## .*$/m)

/** Returns the cells of the rows of a table, without its heading. */
function rowsOf(section: string): string[][] {
  const rows = section.split('\n').filter(line => line.startsWith('| '))
  return rows.slice(2).map(row =>
    row
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  )
}

it('names for each threat a test that exists', async () => {
  const rows = rowsOf(threats)
  expect(new Set(rows.map(([kind]) => kind))).toEqual(new Set('STRIDE'))
  for (const [, threat = '', , shownBy = ''] of rows) {
    const tests = [...shownBy.matchAll(/\[([^\]]+)\]\(([^)]+\.test\.ts)\)/g)]
    expect(tests.length, threat).toBeGreaterThan(0)
    for (const [, title = '', file = ''] of tests) {
      const text = await readFile(join(dirname(PAGE), file), 'utf8')
      expect(text.includes(`'${title}'`) || text.includes(`"${title}"`), `"${title}" is a test in ${file}`).toBe(true)
    }
  }
})

it('says of all data where it is, what protects it, how long it is kept, and how it is erased', () => {
  const rows = rowsOf(map)
  expect(rows.length).toBeGreaterThan(10)
  for (const row of rows)
    expect(
      row.filter(cell => cell !== ''),
      row[0],
    ).toHaveLength(5)
})
