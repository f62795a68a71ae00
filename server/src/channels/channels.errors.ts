import { declareErrors } from '../http/errors.ts'

export const channelError = declareErrors({
  'app.channel.get.existing.app_error': [404, 'There is no such channel.', '그런 채널이 없습니다.'],
  'app.channel.get_by_name.missing.app_error': [404, 'There is no channel of that name.', '그 이름의 채널이 없습니다.'],
  'app.channel.get_member.missing.app_error': [
    404,
    'That person is not a member of this channel.',
    '이 채널의 구성원이 아닙니다.',
  ],
  'app.channel.get_channels.not_found.app_error': [404, 'There are no channels here.', '채널이 없습니다.'],
})
