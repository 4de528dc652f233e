/** Does work for one item after the other: one request does not take every connection. In the order of the items. */
export async function inTurn<Item, Result>(items: readonly Item[], work: (item: Item, position: number) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const [position, item] of items.entries()) results.push(await work(item, position))
  return results
}
