import { declareErrors } from '../http/errors.ts'

/** The errors of user groups. Ids and statuses are Mattermost's. */
export const groupError = declareErrors({
  'app.group.no_rows': [404, 'There is no such group.', '그룹을 찾을 수 없습니다.'],
  'app.group.user_not_found': [404, 'One of the people does not exist.', '존재하지 않는 사용자가 있습니다.'],
  'app.group.username_conflict': [
    400,
    'Somebody has the user name {Username}. Choose another name for the group.',
    '{Username}은(는) 이미 사용 중인 사용자 이름입니다. 그룹에 다른 이름을 사용해 주세요.',
  ],
  'app.custom_group.unique_name': [400, 'There is another group with this name.', '같은 이름의 그룹이 이미 있습니다.'],
  'app.group.crud_permission': [
    400,
    'This can only be done with groups that people made, or with links of groups that come from a directory.',
    '이 작업은 사용자가 만든 그룹(연결의 경우 디렉터리 그룹)에서만 할 수 있습니다.',
  ],
  'api.custom_groups.must_be_referenceable': [
    400,
    'A group that people make can always be mentioned.',
    '사용자 그룹은 항상 멘션할 수 있어야 합니다.',
  ],
  'api.custom_groups.no_remote_id': [
    400,
    'A group that people make belongs to no directory.',
    '사용자 그룹에는 디렉터리 ID를 지정할 수 없습니다.',
  ],
  'api.custom_groups.feature_disabled': [
    501,
    'Groups made by people are switched off on this server.',
    '이 서버는 사용자 그룹을 사용하지 않습니다.',
  ],
  'model.group.name.app_error': [
    400,
    'A group name has up to 64 of a-z, 0-9, dot, dash and underscore, and is not all, channel or here.',
    '그룹 이름은 소문자, 숫자, 마침표, -, _로 된 64자 이하여야 하며 all, channel, here는 쓸 수 없습니다.',
  ],
  'model.group.display_name.app_error': [
    400,
    'The display name has 1 to 128 characters.',
    '표시 이름은 1~128자여야 합니다.',
  ],
  'model.group.description.app_error': [
    400,
    'The description has at most 1024 characters.',
    '설명은 1024자 이하여야 합니다.',
  ],
  'app.group.uniqueness_error': [
    400,
    'Somebody is not a member of this group, or the group is not archived.',
    '그룹 멤버가 아닌 사용자가 있거나, 보관된 그룹이 아닙니다.',
  ],
})
