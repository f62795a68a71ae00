import { lazy } from 'react'

// Dialogs come with their first use.
export const AddBookmarkDialog = lazy(() => import('./AddBookmarkDialog.tsx'))
export const AddMembersDialog = lazy(() => import('./AddMembersDialog.tsx'))
export const BrowseChannelsDialog = lazy(() => import('./BrowseChannelsDialog.tsx'))
export const CreateChannelDialog = lazy(() => import('./CreateChannelDialog.tsx'))
export const NewMessageDialog = lazy(() => import('./NewMessageDialog.tsx'))
export const ChannelNotificationsDialog = lazy(() => import('./ChannelNotificationsDialog.tsx'))
export const ChannelSettingsDialog = lazy(() => import('./ChannelSettingsDialog.tsx'))
