import { codegen } from '@graphql-codegen/core'
import type { CodegenPlugin } from '@graphql-codegen/plugin-helpers'
import * as typescriptOperations from '@graphql-codegen/typescript-operations'
import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse, print, stripIgnoredCharacters, visit } from 'graphql'

const HEADER =
  "// Generated from operations.graphql and the schema of the server. Do not edit: change those, and run `npm run schema`.\nimport type { Operation } from './operation.ts'\n"

const SCALARS = {
  ID: { input: 'string', output: 'string' },
  Decimal: 'string',
  DateTime: 'string',
  SafeInt: 'number',
  BigInt: { input: 'string', output: 'string | number' },
  JSON: 'unknown',
}

/** Returns the TypeScript of the operations that the SDK sends: their types, and their texts without white space. */
export async function generateOperations(schema: string, operations: string): Promise<string> {
  const document = parse(operations)
  const generated = await codegen({
    filename: 'operations.ts',
    // Without descriptions, which would change the file whenever one is reworded.
    schema: withoutDescriptions(parse(schema)),
    documents: [{ location: 'operations.graphql', document }],
    config: { enumType: 'string-literal', immutableTypes: true, importExtension: '.ts', scalars: SCALARS, skipTypename: true, strictScalars: true },
    plugins: [{ types: {} }, { texts: {} }],
    pluginMap: { types: typescriptOperations as CodegenPlugin, texts: { plugin: () => textsOf(document) } },
  })
  return HEADER + generated.replaceAll(/[ \t]+$/gm, '')
}

function withoutDescriptions(document: DocumentNode): DocumentNode {
  return visit(document, { enter: node => ('description' in node && node.description !== undefined ? { ...node, description: undefined } : undefined) })
}

function textsOf({ definitions }: DocumentNode): string {
  const fragments = definitions.filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION)
  const operations = definitions.filter(definition => definition.kind === Kind.OPERATION_DEFINITION)
  return operations.map(operation => textOf(operation, fragments)).join('\n')
}

function textOf(operation: OperationDefinitionNode, fragments: readonly FragmentDefinitionNode[]): string {
  const name = operation.name?.value ?? ''
  const type = `${name}${operation.operation[0]?.toUpperCase()}${operation.operation.slice(1)}`
  const text = print(operation)
  const used = fragments.filter(fragment => text.includes(`...${fragment.name.value}\n`))
  const constant = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()
  return `export const ${constant} = ${JSON.stringify(stripIgnoredCharacters([text, ...used.map(fragment => print(fragment))].join('\n')))} as Operation<${type}, ${type}Variables>`
}
