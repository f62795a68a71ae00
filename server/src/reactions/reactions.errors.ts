import { declareErrors } from '../http/errors.ts'

export const reactionError = declareErrors({
  'api.reaction.save_reaction.user_id.app_error': [
    403,
    'You can react only in your own name.',
    '반응은 본인 이름으로만 남길 수 있습니다.',
  ],
  'app.emoji.get_by_name.no_result': [404, 'There is no emoji of that name.', '그 이름의 이모지가 없습니다.'],
  'app.reaction.save.save.too_many_reactions': [
    400,
    'This post has reached its limit of {Limit} different reactions.',
    '이 게시글에는 서로 다른 반응을 {Limit}개까지만 남길 수 있습니다.',
  ],
  'api.reaction.save.archived_channel.app_error': [
    403,
    'You cannot react in an archived channel.',
    '보관된 채널에서는 반응을 남길 수 없습니다.',
  ],
  'api.reaction.delete.archived_channel.app_error': [
    403,
    'Reactions in an archived channel cannot be removed.',
    '보관된 채널에서는 반응을 지울 수 없습니다.',
  ],
})
