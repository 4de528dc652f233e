import {
  type ASTNode,
  type DocumentNode,
  getNamedType,
  getNullableType,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isListType,
  Kind,
  type ObjectFieldNode,
  typeFromAST,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** A value in the text of a document, and the type of its place. */
export interface KeptLiteral {
  readonly node: ValueNode
  readonly type: GraphQLInputType
}

/** A document whose literals of types with `keepsRefusedValues` are replaced by variables. */
export interface SeparatedDocument {
  readonly document: DocumentNode
  /** The same, also without such literals in the defaults of variables. Only for validation. */
  readonly withoutDefaults: DocumentNode
  /** The literals by the name of the variable in their place. No client can send a variable of such a name. */
  readonly literals: ReadonlyMap<string, KeptLiteral>
  /** Variables that are used in these literals and nowhere else. */
  readonly innerVariables: ReadonlySet<string>
}

/** What is separated: literals of types with `keepsRefusedValues`, or also the whole inputs of mutations. */
export type Separation = 'kept' | 'inputs'

const separated = { kept: new WeakMap<DocumentNode, SeparatedDocument>(), inputs: new WeakMap<DocumentNode, SeparatedDocument>() }

/** Separates literals, so that one of their values does not fail the document. Documents are cached, so this is done once for each. */
export function separateKeptLiterals(schema: GraphQLSchema, document: DocumentNode, separation: Separation = 'kept'): SeparatedDocument {
  const known = separated[separation].get(document)
  if (known !== undefined) return known
  const made = separate(schema, document, separation)
  separated[separation].set(document, made)
  return made
}

function separate(schema: GraphQLSchema, document: DocumentNode, separation: Separation): SeparatedDocument {
  const literals = new Map<string, KeptLiteral>()
  const typeInfo = new TypeInfo(schema)
  const separatedDocument = visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Argument: node => {
        const type = typeInfo.getArgument()?.type
        const isInput = separation === 'inputs' && typeInfo.getParentType() === schema.getMutationType() && node.value.kind === Kind.OBJECT
        return type && replaceIn(node, isInput ? separateOne(node.value, type, literals) : withoutKept(node.value, type, literals))
      },
    }),
  )
  const withoutDefaults = visit(separatedDocument, {
    VariableDefinition: node => {
      const type = typeFromAST(schema, node.type)
      if (node.defaultValue === undefined || !isInputType(type)) return undefined
      const defaultValue = withoutKept(node.defaultValue, type, new Map()) as typeof node.defaultValue
      return defaultValue === node.defaultValue ? undefined : { ...node, defaultValue }
    },
  })
  const outside = variablesOf(separatedDocument)
  const innerVariables = new Set([...literals.values()].flatMap(({ node }) => [...variablesOf(node)]).filter(name => !outside.has(name)))
  return { document: separatedDocument, withoutDefaults, literals, innerVariables }
}

/** Undefined leaves the node as it is. */
function replaceIn<Node extends { readonly value: ValueNode }>(node: Node, value: ValueNode): Node | undefined {
  return value === node.value ? undefined : { ...node, value }
}

/** Replaces the literals inside a value, and adds them to `literals`. Returns the same value if it has none. */
function withoutKept(node: ValueNode, type: GraphQLInputType, literals: Map<string, KeptLiteral>): ValueNode {
  if (node.kind === Kind.VARIABLE || node.kind === Kind.NULL) return node
  const named = getNamedType(type)
  if (!isInputObjectType(named)) return node
  if (named.extensions['keepsRefusedValues'] === true) return separateOne(node, type, literals)
  const nullable = getNullableType(type)
  if (isListType(nullable)) {
    if (node.kind !== Kind.LIST) return withoutKept(node, nullable.ofType, literals)
    const values = node.values.map(item => withoutKept(item, nullable.ofType, literals))
    return values.every((value, i) => value === node.values[i]) ? node : { ...node, values }
  }
  if (node.kind !== Kind.OBJECT) return node
  const fields = node.fields.map((field): ObjectFieldNode => {
    const fieldType = named.getFields()[field.name.value]?.type
    const value = fieldType && withoutKept(field.value, fieldType, literals)
    return value === undefined || value === field.value ? field : { ...field, value }
  })
  return fields.every((field, i) => field === node.fields[i]) ? node : { ...node, fields }
}

function separateOne(node: ValueNode, type: GraphQLInputType, literals: Map<string, KeptLiteral>): ValueNode {
  const name = `literal ${literals.size}`
  literals.set(name, { node, type })
  return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name }, ...(node.loc && { loc: node.loc }) }
}

/** Returns the names of the variables that a node uses. Definitions of variables do not count. */
function variablesOf(node: ASTNode): Set<string> {
  const names = new Set<string>()
  visit(node, { VariableDefinition: () => false, Variable: variable => void names.add(variable.name.value) })
  return names
}
