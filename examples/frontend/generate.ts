import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codegen } from '@graphql-codegen/core'
import { preset } from '@graphql-codegen/client-preset'
import { scalars } from '@tollgate/graphql'
import { parse } from 'graphql'

// Writes typed documents for the operations of the page: what `graphql-codegen` does with the preset "client".
const ROOT = import.meta.dirname
const OPERATIONS = join(ROOT, 'src/operations.graphql')
const schema = parse(await readFile(join(ROOT, '../../apps/server/schema.graphql'), 'utf8'))
const operations = await readFile(OPERATIONS, 'utf8')
const files = await preset.buildGeneratesSection({
  baseOutputDir: join(ROOT, 'src/gql/'),
  schema,
  documents: [{ location: OPERATIONS, rawSDL: operations, document: parse(operations) }],
  config: { scalars, strictScalars: true, useTypeImports: true, enumsAsTypes: true },
  presetConfig: { fragmentMasking: false },
  plugins: [],
  pluginMap: {},
})
const types = files.find(({ filename }) => filename.endsWith('graphql.ts'))
if (types === undefined) throw new Error('The preset generated no types')
await mkdir(dirname(types.filename), { recursive: true })
// urql has the type of typed documents, too.
await writeFile(types.filename, (await codegen(types)).replace('@graphql-typed-document-node/core', 'urql'))
