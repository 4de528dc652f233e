import { readFile } from 'node:fs/promises'
import { buildSchema, parse, validate } from 'graphql'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')
const guide = await read('docs/guides/frontends.md')
const blocks = (language: string) => [...guide.matchAll(/^```(\w+)\n([\s\S]*?)^```/gm)].flatMap(([, name, text = '']) => (name === language ? [text] : []))

describe('the guide to frontends', () => {
  it('has operations that the schema accepts', async () => {
    const schema = buildSchema(await read('apps/server/schema.graphql'))
    expect(blocks('graphql').length).toBeGreaterThan(2)
    for (const block of blocks('graphql')) expect(validate(schema, parse(block)).map(({ message }) => message)).toEqual([])
  })

  it('has code that is part of files that compile and are tested', async () => {
    const flat = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
    const files = [
      'examples/frontend/src/client.ts',
      'examples/frontend/src/use-live.ts',
      'examples/frontend/src/limit-form.tsx',
      'test/clients/apollo-client.ts',
    ]
    const code = (await Promise.all(files.map(read))).map(flat).join(' ')
    const shown = [...blocks('ts'), ...blocks('tsx')].flatMap(block => block.split('\n\n')).map(flat)
    expect(shown.length).toBeGreaterThan(3)
    expect(shown.filter(part => !code.includes(part))).toEqual([])
  })
})
