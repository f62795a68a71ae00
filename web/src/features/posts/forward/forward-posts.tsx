import { openDialog } from '../../../shell/dialogs.tsx'
import type { Id } from '../../../store/state.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'

const ForwardDialog = lazyPart(() => import('./ForwardDialog.tsx'))

/** Asks where posts are to be sent on to. `done` is called when they are. */
export function forwardPosts(postIds: readonly Id[], done?: () => void): void {
  openDialog((close) => <ForwardDialog postIds={postIds} onDone={done} onClose={close} />)
}
