import { readFileSync } from 'node:fs'
import { parseType, type Field, type Type } from './parse-type.ts'

type EntityText = string | Record<string, string>
type EntityFile = Record<string, EntityText> & {
  $enums: Record<string, string[]>
  $newer: Record<string, string[]>
}

const file = JSON.parse(readFileSync(new URL('./entities.json', import.meta.url), 'utf8')) as EntityFile
const parsed = new Map<string, Type>()

/** Fields whose values are a closed list, and the list in entities.json they come from. */
const ENUM_FIELDS: Record<string, string> = {
  'Channel.type': 'channel.type',
  'ChannelWithTeamData.type': 'channel.type',
  'Team.type': 'team.type',
  'Status.status': 'status',
  'Post.type': 'post.type',
  'PostEmbed.type': 'post.metadata.embeds.type',
  'ChannelBookmarkWithFileInfo.type': 'channel_bookmark.type',
  'SidebarCategoryWithChannels.type': 'sidebar_category.type',
  'SidebarCategoryWithChannels.sorting': 'sidebar_category.sorting',
  'UploadSession.type': 'upload.type',
  'Job.status': 'job.status',
  'Scheme.scope': 'scheme.scope',
  'User.auth_service': 'user.auth_service',
}

/** The entity's type, parsed once. An unknown name throws: the contract itself is wrong then. */
export function entityType(name: string): Type {
  const known = parsed.get(name)
  if (known) return known
  const text = file[name]
  if (text === undefined || name.startsWith('$')) throw new Error(`No entity "${name}" in entities.json`)
  const type: Type =
    typeof text === 'string' ? parseType(text.replace(/^= /, '')) : { kind: 'record', fields: fieldsOf(name, text) }
  parsed.set(name, type)
  return type
}

/** Names of every entity, for coverage. */
export const entityNames: readonly string[] = Object.keys(file).filter((name) => !name.startsWith('$'))

/** The closed list of values behind an enum type; a name ending in `*` allows any ending. */
export function enumValues(name: string): readonly string[] {
  return file.$enums[name] ?? []
}

/** Keys that a 10.11 server does not send yet are optional: an old and a new client both cope. */
function fieldsOf(entity: string, keys: Record<string, string>): Field[] {
  const newer = new Set(file.$newer[entity] ?? [])
  return Object.entries(keys).map(([key, text]) => {
    const name = key.replace(/\?$/, '')
    const list = ENUM_FIELDS[`${entity}.${name}`]
    const type: Type = list ? { kind: 'enum', name: list } : parseType(text)
    return { name, optional: name !== key || newer.has(name), type }
  })
}
