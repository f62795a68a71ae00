import { openDialog } from '../../../shell/dialogs.tsx'
import type { Id } from '../../../store/state.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'

const DeleteDialog = lazyPart(() => import('./DeleteDialog.tsx'))

/** Asks before posts are deleted. `done` is called when they are. */
export function askToDelete(postIds: readonly Id[], done?: () => void): void {
  openDialog((close) => <DeleteDialog postIds={postIds} onDone={done} onClose={close} />)
}
