import { declareErrors } from '../http/errors.ts'

export const threadError = declareErrors({
  'app.user.get_threads_for_user.not_found': [404, 'There is no such thread.', '그런 스레드가 없습니다.'],
  'app.user.get_thread_membership_for_user.not_found': [
    404,
    'This thread is not followed.',
    '팔로우하지 않는 스레드입니다.',
  ],
  'api.getThreadsForUser.bad_params.app_error': [
    400,
    'totalsOnly and threadsOnly exclude each other.',
    'totalsOnly와 threadsOnly는 함께 쓸 수 없습니다.',
  ],
  'api.getThreadsForUser.bad_only_params.app_error': [
    400,
    'before and after exclude each other.',
    'before와 after는 함께 쓸 수 없습니다.',
  ],
})
