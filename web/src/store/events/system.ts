import { put } from '../change.ts'
import type { Emoji } from '../entities.ts'
import { parse } from './reducer.ts'
import type { Reducers } from './reducer.ts'

export const systemReducers: Reducers<'hello' | 'emoji_added' | 'config_changed' | 'license_changed'> = {
  hello: (state, data) => ({ ...state, connectionId: data.connection_id, serverVersion: data.server_version }),
  emoji_added: (state, data) => {
    const emoji = parse<Emoji>(data.emoji)
    return { ...state, emojis: put(state.emojis, emoji.id, emoji) }
  },
  config_changed: (state, data) => ({ ...state, config: data.config }),
  license_changed: (state, data) => ({ ...state, license: data.license }),
}
