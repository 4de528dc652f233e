import type { Rule } from './rule.ts'

/** A package's surface is a list that can be read: `export *` makes public whatever a file happens to export. */
export const noExportAll: Rule = {
  create: context => ({
    ExportAllDeclaration(node) {
      context.report({ node, message: 'Name what is exported: `export *` makes public whatever the file happens to hold.' })
    },
  }),
}
