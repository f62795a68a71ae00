import { declareErrors, type AppError, type ErrorDeclaration } from '../http/errors.ts'
import type { ConfigError } from './config-error.ts'
import { ruleErrorId } from './validate.ts'
import { configRules } from './validate-rules.ts'

const invalidValue: ErrorDeclaration = [
  400,
  '{Setting} is {Value}; accepted: {Accepted}.',
  '{Setting} 값이 {Value}입니다. 허용되는 값: {Accepted}.',
]

const ids = [...configRules.map((rule) => rule.id), 'accepted_values', 'masked_list', 'type'].map(ruleErrorId)

/** One error per rule of validation, with Mattermost's ids. */
export const configValueError = declareErrors(Object.fromEntries(ids.map((id) => [id, invalidValue])))

/** Errors of reading and storing the configuration. */
export const configError = declareErrors({
  'api.config.reload_config.app_error': [
    500,
    'The configuration could not be read again. The one in use stays: {Reason}',
    '설정을 다시 읽지 못해 기존 설정을 유지합니다: {Reason}',
  ],
  'app.save_config.app_error': [
    500,
    'The configuration could not be saved: {Reason}',
    '설정을 저장하지 못했습니다: {Reason}',
  ],
  'ent.cluster.save_config.error': [
    403,
    'The configuration is read-only on this cluster. Change the file itself.',
    '이 클러스터의 설정은 읽기 전용입니다. 파일을 직접 수정해 주세요.',
  ],
})

/** The API error of a failed save: the first mistake's own id (400), read-only 403, anything else 500. */
export function saveError(error: ConfigError): AppError {
  const problem = error.problems[0]
  if (error.kind === 'invalid' && problem) return configValueError(problem.id, problem.params, error.message)
  if (error.kind === 'read_only') return configError('ent.cluster.save_config.error', {}, error.message)
  return configError('app.save_config.app_error', { Reason: error.message }, error.message)
}
