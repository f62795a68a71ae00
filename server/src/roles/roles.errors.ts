import { declareErrors } from '../http/errors.ts'

/** The errors of roles. Ids and statuses are Mattermost's. */
export const roleError = declareErrors({
  'app.role.get.app_error': [404, 'There is no such role.', '역할을 찾을 수 없습니다.'],
  'app.role.get_by_name.app_error': [404, 'There is no role with the name {Name}.', '{Name} 역할을 찾을 수 없습니다.'],
  'api.roles.get_multiple_by_name_too_many.request_error': [
    400,
    'At most {Max} roles can be asked for at once.',
    '역할은 한 번에 {Max}개까지 조회할 수 있습니다.',
  ],
  'api.roles.patch_roles.not_allowed_permission.error': [
    501,
    'The permission {Name} cannot be given or taken through the API.',
    '{Name} 권한은 API로 부여하거나 회수할 수 없습니다.',
  ],
  'app.role.save.invalid_role.app_error': [
    400,
    'The permission {Name} cannot be given to this role or taken from it.',
    '이 역할에는 {Name} 권한을 부여하거나 회수할 수 없습니다.',
  ],
})
