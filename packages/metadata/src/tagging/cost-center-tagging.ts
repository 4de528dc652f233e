import { metadata } from '../metadata-builder.ts'
import type { TaggingStrategy } from './tagging-strategy.ts'

/** Who in the company spends, for chargeback and showback. */
export interface CostCenterTags {
  /** `"dept_engineering"`; kept as the organization. */
  readonly department: string
  /** `"team_backend"`; kept as the product. */
  readonly team: string
  /** `"project_api_v2"`; kept as the feature. */
  readonly project: string
  /** `"CC-1234"`; kept as the attribute `cost_center`, for looking at events, not for grouping. */
  readonly costCenter?: string
}

/** Department → team → project, with the cost centre of accounting beside them. */
export const costCenterTagging: TaggingStrategy<CostCenterTags> = {
  name: 'cost-center',
  title: 'Cost centre',
  description: 'Departments have teams, which have projects; each is charged for, or shown, what it spends.',
  levels: [
    { tag: 'department', field: 'organizationId', dimension: 'organization' },
    { tag: 'team', field: 'productId', dimension: 'product' },
    { tag: 'project', field: 'featureId', dimension: 'feature' },
  ],
  questions: [
    { question: 'What is each department charged for a month?', measure: 'cost', by: ['organization'], within: [], granularity: 'month' },
    { question: 'What does each team of a department cost?', measure: 'cost', by: ['product'], within: ['organization'] },
    { question: 'How does a project spend its budget, day by day?', measure: 'cost', by: [], within: ['feature'], granularity: 'day' },
  ],
  tag: ({ department, team, project, costCenter }) =>
    metadata().organization(department).product(team).feature(project).custom('cost_center', costCenter).build(),
}
