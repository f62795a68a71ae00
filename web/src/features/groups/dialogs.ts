import { lazy } from 'react'

// Dialogs come with their first use.
export const GroupsDialog = lazy(() => import('./GroupsDialog.tsx'))
export const GroupDialog = lazy(() => import('./GroupDialog.tsx'))
export const CreateGroupDialog = lazy(() => import('./CreateGroupDialog.tsx'))
export const EditGroupDialog = lazy(() => import('./EditGroupDialog.tsx'))
export const AddToGroupDialog = lazy(() => import('./AddToGroupDialog.tsx'))
