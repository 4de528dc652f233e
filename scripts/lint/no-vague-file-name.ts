import { basename } from 'node:path'
import type { Rule } from './rule.ts'

const VAGUE = /^(?:(?:.+-)?(?:utils?|helpers?|managers?|misc)|common|shared|base|types)\.[cm]?tsx?$/

/** A file is named for its one export. Names that fit anything gather everything. */
export const noVagueFileName: Rule = {
  create: context => ({
    Program(node) {
      const file = basename(context.filename)
      if (VAGUE.test(file)) context.report({ node, message: `"${file}" fits anything; name the file for what it exports.` })
    },
  }),
}
