import { declareErrors } from '../http/errors.ts'

/** Errors of teams and their members; those of invitations are in invitations.errors.ts. */
export const teamError = declareErrors({
  'app.team.get.find.app_error': [404, 'There is no such team.', '그런 팀이 없습니다.'],
  'app.team.get_by_name.missing.app_error': [404, 'There is no team of that name.', '그 이름의 팀이 없습니다.'],
  'app.team.get_member.missing.app_error': [
    404,
    'That person is not a member of this team.',
    '이 팀의 구성원이 아닙니다.',
  ],
  'api.team.get_all_teams.insufficient_permissions': [
    403,
    'You may not list teams on this server.',
    '이 서버의 팀 목록을 볼 권한이 없습니다.',
  ],
  'api.team.is_team_creation_allowed.disabled.app_error': [
    403,
    'You may not create teams. Ask an administrator.',
    '팀을 만들 권한이 없습니다. 관리자에게 문의해 주세요.',
  ],
  'api.team.is_team_creation_allowed.domain.app_error': [
    400,
    'Teams can be created only with an e-mail address of an allowed domain.',
    '허용된 도메인의 이메일 주소로만 팀을 만들 수 있습니다.',
  ],
  'app.team.save.existing.app_error': [400, 'A team with this name exists already.', '같은 이름의 팀이 이미 있습니다.'],
  'api.team.update_restricted_domains.mismatch.app_error': [
    400,
    'This server does not allow the domain {Domain}.',
    '이 서버에서 허용하지 않는 도메인입니다: {Domain}.',
  ],
  'api.user.delete_team.not_enabled.for_admin.app_error': [
    401,
    'Deleting teams for good is switched off. Turn on ServiceSettings.EnableAPITeamDeletion first.',
    '팀 영구 삭제가 꺼져 있습니다. 먼저 ServiceSettings.EnableAPITeamDeletion을 켜 주세요.',
  ],
  'api.user.delete_team.not_enabled.app_error': [
    401,
    'Deleting teams for good is switched off. Ask an administrator.',
    '팀 영구 삭제가 꺼져 있습니다. 관리자에게 문의해 주세요.',
  ],
  'api.team.update_team_scheme.scheme_scope.error': [
    400,
    'This scheme is not one for teams.',
    '팀에 쓸 수 있는 권한 체계가 아닙니다.',
  ],
  'app.scheme.get.app_error': [404, 'There is no such permission scheme.', '그런 권한 체계가 없습니다.'],

  'model.team.is_valid.email.app_error': [
    400,
    'The e-mail address of the team is not valid.',
    '팀의 이메일 주소가 올바르지 않습니다.',
  ],
  'model.team.is_valid.name.app_error': [
    400,
    'The display name must have 1 to 64 characters.',
    '표시 이름은 1~64자여야 합니다.',
  ],
  'model.team.is_valid.url.app_error': [
    400,
    'The team name must not have more than 64 characters.',
    '팀 이름은 64자를 넘을 수 없습니다.',
  ],
  'model.team.is_valid.reserved.app_error': [
    400,
    'Team names must not begin with a word that this server uses for itself. Choose another one.',
    '서버가 사용하는 단어로 시작하는 팀 이름은 쓸 수 없습니다. 다른 이름을 골라 주세요.',
  ],
  'model.team.is_valid.characters.app_error': [
    400,
    'A team name has at least 2 lower-case letters, digits or hyphens, and begins and ends with a letter or digit.',
    '팀 이름은 영문 소문자, 숫자, 하이픈으로 2자 이상이어야 하며 글자나 숫자로 시작하고 끝나야 합니다.',
  ],
  'model.team.is_valid.description.app_error': [
    400,
    'The description must not have more than 255 characters.',
    '설명은 255자를 넘을 수 없습니다.',
  ],
  'model.team.is_valid.type.app_error': [400, 'The type of a team is O or I.', '팀 유형은 O 또는 I여야 합니다.'],
  'model.team.is_valid.company.app_error': [
    400,
    'The company name must not have more than 64 characters.',
    '회사 이름은 64자를 넘을 수 없습니다.',
  ],
  'model.team.is_valid.domains.app_error': [
    400,
    'The list of allowed domains must not have more than 500 characters.',
    '허용 도메인 목록은 500자를 넘을 수 없습니다.',
  ],

  'api.team.get_team_icon.read_file.app_error': [404, 'This team has no icon.', '팀 아이콘이 없습니다.'],
  'api.team.set_team_icon.parse.app_error': [
    400,
    'The upload cannot be read; send it as multipart/form-data.',
    '업로드를 읽을 수 없습니다. multipart/form-data로 보내 주세요.',
  ],
  'api.team.set_team_icon.no_file.app_error': [
    400,
    'The field "image" has no file.',
    '"image" 항목에 파일이 없습니다.',
  ],
  'api.team.set_team_icon.array.app_error': [400, 'Send exactly one image.', '이미지는 하나만 보내 주세요.'],
  'api.team.set_team_icon.too_large.app_error': [
    413,
    'The image is larger than this server accepts.',
    '이미지가 서버에서 허용하는 크기보다 큽니다.',
  ],
  'api.team.set_team_icon.decode.app_error': [
    400,
    'The file is not an image that this server can read.',
    '서버가 읽을 수 있는 이미지 파일이 아닙니다.',
  ],
  'api.team.set_team_icon.check_image_limits.app_error': [
    400,
    'The image has more pixels than this server accepts.',
    '이미지의 해상도가 서버 제한을 넘습니다.',
  ],

  'api.team.join_user_to_team.allowed_domains.app_error': [
    400,
    'This team takes only people with an e-mail address of its domains.',
    '이 팀에는 허용된 도메인의 이메일 주소를 쓰는 사람만 들어올 수 있습니다.',
  ],
  'app.team.join_user_to_team.max_accounts.app_error': [
    400,
    'This team is full. An administrator can raise the limit (MaxUsersPerTeam).',
    '팀의 정원이 찼습니다. 관리자가 제한(MaxUsersPerTeam)을 늘릴 수 있습니다.',
  ],
  'app.team.join_user_to_team.save_member.max_accounts.app_error': [
    400,
    'This team is full. An administrator can raise the limit (MaxUsersPerTeam).',
    '팀의 정원이 찼습니다. 관리자가 제한(MaxUsersPerTeam)을 늘릴 수 있습니다.',
  ],
  'api.team.add_members.user_denied': [
    400,
    'Only members of the groups linked to this team can be added: {UserIDs}.',
    '이 팀에 연결된 그룹의 구성원만 추가할 수 있습니다: {UserIDs}.',
  ],
  'api.team.add_user_to_team.missing_parameter.app_error': [
    400,
    'An invitation token or id is needed.',
    '초대 토큰이나 초대 ID가 필요합니다.',
  ],
  'api.team.remove_user_from_team.missing.app_error': [
    400,
    'That person is not a member of this team.',
    '이 팀의 구성원이 아닙니다.',
  ],
  'api.team.remove_member.group_constrained.app_error': [
    400,
    'The members of this team follow its groups; nobody can be removed by hand.',
    '이 팀의 구성원은 그룹을 따르므로 직접 내보낼 수 없습니다.',
  ],
  'api.channel.update_team_member_roles.scheme_role.app_error': [
    400,
    'The role {Role} belongs to a permission scheme and cannot be given by name.',
    '{Role} 역할은 권한 체계에 속하므로 이름으로 줄 수 없습니다.',
  ],
  'api.channel.update_team_member_roles.changing_guest_role.app_error': [
    400,
    'Guests become members, and members guests, only for the whole server.',
    '게스트와 일반 구성원의 전환은 서버 전체에서만 할 수 있습니다.',
  ],
  'api.team.update_team_member_roles.guest_and_user.app_error': [
    400,
    'Nobody is guest and member at the same time.',
    '게스트이면서 동시에 일반 구성원일 수는 없습니다.',
  ],
  'api.team.update_team_member_roles.guest.app_error': [
    400,
    'The roles of a guest cannot be changed here.',
    '게스트의 역할은 여기에서 바꿀 수 없습니다.',
  ],
  'api.team.update_team_member_roles.user_and_guest.app_error': [
    400,
    'A member cannot be made a guest here.',
    '일반 구성원을 여기에서 게스트로 바꿀 수 없습니다.',
  ],
  'api.team.update_team_member_roles.unset_user_scheme.app_error': [
    400,
    'A member keeps the role of a member.',
    '구성원에게서 구성원 역할을 뺄 수 없습니다.',
  ],
  'app.role.get_by_name.app_error': [400, 'There is no role {Role}.', '{Role} 역할이 없습니다.'],
})
