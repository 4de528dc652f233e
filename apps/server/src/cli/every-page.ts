/** Reads all pages of a list. `next` receives the last item of the previous page. */
export async function everyPage<Item>(next: (after: Item | undefined) => Promise<{ items: readonly Item[]; hasMore: boolean }>): Promise<Item[]> {
  const all: Item[] = []
  for (;;) {
    const { items, hasMore } = await next(all.at(-1))
    all.push(...items)
    if (!hasMore || items.length === 0) return all
  }
}
