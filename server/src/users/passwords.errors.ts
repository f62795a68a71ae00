import { declareErrors } from '../http/errors.ts'
import type { AppError, ErrorDeclaration } from '../http/errors.ts'

const LENGTHS = [
  ['', '', ''],
  ['_min_length', 'at least {Min} characters', '{Min}자 이상이어야'],
  ['_max_length', 'at most 72 bytes', '72바이트 이하여야'],
] as const
const KINDS = [
  ['_lowercase', 'a lowercase letter', '영문 소문자'],
  ['_uppercase', 'an uppercase letter', '영문 대문자'],
  ['_number', 'a number', '숫자'],
  ['_symbol', 'a symbol', '특수 문자'],
] as const

const passwordError = declareErrors(everyCombination())

/** The error for the broken rules, see `checkPasswordRules`. */
export function passwordRuleError(broken: string, minimumLength: number): AppError {
  return passwordError(`model.user.is_valid.pwd${broken}.app_error`, { Min: minimumLength })
}

/** Clients know an id for each combination of broken rules. */
function everyCombination(): Record<string, ErrorDeclaration> {
  const errors: Record<string, ErrorDeclaration> = {}
  for (const [lengthId, lengthEn, lengthKo] of LENGTHS) {
    for (let bits = 0; bits < 1 << KINDS.length; bits++) {
      const kinds = KINDS.filter((_kind, i) => bits & (1 << i))
      const id = lengthId + kinds.map(([suffix]) => suffix).join('')
      if (id === '') continue
      const en = [lengthEn, ...kinds.map(([, text]) => text)].filter(Boolean).join(', ')
      const kindsKo = kinds.map(([, , text]) => text).join(', ')
      const lengthPart = lengthKo && (kindsKo ? `${lengthKo} 하고 ` : lengthKo)
      const kindsPart = kindsKo && `${kindsKo}${lengthKo ? '도' : '를'} 포함해야`
      errors[`model.user.is_valid.pwd${id}.app_error`] = [
        400,
        `The password must have ${en}.`,
        `비밀번호는 ${lengthPart}${kindsPart} 합니다.`,
      ]
    }
  }
  return errors
}
