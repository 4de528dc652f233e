import { InvalidInput } from '@tollgate/kernel'
import { MAX_NODES } from '../limits/query-limits.ts'
import type { IdCodec } from './id-codec.ts'

/** How this schema follows Relay: lists are read forward only, items of a page are never null, and everything is described. */
export function relayOptions(codecs: readonly IdCodec[]) {
  const prefixes = codecs.filter(({ prefix }) => prefix !== '').map(({ plural, prefix }) => `"${prefix}" for ${plural}`)
  return {
    clientMutationId: 'omit',
    cursorType: 'String',
    nodesOnConnection: { description: 'The items of the page, without their cursors.', complexity: { field: 0, multiplier: 1 } },
    nodeTypeOptions: { description: 'An object that can be fetched by its id alone.' },
    idFieldOptions: {
      description: `Unique across all types. The prefix names the type: ${prefixes.join(', ')}. A tenant's id has no prefix; its operator chose it.`,
    },
    nodeQueryOptions: {
      description: 'The object with this id, of any type; null when there is none that you may see.',
      args: { id: { description: 'The value of the field `id` of any object.' } },
    },
    nodesQueryOptions: {
      description: `The objects with these ids, in the same order. At most ${MAX_NODES}.`,
      args: { ids: { description: 'Values of the field `id` of any objects.' } },
      complexity: ({ ids }: { ids: readonly unknown[] }) => ({ field: 1, multiplier: ids.length }),
      // Pothos's signature.
      // oxlint-disable-next-line max-params
      resolve: async <Ids extends readonly unknown[], Nodes>(
        _root: unknown,
        { ids }: { ids: Ids },
        _context: unknown,
        _info: unknown,
        resolveNodes: (ids: Ids) => Promise<Nodes>,
      ) => {
        if (ids.length > MAX_NODES) throw new InvalidInput([{ path: 'ids', message: `must have at most ${MAX_NODES} items, not ${ids.length}` }])
        return resolveNodes(ids)
      },
    },
    pageInfoTypeOptions: { description: 'Where a page is in its list.' },
    hasNextPageFieldOptions: { description: 'Whether there are items after this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether the page was requested with `after`, so that there are items before it.' },
    startCursorFieldOptions: { description: 'The cursor of the first item; null when the page is empty.' },
    endCursorFieldOptions: { description: 'The cursor of the last item; pass it as `after` to get the next page. Null when the page is empty.' },
    cursorFieldOptions: { description: 'The position of this item; pass it as `after` to get the items that follow.' },
    nodeFieldOptions: { description: 'The item.', nullable: false },
    edgesFieldOptions: {
      description: 'The items of the page, each with its cursor.',
      nullable: { list: false, items: false },
      complexity: { field: 0, multiplier: 1 },
    },
    pageInfoFieldOptions: { description: 'Position of the page in the list.' },
    defaultConnectionTypeOptions: { description: 'A page of a list.' },
    defaultEdgeTypeOptions: { description: 'An item of a list, with its cursor.' },
  } as const
}
