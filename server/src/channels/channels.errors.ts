import { declareErrors } from '../http/errors.ts'

export const channelError = declareErrors({
  // not found
  'app.channel.get.existing.app_error': [404, 'There is no such channel.', '그런 채널이 없습니다.'],
  'app.channel.get_by_name.missing.app_error': [404, 'There is no channel of that name.', '그 이름의 채널이 없습니다.'],
  'app.channel.get_member.missing.app_error': [
    404,
    'That person is not a member of this channel.',
    '이 채널의 구성원이 아닙니다.',
  ],
  'app.channel.get_channels.not_found.app_error': [404, 'There are no channels here.', '채널이 없습니다.'],
  'app.channel.get_channels_by_ids.not_found.app_error': [
    404,
    'None of these channels was found.',
    '해당하는 채널을 찾을 수 없습니다.',
  ],
  // what a channel can be
  'model.channel.is_valid.display_name.app_error': [
    400,
    'A channel name has at most 64 characters.',
    '채널 이름은 최대 64자입니다.',
  ],
  'model.channel.is_valid.1_or_more.app_error': [
    400,
    'The name in the address of a channel has 1 to 64 lower-case letters, digits, hyphens or underscores, and begins with a letter or digit.',
    '채널 주소 이름은 영문 소문자, 숫자, 하이픈, 밑줄로 1~64자이며 영문자나 숫자로 시작해야 합니다.',
  ],
  'model.channel.is_valid.header.app_error': [
    400,
    'A channel header has at most 1024 characters.',
    '채널 헤더는 최대 1024자입니다.',
  ],
  'model.channel.is_valid.purpose.app_error': [
    400,
    'A channel purpose has at most 250 characters.',
    '채널 목적은 최대 250자입니다.',
  ],
  'model.channel.is_valid.type.app_error': [
    400,
    'A channel is either public or private.',
    '채널은 공개 또는 비공개여야 합니다.',
  ],
  'model.channel.is_valid.banner_info.text.empty.app_error': [
    400,
    'A channel banner needs a text.',
    '채널 배너에는 문구가 필요합니다.',
  ],
  'model.channel.is_valid.banner_info.text.invalid_length.app_error': [
    400,
    'A channel banner has at most 1024 characters.',
    '채널 배너는 최대 1024자입니다.',
  ],
  'model.channel.is_valid.banner_info.background_color.empty.app_error': [
    400,
    'A channel banner needs a background colour.',
    '채널 배너에는 배경색이 필요합니다.',
  ],
  'model.channel.is_valid.banner_info.background_color.invalid.app_error': [
    400,
    'A background colour looks like #8A2BE2.',
    '배경색은 #8A2BE2와 같은 형식이어야 합니다.',
  ],
  'model.channel.is_valid.banner_info.channel_type.app_error': [
    400,
    'Direct and group messages have no banner.',
    '개인 메시지와 그룹 메시지에는 배너를 둘 수 없습니다.',
  ],
  // making and changing
  'api.channel.create_channel.direct_channel.app_error': [
    400,
    'Direct and group messages are opened in another way.',
    '개인 메시지와 그룹 메시지는 다른 방법으로 열어 주세요.',
  ],
  'app.channel.create_channel.no_team_id.app_error': [
    400,
    'Say in which team the channel shall be.',
    '채널을 만들 팀을 지정해 주세요.',
  ],
  'api.channel.create_channel.max_channel_limit.app_error': [
    400,
    'This team has reached its limit of {MaxChannelsPerTeam} channels.',
    '이 팀의 채널이 최대 {MaxChannelsPerTeam}개에 도달했습니다.',
  ],
  'store.sql_channel.save_channel.exists.app_error': [
    400,
    'This team already has a channel of that name, maybe an archived one.',
    '같은 이름의 채널이 이 팀에 이미 있습니다. 보관된 채널일 수도 있습니다.',
  ],
  'store.sql_channel.update.exists.app_error': [
    400,
    'This team already has a channel of that name, maybe an archived one.',
    '같은 이름의 채널이 이 팀에 이미 있습니다. 보관된 채널일 수도 있습니다.',
  ],
  'api.channel.patch_update_channel.forbidden.app_error': [
    403,
    'You may not change this channel.',
    '이 채널을 변경할 권한이 없습니다.',
  ],
  'api.channel.update_channel.deleted.app_error': [400, 'The channel is archived.', '보관된 채널입니다.'],
  'api.channel.update_channel.typechange.app_error': [
    400,
    'The type of this channel cannot be changed in this way.',
    '이 방법으로는 채널 종류를 바꿀 수 없습니다.',
  ],
  'api.channel.update_channel.tried.app_error': [
    400,
    'The address of {Channel} cannot be changed.',
    '{Channel} 채널의 주소는 바꿀 수 없습니다.',
  ],
  'api.channel.update_channel.update_direct_or_group_messages_not_allowed.app_error': [
    400,
    'Only the header of a direct or group message can be changed.',
    '개인 메시지와 그룹 메시지는 헤더만 바꿀 수 있습니다.',
  ],
  'api.channel.update_channel_privacy.default_channel_error': [
    400,
    'Everyone of the team is in this channel, so it cannot become private.',
    '팀의 모든 구성원이 있는 채널이므로 비공개로 바꿀 수 없습니다.',
  ],
  'api.channel.delete_channel.cannot.app_error': [
    400,
    '{Channel} cannot be archived.',
    '{Channel} 채널은 보관할 수 없습니다.',
  ],
  'api.channel.delete_channel.type.invalid': [
    400,
    'Direct and group messages cannot be archived.',
    '개인 메시지와 그룹 메시지는 보관할 수 없습니다.',
  ],
  'api.channel.delete_channel.deleted.app_error': [400, 'The channel is archived already.', '이미 보관된 채널입니다.'],
  'api.user.delete_channel.not_enabled.app_error': [
    401,
    'Deleting channels for good is turned off on this server.',
    '이 서버에서는 채널 영구 삭제가 꺼져 있습니다.',
  ],
  'api.user.delete_channel.not_enabled.for_admin.app_error': [
    401,
    'Deleting channels for good is turned off: set ServiceSettings.EnableAPIChannelDeletion.',
    '채널 영구 삭제가 꺼져 있습니다. ServiceSettings.EnableAPIChannelDeletion을 켜 주세요.',
  ],
  'api.channel.restore_channel.restored.app_error': [400, 'The channel is not archived.', '보관된 채널이 아닙니다.'],
  'api.channel.move_channel.type.invalid': [
    400,
    'This channel cannot be moved to another team.',
    '이 채널은 다른 팀으로 옮길 수 없습니다.',
  ],
  'app.channel.move_channel.members_do_not_match.error': [
    400,
    'Some members of the channel are not in the other team.',
    '채널 구성원 중 옮길 팀에 없는 사람이 있습니다.',
  ],
  'api.channel.update_channel_scheme.scheme_scope.error': [
    400,
    'Only a scheme for channels can be set here.',
    '채널용 스킴만 지정할 수 있습니다.',
  ],
  'api.channel.patch_channel_moderations.restricted.app_error': [
    400,
    'A permission that the team or system does not give cannot be added here.',
    '팀이나 시스템에서 허용하지 않는 권한은 추가할 수 없습니다.',
  ],
  // direct and group messages
  'api.channel.create_direct_channel.invalid_user.app_error': [
    400,
    'There is no such person.',
    '해당 사용자를 찾을 수 없습니다.',
  ],
  'api.channel.create_channel.direct_channel.team_restricted_error': [
    403,
    'Messages are limited to people of the same team on this server.',
    '이 서버에서는 같은 팀의 구성원끼리만 메시지를 주고받을 수 있습니다.',
  ],
  'api.channel.create_group.bad_size.app_error': [
    400,
    'A group message has 3 to 8 people.',
    '그룹 메시지는 3명에서 8명까지 참여할 수 있습니다.',
  ],
  'api.channel.create_group.bad_user.app_error': [
    400,
    'One of these people does not exist.',
    '존재하지 않는 사용자가 포함되어 있습니다.',
  ],
  'app.channel.get_common_teams.incorrect_channel_type': [
    400,
    'Only a group message has common teams.',
    '그룹 메시지가 아닙니다.',
  ],
  'app.channel.group_message_conversion.original_channel_not_gm': [
    404,
    'Only a group message can become a private channel.',
    '그룹 메시지만 비공개 채널로 바꿀 수 있습니다.',
  ],
  'app.channel.group_message_conversion.incorrect_team': [
    400,
    'Not everyone of the group message is in that team.',
    '그룹 메시지 참여자 모두가 속한 팀을 골라 주세요.',
  ],
})
