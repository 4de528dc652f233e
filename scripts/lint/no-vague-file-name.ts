import { basename } from 'node:path'
import type { Rule } from './rule.ts'

const VAGUE = /^(?:(?:.+-)?(?:utils?|helpers?|managers?|misc)|common|shared|base|types)\.[cm]?tsx?$/

/** Reports a file name that says nothing. A file is named after its one export. */
export const noVagueFileName: Rule = {
  create: context => ({
    Program(node) {
      const file = basename(context.filename)
      if (VAGUE.test(file)) context.report({ node, message: `"${file}" says nothing about its content. Name the file after its export.` })
    },
  }),
}
