import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql'

/** The approximate lengths of the lists in introspection. Other fields have a single value. */
const LIST_LENGTHS: Readonly<Record<string, number>> = {
  types: 80,
  fields: 8,
  args: 3,
  inputFields: 8,
  enumValues: 8,
  possibleTypes: 4,
  interfaces: 2,
  directives: 8,
}

/**
 * Returns the number of fields that the introspection of a document can return, over all its operations. The limits of
 * execution do not count them, and they can be requested without a key.
 */
export function introspectionSize({ definitions }: DocumentNode): number {
  const fragments = new Map(
    definitions.filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION).map(node => [node.name.value, node]),
  )
  // The size of each fragment, inside and outside of introspection; 0 while it is being counted, which ends cycles.
  const counted = new Map<string, number>()

  function sizeOf(selectionSet: SelectionSetNode | undefined, inSchema: boolean): number {
    return selectionSet?.selections.reduce((size, selection) => size + sizeOfSelection(selection, inSchema), 0) ?? 0
  }

  function sizeOfSelection(selection: SelectionNode, inSchema: boolean): number {
    switch (selection.kind) {
      case Kind.FIELD: {
        const name = selection.name.value
        if (!inSchema && name !== '__schema' && name !== '__type') return 0
        return (LIST_LENGTHS[name] ?? 1) * (1 + sizeOf(selection.selectionSet, true))
      }
      case Kind.INLINE_FRAGMENT:
        return sizeOf(selection.selectionSet, inSchema)
      case Kind.FRAGMENT_SPREAD:
        return sizeOfFragment(selection.name.value, inSchema)
    }
  }

  function sizeOfFragment(name: string, inSchema: boolean): number {
    const key = `${name} ${inSchema}`
    const known = counted.get(key)
    if (known !== undefined) return known
    counted.set(key, 0)
    const size = sizeOf(fragments.get(name)?.selectionSet, inSchema)
    counted.set(key, size)
    return size
  }

  return definitions.reduce((size, node) => size + (node.kind === Kind.OPERATION_DEFINITION ? sizeOf(node.selectionSet, false) : 0), 0)
}
