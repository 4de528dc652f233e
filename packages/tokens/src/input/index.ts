export { type FieldRule, inputIssues, type InputIssue, type InputRules } from '../model/input-issues.ts'
