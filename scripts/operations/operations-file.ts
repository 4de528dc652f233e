import { glob, readFile } from 'node:fs/promises'
import { basename, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SCHEMA_FILE } from '../../apps/server/src/graphql/schema-text.ts'
import { strictSchema } from '../../packages/graphql/src/index.ts'
import { clientTypes } from './client-types.ts'
import { generateOperations } from './generate-operations.ts'

/** A file that is generated from the schema, and what it must contain. */
export interface GeneratedFile {
  readonly path: string
  readonly text: string
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const DASHBOARD = 'apps/dashboard/src'
/** Fragments that every operation of the dashboard may use. */
const FRAGMENTS = `${DASHBOARD}/graphql/fragments.graphql`

/** Returns every file that is generated from the committed schema: the operations of the SDK and of the dashboard, and what clients know about types. */
export async function generatedFiles(): Promise<GeneratedFile[]> {
  const text = await readFile(SCHEMA_FILE, 'utf8')
  const schema = strictSchema(text) // Our clients fail when an answer has errors.
  const sdk = operationsOf(schema, 'packages/sdk/src/model/operations.graphql', { path: 'packages/sdk/src/model/operations.ts', module: './operation.ts' })
  const pages: string[] = []
  for await (const page of glob(`${DASHBOARD}/**/*.graphql`, { cwd: ROOT })) if (page !== FRAGMENTS) pages.push(page)
  const fragments = await readFile(`${ROOT}/${FRAGMENTS}`, 'utf8')
  const dashboard = pages.toSorted().map(page => {
    const depth = relative(DASHBOARD, page).split('/').length - 1
    return operationsOf(schema, page, { path: page.replace(/graphql$/, 'operations.ts'), module: `${'../'.repeat(depth)}graphql/operation.ts`, fragments })
  })
  return [...(await Promise.all([sdk, ...dashboard])), { path: 'packages/graphql/src/schema-types.ts', text: clientTypes(text) }]
}

interface OperationsTarget {
  readonly path: string
  /** Module that exports the type of operations. */
  readonly module: string
  /** Fragments of other files that the operations may use. */
  readonly fragments?: string
}

async function operationsOf(schema: string, source: string, { path, module, ...shared }: OperationsTarget): Promise<GeneratedFile> {
  const operations = await readFile(`${ROOT}/${source}`, 'utf8')
  return { path, text: await generateOperations({ schema, operations, fileName: basename(source), operationModule: module, ...shared }) }
}
