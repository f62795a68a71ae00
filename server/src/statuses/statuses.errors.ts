import { declareErrors } from '../http/errors.ts'

export const statusError = declareErrors({
  'api.status.user_not_found.app_error': [
    404,
    'There is no status of this user.',
    '이 사용자의 상태를 찾을 수 없습니다.',
  ],
  'api.custom_status.disabled': [
    501,
    'Custom statuses are switched off on this server.',
    '이 서버에서는 사용자 지정 상태를 쓸 수 없습니다.',
  ],
  'api.custom_status.recent_custom_statuses.delete.app_error': [
    400,
    'This status is not among the recent ones.',
    '최근에 쓴 상태 목록에 없는 상태입니다.',
  ],
})
