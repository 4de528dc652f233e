import { readdir } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { migrations } from '../database/migrations.ts'
import { features } from './index.ts'

const ids = features.flatMap(feature => feature.ids ?? [])

it('lists every folder of features once', async () => {
  const entries = await readdir(new URL('.', import.meta.url), { withFileTypes: true })
  const folders = entries.filter(entry => entry.isDirectory()).map(({ name }) => name)
  // Background jobs have tables, and a folder beside the features.
  expect(features.map(({ name }) => name).toSorted()).toEqual([...folders, 'jobs'].toSorted())
})

it('gives each type ids that cannot be mistaken for those of another', () => {
  for (const { type, prefix } of ids) {
    const mistaken = ids.filter(other => other.type === type || (prefix !== '' && other.prefix.startsWith(prefix))).map(other => other.type)
    expect(mistaken).toEqual([type])
  }
})

it('runs migrations feature by feature, in the order in which the features were added', () => {
  const schemas = migrations.map(({ name }) => name.split('/')[0])
  expect(schemas.filter((schema, at) => schema !== schemas[at - 1])).toEqual([
    'kernel',
    'accounts',
    'pricing',
    'usage',
    'quotas',
    'alerts',
    'jobs',
    'webhooks',
    'audit',
    'credits',
    'invoicing',
  ])
})
