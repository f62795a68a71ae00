/**
 * Permissions that a channel may take from its members and guests ("moderation"), by the name under which the API
 * shows them.
 */
export const MODERATED_PERMISSIONS: ReadonlyMap<string, string> = new Map([
  ['create_post', 'create_post'],
  ['add_reaction', 'create_reactions'],
  ['remove_reaction', 'create_reactions'],
  ['manage_public_channel_members', 'manage_members'],
  ['manage_private_channel_members', 'manage_members'],
  ['use_channel_mentions', 'use_channel_mentions'],
  ['add_bookmark_public_channel', 'manage_bookmarks'],
  ['add_bookmark_private_channel', 'manage_bookmarks'],
  ['edit_bookmark_public_channel', 'manage_bookmarks'],
  ['edit_bookmark_private_channel', 'manage_bookmarks'],
  ['delete_bookmark_public_channel', 'manage_bookmarks'],
  ['delete_bookmark_private_channel', 'manage_bookmarks'],
  ['order_bookmark_public_channel', 'manage_bookmarks'],
  ['order_bookmark_private_channel', 'manage_bookmarks'],
])

/** A role of a channel's own scheme and the role that would hold there without it. */
export interface ChannelSchemeRole {
  readonly name: string
  readonly higher: string
  readonly admin: boolean
}

/**
 * What a role of a channel's own scheme really grants. Mattermost stores in it only the moderated permissions that are
 * left; everything else comes from the team's scheme or the built-in role, and nothing goes beyond that. Channel
 * administrators are never moderated.
 */
export function mergedPermissions(
  own: ReadonlySet<string>,
  higher: ReadonlySet<string>,
  admin: boolean,
): ReadonlySet<string> {
  if (admin) return higher
  return new Set([...higher].filter((permission) => !MODERATED_PERMISSIONS.has(permission) || own.has(permission)))
}
