import { lazyPart } from '../../ui/lazy-part.tsx'

// Dialogs come with their first use.
export const InviteDialog = lazyPart(() => import('./InviteDialog.tsx'))
export const TeamSettingsDialog = lazyPart(() => import('./TeamSettingsDialog.tsx'))
export const TeamMembersDialog = lazyPart(() => import('./TeamMembersDialog.tsx'))
