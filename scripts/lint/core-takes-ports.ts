import type { Rule } from './rule.ts'

/** Globals that the core of a package must not read, and the port to use instead. */
const PORTS: ReadonlyMap<string, string> = new Map([
  ['Date.now', 'the Clock port'],
  ['performance.now', 'the Clock port'],
  ['Temporal.Now', 'the Clock port'],
  ['Math.random', 'the IdSource port'],
  ['crypto.randomUUID', 'the IdSource port'],
  ['crypto.getRandomValues', 'the IdSource port'],
  ['process.env', 'a parameter'],
])

/** Reports that the core of a package reads a clock, randomness or environment. The same input must give the same result. */
export const coreTakesPorts: Rule = {
  create: context => ({
    MemberExpression(node) {
      if (node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return
      const read = `${node.object.name}.${node.property.name}`
      const port = PORTS.get(read)
      if (port !== undefined) context.report({ node, message: `The core of a package must not read ${read}. Use ${port} instead.` })
    },
    NewExpression(node) {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'Date' || node.arguments.length > 0) return
      context.report({ node, message: 'The core of a package must not read the time. Use the Clock port instead.' })
    },
  }),
}
