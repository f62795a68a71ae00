import { declareErrors } from '../http/errors.ts'

/** The errors of permission schemes. Ids and statuses are Mattermost's. */
export const schemeError = declareErrors({
  'app.scheme.get.app_error': [404, 'There is no such permission scheme.', '권한 스킴을 찾을 수 없습니다.'],
  'app.scheme.save.invalid_scheme.app_error': [
    400,
    'The scheme is not valid. The name has 2 to 64 of a-z, 0-9 and _, and no other scheme may have it; the display name has up to 128 characters.',
    '스킴이 올바르지 않습니다. 이름은 소문자, 숫자, _로 된 2~64자이고 다른 스킴과 겹치지 않아야 하며, 표시 이름은 128자까지입니다.',
  ],
  'api.scheme.get_teams_for_scheme.scope.error': [
    400,
    'Only a scheme for teams has teams.',
    '팀용 스킴에만 팀을 연결할 수 있습니다.',
  ],
  'api.scheme.get_channels_for_scheme.scope.error': [
    400,
    'Only a scheme for channels has channels.',
    '채널용 스킴에만 채널을 연결할 수 있습니다.',
  ],
})
