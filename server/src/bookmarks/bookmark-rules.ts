import { runes } from '../text/slugs.ts'
import type { Bookmark } from './bookmark.ts'
import { bookmarkError } from './bookmarks.errors.ts'

const MAX_NAME = 64
const MAX_URL = 1024
const EMOJI = /^[A-Za-z0-9_+-]{1,64}$/

/** Throws 400 for what a bookmark cannot be; whether its file may be used is checked elsewhere. */
export function checkBookmark(bookmark: Bookmark): void {
  const { display_name: name, type, link_url: link = '', file_id: file, image_url: image = '', emoji = '' } = bookmark
  if (name === '' || runes(name) > MAX_NAME)
    throw bookmarkError('model.channel_bookmark.is_valid.display_name.app_error')
  if (type !== 'link' && type !== 'file') throw bookmarkError('model.channel_bookmark.is_valid.type.app_error')
  if (link !== '' && file !== '') throw bookmarkError('model.channel_bookmark.is_valid.link_file.app_error')
  if (type === 'link' && !isWebAddress(link)) {
    throw bookmarkError('model.channel_bookmark.is_valid.link_url.missing_or_invalid.app_error')
  }
  if (type === 'file' && file === '') {
    throw bookmarkError('model.channel_bookmark.is_valid.file_id.missing_or_invalid.app_error')
  }
  if (image !== '' && !isWebAddress(image)) throw bookmarkError('model.channel_bookmark.is_valid.image_url.app_error')
  if (emoji !== '' && !EMOJI.test(emoji)) throw bookmarkError('model.channel_bookmark.is_valid.emoji.app_error')
}

/** Everyone in the channel may click it: an attacker could hide a script behind another scheme. */
function isWebAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || runes(text) > MAX_URL) return false
  return URL.canParse(text)
}

/** Clients send emoji names with or without their colons. */
export const emojiName = (text: string): string => text.replace(/^:|:$/g, '')
