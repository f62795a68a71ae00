import { declareErrors } from '../http/errors.ts'

export const sidebarError = declareErrors({
  'app.channel.sidebar_categories.app_error': [
    400,
    'This sidebar category is not there or cannot be changed this way.',
    '없는 사이드바 범주이거나 이렇게 바꿀 수 없는 범주입니다.',
  ],
  'app.channel.sidebar_categories.too_many.app_error': [
    400,
    'There are too many categories in this sidebar. Delete some first.',
    '사이드바 범주가 너무 많습니다. 먼저 일부를 삭제해 주세요.',
  ],
})
