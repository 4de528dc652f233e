import type { Rule } from './rule.ts'

/** Reports `export *`. The public names of a package are listed one by one. */
export const noExportAll: Rule = {
  create: context => ({
    ExportAllDeclaration(node) {
      context.report({ node, message: 'Export names one by one: `export *` makes everything in the file public.' })
    },
  }),
}
