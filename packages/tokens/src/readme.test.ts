import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const guide = readFileSync(new URL('../../../docs/guides/reading-usage.md', import.meta.url), 'utf8')
const file = (name: string) => [new URL(`../${name}`, import.meta.url), new URL(`engine/formats/${name}`, import.meta.url)].find(url => existsSync(url))

it('the example in the README prints what the README says', () => {
  const program = /```js\n(.*?)```/s.exec(readme)?.[1] ?? ''
  const output = /```text\n(.*?)```/s.exec(readme)?.[1]
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  expect(execFileSync(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program], { cwd, encoding: 'utf8' })).toBe(output)
})

describe('the table of what is read', () => {
  const rows = guide.split('\n').filter(line => line.startsWith('| **'))

  it('has a row for each format', () => {
    const tests = rows.flatMap(row => [...row.matchAll(/`([a-z/-]+\.test\.ts)`/g)].map(([, name = '']) => name))
    expect(tests.toSorted()).toHaveLength(24)
    expect(tests.every(name => file(name) !== undefined)).toBe(true)
  })

  it.each(rows)('names tests that exist: %s', row => {
    const tests = [...row.matchAll(/`([a-z/-]+\.test\.ts)`/g)].map(([, name = '']) => readFileSync(file(name) ?? name, 'utf8')).join('\n')
    const titles = [...row.matchAll(/"((?:[^"]|"\$\{\w+\}")+)"/g)].map(([, title = '']) => title)
    expect(titles.length).toBeGreaterThan(0)
    expect(titles.filter(title => !tests.includes(title))).toEqual([])
  })
})

describe('the invariants', () => {
  const paragraphs = readme.slice(readme.indexOf('## Invariants'), readme.indexOf('## Non-goals')).split(/\n(?=\d\. )/)

  it.each(paragraphs.slice(1))('name tests that exist: %s', paragraph => {
    const titles = [...paragraph.replaceAll(/\s+/g, ' ').matchAll(/"([^"]+)"/g)].map(([, title = '']) => title)
    const tests = [...`${readme}${guide}`.matchAll(/`(src\/[\w/.-]+\.test\.ts)`/g)].map(([, name = '']) => readFileSync(file(name) ?? name, 'utf8')).join('\n')
    expect(titles.length).toBeGreaterThan(0)
    expect(titles.filter(title => !tests.includes(title))).toEqual([])
  })
})
