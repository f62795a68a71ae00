import type { Text } from '../../shell/i18n.tsx'
import type { Category } from '../../store/entities.ts'

/** The names of the categories that everybody has. */
export function categoryName(t: Text, { type, display_name: name }: Category): string {
  if (type === 'favorites') return t('sidebar.favorites', 'Favorites')
  if (type === 'channels') return t('sidebar.channels', 'Channels')
  if (type === 'direct_messages') return t('sidebar.directs', 'Direct messages')
  return name
}
