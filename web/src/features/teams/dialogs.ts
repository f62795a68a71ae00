import { lazy } from 'react'

// Dialogs come with their first use.
export const InviteDialog = lazy(() => import('./InviteDialog.tsx'))
export const TeamSettingsDialog = lazy(() => import('./TeamSettingsDialog.tsx'))
export const TeamMembersDialog = lazy(() => import('./TeamMembersDialog.tsx'))
