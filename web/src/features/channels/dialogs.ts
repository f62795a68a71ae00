import { lazyPart } from '../../ui/lazy-part.tsx'

// Dialogs come with their first use.
export const AddBookmarkDialog = lazyPart(() => import('./AddBookmarkDialog.tsx'))
export const AddMembersDialog = lazyPart(() => import('./AddMembersDialog.tsx'))
export const BrowseChannelsDialog = lazyPart(() => import('./BrowseChannelsDialog.tsx'))
export const CreateChannelDialog = lazyPart(() => import('./CreateChannelDialog.tsx'))
export const NewMessageDialog = lazyPart(() => import('./NewMessageDialog.tsx'))
export const ChannelNotificationsDialog = lazyPart(() => import('./ChannelNotificationsDialog.tsx'))
export const ChannelSettingsDialog = lazyPart(() => import('./ChannelSettingsDialog.tsx'))
