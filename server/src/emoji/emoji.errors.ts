import { declareErrors } from '../http/errors.ts'

/** The errors of custom emoji. Ids and statuses are Mattermost's. */
export const emojiError = declareErrors({
  'api.emoji.disabled.app_error': [
    501,
    'Custom emoji are disabled on this server.',
    '이 서버에서는 사용자 지정 이모지를 사용할 수 없습니다.',
  ],
  'api.emoji.create.parse.app_error': [
    400,
    'The emoji could not be read from the request.',
    '요청에서 이모지 정보를 읽을 수 없습니다.',
  ],
  'api.emoji.create.too_large.app_error': [
    413,
    'The image of an emoji may have at most 512 KiB.',
    '이모지 이미지는 512KiB를 넘을 수 없습니다.',
  ],
  'api.emoji.create.other_user.app_error': [
    403,
    'Emoji can be created only in your own name.',
    '다른 사용자의 이름으로 이모지를 만들 수 없습니다.',
  ],
  'api.emoji.create.duplicate.app_error': [
    400,
    'There is a custom emoji of this name already.',
    '같은 이름의 사용자 지정 이모지가 이미 있습니다.',
  ],
  'model.emoji.name.app_error': [
    400,
    'A name has 1 to 64 characters: letters, digits, "_", "+" and "-".',
    '이름은 영문자, 숫자, "_", "+", "-"로 이루어진 1~64자여야 합니다.',
  ],
  'model.emoji.system_emoji_name.app_error': [
    400,
    'This name belongs to a standard emoji.',
    '기본 이모지와 같은 이름은 사용할 수 없습니다.',
  ],
  'api.emoji.upload.image.app_error': [
    400,
    'The image could not be read. Use PNG, JPEG or GIF.',
    '이미지를 읽을 수 없습니다. PNG, JPEG, GIF 형식을 사용해 주세요.',
  ],
  'api.emoji.upload.large_image.too_large.app_error': [
    400,
    'The image of an emoji may have at most {MaxWidth} x {MaxHeight} pixels.',
    '이모지 이미지는 {MaxWidth} x {MaxHeight}픽셀을 넘을 수 없습니다.',
  ],
  'api.emoji.get_image.read.app_error': [
    404,
    'The image of this emoji is missing.',
    '이모지 이미지를 찾을 수 없습니다.',
  ],
  'app.emoji.get.no_result': [404, 'There is no such emoji.', '그런 이모지가 없습니다.'],
  'app.emoji.get_by_name.no_result': [404, 'There is no custom emoji of this name.', '그런 이름의 이모지가 없습니다.'],
  'api.emoji.get_multiple_by_name_too_many.request_error': [
    400,
    'At most {MaxNames} names can be asked for at once.',
    '한 번에 최대 {MaxNames}개의 이름까지 조회할 수 있습니다.',
  ],
})
