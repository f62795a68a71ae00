import { lazyPart } from '../../ui/lazy-part.tsx'

// Dialogs come with their first use.
export const GroupsDialog = lazyPart(() => import('./GroupsDialog.tsx'))
export const GroupDialog = lazyPart(() => import('./GroupDialog.tsx'))
export const CreateGroupDialog = lazyPart(() => import('./CreateGroupDialog.tsx'))
export const EditGroupDialog = lazyPart(() => import('./EditGroupDialog.tsx'))
export const AddToGroupDialog = lazyPart(() => import('./AddToGroupDialog.tsx'))
