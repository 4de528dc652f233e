import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedOutputType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql'
import { schema } from '../../schema.ts'

const MAX_DEPTH = 4

/**
 * Makes a document of one query from random numbers: fields without required arguments, aliases, repeated fields, fragments of
 * both kinds, and directives. `pick` returns a number below `count`.
 */
export function randomDocument(pick: (count: number) => number): string {
  const fragments: string[] = []
  const root = selection(schema.getQueryType() as GraphQLNamedOutputType, { pick, fragments, depth: 0 })
  const body = `${root} ${fragments.join(' ')}`
  const variables = ['$yes: Boolean = true', '$no: Boolean = false'].filter(definition => body.includes(definition.slice(0, definition.indexOf(':'))))
  return `query Random${variables.length === 0 ? '' : `(${variables.join(', ')})`} ${body}`
}

interface Making {
  readonly pick: (count: number) => number
  readonly fragments: string[]
  readonly depth: number
}

const DIRECTIVES = ['@include(if: $yes)', '@skip(if: $no)', '@include(if: $no)', '@skip(if: true)']

function selection(type: GraphQLNamedOutputType, making: Making): string {
  const { pick, depth } = making
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()).filter(field => isSimple(field, depth)) : []
  const parts = Array.from({ length: 1 + pick(4) }, () => part(type, fields, making))
  return `{ ${['__typename', ...parts].join(' ')} }`
}

function part(type: GraphQLNamedOutputType, fields: readonly GraphQLField<unknown, unknown>[], making: Making): string {
  const { pick, fragments, depth } = making
  const directive = pick(12) === 0 ? ` ${DIRECTIVES[pick(DIRECTIVES.length)]}` : ''
  const possible = isUnionType(type) || isInterfaceType(type) ? schema.getPossibleTypes(type) : [type]
  const chosen = possible[pick(possible.length)] as GraphQLNamedOutputType
  if (depth < MAX_DEPTH && (fields.length === 0 || pick(5) === 0)) {
    const inner = selection(chosen, { ...making, depth: depth + 1 })
    if (pick(2) === 0) return `... on ${chosen.name}${directive} ${inner}`
    const name = `f${fragments.length}`
    fragments.push(`fragment ${name} on ${chosen.name} ${inner}`)
    return `...${name}${directive}`
  }
  const field = fields[pick(Math.max(1, fields.length))]
  if (field === undefined) return `__typename${directive}`
  const named = getNamedType(field.type)
  const alias = pick(3) === 0 ? `${field.name}_${depth}: ` : ''
  const inner = isLeafType(named) ? '' : ` ${selection(named as GraphQLNamedOutputType, { ...making, depth: depth + 1 })}`
  return `${alias}${field.name}${directive}${inner}`
}

function isSimple({ args, type }: GraphQLField<unknown, unknown>, depth: number): boolean {
  return !args.some(isRequiredArgument) && (depth < MAX_DEPTH || isLeafType(getNamedType(type)))
}
