import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { findReplacedPhrases } from './find-replaced-phrases.ts'

// The phrases are put together from two parts, so that the check does not find them here.
it.each([
  ['20 where it is left', ' out', 'Defaults to 20.'],
  ['who', 'ever asks', 'any caller, the server that …'],
  ['sums are made an', 'ew', 'again; rebuilds'],
  ['100 at the', ' most', 'at most, at least'],
  ['the client is', ' told', 'is notified, receives; the server reports'],
  ['so that nobody', ' waits', 'does not block, waits for no one'],
  ['continue behind this', ' cursor', 'after this cursor'],
  ['Something was not', ' foreseen: …', 'Unexpected error: …'],
  ['/** Who', 'se. */', 'Tenant to read.'],
])('finds "%s%s"', (start, end, instead) => {
  expect(findReplacedPhrases(`First line.\n${start}${end}`)).toEqual([{ line: 2, phrase: expect.any(String), instead }])
})

it.each(['Accepts no more events.', 'Told apart by their context.', 'At most 100.', 'A new version.', 'Whose events these are', 'Returns the most.'])(
  'accepts "%s"',
  text => {
    expect(findReplacedPhrases(text)).toEqual([])
  },
)

it.each(['replaced-phrases.ts', 'find-replaced-phrases.ts', 'find-replaced-phrases.test.ts'])('finds nothing in %s itself', async file => {
  expect(findReplacedPhrases(await readFile(new URL(file, import.meta.url), 'utf8'))).toEqual([])
})
