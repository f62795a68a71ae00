import { isStorableText, isValidChannelName, runes } from '../text/slugs.ts'
import { LIMITS } from './channel.ts'
import type { BannerInfo, Channel } from './channel.ts'
import { channelError } from './channels.errors.ts'

/** Throws 400 for what a public or private channel cannot be. */
export function checkChannel(channel: Channel): void {
  const name = channel.display_name
  if (runes(name) > LIMITS.displayName || !isStorableText(name)) {
    throw channelError('model.channel.is_valid.display_name.app_error')
  }
  if (!isValidChannelName(channel.name)) throw channelError('model.channel.is_valid.1_or_more.app_error')
  checkTexts(channel)
  if (channel.banner_info) checkBanner(channel.banner_info)
}

/** Throws 400 for a header or purpose that is too long; the only texts that direct and group channels have. */
export function checkTexts({ header, purpose }: Pick<Channel, 'header' | 'purpose'>): void {
  if (runes(header) > LIMITS.header || !isStorableText(header)) {
    throw channelError('model.channel.is_valid.header.app_error')
  }
  if (runes(purpose) > LIMITS.purpose || !isStorableText(purpose)) {
    throw channelError('model.channel.is_valid.purpose.app_error')
  }
}

/** Throws 400 for an enabled banner without text or colour, and for a text or colour that cannot be. */
function checkBanner({ enabled, text, background_color: colour }: BannerInfo): void {
  if (enabled && !text) throw channelError('model.channel.is_valid.banner_info.text.empty.app_error')
  if (text && (runes(text) > LIMITS.bannerText || !isStorableText(text))) {
    throw channelError('model.channel.is_valid.banner_info.text.invalid_length.app_error')
  }
  if (enabled && !colour) throw channelError('model.channel.is_valid.banner_info.background_color.empty.app_error')
  if (colour && !/^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(colour)) {
    throw channelError('model.channel.is_valid.banner_info.background_color.invalid.app_error')
  }
}
