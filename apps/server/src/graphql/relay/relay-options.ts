import { InvalidInput } from '@tollgate/kernel'
import { MAX_NODES } from '../limits/limits.ts'

/** How Relay's conventions read in this schema: lists go forward only, nothing in a page is null, everything is described. */
export const relayOptions = {
  clientMutationId: 'omit',
  cursorType: 'String',
  nodesOnConnection: { description: 'The items of the page, without their cursors.', complexity: { field: 0, multiplier: 1 } },
  nodeTypeOptions: { description: 'Something that can be found by its id alone.' },
  idFieldOptions: {
    description:
      'Readable, and unique over all types: usage events begin with "evt_", prices with "price_", API keys with "key_", rejected events with "rej_", rating runs with "run_", charge rules with "rule_", reservations with "rsv_", alerts with "alr_", webhook endpoints with "whe_", their deliveries with "whd_"; a tenant\'s id is as its operator chose it.',
  },
  nodeQueryOptions: {
    description: 'Whatever has this id, of any type; null where there is nothing that you can see.',
    args: { id: { description: 'As read from the field `id` of anything.' } },
  },
  nodesQueryOptions: {
    description: `Like \`node\`, for several ids at once, in their order; up to ${MAX_NODES}.`,
    args: { ids: { description: 'As read from the fields `id` of anything.' } },
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
      if (ids.length > MAX_NODES) throw new InvalidInput([{ path: 'ids', message: `must be ${MAX_NODES} at the most, not ${ids.length}` }])
      return resolveNodes(ids)
    },
  },
  pageInfoTypeOptions: { description: 'Where a page stands in its list.' },
  hasNextPageFieldOptions: { description: 'Whether there are items behind this page.' },
  hasPreviousPageFieldOptions: { description: 'Whether there are items before this page: true where it was asked for with `after`.' },
  startCursorFieldOptions: { description: 'The cursor of the first item; null where the page is empty.' },
  endCursorFieldOptions: { description: 'The cursor of the last item, to give as `after` for the next page; null where the page is empty.' },
  cursorFieldOptions: { description: "Marks this item's place; give it as `after` to continue behind it." },
  nodeFieldOptions: { description: 'The item.', nullable: false },
  edgesFieldOptions: {
    description: 'The items of the page, each with its cursor.',
    nullable: { list: false, items: false },
    complexity: { field: 0, multiplier: 1 },
  },
  pageInfoFieldOptions: { description: 'Where the page stands in the list.' },
  defaultConnectionTypeOptions: { description: 'A page of a list.' },
  defaultEdgeTypeOptions: { description: 'An item of a list, with its cursor.' },
} as const
