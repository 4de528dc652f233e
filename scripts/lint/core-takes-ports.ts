import type { Rule } from './rule.ts'

/** What a package's core would read from its surroundings, and the port that it takes instead. */
const PORTS: ReadonlyMap<string, string> = new Map([
  ['Date.now', 'the Clock port'],
  ['performance.now', 'the Clock port'],
  ['Temporal.Now', 'the Clock port'],
  ['Math.random', 'the IdSource port'],
  ['crypto.randomUUID', 'the IdSource port'],
  ['crypto.getRandomValues', 'the IdSource port'],
  ['process.env', 'a parameter'],
])

/** A package's core has no clock, randomness or environment of its own: the same input gives the same answer. */
export const coreTakesPorts: Rule = {
  create: context => ({
    MemberExpression(node) {
      if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return
      const read = `${node.object.name}.${node.property.name}`
      const port = PORTS.get(read)
      if (port !== undefined) context.report({ node, message: `A package's core does not read ${read}; it is handed ${port}.` })
    },
    NewExpression(node) {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date' || node.arguments.length > 0) return
      context.report({ node, message: "A package's core does not read the time; it is handed the Clock port." })
    },
  }),
}
