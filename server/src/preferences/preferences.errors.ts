import { declareErrors } from '../http/errors.ts'

export const preferenceError = declareErrors({
  'api.preference.update_preferences.set.app_error': [
    403,
    'These are preferences of somebody else.',
    '다른 사람의 환경 설정은 바꿀 수 없습니다.',
  ],
  'api.preference.delete_preferences.delete.app_error': [
    403,
    'These are preferences of somebody else.',
    '다른 사람의 환경 설정은 지울 수 없습니다.',
  ],
  'api.preference.preferences_category.get.app_error': [
    404,
    'There are no preferences of this category.',
    '이 범주의 환경 설정이 없습니다.',
  ],
  'app.preference.get.app_error': [400, 'This preference is not set.', '설정되지 않은 환경 설정입니다.'],
  'model.preference.is_valid.category.app_error': [
    400,
    'A preference needs a category of 1 to 32 characters.',
    '환경 설정의 범주는 1~32자여야 합니다.',
  ],
  'model.preference.is_valid.name.app_error': [
    400,
    'The name of a preference has at most 32 characters.',
    '환경 설정의 이름은 32자까지 쓸 수 있습니다.',
  ],
  'model.preference.is_valid.value.app_error': [
    400,
    'The value of a preference has at most 20000 characters.',
    '환경 설정의 값은 20000자까지 쓸 수 있습니다.',
  ],
  'model.preference.is_valid.theme.app_error': [
    400,
    'A theme must be a JSON object of colours.',
    '테마는 색상을 담은 JSON 객체여야 합니다.',
  ],
  'model.preference.is_valid.limit_visible_dms_gms.app_error': [
    400,
    'Between 1 and 40 direct messages can be shown.',
    '표시할 수 있는 개인 메시지는 1~40개입니다.',
  ],
})
