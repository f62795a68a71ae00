import { followActivity } from './activity.ts'
import { notifyOfPosts } from './hear-posts.ts'
import { answerOtherWindows } from './looking.ts'
import { reportTimeZone } from './time-zone.ts'
import { followTitle } from './title.ts'

/** Everything that tells the reader of news outside of the page, and the server of the reader. Once, after signing in. */
export function startNotifications(): void {
  answerOtherWindows()
  notifyOfPosts()
  followTitle()
  followActivity()
  reportTimeZone().catch(() => undefined)
}
