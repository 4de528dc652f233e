import { checkShape, inputShape } from '@tollgate/kernel/input'
import { metadata } from './metadata-builder.ts'
import type { TaggingStrategy } from './tagging-strategy.ts'

/** Tags for chargeback and showback within a company. */
export interface CostCenterTags {
  /** `"dept_engineering"`, stored as the organization. */
  readonly department: string
  /** `"team_backend"`, stored as the product. */
  readonly team: string
  /** `"project_api_v2"`, stored as the feature. */
  readonly project: string
  /** `"CC-1234"`, stored as the attribute `cost_center`. Usage cannot be grouped by it. */
  readonly costCenter?: string
}

const TAGS = /* @__PURE__ */ inputShape<CostCenterTags>({ department: 'text', team: 'text', project: 'text', costCenter: 'text?' })

/** Department → team → project, and the cost centre as an attribute. */
export const costCenterTagging: TaggingStrategy<CostCenterTags> = {
  name: 'cost-center',
  title: 'Cost centre',
  description: 'Departments have teams, and teams have projects. Each is charged for, or shown, its spending.',
  levels: [
    { tag: 'department', field: 'organizationId', dimension: 'organization' },
    { tag: 'team', field: 'productId', dimension: 'product' },
    { tag: 'project', field: 'featureId', dimension: 'feature' },
  ],
  questions: [
    { question: 'What is each department charged per month?', measure: 'cost', by: ['organization'], within: [], granularity: 'month' },
    { question: 'What does each team of a department cost?', measure: 'cost', by: ['product'], within: ['organization'] },
    { question: 'How does a project spend its budget, day by day?', measure: 'cost', by: [], within: ['feature'], granularity: 'day' },
  ],
  tag(tags) {
    checkShape(TAGS, tags)
    const { department, team, project, costCenter } = tags
    return metadata().organization(department).product(team).feature(project).custom('cost_center', costCenter).build()
  },
}
