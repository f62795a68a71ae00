import { declareErrors } from '../http/errors.ts'

export const scheduledPostError = declareErrors({
  'api.scheduled_posts.feature_disabled': [
    400,
    'Scheduled posts are switched off on this server.',
    '이 서버에서는 예약 게시를 쓸 수 없습니다.',
  ],
  'model.scheduled_post.is_valid.scheduled_at.app_error': [
    400,
    'A post can only be scheduled for a time to come.',
    '지난 시각으로는 예약할 수 없습니다.',
  ],
  'model.scheduled_post.is_valid.empty_post.app_error': [
    400,
    'A scheduled post needs a message or a file.',
    '예약 게시글에는 메시지나 파일이 있어야 합니다.',
  ],
  'app.update_scheduled_post.existing_scheduled_post.not_exist': [
    404,
    'There is no such scheduled post.',
    '예약 게시글을 찾을 수 없습니다.',
  ],
  'app.update_scheduled_post.update_permission.error': [
    403,
    'This scheduled post belongs to somebody else.',
    '다른 사람의 예약 게시글은 바꿀 수 없습니다.',
  ],
  'app.delete_scheduled_post.existing_scheduled_post.not_exist': [
    404,
    'There is no such scheduled post.',
    '예약 게시글을 찾을 수 없습니다.',
  ],
  'app.delete_scheduled_post.delete_permission.error': [
    403,
    'This scheduled post belongs to somebody else.',
    '다른 사람의 예약 게시글은 지울 수 없습니다.',
  ],
})
