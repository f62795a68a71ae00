import { bookmarkReducers } from './bookmarks.ts'
import { channelReducers } from './channels.ts'
import { draftReducers } from './drafts.ts'
import { groupReducers } from './groups.ts'
import { postReducers } from './posts.ts'
import { preferenceReducers } from './preferences.ts'
import type { EventName, Reducers } from './reducer.ts'
import { sidebarReducers } from './sidebar.ts'
import { systemReducers } from './system.ts'
import { teamReducers } from './teams.ts'
import { threadReducers } from './threads.ts'
import { userReducers } from './users.ts'

/** What each event of the server does to the state. A new event of the server without a reducer does not compile. */
export const reducers: Reducers<EventName> = {
  ...postReducers,
  ...threadReducers,
  ...channelReducers,
  ...bookmarkReducers,
  ...teamReducers,
  ...userReducers,
  ...preferenceReducers,
  ...sidebarReducers,
  ...draftReducers,
  ...groupReducers,
  ...systemReducers,
}
