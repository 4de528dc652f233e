import { parseExactJson } from '@tollgate/kernel'
import type { Plugin } from 'graphql-yoga'

/** Reads the variables of GET requests without changing numbers that JavaScript cannot represent. Bodies of POST requests are read so by `readJsonBody`. */
export function readExactVariables(): Plugin {
  return {
    onParams({ request, params, setParams }) {
      if (request.method !== 'GET') return
      const variables = new URL(request.url).searchParams.get('variables')
      if (variables !== null && variables !== '') setParams({ ...params, variables: parseExactJson(variables) as Record<string, unknown> })
    },
  }
}
