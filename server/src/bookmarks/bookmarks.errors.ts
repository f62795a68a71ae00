import { declareErrors } from '../http/errors.ts'

const ARCHIVED = [
  403,
  'This channel is archived; its bookmarks cannot be changed.',
  '보관된 채널의 북마크는 바꿀 수 없습니다.',
] as const
const GUEST = [
  403,
  'Guests cannot change the bookmarks of direct and group messages.',
  '게스트는 개인 및 그룹 메시지의 북마크를 바꿀 수 없습니다.',
] as const

export const bookmarkError = declareErrors({
  'api.channel.bookmark.create_channel_bookmark.deleted_channel.forbidden.app_error': ARCHIVED,
  'api.channel.bookmark.update_channel_bookmark.deleted_channel.forbidden.app_error': ARCHIVED,
  'api.channel.bookmark.delete_channel_bookmark.deleted_channel.forbidden.app_error': ARCHIVED,
  'api.channel.bookmark.update_channel_bookmark_sort_order.deleted_channel.forbidden.app_error': ARCHIVED,
  'api.channel.bookmark.create_channel_bookmark.direct_or_group_channels_by_guests.forbidden.app_error': GUEST,
  'api.channel.bookmark.update_channel_bookmark.direct_or_group_channels_by_guests.forbidden.app_error': GUEST,
  'api.channel.bookmark.delete_channel_bookmark.direct_or_group_channels_by_guests.forbidden.app_error': GUEST,
  'api.channel.bookmark.update_channel_bookmark_sort_order.direct_or_group_channels_by_guests.forbidden.app_error':
    GUEST,
  'app.channel.bookmark.get.app_error': [404, 'There is no such bookmark.', '북마크를 찾을 수 없습니다.'],
  'app.channel.bookmark.save.app_error': [
    400,
    'A channel has at most 50 bookmarks.',
    '채널에는 북마크를 50개까지 둘 수 있습니다.',
  ],
  'app.channel.bookmark.update_sort.invalid_input.app_error': [
    400,
    'There is no such place among the bookmarks.',
    '북마크를 그 자리로 옮길 수 없습니다.',
  ],
  'model.channel_bookmark.is_valid.display_name.app_error': [
    400,
    'A bookmark needs a name of 1 to 64 characters.',
    '북마크 이름은 1~64자여야 합니다.',
  ],
  'model.channel_bookmark.is_valid.type.app_error': [
    400,
    'A bookmark is a link or a file.',
    '북마크는 링크 또는 파일이어야 합니다.',
  ],
  'model.channel_bookmark.is_valid.link_url.missing_or_invalid.app_error': [
    400,
    'A link needs an http or https address of at most 1024 characters.',
    '링크에는 1024자 이하의 http 또는 https 주소가 필요합니다.',
  ],
  'model.channel_bookmark.is_valid.image_url.app_error': [
    400,
    'The picture needs an http or https address of at most 1024 characters.',
    '이미지에는 1024자 이하의 http 또는 https 주소가 필요합니다.',
  ],
  'model.channel_bookmark.is_valid.emoji.app_error': [
    400,
    'This is not the name of an emoji.',
    '이모지 이름이 아닙니다.',
  ],
  'model.channel_bookmark.is_valid.file_id.missing_or_invalid.app_error': [
    400,
    'The file of the bookmark is missing or was not uploaded for a bookmark of this channel.',
    '북마크 파일이 없거나 이 채널의 북마크용으로 올린 파일이 아닙니다.',
  ],
  'model.channel_bookmark.is_valid.link_file.app_error': [
    400,
    'A bookmark cannot be a link and a file at once.',
    '북마크는 링크와 파일을 함께 가질 수 없습니다.',
  ],
})
