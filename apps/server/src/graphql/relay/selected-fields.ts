import type { FragmentDefinitionNode, GraphQLResolveInfo, SelectionNode, SelectionSetNode } from 'graphql'

/** Returns whether the client selected a field below the one being resolved: `selects(info, ['measures', 'latencyMs'])`. */
export function selects(info: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>, path: readonly string[]): boolean {
  return info.fieldNodes.some(({ selectionSet }) => holds(selectionSet, path, info.fragments))
}

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>

function holds(selectionSet: SelectionSetNode | undefined, path: readonly string[], fragments: Fragments): boolean {
  return path.length === 0 || (selectionSet?.selections.some(selection => leadsTo(selection, path, fragments)) ?? false)
}

/** A field with `@skip` or `@include` counts as selected. Reading it unnecessarily is harmless. */
function leadsTo(selection: SelectionNode, path: readonly string[], fragments: Fragments): boolean {
  switch (selection.kind) {
    case 'Field':
      return selection.name.value === path[0] && holds(selection.selectionSet, path.slice(1), fragments)
    case 'InlineFragment':
      return holds(selection.selectionSet, path, fragments)
    case 'FragmentSpread':
      return holds(fragments[selection.name.value]?.selectionSet, path, fragments)
  }
}
