import { codegen } from '@graphql-codegen/core'
import type { CodegenPlugin } from '@graphql-codegen/plugin-helpers'
import * as typescriptOperations from '@graphql-codegen/typescript-operations'
import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse, print, stripIgnoredCharacters, visit } from 'graphql'

/** What to generate from. */
export interface OperationsSource {
  /** Text of the schema. */
  readonly schema: string
  /** Text of the operations. */
  readonly operations: string
  /** Text of fragments that the operations may use. */
  readonly fragments?: string
  /** Name of their file. */
  readonly fileName: string
  /** Module that exports the type `Operation`. */
  readonly operationModule: string
}

const SCALARS = {
  ID: { input: 'string', output: 'string' },
  Decimal: 'string',
  DateTime: 'string',
  SafeInt: 'number',
  BigInt: { input: 'string', output: 'string | number' },
  JSON: 'unknown',
}

/** Returns the TypeScript of the operations that a client sends: their types, and their texts without white space. */
export async function generateOperations({ schema, operations, fragments, fileName, operationModule }: OperationsSource): Promise<string> {
  const document = parse(operations)
  const shared = fragments === undefined ? [] : usedIn(print(document), fragmentsOf(parse(fragments)))
  const externalFragments = shared.map(node => ({ isExternal: true, node, name: node.name.value, onType: node.typeCondition.name.value }))
  const generated = await codegen({
    filename: 'operations.ts',
    // Without descriptions, which would change the file whenever one is reworded.
    schema: withoutDescriptions(parse(schema)),
    documents: [{ location: fileName, document }],
    config: {
      enumType: 'string-literal',
      immutableTypes: true,
      importExtension: '.ts',
      scalars: SCALARS,
      skipTypename: true,
      strictScalars: true,
      externalFragments,
    },
    plugins: [{ types: {} }, { texts: {} }],
    pluginMap: {
      types: typescriptOperations as CodegenPlugin,
      texts: { plugin: () => textsOf({ ...document, definitions: [...document.definitions, ...shared] }) },
    },
  })
  const header = `// Generated from ${fileName} and the schema of the server. Do not edit: change those, and run \`npm run schema\`.
import type { Operation } from '${operationModule}'
`
  return header + generated.replaceAll(/[ \t]+$/gm, '')
}

function fragmentsOf({ definitions }: DocumentNode): FragmentDefinitionNode[] {
  return definitions.filter(definition => definition.kind === Kind.FRAGMENT_DEFINITION)
}

function withoutDescriptions(document: DocumentNode): DocumentNode {
  return visit(document, { enter: node => ('description' in node && node.description !== undefined ? { ...node, description: undefined } : undefined) })
}

function textsOf(document: DocumentNode): string {
  const fragments = fragmentsOf(document)
  const operations = document.definitions.filter(definition => definition.kind === Kind.OPERATION_DEFINITION)
  return operations.map(operation => textOf(operation, fragments)).join('\n')
}

function textOf(operation: OperationDefinitionNode, fragments: readonly FragmentDefinitionNode[]): string {
  const name = operation.name?.value ?? ''
  const type = `${name}${operation.operation[0]?.toUpperCase()}${operation.operation.slice(1)}`
  const used = usedIn(print(operation), fragments)
  const constant = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()
  return `export const ${constant} = ${JSON.stringify(stripIgnoredCharacters([print(operation), ...used.map(fragment => print(fragment))].join('\n')))} as Operation<${type}, ${type}Variables>`
}

/** Returns the fragments that a text spreads, and those that they spread. */
function usedIn(text: string, fragments: readonly FragmentDefinitionNode[]): FragmentDefinitionNode[] {
  const used = new Set<FragmentDefinitionNode>()
  const texts = [text]
  for (const spreading of texts) {
    for (const fragment of fragments) {
      if (used.has(fragment) || !spreading.includes(`...${fragment.name.value}\n`)) continue
      used.add(fragment)
      texts.push(print(fragment))
    }
  }
  return fragments.filter(fragment => used.has(fragment))
}
