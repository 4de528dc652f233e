import type { Problem } from '../graphql/problem.ts'
import { isPartOfField } from './field-error.ts'

/** Says why a change was refused. Fields say their own part beside them: `known` names those of the form. */
export function ProblemNote({ problem, known = [] }: { readonly problem: Problem | undefined; readonly known?: readonly string[] }) {
  if (problem === undefined) return null
  const others = [...problem.fields].filter(([path]) => !known.some(field => isPartOfField(path, field)))
  if (problem.fields.size > 0 && others.length === 0) return null
  return (
    <div role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
      {others.length === 0 ? problem.message : others.map(([path, message]) => <p key={path}>{`${path} ${message}`}</p>)}
    </div>
  )
}
