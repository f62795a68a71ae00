import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import type { Post } from './post.ts'

export async function preparePosts(_app: Pick<App, 'db'>, _session: Session | null, posts: readonly Post[]): Promise<Post[]> {
  return [...posts]
}
